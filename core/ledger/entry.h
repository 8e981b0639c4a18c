// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uuid.h"
#include "core/money/rate.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The books: double entry, append-only.
///
/// Problem: a wallet's history must stay right while the chain reorganises, payments are replaced
/// and machines crash; and nobody, not even this program after a bug, may rewrite what was
/// recorded. Approach: every movement is an *entry* of signed *postings* that sum to zero for each
/// currency and each layer. The layers keep what is only announced (pending) apart from what the
/// chain has confirmed (settled). An entry is never edited: what is undone becomes a new entry with
/// the exact negation that names the one it reverses. Entries are deterministic CBOR and stored as
/// they were hashed; all balances are their fold (ledger.h), the chain's changes are turned into
/// entries by chain_bookkeeping.h, and audit.h recomputes everything. Limits: who holds the
/// wallet's keys can write another history; checkpoints and receipts show it.
namespace coffer::ledger {

/// A transaction's id in the chain's own byte order (Bitcoin: internal, shown reversed).
using TransactionId = base::ByteArray<32>;
using BlockId = base::ByteArray<32>;

/// The hex form people see: reversed for bitcoin currencies, as it is for others.
std::string transactionText(const TransactionId& id, const money::Currency& currency);
base::Result<TransactionId> parseTransactionText(std::string_view hex,
                                                 const money::Currency& currency);

/// An account of the books: one of the person's accounts, or one of the few that stand for the
/// rest.
class BookAccount
{
public:
    enum class Kind : std::uint8_t
    {
        External = 0, ///< Everybody else. Also the default.
        Fees = 1,     ///< What networks and services kept.
        Exchange = 2, ///< The counterpart of a conversion, one side per currency.
        Own = 3       ///< A person's account, by id.
    };

    BookAccount() = default;
    static BookAccount external() { return {}; }
    static BookAccount fees() { return BookAccount(Kind::Fees, {}); }
    static BookAccount exchange() { return BookAccount(Kind::Exchange, {}); }
    static BookAccount own(const base::Uuid& account) { return BookAccount(Kind::Own, account); }

    Kind kind() const { return m_kind; }
    bool isOwn() const { return m_kind == Kind::Own; }
    /// Null unless Own.
    const base::Uuid& id() const { return m_id; }
    auto operator<=>(const BookAccount&) const = default;

private:
    BookAccount(Kind kind, const base::Uuid& id)
        : m_kind(kind)
        , m_id(id)
    {
    }

    Kind m_kind = Kind::External;
    base::Uuid m_id;
};

/// Which balance a posting belongs to.
enum class Layer : std::uint8_t
{
    Pending = 0, ///< Announced, signed or broadcast, but nothing the chain has confirmed.
    Settled = 1
};

/// "pending", "settled".
std::string_view layerName(Layer layer);

/// One side of a movement; plus on an own account is money coming in.
struct Posting
{
    BookAccount account;
    money::Currency currency;
    Layer layer = Layer::Settled;
    money::Amount amount;

    bool operator==(const Posting&) const = default;
};

/// Why an entry was made.
enum class EntryKind : std::uint8_t
{
    // A movement appears.
    Deposit = 1,
    Send = 2,
    SelfTransfer = 3, ///< Between own accounts, or to oneself: only the fee leaves.
    Coinbase = 4,
    Opening = 5,         ///< What was there before the books began.
    Fee = 6,             ///< A fee on its own.
    Adjustment = 7,      ///< By hand or by a service, with a memo that says why.
                         // What happens to it.
    Settlement = 16,     ///< Confirmed: from pending to settled.
    Reorganisation = 17, ///< Lost its block: reverses a settlement.
    Replacement = 18,    ///< Another transaction of ours took its place: reverses the appearance.
    Conflict = 19,       ///< A foreign transaction spent its inputs: reverses the appearance.
    Drop = 20,           ///< Forgotten by the network or given up: reverses the appearance.
    Correction = 21      ///< We know better now: reverses; the right entry follows.
};

/// "deposit", "send", "self_transfer", ...
std::string_view entryKindName(EntryKind kind);
/// Whether entries of this kind undo another and must name it.
bool isReversal(EntryKind kind);
/// Deposit to Adjustment: entries that begin a movement.
bool beginsMovement(EntryKind kind);

/// What an entry says besides its place in the books.
struct EntryDraft
{
    EntryKind kind = EntryKind::Deposit;
    std::vector<Posting> postings;
    std::optional<TransactionId> transaction;
    std::optional<std::uint32_t> output;
    std::optional<std::int64_t> height; ///< Of the block, on settlements.
    std::optional<BlockId> block;
    /// When it happened out there: block time or first seen. The entry's own time is when it was
    /// posted.
    std::optional<std::int64_t> happenedMs;
    std::optional<TransactionId> related; ///< What replaced it, or conflicts with it.
    std::string serviceReference;         ///< A payment service's id.
    std::optional<base::Uuid> intent;
    std::string counterparty; ///< Address, when there is exactly one.
    std::string memo;
    std::optional<base::Uuid> reverses;
    std::vector<money::Rate> rates; ///< What money was worth then, as known then.

    bool operator==(const EntryDraft&) const = default;
};

/// One immutable line of the books.
struct Entry : EntryDraft
{
    base::Uuid id;
    std::uint64_t sequence = 0; ///< 1, 2, 3, ...
    std::int64_t timeMs = 0;    ///< Strictly increasing.

    bool operator==(const Entry&) const = default;
};

inline constexpr std::size_t kMaxEntryBytes = 256 * 1024; // A sweep of a thousand accounts fits.
inline constexpr std::size_t kMaxPostings = 2048;
inline constexpr std::size_t kMaxText = 1024; // Memo, counterparty, reference; bytes of UTF-8.
inline constexpr std::size_t kMaxRates = 16;
/// Bits of one posting. 2^32 entries of 2^224 cannot overflow an Amount, so no sum of balances can
/// fail.
inline constexpr unsigned kMaxPostingBits = 224;

inline constexpr std::int64_t kMaxTimeMs =
    253'402'300'799'999; // The end of 9999: RFC 3339 ends there.

/// Deterministic CBOR: a map with small integer keys, absent members left out.
base::Bytes encodeEntry(const Entry& entry);
/// Strict: only what encodeEntry() writes. VersionTooNew, Unsupported (a currency unknown here),
/// TooLarge, Malformed.
base::Result<Entry> decodeEntry(base::ByteView bytes);

/// What one entry alone must fulfil: postings sorted, unique, not zero, not too large and zero in
/// sum for each currency and layer; texts bounded; `reverses` where and only where the kind needs
/// it. Conflict or OutOfRange names what does not hold.
base::Result<void> checkEntry(const Entry& entry);
/// Sorts the postings and adds up those of one account, currency and layer; zero sums vanish.
base::Result<void> normalise(std::vector<Posting>& postings);

} // namespace coffer::ledger
