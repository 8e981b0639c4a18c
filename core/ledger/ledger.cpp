// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/ledger.h"

#include "core/base/hex.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::string_view kCheckpointPrefix = "coffer-checkpoint:1:";
constexpr std::size_t kChunkBytes =
    1024 * 1024; // Thousands of entries; little to waste in the last.
constexpr std::uint64_t kMaxEntries = UINT32_MAX; // With kMaxPostingBits: sums never overflow.

Error conflict(const char* detail)
{
    return Error{ErrorCode::Conflict, detail};
}

Error damaged(std::uint64_t sequence, const std::string& detail)
{
    return Error{ErrorCode::Damaged, "entry " + std::to_string(sequence) + ": " + detail};
}

bool isExactNegation(const std::vector<Posting>& first, const std::vector<Posting>& second)
{
    return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                      [](const Posting& a, const Posting& b) {
                          return a.account == b.account && a.currency == b.currency &&
                                 a.layer == b.layer && a.amount == b.amount.negated();
                      });
}

/// Whether the settlement moves exactly what the appearance left pending.
bool settles(const Entry& settlement, const std::vector<Posting>& appeared)
{
    std::vector<Posting> moved;
    for (const Posting& posting : settlement.postings) {
        if (posting.layer == Layer::Pending)
            moved.push_back(posting);
    }
    return isExactNegation(moved, appeared);
}

bool mayReverse(EntryKind reversal, EntryKind reversed)
{
    if (isReversal(reversed))
        return false;
    switch (reversal) {
    case EntryKind::Reorganisation:
        return reversed == EntryKind::Settlement;
    case EntryKind::Replacement:
    case EntryKind::Conflict:
    case EntryKind::Drop:
        return beginsMovement(reversed);
    default:
        return true;
    }
}

/// Of posting sums, which cannot overflow (kMaxPostingBits, kMaxEntries).
void addTo(money::Amount& sum, const money::Amount& amount)
{
    auto next = sum.plus(amount);
    ASSERT(next);
    sum = *next;
}

money::Amount difference(const Counters& counters)
{
    const auto out = counters.in.minus(counters.out);
    ASSERT(out);
    return *out;
}

template <std::size_t N>
std::size_t lastBytes(const base::ByteArray<N>& bytes)
{
    // The end of a UUIDv7 is random, and so is a transaction id.
    std::size_t out = 0;
    std::memcpy(&out, bytes.data() + N - sizeof out, sizeof out);
    return out;
}

} // namespace

std::size_t Ledger::IdHash::operator()(const base::Uuid& id) const
{
    return lastBytes(id.bytes());
}

std::size_t Ledger::TransactionHash::operator()(const TransactionId& id) const
{
    // Not the end, where a proof-of-work id of a chain that abuses txids would have zeros.
    std::size_t out = 0;
    std::memcpy(&out, id.data(), sizeof out);
    return out;
}

/// The books as they will be after entries that are not applied yet: what the rules are checked
/// against, without a copy of the books.
class Ledger::Staging
{
public:
    explicit Staging(const Ledger& books)
        : m_books(books)
        , m_lastTimeMs(books.m_lastTimeMs)
    {
    }

    std::uint64_t nextSequence() const { return m_books.size() + m_staged.size() + 1; }
    std::int64_t lastTimeMs() const { return m_lastTimeMs; }

    Result<void> check(const Entry& entry) const
    {
        TRY(checkEntry(entry));
        if (entry.sequence != nextSequence())
            return conflict("sequence numbers have a gap");
        if (entry.sequence > kMaxEntries)
            return Error{ErrorCode::TooLarge, "too many entries"};
        if (entry.timeMs <= m_lastTimeMs)
            return conflict("time does not increase");
        if (sequenceOf(entry.id) != 0)
            return Error{ErrorCode::AlreadyExists, "an entry has this id"};
        if (isReversal(entry.kind))
            return checkReversal(entry);
        if (entry.kind == EntryKind::Settlement)
            return checkSettlement(entry);
        if (entry.transaction && posted(*entry.transaction).appeared != 0)
            return conflict("the transaction is in the books already");
        return {};
    }

