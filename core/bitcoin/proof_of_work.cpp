// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/proof_of_work.h"

#include "core/base/assert.h"

namespace coffer::bitcoin {

using base::ErrorCode;
using base::Result;

namespace {

// BIP94: how much older than its predecessor the first block of a period may be, in seconds.
constexpr std::int64_t kMaxTimewarp = 600;

} // namespace

Result<Uint256> expandCompact(std::uint32_t bits)
{
    // A floating-point number of base 256: exponent, sign, 23 bits of mantissa (from OpenSSL's
    // "MPI").
    const unsigned exponent = bits >> 24;
    const std::uint32_t mantissa = bits & 0x007fffff;
    if (mantissa == 0)
        return {ErrorCode::OutOfRange, "a target of zero"};
    if ((bits & 0x00800000) != 0)
        return {ErrorCode::OutOfRange, "a negative target"};
    if (exponent > 34 || (mantissa > 0xff && exponent > 33) || (mantissa > 0xffff && exponent > 32))
        return {ErrorCode::OutOfRange, "a target above 2^256"};
    Uint256 target = mantissa;
    if (exponent <= 3)
        target >>= 8 * (3 - exponent);
    else
        target <<= 8 * (exponent - 3);
    if (target.isZero())
        return {ErrorCode::OutOfRange, "a target of zero"};
    return target;
}

std::uint32_t compactFrom(const Uint256& target)
{
    unsigned size = (target.bitLength() + 7) / 8;
    std::uint64_t mantissa =
        size <= 3 ? target.low64() << (8 * (3 - size)) : (target >> (8 * (size - 3))).low64();
    // The highest mantissa bit is the sign: shift it out of the way.
    if ((mantissa & 0x00800000) != 0) {
        mantissa >>= 8;
        ++size;
    }
    return static_cast<std::uint32_t>(mantissa) | (size << 24);
}

bool hashMeetsTarget(const BlockHash& hash, const Uint256& target)
{
    return Uint256::fromLittleEndian(hash.bytes()) <= target;
}

Result<void> checkProofOfWork(const BlockHash& hash, std::uint32_t bits,
                              const NetworkParams& params)
{
    const auto target = expandCompact(bits);
    if (!target || *target > params.powLimit)
        return {ErrorCode::Rejected, "a header whose target is out of range"};
    if (!hashMeetsTarget(hash, *target))
        return {ErrorCode::Rejected, "a header without the work it claims"};
    return {};
}

Uint256 workOf(std::uint32_t bits)
{
    const auto target = expandCompact(bits);
    if (!target)
        return {};
    // 2^256 / (target + 1) without 257 bits: (2^256 - target - 1) / (target + 1) + 1.
    const Uint256 next = *target + 1;
    if (next.isZero())
        return 1;
    return ~*target / next + 1;
}

std::uint32_t retarget(std::uint32_t bits, std::uint32_t firstTime, std::uint32_t lastTime,
                       const NetworkParams& params)
{
    const std::int64_t timespan = params.targetTimespan;
    const std::int64_t actual = std::clamp<std::int64_t>(
        std::int64_t{lastTime} - std::int64_t{firstTime}, timespan / 4, timespan * 4);
    const auto old = expandCompact(bits);
    ASSERT(old); // Only a header that passed checkProofOfWork() has descendants.
    // No overflow: where targets change, the limit has at most 234 bits, four timespans have 23.
    const Uint256 target = *old * static_cast<std::uint64_t>(actual) / params.targetTimespan;
    return compactFrom(std::min(target, params.powLimit));
}

std::uint32_t requiredBits(std::uint32_t height, std::uint32_t time, const HeaderAt& headerAt,
                           const NetworkParams& params)
{
    ASSERT(height >= 1);
    const auto previous = headerAt(height - 1);
    // Every target is the limit: the rules below would find it too, 2,016 steps at a time.
    if (params.noRetargeting)
        return previous.bits;
    if (startsPeriod(height, params)) {
        const auto first = headerAt(height - params.retargetInterval);
        // BIP94: the first block never uses the 20-minute rule, so its bits are the real
        // difficulty.
        const auto bits = params.enforceBip94 ? first.bits : previous.bits;
        return retarget(bits, first.time, previous.time, params);
    }
    if (!params.minDifficultyBlocks)
        return previous.bits;

    const auto easiest = compactFrom(params.powLimit);
    if (std::int64_t{time} > std::int64_t{previous.time} + 2 * std::int64_t{params.targetSpacing})
        return easiest;
    // The last block that did not use the rule, at the latest the first of the period.
    auto bits = previous.bits;
    for (auto at = height - 1; bits == easiest && !startsPeriod(at, params); --at)
        bits = headerAt(at - 1).bits;
    return bits;
}

std::uint32_t medianTime(std::span<const std::uint32_t> times)
{
    ASSERT(!times.empty());
    ASSERT(times.size() <= kMedianTimeSpan);
    // Sorted by insertion on the stack: this runs once for every header.
    std::array<std::uint32_t, kMedianTimeSpan> sorted{};
    std::size_t count = 0;
    for (const auto time : times) {
        auto at = count++;
        for (; at > 0 && time < sorted[at - 1]; --at)
            sorted[at] = sorted[at - 1];
        sorted[at] = time;
    }
    return sorted[count / 2];
}

Result<void> checkTimewarp(std::uint32_t height, std::uint32_t time, std::uint32_t previousTime,
                           const NetworkParams& params)
{
    if (!params.enforceBip94 || !startsPeriod(height, params))
        return {};
    if (std::int64_t{time} < std::int64_t{previousTime} - kMaxTimewarp)
        return {ErrorCode::Rejected, "a period that begins 600 s before its predecessor ends"};
    return {};
}

Result<void> checkVersion(std::int32_t version, std::uint32_t height, const NetworkParams& params)
{
    if ((version < 2 && height >= params.bip34Height) ||
        (version < 3 && height >= params.bip66Height) ||
        (version < 4 && height >= params.bip65Height))
        return {ErrorCode::Rejected, "a header version that is too old, or negative"};
    return {};
}

std::int64_t subsidyAt(std::uint32_t height, const NetworkParams& params)
{
    const auto halvings = height / params.subsidyHalvingInterval;
    // 50 bitcoin; after 33 halvings nothing is left, and 64 could not be shifted.
    return halvings >= 64 ? 0 : (50 * kCoin) >> halvings;
}

} // namespace coffer::bitcoin
