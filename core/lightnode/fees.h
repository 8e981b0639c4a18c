// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace coffer::lightnode {

/// Fee rates seen on the network, in satoshi per 1,000 vB; unknown is nullopt, never a guess.
struct FeeEstimates
{
    std::optional<std::int64_t> floor; ///< What peers relay (third quartile of `feefilter`).
    std::optional<std::int64_t> nextBlock;
    std::optional<std::int64_t> halfHour;
    std::optional<std::int64_t> day;
    std::int64_t observedUtc = 0; ///< When the newest observation was made; 0 = never.
    std::uint32_t blocks = 0;     ///< How many recent blocks stand behind it.
};

} // namespace coffer::lightnode
