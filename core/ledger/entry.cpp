// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/entry.h"

#include "core/base/cbor.h"
#include "core/base/hex.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <tuple>

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::uint64_t kVersion = 1;

// Keys of the map. Numbers are never reused.
enum Key : std::uint64_t
{
    kKeyVersion = 0,
    kKeyId = 1,
    kKeySequence = 2,
    kKeyTime = 3,
    kKeyKind = 4,
    kKeyPostings = 5,
    kKeyTransaction = 6,
    kKeyOutput = 7,
    kKeyHeight = 8,
    kKeyBlock = 9,
    kKeyHappened = 10,
    kKeyRelated = 11,
    kKeyServiceReference = 12,
    kKeyIntent = 13,
    kKeyCounterparty = 14,
    kKeyMemo = 15,
    kKeyReverses = 16,
    kKeyRates = 17
};

Error malformed(const char* detail)
{
    return Error{ErrorCode::Malformed, detail};
}

auto orderOf(const Posting& posting)
{
    return std::tie(posting.account, posting.currency, posting.layer);
}

bool isKind(std::uint64_t value)
{
    return (value >= 1 && value <= 7) || (value >= 16 && value <= 21);
}

Result<money::Currency> decodeCurrency(base::CborReader& in)
{
    const auto code = TRY(in.text());
    auto currency = money::Currency::find(code);
    if (!currency)
        return Error{ErrorCode::Unsupported, "entry in a currency that is unknown here"};
    return *currency;
}

void encodeAccount(base::CborWriter& out, const BookAccount& account)
{
    // 16 bytes are an own account's id, one byte is one of the others.
    const auto kind = static_cast<std::uint8_t>(account.kind());
    out.bytes(account.isOwn() ? base::ByteView(account.id().bytes()) : base::ByteView(&kind, 1));
}

Result<BookAccount> decodeAccount(base::CborReader& in)
{
    const auto bytes = TRY(in.bytes());
    if (bytes.size() == 16) {
        base::ByteArray<16> id{};
        std::copy(bytes.begin(), bytes.end(), id.begin());
        return BookAccount::own(base::Uuid(id));
    }
    if (bytes.size() != 1)
        return malformed("account of the wrong length");
    switch (bytes[0]) {
    case static_cast<std::uint8_t>(BookAccount::Kind::External):
        return BookAccount::external();
    case static_cast<std::uint8_t>(BookAccount::Kind::Fees):
        return BookAccount::fees();
    case static_cast<std::uint8_t>(BookAccount::Kind::Exchange):
        return BookAccount::exchange();
    default:
        return malformed("unknown account");
    }
}

void encodePosting(base::CborWriter& out, const Posting& posting)
{
    out.beginArray(4);
    encodeAccount(out, posting.account);
    out.text(posting.currency.code());
    out.uint(static_cast<std::uint64_t>(posting.layer));
    posting.amount.encode(out);
}

Result<Posting> decodePosting(base::CborReader& in)
{
    const auto count = TRY(in.array());
    if (count != 4)
        return malformed("posting of the wrong length");
    Posting out;
    out.account = TRY(decodeAccount(in));
    out.currency = TRY(decodeCurrency(in));
    const auto layer = TRY(in.uint());
    if (layer > 1)
        return malformed("unknown layer");
    out.layer = static_cast<Layer>(layer);
    out.amount = TRY(money::Amount::decode(in));
    return out;
}

void encodeRate(base::CborWriter& out, const money::Rate& rate)
{
    out.beginArray(6);
    out.text(rate.origin().code());
    out.text(rate.target().code());
    rate.numerator().encode(out);
    rate.denominator().encode(out);
    out.uint(static_cast<std::uint64_t>(rate.source()));
    out.integer(rate.atMs());
}

Result<money::Rate> decodeRate(base::CborReader& in)
{
    const auto count = TRY(in.array());
    if (count != 6)
        return malformed("rate of the wrong length");
    const auto origin = TRY(decodeCurrency(in));
    const auto target = TRY(decodeCurrency(in));
    const auto numerator = TRY(money::Amount::decode(in));
    const auto denominator = TRY(money::Amount::decode(in));
    const auto source = TRY(in.uint());
    const auto atMs = TRY(in.integer());
    if (source > static_cast<std::uint64_t>(money::Source::Service))
        return malformed("unknown source of a rate");
    return money::Rate::create(origin, target, numerator, denominator,
                               static_cast<money::Source>(source), atMs);
}

template <typename T>
std::size_t present(const std::optional<T>& member)
{
    return member ? 1 : 0;
}

