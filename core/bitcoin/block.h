// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/transaction.h"

namespace coffer::bitcoin {

/// The 80 bytes whose hash carries the work.
struct BlockHeader
{
    static constexpr std::size_t kSize = 80;

    std::int32_t version = 0;
    BlockHash previous;
    Hash256 merkleRoot{};
    std::uint32_t time = 0;
    std::uint32_t bits = 0;
    std::uint32_t nonce = 0;

    /// Exactly 80 bytes, or Malformed.
    static base::Result<BlockHeader> parse(base::ByteView bytes);
    base::ByteArray<80> serialize() const;
    BlockHash hash() const;

    bool operator==(const BlockHeader&) const = default;
};

/// The hash of a serialised header, without parsing it first.
BlockHash headerHash(const base::ByteArray<80>& header);

/// A header and its transactions.
struct Block
{
    BlockHeader header;
    std::vector<Transaction> transactions;

    /// Exactly one block; errors as Transaction::parse. At most 4,000,000 bytes.
    static base::Result<Block> parse(base::ByteView bytes);
    base::Bytes serialize() const;

    std::int64_t weight() const;

    /// What a light node can prove without the chain: the first transaction and only it is a
    /// coinbase, the merkle root fits and no subtree is duplicated (CVE-2012-2459), the witness
    /// commitment fits (BIP141; without one no witness is allowed), weight <= 4,000,000. Unproved
    /// names the rule. Transactions are not checked by themselves, and the header's work is not
    /// either.
    base::Result<void> checkStructure() const;
};

/// Shows that a transaction is in a block: its position and the hash beside it on each level.
struct MerkleBranch
{
    std::uint32_t index = 0;
    std::vector<Hash256> hashes;

    bool operator==(const MerkleBranch&) const = default;
};

} // namespace coffer::bitcoin
