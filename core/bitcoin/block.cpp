// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/block.h"

#include "core/bitcoin/merkle.h"
#include "core/crypto/hash.h"

namespace coffer::bitcoin {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kMaxBlockSize = static_cast<std::size_t>(kMaxBlockWeight);
// Version, no input, no output, lock time: what the shortest form could claim.
constexpr std::size_t kMinTransactionSize = 10;

std::uint32_t load32(ByteView bytes, std::size_t at)
{
    return static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 16 |
           static_cast<std::uint32_t>(bytes[at + 3]) << 24;
}

void store32(base::ByteArray<80>& bytes, std::size_t at, std::uint32_t value)
{
    for (std::size_t i = 0; i < 4; ++i)
        bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

/// BIP141, "Commitment structure".
Result<void> checkWitnessCommitment(const Block& block)
{
    const auto commitment = witnessCommitment(block.transactions[0]);
    if (!commitment) {
        for (const auto& tx : block.transactions) {
            if (tx.hasWitness())
                return {ErrorCode::Unproved, "witnesses in a block that commits to none"};
        }
        return {};
    }
    const auto& witness = block.transactions[0].inputs[0].witness;
    if (witness.size() != 1 || witness[0].size() != 32)
        return {ErrorCode::Unproved, "no witness nonce in the coinbase"};
    const auto root = witnessRootOf(block);
    if (!root)
        return {ErrorCode::Unproved, "duplicated transactions in the witness tree"};
    if (crypto::sha256d(base::concat(*root, witness[0])) != *commitment)
        return {ErrorCode::Unproved, "the witness commitment does not fit"};
    return {};
}

} // namespace

Result<BlockHeader> BlockHeader::parse(ByteView bytes)
{
    if (bytes.size() != kSize)
        return {ErrorCode::Malformed, "a block header has 80 bytes"};
    BlockHeader header;
    Hash256 previous{};
    std::copy_n(bytes.begin() + 4, 32, previous.begin());
    std::copy_n(bytes.begin() + 36, 32, header.merkleRoot.begin());
    header.version = static_cast<std::int32_t>(load32(bytes, 0));
    header.previous = BlockHash(previous);
    header.time = load32(bytes, 68);
    header.bits = load32(bytes, 72);
    header.nonce = load32(bytes, 76);
    return header;
}

base::ByteArray<80> BlockHeader::serialize() const
{
    base::ByteArray<80> out{};
    store32(out, 0, static_cast<std::uint32_t>(version));
    std::copy(previous.bytes().begin(), previous.bytes().end(), out.begin() + 4);
    std::copy(merkleRoot.begin(), merkleRoot.end(), out.begin() + 36);
    store32(out, 68, time);
    store32(out, 72, bits);
    store32(out, 76, nonce);
    return out;
}

BlockHash BlockHeader::hash() const
{
    return headerHash(serialize());
}

BlockHash headerHash(const base::ByteArray<80>& header)
{
    return BlockHash(crypto::sha256d(header));
}

Result<Block> Block::parse(ByteView bytes)
{
    if (bytes.size() > kMaxBlockSize)
        return {ErrorCode::TooLarge, "block above 4,000,000 bytes"};
    ByteReader reader(bytes);
    Block block;
    auto header = TRY(reader.take(BlockHeader::kSize));
    block.header = TRY(BlockHeader::parse(header));
    auto count = TRY(reader.compactSize(kMaxBlockSize));
    if (count > reader.remaining() / kMinTransactionSize)
        return {ErrorCode::Malformed, "more transactions claimed than bytes follow"};
    block.transactions.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < count; ++i) {
        auto tx = TRY(Transaction::parse(reader));
        block.transactions.push_back(std::move(tx));
    }
    TRY(reader.expectEnd());
    return block;
}

Bytes Block::serialize() const
{
    ByteWriter writer;
    writer.append(header.serialize());
    writer.compactSize(transactions.size());
    for (const auto& tx : transactions)
        writer.append(tx.serialize());
    return writer.take();
}

std::int64_t Block::weight() const
{
    ByteWriter count;
    count.compactSize(transactions.size());
    auto total = kWitnessScaleFactor * static_cast<std::int64_t>(BlockHeader::kSize + count.size());
    for (const auto& tx : transactions)
        total += tx.weight();
    return total;
}

Result<void> Block::checkStructure() const
{
    if (transactions.empty() || !transactions[0].isCoinbase())
        return {ErrorCode::Unproved, "a block begins with its coinbase"};
    for (std::size_t i = 1; i < transactions.size(); ++i) {
        if (transactions[i].isCoinbase())
            return {ErrorCode::Unproved, "a second coinbase in a block"};
    }
    const auto root = merkleRootOf(*this);
    if (!root)
        return {ErrorCode::Unproved, "duplicated transactions in the merkle tree"};
    if (*root != header.merkleRoot)
        return {ErrorCode::Unproved, "the transactions do not give the header's merkle root"};
    TRY(checkWitnessCommitment(*this));
    if (weight() > kMaxBlockWeight)
        return {ErrorCode::Unproved, "a block above 4,000,000 weight units"};
    return {};
}

} // namespace coffer::bitcoin
