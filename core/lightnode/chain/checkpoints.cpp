// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/chain/checkpoints.h"

#include "core/bitcoin/proof_of_work.h"
#include "core/lightnode/chain/shipped_data.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

bitcoin::Uint256 parseDecimal(std::string_view text)
{
    bitcoin::Uint256 out = 0;
    for (const char digit : text) {
        out *= 10;
        out += static_cast<std::uint64_t>(digit - '0');
    }
    return out;
}

bitcoin::BlockHash shippedHash(std::string_view hex)
{
    auto hash = bitcoin::BlockHash::parse(hex);
    ASSERT(hash); // Part of the release.
    return hash.take();
}

Checkpoints build(const std::vector<ShippedPeriod>* periods,
                  const std::vector<ShippedFilter>& filters)
{
    Checkpoints out;
    if (periods != nullptr) {
        for (const auto& period : *periods) {
            const auto target = parseDecimal(period.nextTarget);
            out.periods.push_back(
                {shippedHash(period.lastHash), target.isZero() ? 0 : bitcoin::compactFrom(target)});
        }
    }
    for (const auto& filter : filters) {
        FilterCheckpoint row;
        row.height = filter.height;
        row.header = shippedHash(filter.filterHeader).bytes();
        if (!filter.blockHash.empty())
            row.block = shippedHash(filter.blockHash);
        row.time = filter.time;
        out.filters.push_back(row);
    }
    // Two sources name some heights; the richer entry stays (they were compared when shipped).
    std::sort(out.filters.begin(), out.filters.end(), [](const auto& a, const auto& b) {
        return a.height != b.height ? a.height < b.height
                                    : a.block.has_value() > b.block.has_value();
    });
    const auto end =
        std::unique(out.filters.begin(), out.filters.end(), [](const auto& a, const auto& b) {
            ASSERT(a.height != b.height || a.header == b.header);
            return a.height == b.height;
        });
    out.filters.erase(end, out.filters.end());
    return out;
}

} // namespace

const FilterCheckpoint& Checkpoints::filterAtOrBelow(std::uint32_t height) const
{
    const auto above = std::upper_bound(filters.begin(), filters.end(), height,
                                        [](auto h, const auto& row) { return h < row.height; });
    ASSERT(above != filters.begin()); // Genesis is always there.
    return *std::prev(above);
}

const FilterCheckpoint* Checkpoints::filterAbove(std::uint32_t height) const
{
    const auto above = std::upper_bound(filters.begin(), filters.end(), height,
                                        [](auto h, const auto& row) { return h < row.height; });
    return above == filters.end() ? nullptr : &*above;
}

const Checkpoints& checkpointsOf(bitcoin::Network network)
{
    static const Checkpoints s_main = build(&kPeriods_mainnet, kFilters_main);
    static const Checkpoints s_testnet4 = build(&kPeriods_testnet4, kFilters_testnet4);
    static const Checkpoints s_signet = build(&kPeriods_signet, kFilters_signet);
    static const Checkpoints s_regtest = build(nullptr, kFilters_regtest);
    switch (network) {
    case bitcoin::Network::Main:
        return s_main;
    case bitcoin::Network::Testnet4:
        return s_testnet4;
    case bitcoin::Network::Signet:
        return s_signet;
    case bitcoin::Network::Regtest:
        break;
    }
    return s_regtest;
}

} // namespace coffer::lightnode
