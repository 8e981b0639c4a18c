// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/network.h"

#include <optional>
#include <vector>

namespace coffer::lightnode {

/// The end of a difficulty period.
struct PeriodCheckpoint
{
    bitcoin::BlockHash lastHash;
    std::uint32_t nextBits = 0; ///< Of all blocks in the next period; 0: by the rule.
};

/// The filter header at a height.
struct FilterCheckpoint
{
    std::uint32_t height = 0;
    bitcoin::Hash256 header{};
    std::optional<bitcoin::BlockHash> block;
    std::int64_t time = 0; ///< UTC seconds of the block; 0: not shipped.
};

/// What the release knows to be true about a chain.
struct Checkpoints
{
    std::vector<PeriodCheckpoint> periods; ///< Entry i ends at height 2016 (i + 1) - 1.
    std::vector<FilterCheckpoint> filters; ///< Ascending; the first is genesis.

    /// The last height whose hash a period checkpoint proves; -1 without any.
    std::int64_t lastPeriodHeight() const
    {
        return static_cast<std::int64_t>(periods.size()) * 2016 - 1;
    }
    /// The highest filter checkpoint at or below `height`.
    const FilterCheckpoint& filterAtOrBelow(std::uint32_t height) const;
    /// The lowest filter checkpoint above `height`, if there is one.
    const FilterCheckpoint* filterAbove(std::uint32_t height) const;
};

/// As shipped; lives as long as the program.
const Checkpoints& checkpointsOf(bitcoin::Network network);

} // namespace coffer::lightnode
