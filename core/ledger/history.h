// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/labels.h"
#include "core/ledger/ledger.h"
#include "core/ledger/search_query.h"
#include "core/ledger/text_index.h"

#include <map>
#include <unordered_map>

namespace coffer::ledger {

/// What a movement is to the person.
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

/// Where a movement stands.
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

/// Which way the money went.
enum class Direction
{
    In,
    Out
};

/// Which movements are wanted; absent or empty members do not filter.
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

/// Some of the movements that match.
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
    /// NotFound.
    base::Result<HistoryRow> row(const base::Uuid& id, const base::Uuid& account,
                                 std::optional<std::int64_t> tipHeight) const;
    /// All rows of a transaction, one for each account and currency.
    std::vector<HistoryRow> rowsOf(const TransactionId& transaction,
                                   std::optional<std::int64_t> tipHeight) const;
    std::size_t size() const { return m_facts.size(); }

private:
    friend class HistoryMatcher;

    using Index = std::uint32_t;
    using MovementId = base::ByteArray<32>; ///< The transaction, or an entry's id and zeros.

    enum class Stage : std::uint8_t
    {
        Pending,
        Settled,
        Replaced,
        Conflicted,
        Dropped,
        Reversed
    };
    /// What filters look at, kept apart so that a scan stays in the cache.
    struct Facts
    {
        std::int64_t timeMs = 0;
        std::int64_t height = -1;
        money::Amount amount;
        money::Currency currency;
        base::Uuid account;
        MovementKind kind = MovementKind::Receive;
        Stage stage = Stage::Pending;
        bool moved = false; ///< Since the last time the order was made.
    };
    struct Details
    {
        base::Uuid id;
        MovementId movement{};
        std::int64_t firstMs = 0;
        money::Amount fee;
        std::optional<TransactionId> transaction;
        std::optional<TransactionId> related;
        std::optional<base::Uuid> intent;
        std::string counterparty;
        std::string memo;
        std::vector<std::uint64_t> entries;
    };
    struct Place
    {
        bool pending = false;
        std::int64_t timeMs = 0;
        Index row = 0;

        /// Pending on top, then newest first.
        bool operator<(const Place& other) const;
    };
    struct MovementHash
    {
        std::size_t operator()(const MovementId& id) const;
    };
    struct IdHash
    {
        std::size_t operator()(const base::Uuid& id) const;
    };

    static MovementId movementOf(const Entry& entry);
    static MovementId movementOf(const base::Uuid& id);
    static MovementStatus statusOf(const Facts& facts, std::optional<std::int64_t> tipHeight);

    void begin(const Entry& entry);
    Index ensureRow(const Entry& entry, const base::Uuid& account, const money::Currency& currency);
    void settle(const Entry& entry);
    void undo(const Entry& entry);
    void touch(Index row);
    void indexText(Index row);
    void updateOrder() const;
    std::string labelOf(const Details& details) const;
    HistoryRow rowAt(Index row, std::optional<std::int64_t> tipHeight) const;

    mutable std::vector<Facts> m_facts;
    std::vector<Details> m_details;
    TextIndex m_texts;                     ///< Labels, memos and addresses.
    std::vector<TransactionId> m_shownIds; ///< Transactions as people see them; zeros without one.
    std::unordered_map<MovementId, std::vector<Index>, MovementHash> m_rowsOfMovement;
    std::unordered_map<base::Uuid, MovementId, IdHash> m_movementOfEntry;
    std::unordered_map<std::string, std::vector<Index>> m_rowsOfAddress;
    std::map<LabelTarget, std::string> m_labels;
    mutable std::vector<Place> m_order;
    mutable std::vector<Index> m_moved;
};

} // namespace coffer::ledger
