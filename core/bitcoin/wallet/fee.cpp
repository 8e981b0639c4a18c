// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/fee.h"

#include <algorithm>

namespace coffer::bitcoin {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kMaxPeers = 64;
constexpr std::size_t kBlocks = 6;
constexpr std::size_t kMaxReports = 16;
/// Blocks with fewer transactions are not full: whoever paid the floor got in.
constexpr std::size_t kFullBlockTransactions = 1'000;
constexpr std::int64_t kExternalLifetimeMs = 30 * 60 * 1000;
constexpr int kDay = 144;

std::int64_t median(std::vector<std::int64_t> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::int64_t clamped(std::int64_t satPerKvB, FeeRate floor)
{
    const std::int64_t ceiling = std::max(kMaxEstimate.satPerKvB(), floor.satPerKvB());
    return std::clamp(satPerKvB, floor.satPerKvB(), ceiling);
}

} // namespace

Result<FeeRate> FeeRate::parse(std::string_view satPerVb)
{
    std::int64_t value = 0;
    std::size_t digits = 0;
    std::size_t decimals = 0;
    bool point = false;
    for (const char c : satPerVb) {
        if (c == '.' && !point && digits > 0) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return Error{ErrorCode::Malformed, "not a fee rate"};
        if (++digits > 12)
            return Error{ErrorCode::OutOfRange, "fee rate has too many digits"};
        if (point && ++decimals > 3)
            return Error{ErrorCode::Malformed, "fee rate has more than three decimals"};
        value = value * 10 + (c - '0');
    }
    if (digits == 0 || (point && decimals == 0))
        return Error{ErrorCode::Malformed, "not a fee rate"};
    for (; decimals < 3; ++decimals)
        value *= 10;
    if (value > kMaxFeeRate.satPerKvB())
        return Error{ErrorCode::OutOfRange, "fee rate above 10,000 sat/vB"};
    return FeeRate(value);
}

FeeRate FeeRate::of(std::int64_t fee, std::int64_t vsize)
{
    ASSERT(vsize > 0);
    return FeeRate(fee * 1000 / vsize);
}

std::string FeeRate::toString() const
{
    const std::int64_t whole = m_satPerKvB / 1000;
    std::string text = std::to_string(whole);
    std::string decimals = std::to_string(1000 + m_satPerKvB % 1000).substr(1);
    while (!decimals.empty() && decimals.back() == '0')
        decimals.pop_back();
    return decimals.empty() ? text : text + '.' + decimals;
}

std::int64_t FeeRate::feeFor(std::int64_t vsize) const
{
    return (m_satPerKvB * vsize + 999) / 1000;
}

std::int64_t FeeRate::feeForWeight(std::int64_t weight) const
{
    return (m_satPerKvB * weight + 3999) / 4000;
}

std::string_view feeSourceName(FeeSource source)
{
    switch (source) {
    case FeeSource::CompactBlocks:
        return "compact_blocks";
    case FeeSource::FeeFilter:
        return "feefilter";
    case FeeSource::OwnNode:
        return "own_node";
    case FeeSource::Service:
        return "service";
    case FeeSource::Typed:
        return "typed";
    }
    return "";
}

void FeeEstimator::addFeeFilter(std::string_view peer, std::int64_t satPerKvB, std::int64_t atMs)
{
    if (satPerKvB < 0 || satPerKvB > kMaxFeeRate.satPerKvB())
        return;
    m_filters.insert_or_assign(std::string(peer), Filter{satPerKvB, atMs});
    if (m_filters.size() <= kMaxPeers)
        return;
    m_filters.erase(
        std::min_element(m_filters.begin(), m_filters.end(), [](const auto& a, const auto& b) {
            return a.second.atMs < b.second.atMs;
        }));
}

void FeeEstimator::removePeer(std::string_view peer)
{
    const auto found = m_filters.find(peer);
    if (found != m_filters.end())
        m_filters.erase(found);
}

void FeeEstimator::addBlock(const BlockFeeObservation& observation)
{
    if (!isMoney(observation.coinbaseOutputs) || observation.vsize <= 0)
        return;
    if (m_blocks.size() >= kBlocks && observation.height < m_blocks.begin()->first)
        return;
    auto& reports = m_blocks[observation.height];
    std::erase_if(reports, [&](const BlockFeeObservation& old) {
        return old.kind == observation.kind && old.peer == observation.peer;
    });
    if (reports.size() < kMaxReports)
        reports.push_back(observation);
    if (m_blocks.size() > kBlocks)
        m_blocks.erase(m_blocks.begin());
}

void FeeEstimator::dropBlocksAbove(std::uint32_t height)
{
    m_blocks.erase(m_blocks.upper_bound(height), m_blocks.end());
}

void FeeEstimator::setExternal(int targetBlocks, FeeRate rate, FeeSource source, std::int64_t atMs)
{
    if (targetBlocks < 1 || targetBlocks > 1008)
        return;
    m_external[targetBlocks] = FeeEstimate{rate, targetBlocks, source, atMs};
}

FeeRate FeeEstimator::floor() const
{
    std::vector<std::int64_t> rates;
    for (const auto& [peer, filter] : m_filters)
        rates.push_back(filter.satPerKvB);
    if (rates.empty())
        return kMinRelayFeeRate;
    std::sort(rates.begin(), rates.end());
    const std::int64_t quartile = rates[std::min(rates.size() * 3 / 4, rates.size() - 1)];
    return std::max(FeeRate::fromSatPerKvB(quartile), kMinRelayFeeRate);
}

std::optional<FeeEstimator::BlockAverage> FeeEstimator::average(std::uint32_t height) const
{
    const auto found = m_blocks.find(height);
    if (found == m_blocks.end() || found->second.empty())
        return std::nullopt;
    std::vector<std::int64_t> rates;
    BlockAverage result;
    for (const BlockFeeObservation& report : found->second) {
        const std::int64_t fees =
            std::max<std::int64_t>(report.coinbaseOutputs - report.subsidy, 0);
        const bool full = report.transactionCount >= kFullBlockTransactions;
        const std::int64_t rate = full ? FeeRate::of(fees, report.vsize).satPerKvB() : 0;
        if (report.kind == BlockFeeObservation::Kind::Exact)
            return BlockAverage{clamped(rate, floor()), report.atMs};
        rates.push_back(rate);
        result.atMs = rates.size() == 1 ? report.atMs : std::min(result.atMs, report.atMs);
    }
    result.satPerKvB = clamped(median(std::move(rates)), floor());
    return result;
}

std::optional<FeeEstimate> FeeEstimator::estimate(int targetBlocks, std::int64_t nowMs) const
{
    const int target = std::clamp(targetBlocks, 1, 1008);
    // The person's own node or service knows better; its answer for the nearest tighter target
    // counts.
    for (auto found = m_external.upper_bound(target); found != m_external.begin();) {
        --found;
        if (nowMs - found->second.atMs <= kExternalLifetimeMs)
            return FeeEstimate{std::max(found->second.rate, floor()), target, found->second.source,
                               found->second.atMs};
    }
    if (target >= kDay) {
        if (m_filters.empty())
            return std::nullopt;
        std::int64_t oldest = nowMs;
        for (const auto& [peer, filter] : m_filters)
            oldest = std::min(oldest, filter.atMs);
        return FeeEstimate{FeeRate::fromSatPerKvB(floor().satPerKvB() * 3 / 2), target,
                           FeeSource::FeeFilter, oldest};
    }
    std::vector<std::int64_t> newest;
    std::int64_t oldest = nowMs;
    const std::size_t wanted = target == 1 ? 3 : kBlocks;
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend() && newest.size() < wanted;
         ++block) {
        const auto found = average(block->first);
        if (!found)
            continue;
        newest.push_back(found->satPerKvB);
        oldest = std::min(oldest, found->atMs);
    }
    if (newest.size() < 3)
        return std::nullopt; // Too few to mean anything.
    std::int64_t rate = 0;
    if (target == 1) {
        for (const std::int64_t block : newest)
            rate += block;
        rate = rate / static_cast<std::int64_t>(newest.size()) * 8 / 10;
    } else {
        rate = median(std::move(newest)) / 2;
    }
    return FeeEstimate{FeeRate::fromSatPerKvB(clamped(rate, floor())), target,
                       FeeSource::CompactBlocks, oldest};
}

std::int64_t blockSubsidy(std::uint32_t height, std::uint32_t interval)
{
    const std::uint32_t halvings = height / interval;
    return halvings >= 64 ? 0 : (50 * kCoin) >> halvings;
}

} // namespace coffer::bitcoin
