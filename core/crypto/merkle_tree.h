// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/hash.h"

#include <vector>

namespace coffer::crypto {

/// The tamper-evident tree over an append-only log (RFC 6962, section 2.1).
///
/// Appending is amortised constant time; a root or proof of any earlier size can be asked for at
/// any time. Leaves and nodes are hashed under different prefixes, so that a node cannot pass for a
/// leaf.
class MerkleTree
{
public:
    /// SHA-256(0x00 || leaf).
    static Hash256 leafHash(base::ByteView leaf);

    /// Returns the index of the new leaf.
    std::size_t append(base::ByteView leaf) { return appendLeafHash(leafHash(leaf)); }
    std::size_t appendLeafHash(const Hash256& hash);

    std::size_t size() const { return m_levels.empty() ? 0 : m_levels.front().size(); }
    /// Of the empty tree: SHA-256 of nothing.
    Hash256 root() const;
    /// The root when the tree had `size` leaves; OutOfRange beyond the present size.
    base::Result<Hash256> rootAt(std::size_t size) const;
    base::Result<Hash256> leafHashAt(std::size_t index) const;

    /// That leaf `index` is in the tree of `size` leaves: hashes from the leaf upwards; OutOfRange
    /// unless index < size <= size().
    base::Result<std::vector<Hash256>> inclusionProof(std::size_t index, std::size_t size) const;
    /// That the tree of `oldSize` leaves is a prefix of that of `newSize`; empty when equal or when
    /// the old one is empty; OutOfRange unless oldSize <= newSize <= size().
    base::Result<std::vector<Hash256>> consistencyProof(std::size_t oldSize,
                                                        std::size_t newSize) const;

private:
    Hash256 subtreeRoot(std::size_t begin, std::size_t end) const;

    // m_levels[k][i] is the root of the complete subtree over leaves [i * 2^k, (i + 1) * 2^k).
    std::vector<std::vector<Hash256>> m_levels;
};

/// Checks an inclusion proof without the tree.
bool verifyInclusion(const Hash256& leafHash, std::size_t index, std::size_t size,
                     std::span<const Hash256> proof, const Hash256& root);
/// Checks a consistency proof without the tree.
bool verifyConsistency(std::size_t oldSize, std::size_t newSize, std::span<const Hash256> proof,
                       const Hash256& oldRoot, const Hash256& newRoot);

} // namespace coffer::crypto