std::size_t countMembers(const Entry& entry)
{
    return 6 + present(entry.transaction) + present(entry.output) + present(entry.height) +
           present(entry.block) + present(entry.happenedMs) + present(entry.related) +
           (entry.serviceReference.empty() ? 0U : 1U) + present(entry.intent) +
           (entry.counterparty.empty() ? 0U : 1U) + (entry.memo.empty() ? 0U : 1U) +
           present(entry.reverses) + (entry.rates.empty() ? 0U : 1U);
}

Result<base::Uuid> decodeId(base::CborReader& in)
{
    const auto bytes = TRY(in.byteArray<16>());
    return base::Uuid(bytes);
}

Result<std::string> decodeText(base::CborReader& in)
{
    const auto text = TRY(in.text());
    if (text.empty())
        return malformed("an empty text stands for an absent one");
    if (text.size() > kMaxText)
        return Error{ErrorCode::TooLarge, "text of an entry is too long"};
    return std::string(text);
}

Result<void> decodeHead(base::CborReader& in, std::uint64_t key, Entry& entry)
{
    switch (key) {
    case kKeyVersion: {
        const auto version = TRY(in.uint());
        if (version == 0)
            return malformed("entry of version 0");
        if (version > kVersion)
            return Error{ErrorCode::VersionTooNew, "entry of a newer version"};
        return {};
    }
    case kKeyId:
        entry.id = TRY(decodeId(in));
        return {};
    case kKeySequence:
        entry.sequence = TRY(in.uint());
        return {};
    case kKeyTime:
        entry.timeMs = TRY(in.integer());
        return {};
    case kKeyKind: {
        const auto kind = TRY(in.uint());
        if (!isKind(kind))
            return malformed("unknown kind of entry");
        entry.kind = static_cast<EntryKind>(kind);
        return {};
    }
    default: {
        const auto count = TRY(in.array());
        if (count > kMaxPostings)
            return Error{ErrorCode::TooLarge, "entry with too many postings"};
        entry.postings.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            auto posting = TRY(decodePosting(in));
            entry.postings.push_back(posting);
        }
        return {};
    }
    }
}

Result<void> decodeRates(base::CborReader& in, Entry& entry)
{
    const auto count = TRY(in.array());
    if (count == 0)
        return malformed("no rates stand for absent ones");
    if (count > kMaxRates)
        return Error{ErrorCode::TooLarge, "entry with too many rates"};
    for (std::size_t i = 0; i < count; ++i) {
        auto rate = TRY(decodeRate(in));
        entry.rates.push_back(rate);
    }
    return {};
}

Result<void> decodeOptional(base::CborReader& in, std::uint64_t key, Entry& entry)
{
    switch (key) {
    case kKeyTransaction:
        entry.transaction = TRY(in.byteArray<32>());
        return {};
    case kKeyOutput: {
        const auto output = TRY(in.uint());
        if (output > UINT32_MAX)
            return malformed("output index beyond 32 bits");
        entry.output = static_cast<std::uint32_t>(output);
        return {};
    }
    case kKeyHeight:
        entry.height = TRY(in.integer());
        return {};
    case kKeyBlock:
        entry.block = TRY(in.byteArray<32>());
        return {};
    case kKeyHappened:
        entry.happenedMs = TRY(in.integer());
        return {};
    case kKeyRelated:
        entry.related = TRY(in.byteArray<32>());
        return {};
    case kKeyServiceReference:
        entry.serviceReference = TRY(decodeText(in));
        return {};
    case kKeyIntent:
        entry.intent = TRY(decodeId(in));
        return {};
    case kKeyCounterparty:
        entry.counterparty = TRY(decodeText(in));
        return {};
    case kKeyMemo:
        entry.memo = TRY(decodeText(in));
        return {};
    case kKeyReverses:
        entry.reverses = TRY(decodeId(in));
        return {};
    case kKeyRates:
        return decodeRates(in, entry);
    default:
        return malformed("unknown member of an entry");
    }
}

/// Sums per currency and layer; an entry has few of either.
struct LayerSum
{
    money::Currency currency;
    Layer layer;
    money::Amount sum;
};

Result<void> checkZeroSum(const std::vector<Posting>& postings)
{
    std::vector<LayerSum> sums;
    for (const Posting& posting : postings) {
        auto at = std::find_if(sums.begin(), sums.end(), [&](const LayerSum& sum) {
            return sum.currency == posting.currency && sum.layer == posting.layer;
        });
        if (at == sums.end())
            at = sums.insert(sums.end(), {posting.currency, posting.layer, money::Amount()});
        at->sum = TRY(at->sum.plus(posting.amount));
    }
    for (const LayerSum& sum : sums) {
        if (!sum.sum.isZero())
            return Error{ErrorCode::Conflict, "postings do not sum to zero"};
    }
    return {};
}

