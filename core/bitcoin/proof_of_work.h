// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The rules a header obeys by itself and by its predecessors, as pure functions: targets and their
/// compact form, required difficulty, time and version. The chain that calls them is lightnode's.

#include "core/bitcoin/network.h"

#include <functional>
#include <span>

namespace coffer::bitcoin {

/// The target of an nBits field; OutOfRange when it is zero, negative or above 2^256.
base::Result<Uint256> expandCompact(std::uint32_t bits);
/// The nBits field of a target, rounded down as consensus does.
std::uint32_t compactFrom(const Uint256& target);

/// The hash as a number is not above the target.
bool hashMeetsTarget(const BlockHash& hash, const Uint256& target);
/// 0 < target(bits) <= limit and the hash meets it; Rejected otherwise.
base::Result<void> checkProofOfWork(const BlockHash& hash, std::uint32_t bits,
                                    const NetworkParams& params);

/// Expected number of hashes: 2^256 / (target + 1); 0 for an invalid nBits.
Uint256 workOf(std::uint32_t bits);

/// A block's first retarget: `bits x clamp(last - first, T/4, 4T) / T`, at most the limit.
/// `bits` are those of the period's last block, or of its first under BIP94.
std::uint32_t retarget(std::uint32_t bits, std::uint32_t firstTime, std::uint32_t lastTime,
                       const NetworkParams& params);

/// Gives the header at a height of the branch under test.
using HeaderAt = std::function<BlockHeader(std::uint32_t height)>;

/// The nBits a block at `height` (>= 1) with time `time` must carry. Asks for height - 1, at a
/// period's start for height - 2016, and under the 20-minute rule backwards to the last ordinary
/// block.
std::uint32_t requiredBits(std::uint32_t height, std::uint32_t time, const HeaderAt& headerAt,
                           const NetworkParams& params);

/// True where a period starts and nBits may change.
constexpr bool startsPeriod(std::uint32_t height, const NetworkParams& params)
{
    return height % params.retargetInterval == 0;
}

/// Over how many previous blocks the median is taken.
inline constexpr std::size_t kMedianTimeSpan = 11;
/// The median of the times of the previous blocks, in any order: eleven, fewer near genesis, not
/// none.
std::uint32_t medianTime(std::span<const std::uint32_t> times);

/// BIP94: the first block of a period is at most 600 s older than its predecessor. Rejected.
base::Result<void> checkTimewarp(std::uint32_t height, std::uint32_t time,
                                 std::uint32_t previousTime, const NetworkParams& params);

/// Signed version >= 2, 3, 4 from the heights of BIP34, 66, 65. Rejected. This also refuses the
/// 164-byte headers' bit 31, which makes the version negative.
base::Result<void> checkVersion(std::int32_t version, std::uint32_t height,
                                const NetworkParams& params);

/// New coins of a block, in satoshi.
std::int64_t subsidyAt(std::uint32_t height, const NetworkParams& params);

} // namespace coffer::bitcoin
