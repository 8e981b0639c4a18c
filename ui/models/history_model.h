// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "ui/models/row_diff.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace coffer::ui {

class Session;

/// Which movements a list shows beside its search; empty members let everything through. What they
/// mean is the engine's to say.
struct MovementFilter
{
    std::optional<api::Direction> direction;
    QStringList kinds;
    std::vector<api::EntryStatus> statuses;
    api::AccountId account;
    std::optional<money::Currency> currency;
    std::optional<money::Amount> atLeast; ///< Of the size; with `currency`.
    std::optional<money::Amount> atMost;
    std::optional<std::int64_t> fromMs;
    std::optional<std::int64_t> untilMs;

    bool operator==(const MovementFilter&) const = default;
};

/// The movements of a wallet, fetched page by page; refreshed at most five times a second.
class HistoryModel : public RowChanges<QAbstractTableModel>
{
    Q_OBJECT

public:
    /// `limit` 0: as many as there are.
    HistoryModel(Session& session, int limit, QObject* parent = nullptr);

    void setSearch(const QString& text);
    void setAccount(const api::AccountId& account);
    void setFilter(const MovementFilter& filter);
    bool isFiltered() const { return m_filter != MovementFilter(); }
    const QString& search() const { return m_query.text; }

    const api::HistoryRow& row(int row) const { return m_rows[std::size_t(row)]; }
    /// Whether a heading with the day stands above this row.
    bool startsDay(int row) const;
    QString dayHeading(int row) const;
    std::int64_t total() const { return m_total; }
    bool isLoaded() const { return m_loaded; }
    int rowOf(const QString& txid) const;
    /// The one sentence that says everything, for screen readers.
    QString sentence(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    void refresh();

Q_SIGNALS:
    void loaded();
    void failed(const coffer::base::Error& error);

private:
    void ask(std::size_t kept, std::vector<api::HistoryRow> fetched, std::int64_t wanted);

    Session& m_session;
    int m_limit;
    api::HistoryQuery m_query;
    MovementFilter m_filter;
    std::vector<api::HistoryRow> m_rows;
    std::int64_t m_total = 0;
    bool m_loaded = false;
    bool m_asking = false;
    int m_generation = 0;
    QTimer m_refresh;
};

} // namespace coffer::ui