Result<void> checkPostings(const std::vector<Posting>& postings)
{
    if (postings.size() < 2)
        return Error{ErrorCode::Conflict, "an entry needs two sides"};
    if (postings.size() > kMaxPostings)
        return Error{ErrorCode::TooLarge, "entry with too many postings"};
    for (std::size_t i = 0; i < postings.size(); ++i) {
        const Posting& posting = postings[i];
        if (posting.amount.isZero())
            return Error{ErrorCode::Conflict, "a posting of nothing"};
        if (posting.amount.bitLength() > kMaxPostingBits)
            return Error{ErrorCode::OutOfRange, "a posting beyond 224 bits"};
        if (posting.currency == money::Currency())
            return Error{ErrorCode::Conflict, "a posting without currency"};
        if (posting.account.isOwn() && posting.account.id().isNull())
            return Error{ErrorCode::Conflict, "a posting without account"};
        if (i > 0 && !(orderOf(postings[i - 1]) < orderOf(posting)))
            return Error{ErrorCode::Conflict, "postings are not in order"};
    }
    return checkZeroSum(postings);
}

/// A settlement moves every posting from pending to settled and does nothing else.
Result<void> checkSettlement(const Entry& entry)
{
    const auto& postings = entry.postings;
    if (!entry.transaction)
        return Error{ErrorCode::Conflict, "a settlement of nothing"};
    if (postings.size() % 2 != 0)
        return Error{ErrorCode::Conflict, "a settlement that does more than settle"};
    for (std::size_t i = 0; i < postings.size(); i += 2) {
        const Posting& pending = postings[i];
        const Posting& settled = postings[i + 1];
        const bool pair = pending.account == settled.account &&
                          pending.currency == settled.currency && pending.layer == Layer::Pending &&
                          settled.layer == Layer::Settled &&
                          pending.amount.negated() == settled.amount;
        if (!pair)
            return Error{ErrorCode::Conflict, "a settlement that does more than settle"};
    }
    return {};
}

Result<void> checkTime(std::int64_t timeMs)
{
    if (timeMs < 0 || timeMs > kMaxTimeMs)
        return Error{ErrorCode::OutOfRange, "a time before 1970 or after 9999"};
    return {};
}

Result<void> checkText(const std::string& text)
{
    if (text.size() > kMaxText)
        return Error{ErrorCode::TooLarge, "text of an entry is too long"};
    if (!base::isUtf8(base::viewOf(text)))
        return malformed("text of an entry is not UTF-8");
    return {};
}

} // namespace

std::string transactionText(const TransactionId& id, const money::Currency& currency)
{
    TransactionId shown = id;
    if (currency.isBitcoin())
        std::reverse(shown.begin(), shown.end());
    return base::toHex(shown);
}

Result<TransactionId> parseTransactionText(std::string_view hex, const money::Currency& currency)
{
    auto id = TRY(base::parseHexArray<32>(hex));
    if (currency.isBitcoin())
        std::reverse(id.begin(), id.end());
    return id;
}

std::string_view layerName(Layer layer)
{
    return layer == Layer::Pending ? "pending" : "settled";
}

std::string_view entryKindName(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Deposit:
        return "deposit";
    case EntryKind::Send:
        return "send";
    case EntryKind::SelfTransfer:
        return "self_transfer";
    case EntryKind::Coinbase:
        return "coinbase";
    case EntryKind::Opening:
        return "opening";
    case EntryKind::Fee:
        return "fee";
    case EntryKind::Adjustment:
        return "adjustment";
    case EntryKind::Settlement:
        return "settlement";
    case EntryKind::Reorganisation:
        return "reorganisation";
    case EntryKind::Replacement:
        return "replacement";
    case EntryKind::Conflict:
        return "conflict";
    case EntryKind::Drop:
        return "drop";
    case EntryKind::Correction:
        return "correction";
    }
    return "unknown";
}

bool isReversal(EntryKind kind)
{
    return static_cast<std::uint8_t>(kind) >= static_cast<std::uint8_t>(EntryKind::Reorganisation);
}

bool beginsMovement(EntryKind kind)
{
    return static_cast<std::uint8_t>(kind) < static_cast<std::uint8_t>(EntryKind::Settlement);
}

