// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace coffer::lightnode {

// What shipped_data.cmake embeds from resources/; parsed by checkpoints.cpp and peer_book.cpp.

/// A difficulty period: hash of its last header, target of the next one (0: by the rule).
struct ShippedPeriod
{
    std::string_view lastHash;
    std::string_view nextTarget; ///< Decimal.
};

/// A filter header, and the block and its time where the source names them.
struct ShippedFilter
{
    std::uint32_t height = 0;
    std::string_view blockHash;
    std::string_view filterHeader;
    std::int64_t time = 0;
};

/// An address of first contact.
struct ShippedSeed
{
    std::string_view address;
    int servesFilters = 0; ///< 1 when the list promises it.
};

extern const std::vector<ShippedPeriod> kPeriods_mainnet;
extern const std::vector<ShippedPeriod> kPeriods_testnet4;
extern const std::vector<ShippedPeriod> kPeriods_signet;
extern const std::vector<ShippedFilter> kFilters_main;
extern const std::vector<ShippedFilter> kFilters_testnet4;
extern const std::vector<ShippedFilter> kFilters_signet;
extern const std::vector<ShippedFilter> kFilters_regtest;
extern const std::vector<ShippedSeed> kSeeds_main;
extern const std::vector<ShippedSeed> kSeeds_testnet4;
extern const std::vector<ShippedSeed> kSeeds_signet;

} // namespace coffer::lightnode
