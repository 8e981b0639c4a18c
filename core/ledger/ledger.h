// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/merkle_tree.h"
#include "core/ledger/entry.h"

#include <map>
#include <span>
#include <unordered_map>

namespace coffer::ledger {

/// What lies on one account in one currency.
struct Balance
{
    money::Amount settled;
    money::Amount pending; ///< The signed sum of everything pending.

    bool operator==(const Balance&) const = default;
};

/// The sums of one account, currency and layer. They only grow; the balance is their difference.
struct Counters
{
    money::Amount in;
    money::Amount out;
};

/// What a balance is kept for.
struct AccountCurrency
{
    BookAccount account;
    money::Currency currency;

    auto operator<=>(const AccountCurrency&) const = default;
};

/// How far the books record a transaction.
struct PostedTransaction
{
    std::uint64_t appeared = 0; ///< Sequence of the open entry that began it; 0: none.
    std::uint64_t settled = 0;  ///< Sequence of the open settlement; 0: pending.
};

/// A state of the books to compare with later: "coffer-checkpoint:1:<entries>:<root in hex>".
struct Checkpoint
{
    std::uint64_t entries = 0;
    crypto::Hash256 root{};

    bool operator==(const Checkpoint&) const = default;
};
std::string toText(const Checkpoint& checkpoint);
base::Result<Checkpoint> parseCheckpoint(std::string_view text);

/// Proof that an entry is in the books with this root (RFC 6962).
struct Receipt
{
    base::Bytes entry;
    std::uint64_t sequence = 0;
    Checkpoint checkpoint;
    std::vector<crypto::Hash256> path;
};
/// Unproved when it does not hold.
base::Result<void> verifyReceipt(const Receipt& receipt);

/// The fold of all entries: balances, open movements, and the bytes themselves. One writer.
///
/// To post: compose() gives bytes, the caller commits them to the wallet file, then apply() takes
/// them in. apply() is also what reads them back at unlock; it accepts exactly what compose() can
/// produce.
class Ledger
{
public:
    /// Checks and takes in the next entry, and returns it. Damaged names what does not hold; then
    /// nothing has changed.
    base::Result<Entry> apply(base::ByteView entry);

    /// The bytes of the next entries, in order, with ids, sequence numbers and strictly increasing
    /// times max(now, last + 1). Changes nothing. Conflict when an entry breaks a rule.
    base::Result<std::vector<base::Bytes>> compose(std::span<const EntryDraft> drafts,
                                                   const base::Clock& clock,
                                                   base::Random& random) const;
    /// The exact negation of an entry, as a draft of `kind`. NotFound, Conflict when already
    /// reversed.
    base::Result<EntryDraft> reversalOf(const base::Uuid& entry, EntryKind kind) const;

    std::uint64_t size() const { return m_places.size(); }
    std::int64_t lastTimeMs() const { return m_lastTimeMs; }
    /// Zero for an account without postings.
    Balance balance(const BookAccount& account, const money::Currency& currency) const;
    std::vector<std::pair<AccountCurrency, Balance>> balances() const;
    Counters counters(const BookAccount& account, const money::Currency& currency,
                      Layer layer) const;
    PostedTransaction posted(const TransactionId& transaction) const;
    /// Transactions that appeared and were not reversed.
    std::vector<TransactionId> openTransactions() const;

    /// As stored; sequence from 1. NotFound.
    base::Result<base::ByteView> entryBytes(std::uint64_t sequence) const;
    base::Result<Entry> entry(std::uint64_t sequence) const;
    base::Result<Entry> entry(const base::Uuid& id) const;
    bool isReversed(std::uint64_t sequence) const;

    /// RFC 6962 root over the entries' bytes. Hashes those that are new since the last call.
    Checkpoint checkpoint() const;
    /// OutOfRange for more entries than there are.
    base::Result<Checkpoint> checkpointAt(std::uint64_t entries) const;
    base::Result<Receipt> receipt(std::uint64_t sequence) const;
    /// Unproved when these books do not continue those of the checkpoint.
    base::Result<void> continues(const Checkpoint& checkpoint) const;

private:
    struct IdHash
    {
        std::size_t operator()(const base::Uuid& id) const;
    };
    struct TransactionHash
    {
        std::size_t operator()(const TransactionId& id) const;
    };
    struct Place
    {
        std::uint32_t chunk = 0;
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    struct Sums
    {
        Counters pending;
        Counters settled;
    };

    class Staging;
    friend class Staging;

    void take(const Entry& entry, base::ByteView bytes);
    void takeBytes(base::ByteView bytes);
    void takePostings(const Entry& entry);
    void takeTransaction(const Entry& entry);
    void updateTree() const;

    std::vector<base::Bytes> m_chunks; ///< The entries' bytes; none spans two, none ever moves.
    std::vector<Place> m_places;
    std::vector<bool> m_reversed;
    std::int64_t m_lastTimeMs = 0;
    std::unordered_map<base::Uuid, std::uint64_t, IdHash> m_ids;
    std::map<AccountCurrency, Sums> m_sums;
    std::unordered_map<TransactionId, PostedTransaction, TransactionHash> m_transactions;
    /// Postings of those that are not settled, so that a settlement need not read them again.
    std::unordered_map<TransactionId, std::vector<Posting>, TransactionHash> m_pending;
    mutable crypto::MerkleTree m_tree; ///< Lags behind until somebody asks for a root.
};

} // namespace coffer::ledger
