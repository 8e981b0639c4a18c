// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace coffer::lightnode {

/// A set of heights as sorted, disjoint, inclusive ranges; the last may be open-ended.
class HeightSet
{
public:
    using Range = std::pair<std::uint32_t, std::uint32_t>;
    static constexpr std::uint32_t kEnd = std::numeric_limits<std::uint32_t>::max();

    void add(std::uint32_t from, std::uint32_t to);
    void remove(std::uint32_t from, std::uint32_t to);
    bool contains(std::uint32_t height) const;
    /// The lowest member at or above `height`.
    std::optional<std::uint32_t> lowestFrom(std::uint32_t height) const;
    /// The members in a range.
    std::vector<Range> within(std::uint32_t from, std::uint32_t to) const;

private:
    std::vector<Range> m_ranges;
};

} // namespace coffer::lightnode
