// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/block.h"

#include <optional>
#include <span>

namespace coffer::bitcoin {

/// Deeper than any block can be: 4,000,000 weight hold fewer than 2^17 transactions.
inline constexpr std::size_t kMaxMerkleDepth = 20;

/// The root over transaction ids. nullopt when two equal neighbours on some level make the tree
/// ambiguous (CVE-2012-2459). No leaves give 32 zero bytes.
std::optional<Hash256> merkleRoot(std::vector<Hash256> leaves);
/// The root over txids as in the header; nullopt as above.
std::optional<Hash256> merkleRootOf(const Block& block);
/// The root over wtxids, with zeros for the coinbase (BIP141); nullopt as above.
std::optional<Hash256> witnessRootOf(const Block& block);
/// The commitment in the coinbase's last matching output (BIP141), if there is one.
std::optional<Hash256> witnessCommitment(const Transaction& coinbase);

/// The branch of transaction `index`, which must exist.
MerkleBranch merkleBranch(const Block& block, std::size_t index);
/// The root that a branch leads to. Compare it with a header whose work is proved. A branch that is
/// too deep, or an index outside its tree, gives 32 zero bytes, which is nobody's root. The caller
/// must hold the whole transaction: a bare txid of a 64-byte one could be an inner node
/// (CVE-2017-12842).
Hash256 rootFromBranch(const Txid& txid, const MerkleBranch& branch);
/// Whether the branch leads from this transaction to the root of a header; Unproved says why not. A
/// transaction of 64 bytes proves nothing: an inner node could be read as one (CVE-2017-12842).
base::Result<void> verifyInclusion(const Transaction& transaction, const MerkleBranch& branch,
                                   const Hash256& merkleRoot);

} // namespace coffer::bitcoin
