// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Compact block filters (BIP158 basic): which scripts a block pays or spends, as a set that has no
/// false negatives and, for each script, a false positive in 784,931.

#include "core/bitcoin/block.h"

#include <span>

namespace coffer::bitcoin {

/// SHA256d of a serialised filter.
using FilterHash = Hash256;
/// SHA256d(filter hash || previous header): commits to all filters so far.
using FilterHeader = Hash256;

/// A serialised filter and the block it belongs to.
struct BlockFilter
{
    BlockHash block;
    base::Bytes encoded;

    /// `spentScripts`: the script of every output that the block's non-coinbase inputs spend, any
    /// order.
    static BlockFilter build(const Block& block, std::span<const Script> spentScripts);
    /// From the elements themselves; duplicates are dropped, empty ones must not be there.
    static BlockFilter build(const BlockHash& block, std::vector<Script> elements);

    FilterHash hash() const;
    FilterHeader header(const FilterHeader& previous) const;
};

FilterHash filterHash(base::ByteView filter);
/// Before genesis `previous` is 32 zero bytes.
FilterHeader filterHeader(const FilterHash& hash, const FilterHeader& previous);

/// The distinct output scripts of a block that a filter must hold (not empty, not OP_RETURN).
std::vector<Script> filterOutputScripts(const Block& block);

/// The number of elements a filter claims; Malformed when they cannot fit into its bytes.
base::Result<std::uint64_t> filterElementCount(base::ByteView filter);

/// Is one of the scripts (perhaps) in the block? Malformed when the filter ends early.
/// Pure and reentrant: a job for the pool. Empty scripts never match.
base::Result<bool> matchAny(const BlockHash& block, base::ByteView filter,
                            std::span<const Script> scripts);
/// Which of the scripts match: their positions, ascending.
base::Result<std::vector<std::size_t>> matchEach(const BlockHash& block, base::ByteView filter,
                                                 std::span<const Script> scripts);

/// SipHash-2-4 with a 128-bit key as two little-endian numbers.
std::uint64_t sipHash24(std::uint64_t key0, std::uint64_t key1, base::ByteView data);

} // namespace coffer::bitcoin
