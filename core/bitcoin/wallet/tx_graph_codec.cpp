// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor.h"
#include "core/bitcoin/wallet/tx_graph.h"

namespace coffer::bitcoin {

using base::CborReader;
using base::CborType;
using base::CborWriter;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

// Keys of a transaction record; absent where there is nothing to say.
constexpr std::uint64_t kKeyTransaction = 1;
constexpr std::uint64_t kKeyFirstSeen = 2;
constexpr std::uint64_t kKeyLastSeen = 3;
constexpr std::uint64_t kKeyLastEvicted = 4;
constexpr std::uint64_t kKeyOrigin = 5;
constexpr std::uint64_t kKeyAnchors = 6;

// Keys of a change set.
constexpr std::uint64_t kKeyChain = 1;
constexpr std::uint64_t kKeyTransactions = 2;
constexpr std::uint64_t kKeyOutputs = 3;

void writeAnchor(CborWriter& out, const Anchor& anchor)
{
    out.beginArray(5);
    out.uint(anchor.height);
    out.bytes(anchor.block.bytes());
    out.integer(anchor.timeSeconds);
    out.uint(anchor.branch.index);
    out.beginArray(anchor.branch.hashes.size());
    for (const Hash256& hash : anchor.branch.hashes)
        out.bytes(hash);
}

Result<std::uint32_t> readU32(CborReader& in)
{
    const std::uint64_t value = TRY(in.uint());
    if (value > 0xFFFFFFFF)
        return Error{ErrorCode::Malformed, "number above 32 bits"};
    return static_cast<std::uint32_t>(value);
}

Result<void> expectArray(CborReader& in, std::size_t count)
{
    const std::size_t found = TRY(in.array());
    if (found != count)
        return Error{ErrorCode::Malformed, "array of the wrong length"};
    return {};
}

Result<Anchor> readAnchor(CborReader& in)
{
    TRY(expectArray(in, 5));
    Anchor anchor;
    anchor.height = TRY(readU32(in));
    const Hash256 block = TRY(in.byteArray<32>());
    anchor.block = BlockHash(block);
    anchor.timeSeconds = TRY(in.integer());
    anchor.branch.index = TRY(readU32(in));
    const std::size_t hashes = TRY(in.array());
    if (hashes > kMaxMerkleDepth)
        return Error{ErrorCode::TooLarge, "merkle branch too deep"};
    for (std::size_t i = 0; i < hashes; ++i) {
        const Hash256 hash = TRY(in.byteArray<32>());
        anchor.branch.hashes.push_back(hash);
    }
    return anchor;
}

void writeFacts(CborWriter& out, const TransactionFacts& facts)
{
    std::size_t count = facts.transaction ? 1 : 0;
    for (const auto& time : {facts.firstSeenMs, facts.lastSeenMs, facts.lastEvictedMs})
        count += time ? 1 : 0;
    count += facts.origin == Origin::Own ? 1 : 0;
    count += facts.anchors.empty() ? 0 : 1;
    out.beginMap(count);
    if (facts.transaction) {
        out.uint(kKeyTransaction);
        out.bytes(facts.transaction->serialize());
    }
    const auto writeTime = [&](std::uint64_t key, const std::optional<std::int64_t>& time) {
        if (!time)
            return;
        out.uint(key);
        out.integer(*time);
    };
    writeTime(kKeyFirstSeen, facts.firstSeenMs);
    writeTime(kKeyLastSeen, facts.lastSeenMs);
    writeTime(kKeyLastEvicted, facts.lastEvictedMs);
    if (facts.origin == Origin::Own) {
        out.uint(kKeyOrigin);
        out.uint(static_cast<std::uint64_t>(facts.origin));
    }
    if (!facts.anchors.empty()) {
        out.uint(kKeyAnchors);
        out.beginArray(facts.anchors.size());
        for (const Anchor& anchor : facts.anchors)
            writeAnchor(out, anchor);
    }
}

Result<void> readAnchors(CborReader& in, std::vector<Anchor>& anchors)
{
    const std::size_t count = TRY(in.array());
    if (count == 0)
        return Error{ErrorCode::Malformed, "empty list of anchors"};
    for (std::size_t i = 0; i < count; ++i) {
        Anchor anchor = TRY(readAnchor(in));
        if (!anchors.empty() && std::pair(anchors.back().height, anchors.back().block) >=
                                    std::pair(anchor.height, anchor.block))
            return Error{ErrorCode::Malformed, "anchors out of order"};
        anchors.push_back(std::move(anchor));
    }
    return {};
}

Result<void> readFact(CborReader& in, std::uint64_t key, TransactionFacts& facts)
{
    switch (key) {
    case kKeyTransaction: {
        const base::ByteView bytes = TRY(in.bytes());
        Transaction transaction = TRY(Transaction::parse(bytes));
        TRY(transaction.checkStructure());
        facts.transaction = std::make_shared<const Transaction>(std::move(transaction));
        return {};
    }
    case kKeyFirstSeen:
        facts.firstSeenMs = TRY(in.integer());
        return {};
    case kKeyLastSeen:
        facts.lastSeenMs = TRY(in.integer());
        return {};
    case kKeyLastEvicted:
        facts.lastEvictedMs = TRY(in.integer());
        return {};
    case kKeyOrigin: {
        const std::uint64_t origin = TRY(in.uint());
        if (origin != static_cast<std::uint64_t>(Origin::Own))
            return Error{ErrorCode::Malformed, "unknown origin"};
        facts.origin = Origin::Own;
        return {};
    }
    case kKeyAnchors:
        return readAnchors(in, facts.anchors);
    default:
        return Error{ErrorCode::Malformed, "unknown key in a transaction record"};
    }
}

Result<TransactionFacts> readFacts(CborReader& in)
{
    TransactionFacts facts;
    const std::size_t count = TRY(in.map());
    std::uint64_t previous = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t key = TRY(in.uint());
        if (key <= previous)
            return Error{ErrorCode::Malformed, "keys out of order"};
        previous = key;
        TRY(readFact(in, key, facts));
    }
    return facts;
}