    void stage(const Entry& entry)
    {
        m_lastTimeMs = entry.timeMs;
        if (entry.reverses)
            m_reversed.push_back(sequenceOf(*entry.reverses));
        if (entry.transaction) {
            PostedTransaction at = posted(*entry.transaction);
            advance(at, entry);
            m_transactions.insert_or_assign(*entry.transaction, at);
        }
        m_staged.push_back(entry);
    }

    static void advance(PostedTransaction& at, const Entry& entry)
    {
        if (beginsMovement(entry.kind))
            at.appeared = entry.sequence;
        else if (entry.kind == EntryKind::Settlement)
            at.settled = entry.sequence;
        else if (at.settled != 0)
            at.settled = 0; // checkReversal(): the settlement is reversed before what it settled.
        else
            at.appeared = 0;
    }

private:
    std::uint64_t sequenceOf(const base::Uuid& id) const
    {
        const auto found = m_books.m_ids.find(id);
        if (found != m_books.m_ids.end())
            return found->second;
        for (const Entry& entry : m_staged) {
            if (entry.id == id)
                return entry.sequence;
        }
        return 0;
    }

    bool isReversed(std::uint64_t sequence) const
    {
        return m_books.isReversed(sequence) ||
               std::find(m_reversed.begin(), m_reversed.end(), sequence) != m_reversed.end();
    }

    PostedTransaction posted(const TransactionId& transaction) const
    {
        const auto found = m_transactions.find(transaction);
        return found != m_transactions.end() ? found->second : m_books.posted(transaction);
    }

    Result<Entry> entry(std::uint64_t sequence) const
    {
        if (sequence > m_books.size() && sequence < nextSequence())
            return m_staged[static_cast<std::size_t>(sequence - m_books.size() - 1)];
        return m_books.entry(sequence);
    }

    Result<void> checkSettlement(const Entry& entry) const
    {
        const PostedTransaction at = posted(*entry.transaction);
        if (at.appeared == 0 || at.settled != 0)
            return conflict("a settlement of what is not pending");
        const auto known = m_books.m_pending.find(*entry.transaction);
        if (known != m_books.m_pending.end() && at.appeared <= m_books.size()) {
            if (!settles(entry, known->second))
                return conflict("a settlement of other amounts");
            return {};
        }
        const auto appearance = TRY(this->entry(at.appeared));
        if (!settles(entry, appearance.postings))
            return conflict("a settlement of other amounts");
        return {};
    }

    Result<void> checkReversal(const Entry& entry) const
    {
        const auto sequence = sequenceOf(*entry.reverses);
        if (sequence == 0)
            return conflict("reverses an entry that does not exist");
        if (isReversed(sequence))
            return conflict("reverses what is reversed already");
        const auto reversed = TRY(this->entry(sequence));
        if (!mayReverse(entry.kind, reversed.kind))
            return conflict("reverses an entry of the wrong kind");
        if (entry.transaction != reversed.transaction)
            return conflict("reverses an entry of another transaction");
        if (!isExactNegation(entry.postings, reversed.postings))
            return conflict("a reversal that is no exact negation");
        if (entry.transaction && beginsMovement(reversed.kind) &&
            posted(*entry.transaction).settled != 0)
            return conflict("reverses what is still settled");
        return {};
    }

    const Ledger& m_books;
    std::int64_t m_lastTimeMs;
    std::vector<Entry> m_staged;
    std::vector<std::uint64_t> m_reversed;
    std::map<TransactionId, PostedTransaction> m_transactions;
};

Result<Entry> Ledger::apply(base::ByteView bytes)
{
    auto entry = TRY(decodeEntry(bytes));
    const auto checked = Staging(*this).check(entry);
    if (!checked)
        return damaged(size() + 1, checked.error().detail);
    take(entry, bytes);
    return entry;
}

void Ledger::take(const Entry& entry, base::ByteView bytes)
{
    takeBytes(bytes);
    m_reversed.push_back(false);
    m_lastTimeMs = entry.timeMs;
    if (entry.reverses)
        m_reversed[static_cast<std::size_t>(m_ids.at(*entry.reverses) - 1)] = true;
    m_ids.emplace(entry.id, entry.sequence);
    takePostings(entry);
    takeTransaction(entry);
}

