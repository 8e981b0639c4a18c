// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/coin_model.h"

#include "ui/async.h"
#include "ui/session.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

CoinModel::CoinModel(Session& session, Use use, QObject* parent)
    : RowChanges(parent)
    , m_session(session)
    , m_use(use)
{
    connect(&session, &Session::historyChanged, this, &CoinModel::refresh);
    connect(&session, &Session::lookChanged, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void CoinModel::setAccount(const api::AccountId& account)
{
    if (account == m_account && m_loaded)
        return;
    m_account = account;
    m_chosen.clear();
    refresh();
}

void CoinModel::refresh()
{
    if (m_account.isEmpty())
        return;
    consume<std::vector<api::Coin>>(
        this, m_session.api().accounts->coins(m_session.wallet(), m_account),
        [this, account = m_account](base::Result<std::vector<api::Coin>> result) {
            if (account != m_account)
                return;
            if (!result) {
                Q_EMIT failed(result.error());
                return;
            }
            m_loaded = true;
            auto rows = result.take();
            std::stable_sort(rows.begin(), rows.end(), [](const api::Coin& a, const api::Coin& b) {
                return b.amount < a.amount;
            });
            applyRows(m_rows, std::move(rows), [](const api::Coin& coin) { return coin.outpoint; });
            Q_EMIT loaded();
        });
}

QStringList CoinModel::chosen() const
{
    QStringList result;
    for (const auto& coin : m_rows)
        if (m_chosen.contains(coin.outpoint))
            result << coin.outpoint;
    return result;
}

money::Amount CoinModel::chosenSum() const
{
    money::Amount sum;
    for (const auto& coin : m_rows)
        if (m_chosen.contains(coin.outpoint))
            if (auto next = sum.plus(coin.amount))
                sum = next.take();
    return sum;
}

void CoinModel::clearChosen()
{
    if (m_chosen.isEmpty())
        return;
    m_chosen.clear();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
    Q_EMIT chosenChanged();
}

int CoinModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CoinModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString CoinModel::textOf(const api::Coin& coin, int column) const
{
    switch (column) {
    case Amount: {
        const auto* account = m_session.account(m_account);
        return m_session.amount(coin.amount, account ? account->currency : money::Currency());
    }
    case Label:
        return coin.label;
    case Address:
        return shortAddress(coin.address);
    case State: {
        QStringList parts;
        if (coin.frozen)
            parts << tr("Frozen");
        parts << (coin.height < 0 ? tr("Unconfirmed")
                                  : tr("Block %1").arg(QLocale().toString(qlonglong(coin.height))));
        if (coin.change)
            parts << tr("Change");
        return parts.join(u" · "_s);
    }
    case Outpoint:
        return shortId(coin.outpoint);
    default:
        return {};
    }
}

QVariant CoinModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const api::Coin& coin = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(coin, index.column());
    case Qt::EditRole:
        return index.column() == Label ? QVariant(coin.label) : QVariant();
    case Qt::AccessibleTextRole:
        if (index.column() == Address)
            return coin.address;
        return withoutIsolates(textOf(coin, index.column()));
    case Qt::ToolTipRole:
        if (index.column() == Address)
            return groupedAddress(coin.address);
        return index.column() == Outpoint ? QVariant(coin.outpoint) : QVariant();
    case Qt::FontRole:
        if (index.column() == Amount)
            return ui::font(FontRole::Amount);
        if (index.column() == Address || index.column() == Outpoint)
            return ui::font(FontRole::AddressSmall);
        return {};
    case Qt::DecorationRole:
        if (index.column() == State && coin.frozen)
            return ui::icon(u"snowflake"_s, IconColor::Accent);
        return {};
    case Qt::CheckStateRole:
        if (m_use == Use::Choosing && index.column() == Amount)
            return m_chosen.contains(coin.outpoint) ? Qt::Checked : Qt::Unchecked;
        return {};
    default:
        return {};
    }
}

bool CoinModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid())
        return false;
    api::Coin& coin = m_rows[std::size_t(index.row())];
    if (role == Qt::CheckStateRole && m_use == Use::Choosing) {
        if (value.toInt() == Qt::Checked && coin.spendable)
            m_chosen.insert(coin.outpoint);
        else
            m_chosen.remove(coin.outpoint);
        Q_EMIT dataChanged(index, index);
        Q_EMIT chosenChanged();
        return true;
    }
    if (role != Qt::EditRole || index.column() != Label)
        return false;
    coin.label = value.toString().trimmed();
    Q_EMIT dataChanged(index, index);
    consume<void>(this,
                  m_session.api().history->setLabel(m_session.wallet(), api::LabelTarget::Coin,
                                                    coin.outpoint, coin.label),
                  [this](base::Result<void> result) {
                      if (!result)
                          Q_EMIT failed(result.error());
                  });
    return true;
}

QVariant CoinModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Amount:
        return tr("Amount");
    case Label:
        return tr("Label");
    case Address:
        return tr("Address");
    case State:
        return tr("State");
    case Outpoint:
        return tr("Coin");
    default:
        return {};
    }
}

Qt::ItemFlags CoinModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    const api::Coin& coin = m_rows[std::size_t(index.row())];
    if (m_use == Use::Choosing) {
        if (!coin.spendable)
            flags &= ~Qt::ItemIsEnabled;
        if (index.column() == Amount)
            flags |= Qt::ItemIsUserCheckable;
    } else if (index.column() == Label) {
        flags |= Qt::ItemIsEditable;
    }
    return flags;
}

} // namespace coffer::ui
