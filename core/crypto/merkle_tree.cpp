// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/merkle_tree.h"

#include <algorithm>
#include <bit>

namespace coffer::crypto {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

// RFC 6962, section 2.1: the prefixes that tell leaves from nodes.
constexpr std::uint8_t kLeafPrefix = 0;
constexpr std::uint8_t kNodePrefix = 1;

Hash256 nodeHash(const Hash256& left, const Hash256& right)
{
    base::ByteArray<65> bytes{};
    bytes[0] = kNodePrefix;
    std::ranges::copy(left, bytes.begin() + 1);
    std::ranges::copy(right, bytes.begin() + 33);
    return sha256(bytes);
}

/// The largest power of two below `size`, which is at least 2: where RFC 6962 splits a tree.
std::size_t splitOf(std::size_t size)
{
    return std::bit_floor(size - 1);
}

bool isOdd(std::size_t number)
{
    return (number & 1) != 0;
}

} // namespace

Hash256 MerkleTree::leafHash(base::ByteView leaf)
{
    const base::ByteArray<1> prefix{kLeafPrefix};
    return sha256(base::concat(prefix, leaf));
}

std::size_t MerkleTree::appendLeafHash(const Hash256& hash)
{
    const auto index = size();
    auto node = hash;
    for (std::size_t level = 0;; ++level) {
        if (level == m_levels.size())
            m_levels.emplace_back();
        auto& nodes = m_levels[level];
        nodes.push_back(node);
        if (isOdd(nodes.size()))
            return index;
        node = nodeHash(nodes[nodes.size() - 2], nodes.back());
    }
}

Hash256 MerkleTree::root() const
{
    return size() == 0 ? sha256({}) : subtreeRoot(0, size());
}

Result<Hash256> MerkleTree::rootAt(std::size_t size) const
{
    if (size > this->size())
        return Error{ErrorCode::OutOfRange, "Merkle root of a size not reached yet"};
    return size == 0 ? sha256({}) : subtreeRoot(0, size);
}

Result<Hash256> MerkleTree::leafHashAt(std::size_t index) const
{
    if (index >= size())
        return Error{ErrorCode::OutOfRange, "no such leaf in the Merkle tree"};
    return m_levels.front()[index];
}

// RFC 6962 splits so that every left part is complete: only the right edge needs hashing.
Hash256 MerkleTree::subtreeRoot(std::size_t begin, std::size_t end) const
{
    const auto count = end - begin;
    if (std::has_single_bit(count)) {
        const auto level = static_cast<std::size_t>(std::countr_zero(count));
        return m_levels[level][begin >> level];
    }
    const auto middle = begin + splitOf(count);
    return nodeHash(subtreeRoot(begin, middle), subtreeRoot(middle, end));
}

// RFC 6962, section 2.1.1, from the root downwards.
Result<std::vector<Hash256>> MerkleTree::inclusionProof(std::size_t index, std::size_t size) const
{
    if (index >= size || size > this->size())
        return Error{ErrorCode::OutOfRange, "no such leaf in a Merkle tree of that size"};
    std::vector<Hash256> proof;
    std::size_t begin = 0;
    std::size_t end = size;
    while (end - begin > 1) {
        const auto middle = begin + splitOf(end - begin);
        if (index < middle) {
            proof.push_back(subtreeRoot(middle, end));
            end = middle;
        } else {
            proof.push_back(subtreeRoot(begin, middle));
            begin = middle;
        }
    }
    std::ranges::reverse(proof);
    return proof;
}

// RFC 6962, section 2.1.2, from the root downwards.
Result<std::vector<Hash256>> MerkleTree::consistencyProof(std::size_t oldSize,
                                                          std::size_t newSize) const
{
    if (oldSize > newSize || newSize > size())
        return Error{ErrorCode::OutOfRange, "no such pair of Merkle tree sizes"};
    std::vector<Hash256> proof;
    if (oldSize == 0)
        return proof;
    std::size_t begin = 0;
    std::size_t end = newSize;
    while (oldSize != end) {
        const auto middle = begin + splitOf(end - begin);
        if (oldSize <= middle) {
            proof.push_back(subtreeRoot(middle, end));
            end = middle;
        } else {
            proof.push_back(subtreeRoot(begin, middle));
            begin = middle;
        }
    }
    // The old tree itself is known to whoever checks; another subtree is not.
    if (begin > 0)
        proof.push_back(subtreeRoot(begin, end));
    std::ranges::reverse(proof);
    return proof;
}

// RFC 9162, section 2.1.3.2.
bool verifyInclusion(const Hash256& leafHash, std::size_t index, std::size_t size,
                     std::span<const Hash256> proof, const Hash256& root)
{
    if (index >= size)
        return false;
    auto node = index;
    auto last = size - 1;
    auto hash = leafHash;
    for (const auto& sibling : proof) {
        if (last == 0)
            return false;
        if (isOdd(node) || node == last) {
            hash = nodeHash(sibling, hash);
            while (!isOdd(node) && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = nodeHash(hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

// RFC 9162, section 2.1.4.2.
bool verifyConsistency(std::size_t oldSize, std::size_t newSize, std::span<const Hash256> proof,
                       const Hash256& oldRoot, const Hash256& newRoot)
{
    if (oldSize > newSize)
        return false;
    if (oldSize == newSize)
        return proof.empty() && oldRoot == newRoot && (oldSize > 0 || oldRoot == sha256({}));
    if (oldSize == 0)
        return proof.empty() && oldRoot == sha256({});
    auto node = oldSize - 1;
    auto last = newSize - 1;
    while (isOdd(node)) {
        node >>= 1;
        last >>= 1;
    }
    auto oldHash = oldRoot;
    // A complete old tree is a node of the new one, so the proof does not repeat it.
    if (!std::has_single_bit(oldSize)) {
        if (proof.empty())
            return false;
        oldHash = proof.front();
        proof = proof.subspan(1);
    }
    auto newHash = oldHash;
    for (const auto& sibling : proof) {
        if (last == 0)
            return false;
        if (isOdd(node) || node == last) {
            oldHash = nodeHash(sibling, oldHash);
            newHash = nodeHash(sibling, newHash);
            while (!isOdd(node) && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            newHash = nodeHash(newHash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && oldHash == oldRoot && newHash == newRoot;
}

} // namespace coffer::crypto