void Ledger::takeBytes(base::ByteView bytes)
{
    if (m_chunks.empty() || m_chunks.back().capacity() - m_chunks.back().size() < bytes.size()) {
        m_chunks.emplace_back();
        m_chunks.back().reserve(std::max(kChunkBytes, bytes.size()));
    }
    base::Bytes& chunk = m_chunks.back();
    m_places.push_back({static_cast<std::uint32_t>(m_chunks.size() - 1),
                        static_cast<std::uint32_t>(chunk.size()),
                        static_cast<std::uint32_t>(bytes.size())});
    chunk.insert(chunk.end(), bytes.begin(), bytes.end());
}

void Ledger::takePostings(const Entry& entry)
{
    for (const Posting& posting : entry.postings) {
        Sums& sums = m_sums[{posting.account, posting.currency}];
        Counters& counters = posting.layer == Layer::Pending ? sums.pending : sums.settled;
        if (posting.amount.isNegative())
            addTo(counters.out, posting.amount.negated());
        else
            addTo(counters.in, posting.amount);
    }
}

void Ledger::takeTransaction(const Entry& entry)
{
    if (!entry.transaction)
        return;
    const auto at = m_transactions.try_emplace(*entry.transaction).first;
    Staging::advance(at->second, entry);
    if (beginsMovement(entry.kind))
        m_pending.insert_or_assign(*entry.transaction, entry.postings);
    else
        m_pending.erase(*entry.transaction); // Settled or gone; what waits again is read again.
    if (at->second.appeared == 0)
        m_transactions.erase(at);
}

Result<std::vector<base::Bytes>> Ledger::compose(std::span<const EntryDraft> drafts,
                                                 const base::Clock& clock,
                                                 base::Random& random) const
{
    Staging staging(*this);
    std::vector<base::Bytes> out;
    out.reserve(drafts.size());
    for (const EntryDraft& draft : drafts) {
        Entry entry;
        static_cast<EntryDraft&>(entry) = draft;
        TRY(normalise(entry.postings));
        entry.id = base::Uuid::create(clock, random);
        entry.sequence = staging.nextSequence();
        entry.timeMs = std::max(clock.utcMs(), staging.lastTimeMs() + 1);
        TRY(staging.check(entry));
        auto bytes = encodeEntry(entry);
        if (bytes.size() > kMaxEntryBytes)
            return Error{ErrorCode::TooLarge, "entry is too large"};
        staging.stage(entry);
        out.push_back(std::move(bytes));
    }
    return out;
}

Result<EntryDraft> Ledger::reversalOf(const base::Uuid& id, EntryKind kind) const
{
    const auto original = TRY(entry(id));
    if (isReversed(original.sequence))
        return conflict("the entry is reversed already");
    if (!isReversal(kind) || !mayReverse(kind, original.kind))
        return conflict("an entry of this kind cannot be reversed so");
    EntryDraft out;
    out.kind = kind;
    out.postings = original.postings;
    for (Posting& posting : out.postings)
        posting.amount = posting.amount.negated();
    out.transaction = original.transaction;
    out.output = original.output;
    out.intent = original.intent;
    out.serviceReference = original.serviceReference;
    out.reverses = original.id;
    return out;
}

Balance Ledger::balance(const BookAccount& account, const money::Currency& currency) const
{
    const auto found = m_sums.find({account, currency});
    if (found == m_sums.end())
        return {};
    return {difference(found->second.settled), difference(found->second.pending)};
}

std::vector<std::pair<AccountCurrency, Balance>> Ledger::balances() const
{
    std::vector<std::pair<AccountCurrency, Balance>> out;
    for (const auto& [key, sums] : m_sums)
        out.push_back({key, {difference(sums.settled), difference(sums.pending)}});
    return out;
}

Counters Ledger::counters(const BookAccount& account, const money::Currency& currency,
                          Layer layer) const
{
    const auto found = m_sums.find({account, currency});
    if (found == m_sums.end())
        return {};
    return layer == Layer::Pending ? found->second.pending : found->second.settled;
}

PostedTransaction Ledger::posted(const TransactionId& transaction) const
{
    const auto found = m_transactions.find(transaction);
    return found == m_transactions.end() ? PostedTransaction{} : found->second;
}