using Points = std::map<std::uint32_t, std::optional<BlockHash>>;

void writePoints(CborWriter& out, const Points& points)
{
    out.beginMap(points.size());
    for (const auto& [height, hash] : points) {
        out.uint(height);
        if (hash)
            out.bytes(hash->bytes());
        else
            out.null();
    }
}

Result<Points> readPoints(CborReader& in)
{
    Points points;
    const std::size_t count = TRY(in.map());
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t height = TRY(readU32(in));
        if (!points.empty() && points.rbegin()->first >= height)
            return Error{ErrorCode::Malformed, "heights out of order"};
        const CborType type = TRY(in.peek());
        if (type == CborType::Null) {
            TRY(in.null());
            points.emplace(height, std::nullopt);
            continue;
        }
        const Hash256 hash = TRY(in.byteArray<32>());
        points.emplace(height, BlockHash(hash));
    }
    return points;
}

void writeOutput(CborWriter& out, const OutPoint& point, const TxOutput& output)
{
    out.beginArray(4);
    out.bytes(point.txid.bytes());
    out.uint(point.index);
    out.integer(output.amount);
    out.bytes(output.script);
}

Result<std::pair<OutPoint, TxOutput>> readOutput(CborReader& in)
{
    TRY(expectArray(in, 4));
    OutPoint point;
    const Hash256 txid = TRY(in.byteArray<32>());
    point.txid = Txid(txid);
    point.index = TRY(readU32(in));
    TxOutput output;
    output.amount = TRY(in.integer());
    if (!isMoney(output.amount))
        return Error{ErrorCode::OutOfRange, "output amount"};
    const base::ByteView script = TRY(in.bytes());
    output.script.assign(script.begin(), script.end());
    return std::pair(point, std::move(output));
}

} // namespace

