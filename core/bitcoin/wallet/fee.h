// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/transaction.h"

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace coffer::bitcoin {

/// Satoshi per 1,000 virtual bytes, whole: 12.4 sat/vB is 12400. Exact where a decimal is not.
class FeeRate
{
public:
    constexpr FeeRate() = default;
    static constexpr FeeRate fromSatPerKvB(std::int64_t satPerKvB) { return FeeRate(satPerKvB); }
    static constexpr FeeRate fromSatPerVb(std::int64_t satPerVb)
    {
        return FeeRate(satPerVb * 1000);
    }
    /// Decimal sat/vB with at most three places ("12.4"); Malformed, OutOfRange (above 10,000
    /// sat/vB).
    static base::Result<FeeRate> parse(std::string_view satPerVb);
    /// What was really paid, rounded down. `vsize` must be positive.
    static FeeRate of(std::int64_t fee, std::int64_t vsize);

    constexpr std::int64_t satPerKvB() const { return m_satPerKvB; }
    /// Shortest decimal sat/vB: "12.4", "1".
    std::string toString() const;
    /// For virtual bytes, rounded up.
    std::int64_t feeFor(std::int64_t vsize) const;
    /// For weight units, rounded up: never below the rate of a whole transaction of that weight.
    std::int64_t feeForWeight(std::int64_t weight) const;

    constexpr auto operator<=>(const FeeRate&) const = default;

private:
    constexpr explicit FeeRate(std::int64_t satPerKvB)
        : m_satPerKvB(satPerKvB)
    {
    }
    std::int64_t m_satPerKvB = 0;
};

/// Relayed by default everywhere.
inline constexpr FeeRate kMinRelayFeeRate = FeeRate::fromSatPerVb(1);
/// Above it a payment is refused unless the person insists: nobody needs it.
inline constexpr FeeRate kMaxFeeRate = FeeRate::fromSatPerVb(10'000);
/// What an estimate may say at most: the coinbase of a compact block is unproved.
inline constexpr FeeRate kMaxEstimate = FeeRate::fromSatPerVb(500);

/// Where a fee rate comes from.
enum class FeeSource
{
    CompactBlocks, ///< Coinbases of the newest blocks, as several peers report them.
    FeeFilter,     ///< Only the peers' floor is known.
    OwnNode,       ///< The person's node was asked.
    Service,       ///< A fee service, opt-in.
    Typed          ///< By the person.
};

/// As JSON shows it: "compact_blocks", "feefilter", "own_node", "service", "typed".
std::string_view feeSourceName(FeeSource source);

/// A fee rate with what it rests on.
struct FeeEstimate
{
    FeeRate rate;
    int targetBlocks = 0;
    FeeSource source = FeeSource::FeeFilter;
    std::int64_t atMs = 0; ///< Time of the oldest observation it rests on.
};

/// One peer's report, or our own reading, of one block.
struct BlockFeeObservation
{
    std::uint32_t height = 0;
    std::string peer; ///< Any name; one vote each. Ignored if exact.
    std::int64_t coinbaseOutputs = 0;
    std::int64_t subsidy = 0;
    std::size_t transactionCount = 0;
    std::int64_t vsize = 1'000'000; ///< Of the block; about a full one where it is not known.
    std::int64_t atMs = 0;
    enum class Kind
    {
        Claimed, ///< Compact block: the coinbase is not proved.
        Exact    ///< The whole block was downloaded and checked.
    } kind = Kind::Claimed;
};

/// Fee rates without a server (bitcoin.md 4.13): what the last blocks earned and what peers accept.
class FeeEstimator
{
public:
    /// A peer's `feefilter`, in satoshi per kvB. Bounded: the newest 64 peers.
    void addFeeFilter(std::string_view peer, std::int64_t satPerKvB, std::int64_t atMs);
    void removePeer(std::string_view peer);
    /// Keeps the newest six heights and at most 16 reports for each.
    void addBlock(const BlockFeeObservation& observation);
    /// After a reorganisation: forgets blocks above it.
    void dropBlocksAbove(std::uint32_t height);
    /// From the person's own node or an opted-in service; counts until 30 minutes old.
    void setExternal(int targetBlocks, FeeRate rate, FeeSource source, std::int64_t atMs);

    /// The third quartile of the peers' floors, never below 1 sat/vB.
    FeeRate floor() const;
    /// For 1 (next block), 3 (half an hour) and 144 (a day) blocks and what lies between; nothing
    /// if nothing is known: never a silent guess.
    std::optional<FeeEstimate> estimate(int targetBlocks, std::int64_t nowMs) const;

private:
    struct Filter
    {
        std::int64_t satPerKvB = 0;
        std::int64_t atMs = 0;
    };
    struct BlockAverage
    {
        std::int64_t satPerKvB = 0;
        std::int64_t atMs = 0;
    };
    std::optional<BlockAverage> average(std::uint32_t height) const;

    std::map<std::string, Filter, std::less<>> m_filters;
    std::map<std::uint32_t, std::vector<BlockFeeObservation>> m_blocks;
    std::map<int, FeeEstimate> m_external;
};

/// New coins of a block: 50 BTC halved every `interval` blocks.
std::int64_t blockSubsidy(std::uint32_t height, std::uint32_t interval = 210'000);

} // namespace coffer::bitcoin
