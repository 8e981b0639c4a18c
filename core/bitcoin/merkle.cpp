// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/merkle.h"

#include "core/base/assert.h"
#include "core/crypto/hash.h"

namespace coffer::bitcoin {

namespace {

Hash256 hashPair(const Hash256& left, const Hash256& right)
{
    base::ByteArray<64> both{};
    std::copy(left.begin(), left.end(), both.begin());
    std::copy(right.begin(), right.end(), both.begin() + 32);
    return crypto::sha256d(both);
}

/// One level up; an odd last node is paired with itself.
void climb(std::vector<Hash256>& level)
{
    const std::size_t parents = (level.size() + 1) / 2;
    for (std::size_t i = 0; i < parents; ++i) {
        const auto right = std::min(2 * i + 1, level.size() - 1);
        level[i] = hashPair(level[2 * i], level[right]);
    }
    level.resize(parents);
}

bool hasEqualPair(const std::vector<Hash256>& level)
{
    for (std::size_t i = 0; i + 1 < level.size(); i += 2) {
        if (level[i] == level[i + 1])
            return true;
    }
    return false;
}

std::vector<Hash256> txids(const Block& block)
{
    std::vector<Hash256> leaves;
    leaves.reserve(block.transactions.size());
    for (const auto& tx : block.transactions)
        leaves.push_back(tx.txid().bytes());
    return leaves;
}

} // namespace

std::optional<Hash256> merkleRoot(std::vector<Hash256> leaves)
{
    if (leaves.empty())
        return Hash256{};
    // Duplicating the tail of a list leaves the root as it is, because an odd last node is paired
    // with itself. Such a list has two equal nodes side by side, an honest one never
    // (CVE-2012-2459).
    while (leaves.size() > 1) {
        if (hasEqualPair(leaves))
            return std::nullopt;
        climb(leaves);
    }
    return leaves[0];
}

std::optional<Hash256> merkleRootOf(const Block& block)
{
    return merkleRoot(txids(block));
}

std::optional<Hash256> witnessRootOf(const Block& block)
{
    std::vector<Hash256> leaves;
    leaves.reserve(block.transactions.size());
    for (const auto& tx : block.transactions)
        leaves.push_back(leaves.empty() ? Hash256{} : tx.wtxid().bytes());
    return merkleRoot(std::move(leaves));
}

std::optional<Hash256> witnessCommitment(const Transaction& coinbase)
{
    // BIP141: OP_RETURN, a push of 36 bytes, the header aa21a9ed, the commitment; the last one
    // counts.
    constexpr std::array<std::uint8_t, 6> kPrefix{0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed};
    for (auto output = coinbase.outputs.rbegin(); output != coinbase.outputs.rend(); ++output) {
        const auto& script = output->script;
        if (script.size() < kPrefix.size() + 32 ||
            !std::equal(kPrefix.begin(), kPrefix.end(), script.begin()))
            continue;
        Hash256 commitment{};
        std::copy_n(script.begin() + kPrefix.size(), 32, commitment.begin());
        return commitment;
    }
    return std::nullopt;
}

MerkleBranch merkleBranch(const Block& block, std::size_t index)
{
    auto level = txids(block);
    ASSERT(index < level.size());
    MerkleBranch branch;
    branch.index = static_cast<std::uint32_t>(index);
    for (std::size_t at = index; level.size() > 1; at /= 2) {
        branch.hashes.push_back(level[std::min(at ^ 1, level.size() - 1)]);
        climb(level);
    }
    return branch;
}

Hash256 rootFromBranch(const Txid& txid, const MerkleBranch& branch)
{
    // An index beyond the tree's width would prove another place than it names.
    if (branch.hashes.size() > kMaxMerkleDepth || (branch.index >> branch.hashes.size()) != 0)
        return {};
    Hash256 node = txid.bytes();
    std::uint32_t at = branch.index;
    for (const auto& beside : branch.hashes) {
        node = (at & 1) != 0 ? hashPair(beside, node) : hashPair(node, beside);
        at >>= 1;
    }
    return node;
}

base::Result<void> verifyInclusion(const Transaction& transaction, const MerkleBranch& branch,
                                   const Hash256& merkleRoot)
{
    constexpr std::int64_t kInnerNodeSize = 64; // Two hashes side by side.
    if (transaction.sizeNoWitness() == kInnerNodeSize)
        return base::Error{base::ErrorCode::Unproved,
                           "a transaction of 64 bytes could be an inner node of the tree"};
    if (merkleRoot == Hash256{} || rootFromBranch(transaction.txid(), branch) != merkleRoot)
        return base::Error{base::ErrorCode::Unproved,
                           "the Merkle branch does not lead to the header's root"};
    return {};
}

} // namespace coffer::bitcoin