base::Bytes encodeEntry(const Entry& entry)
{
    base::CborWriter out;
    out.beginMap(countMembers(entry));
    out.uint(kKeyVersion);
    out.uint(kVersion);
    out.uint(kKeyId);
    out.bytes(entry.id.bytes());
    out.uint(kKeySequence);
    out.uint(entry.sequence);
    out.uint(kKeyTime);
    out.integer(entry.timeMs);
    out.uint(kKeyKind);
    out.uint(static_cast<std::uint64_t>(entry.kind));
    out.uint(kKeyPostings);
    out.beginArray(entry.postings.size());
    for (const Posting& posting : entry.postings)
        encodePosting(out, posting);

    const auto bytes = [&out](Key key, const auto& member) {
        if (member) {
            out.uint(key);
            out.bytes(*member);
        }
    };
    const auto id = [&out](Key key, const std::optional<base::Uuid>& member) {
        if (member) {
            out.uint(key);
            out.bytes(member->bytes());
        }
    };
    const auto integer = [&out](Key key, const auto& member) {
        if (member) {
            out.uint(key);
            out.integer(*member);
        }
    };
    const auto text = [&out](Key key, const std::string& member) {
        if (!member.empty()) {
            out.uint(key);
            out.text(member);
        }
    };
    bytes(kKeyTransaction, entry.transaction);
    integer(kKeyOutput, entry.output);
    integer(kKeyHeight, entry.height);
    bytes(kKeyBlock, entry.block);
    integer(kKeyHappened, entry.happenedMs);
    bytes(kKeyRelated, entry.related);
    text(kKeyServiceReference, entry.serviceReference);
    id(kKeyIntent, entry.intent);
    text(kKeyCounterparty, entry.counterparty);
    text(kKeyMemo, entry.memo);
    id(kKeyReverses, entry.reverses);
    if (!entry.rates.empty()) {
        out.uint(kKeyRates);
        out.beginArray(entry.rates.size());
        for (const money::Rate& rate : entry.rates)
            encodeRate(out, rate);
    }
    return out.take();
}

Result<Entry> decodeEntry(base::ByteView bytes)
{
    if (bytes.size() > kMaxEntryBytes)
        return Error{ErrorCode::TooLarge, "entry is too large"};
    base::CborReader in(bytes);
    Entry entry;
    const auto count = TRY(in.map());
    if (count <= kKeyPostings)
        return malformed("entry with missing members");
    for (std::size_t i = 0; i < count; ++i) {
        const auto key = TRY(in.uint());
        if (i <= kKeyPostings) {
            // The reader has checked that keys ascend; these must all be there.
            if (key != i)
                return malformed("entry with missing members");
            TRY(decodeHead(in, key, entry));
        } else {
            TRY(decodeOptional(in, key, entry));
        }
    }
    TRY(in.expectEnd());
    return entry;
}

Result<void> checkEntry(const Entry& entry)
{
    if (entry.id.isNull())
        return Error{ErrorCode::Conflict, "entry without id"};
    TRY(checkPostings(entry.postings));
    for (const std::string* text : {&entry.serviceReference, &entry.counterparty, &entry.memo})
        TRY(checkText(*text));
    if (entry.rates.size() > kMaxRates)
        return Error{ErrorCode::TooLarge, "entry with too many rates"};
    if (entry.height && *entry.height < 0)
        return Error{ErrorCode::OutOfRange, "entry with a negative height"};
    TRY(checkTime(entry.timeMs));
    TRY(checkTime(entry.happenedMs.value_or(0)));
    for (const money::Rate& rate : entry.rates)
        TRY(checkTime(rate.atMs()));
    if (isReversal(entry.kind) != entry.reverses.has_value())
        return Error{ErrorCode::Conflict, "reversals, and only these, name what they reverse"};
    if (entry.kind == EntryKind::Settlement)
        return checkSettlement(entry);
    return {};
}

Result<void> normalise(std::vector<Posting>& postings)
{
    std::stable_sort(postings.begin(), postings.end(),
                     [](const Posting& a, const Posting& b) { return orderOf(a) < orderOf(b); });
    std::vector<Posting> out;
    for (const Posting& posting : postings) {
        if (!out.empty() && orderOf(out.back()) == orderOf(posting))
            out.back().amount = TRY(out.back().amount.plus(posting.amount));
        else
            out.push_back(posting);
    }
    std::erase_if(out, [](const Posting& posting) { return posting.amount.isZero(); });
    postings = std::move(out);
    return {};
}

} // namespace coffer::ledger