std::vector<TransactionId> Ledger::openTransactions() const
{
    std::vector<TransactionId> out;
    out.reserve(m_transactions.size());
    for (const auto& [transaction, at] : m_transactions)
        out.push_back(transaction);
    std::sort(out.begin(), out.end());
    return out;
}

Result<base::ByteView> Ledger::entryBytes(std::uint64_t sequence) const
{
    if (sequence == 0 || sequence > size())
        return Error{ErrorCode::NotFound, "no entry with this number"};
    const Place& place = m_places[static_cast<std::size_t>(sequence - 1)];
    return base::ByteView(m_chunks[place.chunk]).subspan(place.begin, place.size);
}

Result<Entry> Ledger::entry(std::uint64_t sequence) const
{
    const auto bytes = TRY(entryBytes(sequence));
    return decodeEntry(bytes);
}

Result<Entry> Ledger::entry(const base::Uuid& id) const
{
    const auto found = m_ids.find(id);
    if (found == m_ids.end())
        return Error{ErrorCode::NotFound, "no entry with this id"};
    return entry(found->second);
}

bool Ledger::isReversed(std::uint64_t sequence) const
{
    return sequence >= 1 && sequence <= size() &&
           m_reversed[static_cast<std::size_t>(sequence - 1)];
}

void Ledger::updateTree() const
{
    while (m_tree.size() < size()) {
        const auto bytes = entryBytes(m_tree.size() + 1);
        ASSERT(bytes);
        m_tree.append(*bytes);
    }
}

Checkpoint Ledger::checkpoint() const
{
    updateTree();
    return {size(), m_tree.root()};
}

Result<Checkpoint> Ledger::checkpointAt(std::uint64_t entries) const
{
    if (entries > size())
        return Error{ErrorCode::OutOfRange, "the books are not that long"};
    updateTree();
    const auto root = TRY(m_tree.rootAt(entries));
    return Checkpoint{entries, root};
}

Result<Receipt> Ledger::receipt(std::uint64_t sequence) const
{
    const auto bytes = TRY(entryBytes(sequence));
    Receipt out;
    out.entry = base::bytesOf(bytes);
    out.sequence = sequence;
    out.checkpoint = checkpoint();
    out.path = TRY(m_tree.inclusionProof(sequence - 1, size()));
    return out;
}

Result<void> Ledger::continues(const Checkpoint& wanted) const
{
    if (wanted.entries > size())
        return Error{ErrorCode::Unproved, "the books are shorter than at the checkpoint"};
    const auto then = TRY(checkpointAt(wanted.entries));
    if (then != wanted)
        return Error{ErrorCode::Unproved, "the books differ from those of the checkpoint"};
    return {};
}

Result<void> verifyReceipt(const Receipt& receipt)
{
    const auto entry = TRY(decodeEntry(receipt.entry));
    if (entry.sequence != receipt.sequence || receipt.sequence == 0)
        return Error{ErrorCode::Unproved, "the entry has another number"};
    const auto leaf = crypto::MerkleTree::leafHash(receipt.entry);
    if (!crypto::verifyInclusion(leaf, receipt.sequence - 1, receipt.checkpoint.entries,
                                 receipt.path, receipt.checkpoint.root))
        return Error{ErrorCode::Unproved, "the entry is not in these books"};
    return {};
}

std::string toText(const Checkpoint& checkpoint)
{
    return std::string(kCheckpointPrefix) + std::to_string(checkpoint.entries) + ":" +
           base::toHex(checkpoint.root);
}

Result<Checkpoint> parseCheckpoint(std::string_view text)
{
    if (!text.starts_with(kCheckpointPrefix))
        return Error{ErrorCode::Malformed, "not a checkpoint"};
    text.remove_prefix(kCheckpointPrefix.size());
    Checkpoint out;
    const char* end = text.data() + text.size();
    const auto [next, failure] = std::from_chars(text.data(), end, out.entries);
    if (failure != std::errc() || next == end || *next != ':')
        return Error{ErrorCode::Malformed, "checkpoint without a count"};
    out.root = TRY(base::parseHexArray<32>(std::string_view(next + 1, end)));
    return out;
}

} // namespace coffer::ledger
