// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/address_model.h"

#include "ui/async.h"
#include "ui/session.h"
#include "ui/theme/fonts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

AddressModel::AddressModel(Session& session, QObject* parent)
    : RowChanges(parent)
    , m_session(session)
{
    connect(&session, &Session::historyChanged, this, &AddressModel::refresh);
    connect(&session, &Session::lookChanged, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void AddressModel::setAccount(const api::AccountId& account)
{
    m_account = account;
    refresh();
}

void AddressModel::refresh()
{
    if (m_account.isEmpty())
        return;
    consume<std::vector<api::ReceiveAddress>>(
        this, m_session.api().accounts->addresses(m_session.wallet(), m_account),
        [this, account = m_account](base::Result<std::vector<api::ReceiveAddress>> result) {
            if (account != m_account)
                return;
            if (!result) {
                Q_EMIT failed(result.error());
                return;
            }
            auto rows = result.take();
            std::stable_sort(rows.begin(), rows.end(),
                             [](const api::ReceiveAddress& a, const api::ReceiveAddress& b) {
                                 return std::pair(a.change, a.index) < std::pair(b.change, b.index);
                             });
            applyRows(m_rows, std::move(rows),
                      [](const api::ReceiveAddress& address) { return address.address; });
            Q_EMIT loaded();
        });
}

int AddressModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int AddressModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString AddressModel::textOf(const api::ReceiveAddress& address, int column) const
{
    switch (column) {
    case Address:
        return groupedAddress(address.address);
    case Label:
        return address.label;
    case Received: {
        const auto* account = m_session.account(m_account);
        if (address.received.isZero())
            return u"–"_s;
        return m_session.amount(address.received, account ? account->currency : money::Currency());
    }
    case State: {
        QString text = address.used ? tr("Used") : tr("Fresh");
        if (address.change)
            text += u" · "_s + tr("Change");
        return text;
    }
    case Path:
        return address.path;
    default:
        return {};
    }
}

QVariant AddressModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const api::ReceiveAddress& address = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(address, index.column());
    case Qt::EditRole:
        return index.column() == Label ? QVariant(address.label) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == Address ? address.address
                                         : withoutIsolates(textOf(address, index.column()));
    case Qt::ToolTipRole:
        return index.column() == Address ? QVariant(groupedAddress(address.address)) : QVariant();
    case Qt::FontRole:
        if (index.column() == Address)
            return ui::font(FontRole::AddressSmall);
        return index.column() == Received ? QVariant(ui::font(FontRole::Amount)) : QVariant();
    default:
        return {};
    }
}

bool AddressModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || index.column() != Label)
        return false;
    api::ReceiveAddress& address = m_rows[std::size_t(index.row())];
    address.label = value.toString().trimmed();
    Q_EMIT dataChanged(index, index);
    consume<void>(this,
                  m_session.api().history->setLabel(m_session.wallet(), api::LabelTarget::Address,
                                                    address.address, address.label),
                  [this](base::Result<void> result) {
                      if (!result)
                          Q_EMIT failed(result.error());
                  });
    return true;
}

QVariant AddressModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Address:
        return tr("Address");
    case Label:
        return tr("Label");
    case Received:
        return tr("Received");
    case State:
        return tr("State");
    case Path:
        return tr("Path");
    default:
        return {};
    }
}

Qt::ItemFlags AddressModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    if (index.column() == Label)
        flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace coffer::ui
