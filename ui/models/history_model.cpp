// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/history_model.h"

#include "ui/async.h"
#include "ui/session.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kPageSize = 100;
constexpr int kRefreshMs = 200; // At most five times a second.

} // namespace

HistoryModel::HistoryModel(Session& session, int limit, QObject* parent)
    : RowChanges(parent)
    , m_session(session)
    , m_limit(limit)
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(kRefreshMs);
    connect(&m_refresh, &QTimer::timeout, this, &HistoryModel::refresh);
    connect(&session, &Session::historyChanged, this, [this] {
        if (!m_refresh.isActive())
            m_refresh.start();
    });
    connect(&session, &Session::lookChanged, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
    });
}

void HistoryModel::setSearch(const QString& text)
{
    if (m_query.text == text)
        return;
    m_query.text = text;
    refresh();
}

void HistoryModel::setAccount(const api::AccountId& account)
{
    if (m_query.account == account && m_loaded)
        return;
    m_query.account = account;
    refresh();
}

void HistoryModel::setFilter(const MovementFilter& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    m_query.direction = filter.direction;
    m_query.kinds = filter.kinds;
    m_query.currency = filter.currency;
    m_query.atLeast = filter.atLeast;
    m_query.atMost = filter.atMost;
    m_query.statuses = filter.statuses;
    m_query.account = filter.account;
    m_query.fromMs = filter.fromMs;
    m_query.untilMs = filter.untilMs;
    refresh();
}

void HistoryModel::refresh()
{
    ++m_generation;
    m_asking = false;
    const auto shown = std::int64_t(m_rows.size());
    ask(0, {}, m_limit > 0 ? m_limit : std::max<std::int64_t>(kPageSize, shown));
}

/// Asks for what follows the rows that are kept and those that were fetched, until `wanted` are
/// there: a single answer holds only so many.
void HistoryModel::ask(std::size_t kept, std::vector<api::HistoryRow> fetched, std::int64_t wanted)
{
    if (m_asking)
        return;
    m_asking = true;
    api::HistoryQuery query = m_query;
    query.numbers = numberLocale();
    query.timeZone = QString::fromLatin1(QTimeZone::systemTimeZoneId());
    query.offset = std::int64_t(kept + fetched.size());
    query.limit = std::clamp<std::int64_t>(wanted - query.offset, 1, api::HistoryQuery::kMostRows);
    consume<api::HistoryPage>(
        this, m_session.api().history->page(m_session.wallet(), query),
        [this, kept, fetched = std::move(fetched), wanted,
         generation = m_generation](base::Result<api::HistoryPage> result) mutable {
            if (generation != m_generation)
                return; // Answers an older question.
            m_loaded = true;
            if (!result) {
                m_asking = false;
                Q_EMIT failed(result.error());
                return;
            }
            m_total = result->total;
            fetched.insert(fetched.end(), result->rows.begin(), result->rows.end());
            const auto have = std::int64_t(kept + fetched.size());
            if (!result->rows.empty() && have < std::min(wanted, m_total)) {
                m_asking = false;
                ask(kept, std::move(fetched), wanted);
                return;
            }
            fetched.insert(fetched.begin(), m_rows.begin(),
                           m_rows.begin() + std::ptrdiff_t(std::min(kept, m_rows.size())));
            // Whoever asks for more at a row's arrival would ask about half of them.
            applyRows(m_rows, std::move(fetched),
                      [](const api::HistoryRow& row) { return row.id; });
            m_asking = false;
            Q_EMIT loaded();
        });
}

bool HistoryModel::startsDay(int row) const
{
    if (m_limit > 0)
        return false;
    if (row == 0)
        return true;
    // Asked for every row of a layout: headings are not written for it.
    const auto& item = m_rows[std::size_t(row)];
    const auto& before = m_rows[std::size_t(row) - 1];
    const bool pending = item.status == api::EntryStatus::Pending;
    if (pending != (before.status == api::EntryStatus::Pending))
        return true;
    const auto day = [](const api::HistoryRow& of) {
        return QDateTime::fromMSecsSinceEpoch(of.timeMs).date();
    };
    return !pending && day(item) != day(before);
}

QString HistoryModel::dayHeading(int row) const
{
    const auto& item = m_rows[std::size_t(row)];
    if (item.status == api::EntryStatus::Pending)
        return tr("Pending");
    return dayText(item.timeMs, QDateTime::currentMSecsSinceEpoch());
}

int HistoryModel::rowOf(const QString& txid) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].txid == txid)
            return int(i);
    return -1;
}

QString HistoryModel::sentence(int row) const
{
    const auto& item = m_rows[std::size_t(row)];
    const QString amount = withoutIsolates(
        m_session.amount(item.amount, item.currency, money::Decimals::Full, money::Sign::Explicit));
    QString text = movementText(item.kind) + u' ' + amount;
    if (!item.label.isEmpty())
        text += u", "_s + item.label;
    return text + u", "_s + absoluteTime(item.timeMs) + u", "_s + statusText(item);
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 1;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return sentence(index.row());
    case Qt::EditRole:
        return row(index.row()).label;
    case Qt::ToolTipRole:
        return absoluteTime(row(index.row()).timeMs);
    default:
        return {};
    }
}

bool HistoryModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    auto& item = m_rows[std::size_t(index.row())];
    const QString text = value.toString().trimmed();
    if (text == item.label)
        return false;
    item.label = text;
    Q_EMIT dataChanged(index, index);
    consume<void>(this,
                  m_session.api().history->setLabel(m_session.wallet(),
                                                    api::LabelTarget::Transaction, item.txid, text),
                  [this](base::Result<void> result) {
                      if (!result)
                          Q_EMIT failed(result.error());
                  });
    return true;
}

Qt::ItemFlags HistoryModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

bool HistoryModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_limit == 0 && m_loaded && !m_asking &&
           std::int64_t(m_rows.size()) < m_total;
}

void HistoryModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        ask(m_rows.size(), {}, std::int64_t(m_rows.size()) + kPageSize);
}

} // namespace coffer::ui
