// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/node_models.h"

#include "ui/async.h"
#include "ui/session.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace coffer::ui {

PeerModel::PeerModel(Session& session, QObject* parent)
    : RowChanges(parent)
    , m_session(session)
{
    connect(&session, &Session::nodeChanged, this, &PeerModel::refresh);
    refresh();
}

void PeerModel::refresh()
{
    applyRows(m_rows, m_session.node().peers,
              [](const api::PeerInfo& peer) { return peer.address; });
}

int PeerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PeerModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString PeerModel::textOf(const api::PeerInfo& peer, int column) const
{
    switch (column) {
    case Address:
        return peer.ownNode ? tr("%1 (yours)").arg(peer.address) : peer.address;
    case Agent:
        return peer.agent.isEmpty() ? u"–"_s : peer.agent;
    case Height:
        return peer.height < 0 ? u"–"_s : QLocale().toString(qlonglong(peer.height));
    case Latency:
        return peer.latencyMs < 0 ? u"–"_s : tr("%1 ms").arg(peer.latencyMs);
    case Route:
        return peer.route == "proxy"_L1 ? tr("Proxy") : tr("Direct");
    case State:
        if (peer.state == "usable"_L1)
            return tr("Connected");
        if (peer.state == "connecting"_L1)
            return tr("Connecting");
        return peer.state;
    default:
        return {};
    }
}

QVariant PeerModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const api::PeerInfo& peer = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return textOf(peer, index.column());
    case Qt::FontRole:
        return index.column() == Address ? QVariant(ui::font(FontRole::AddressSmall)) : QVariant();
    case Qt::DecorationRole:
        if (index.column() == State)
            return ui::icon(peer.state == "usable"_L1 ? u"circle-check"_s : u"clock"_s,
                            peer.state == "usable"_L1 ? IconColor::Ok : IconColor::Dim);
        return {};
    default:
        return {};
    }
}

QVariant PeerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Address:
        return tr("Node");
    case Agent:
        return tr("Software");
    case Height:
        return tr("Block");
    case Latency:
        return tr("Latency");
    case Route:
        return tr("Route");
    case State:
        return tr("State");
    default:
        return {};
    }
}

NetworkLogModel::NetworkLogModel(Session& session, QObject* parent)
    : RowChanges(parent)
    , m_session(session)
{
    connect(session.api().node, &api::Node::networkLogChanged, this, &NetworkLogModel::refresh);
}

void NetworkLogModel::refresh()
{
    consume<std::vector<api::NetworkLogRow>>(
        this, m_session.api().node->networkLog(),
        [this](base::Result<std::vector<api::NetworkLogRow>> result) {
            if (!result)
                return;
            beginResetModel(); // A log has no identity per row.
            m_rows = result.take();
            endResetModel();
        });
}

int NetworkLogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int NetworkLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString NetworkLogModel::textOf(const api::NetworkLogRow& row, int column) const
{
    const auto known = [](const QString& text,
                          std::initializer_list<std::pair<const char*, QString>> names) {
        for (const auto& [key, name] : names)
            if (text == QLatin1StringView(key))
                return name;
        return text;
    };
    switch (column) {
    case Time:
        return relativeTime(row.timeMs, QDateTime::currentMSecsSinceEpoch());
    case Purpose:
        return known(row.purpose, {{"bitcoin_sync", tr("Fetch the chain")},
                                   {"bitcoin_broadcast", tr("Hand on a payment")},
                                   {"bitcoin_watch", tr("Watch for payments")},
                                   {"dns_seed", tr("Find nodes")}});
    case Host:
        return row.host;
    case Route:
        return known(row.route, {{"direct", tr("Direct")},
                                 {"socks5", tr("Proxy")},
                                 {"proxy", tr("Proxy")},
                                 {"blocked", tr("Blocked")}});
    case Reveals:
        return known(row.reveals, {{"ip", tr("Your IP address")},
                                   {"ip,transaction", tr("Your IP address and the payment")},
                                   {"transaction", tr("The payment")},
                                   {"nothing", tr("Nothing")}});
    case Outcome:
        return known(row.outcome, {{"connected", tr("Connected")},
                                   {"failed", tr("Failed")},
                                   {"closed", tr("Closed")},
                                   {"refused", tr("Refused")},
                                   {"timeout", tr("No answer")},
                                   {"blocked", tr("Blocked")}});
    default:
        return {};
    }
}

QVariant NetworkLogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const api::NetworkLogRow& row = m_rows[std::size_t(index.row())];
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return textOf(row, index.column());
    if (role == Qt::ToolTipRole && index.column() == Time)
        return absoluteTime(row.timeMs);
    if (role == Qt::ToolTipRole && (index.column() == Host || index.column() == Reveals))
        return textOf(row, index.column()); // May be cut off.
    if (role == Qt::FontRole && index.column() == Host)
        return ui::font(FontRole::AddressSmall);
    return {};
}

QVariant NetworkLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("When");
    case Purpose:
        return tr("What for");
    case Host:
        return tr("Where");
    case Route:
        return tr("How");
    case Reveals:
        return tr("What they learn");
    case Outcome:
        return tr("Outcome");
    default:
        return {};
    }
}

} // namespace coffer::ui
