// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/labels.h"
#include "core/ledger/ledger.h"
#include "core/ledger/search_query.h"
#include "core/ledger/text_index.h"

namespace coffer::ledger {

enum class MovementKind
{
    Receive,
    Send,
    Self, ///< Between own accounts or to oneself.
    Coinbase,
    Opening,
    Fee,
    Adjustment
};
/// "receive", "send", "self", "coinbase", "opening", "fee", "adjustment".
std::string_view movementKindName(MovementKind kind);

enum class MovementStatus
{
    Pending,
    Confirmed, ///< 1 to 5 confirmations.
    Final,
    Replaced,
    Conflicted,
    Dropped,
    Reversed ///< By a service or by hand.
};
/// "pending", "confirmed", "final", "replaced", "conflicted", "dropped", "reversed".
std::string_view movementStatusName(MovementStatus status);

/// One movement on one account, as people see it: all entries of a transaction in one row.
struct HistoryRow
{
    base::Uuid id;           ///< Of the entry that began it: stays.
    std::int64_t timeMs = 0; ///< When it happened: block time, before that first seen.
    MovementKind kind = MovementKind::Receive;
    MovementStatus status = MovementStatus::Pending;
    base::Uuid account;
    money::Currency currency;
    money::Amount amount; ///< Signed, fee included.
    money::Amount fee;    ///< 0 when not paid by this account.
    std::optional<TransactionId> transaction;
    std::optional<TransactionId> related; ///< What replaced it or conflicts with it.
    std::optional<std::int64_t> height;
    std::int64_t confirmations = 0;
    std::optional<base::Uuid> intent;
    std::string label; ///< Of the entry, the transaction, or the address, in this order.
    std::string counterparty;
    std::vector<std::uint64_t> entries; ///< Sequences, oldest first.
};

enum class Direction
{
    In,
    Out
};

/// Absent or empty members do not filter.
struct HistoryFilter
{
    std::optional<base::Uuid> account;
    std::vector<MovementKind> kinds;
    std::vector<MovementStatus> statuses;
    std::optional<Direction> direction;
    std::optional<money::Currency> currency;
    std::optional<std::int64_t> fromMs;
    std::optional<std::int64_t> untilMs;  ///< Exclusive.
    std::optional<money::Amount> atLeast; ///< Of the size, in minor units; wants `currency`.
    std::optional<money::Amount> atMost;
    SearchQuery search;
};

struct HistoryPage
{
    std::vector<HistoryRow> rows; ///< Pending on top, then newest first.
    std::size_t total = 0;        ///< That match, on all pages.
};

/// The movements behind the entries, with labels and a search: a projection that can be rebuilt.
class History
{
public:
    /// In the order of the books, each entry once.
    void apply(const Entry& entry);
    void apply(const Label& label);
    /// Without a height (not synced yet) nothing is final.
    HistoryPage page(const HistoryFilter& filter, std::optional<std::int64_t> tipHeight,
                     std::size_t offset, std::size_t limit) const;
    /// By the id of the entry that began it. NotFound.
    base::Result<HistoryRow> row(const base::Uuid& id, std::optional<std::int64_t> tipHeight) const;
    std::size_t size() const { return m_rows.size(); }

private:
    struct Row;
    struct Key;
    std::vector<HistoryRow> m_rows;
};

} // namespace coffer::ledger