base::Bytes encodeTransactionRecord(const TransactionFacts& facts)
{
    CborWriter out;
    writeFacts(out, facts);
    return out.take();
}

Result<TransactionFacts> decodeTransactionRecord(base::ByteView bytes)
{
    CborReader in(bytes);
    TransactionFacts facts = TRY(readFacts(in));
    TRY(in.expectEnd());
    if (!facts.transaction)
        return Error{ErrorCode::Malformed, "record without its transaction"};
    return facts;
}

base::Bytes encodeChainRecord(const Points& points)
{
    CborWriter out;
    writePoints(out, points);
    return out.take();
}

Result<Points> decodeChainRecord(base::ByteView bytes)
{
    CborReader in(bytes);
    Points points = TRY(readPoints(in));
    TRY(in.expectEnd());
    return points;
}

base::Bytes encodeOutputRecord(const OutPoint& point, const TxOutput& output)
{
    CborWriter out;
    writeOutput(out, point, output);
    return out.take();
}

Result<std::pair<OutPoint, TxOutput>> decodeOutputRecord(base::ByteView bytes)
{
    CborReader in(bytes);
    auto output = TRY(readOutput(in));
    TRY(in.expectEnd());
    return output;
}

base::Bytes encodeChangeSet(const ChangeSet& changes)
{
    CborWriter out;
    out.beginMap(3);
    out.uint(kKeyChain);
    writePoints(out, changes.chain);
    out.uint(kKeyTransactions);
    out.beginArray(changes.transactions.size());
    for (const auto& [txid, facts] : changes.transactions) {
        out.beginArray(2);
        out.bytes(txid.bytes());
        writeFacts(out, facts);
    }
    out.uint(kKeyOutputs);
    out.beginArray(changes.outputs.size());
    for (const auto& [point, output] : changes.outputs)
        writeOutput(out, point, output);
    return out.take();
}

namespace {

Result<void> expectKey(CborReader& in, std::uint64_t wanted)
{
    const std::uint64_t key = TRY(in.uint());
    if (key != wanted)
        return Error{ErrorCode::Malformed, "unexpected key in a change set"};
    return {};
}

Result<void> readTransactions(CborReader& in, ChangeSet& changes)
{
    const std::size_t count = TRY(in.array());
    for (std::size_t i = 0; i < count; ++i) {
        TRY(expectArray(in, 2));
        const Hash256 hash = TRY(in.byteArray<32>());
        const Txid txid(hash);
        TransactionFacts facts = TRY(readFacts(in));
        if (facts.transaction && facts.transaction->txid() != txid)
            return Error{ErrorCode::Malformed, "transaction under another id"};
        if (!changes.transactions.empty() && changes.transactions.rbegin()->first >= txid)
            return Error{ErrorCode::Malformed, "transactions out of order"};
        changes.transactions.emplace(txid, std::move(facts));
    }
    return {};
}

Result<void> readOutputs(CborReader& in, ChangeSet& changes)
{
    const std::size_t count = TRY(in.array());
    for (std::size_t i = 0; i < count; ++i) {
        auto output = TRY(readOutput(in));
        if (!changes.outputs.empty() && changes.outputs.rbegin()->first >= output.first)
            return Error{ErrorCode::Malformed, "outputs out of order"};
        changes.outputs.insert(std::move(output));
    }
    return {};
}

} // namespace

Result<ChangeSet> decodeChangeSet(base::ByteView bytes)
{
    CborReader in(bytes);
    const std::size_t keys = TRY(in.map());
    if (keys != 3)
        return Error{ErrorCode::Malformed, "a change set has three parts"};
    ChangeSet changes;
    TRY(expectKey(in, kKeyChain));
    changes.chain = TRY(readPoints(in));
    TRY(expectKey(in, kKeyTransactions));
    TRY(readTransactions(in, changes));
    TRY(expectKey(in, kKeyOutputs));
    TRY(readOutputs(in, changes));
    TRY(in.expectEnd());
    return changes;
}

} // namespace coffer::bitcoin
