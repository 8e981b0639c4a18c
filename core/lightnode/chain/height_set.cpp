// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/chain/height_set.h"

#include <algorithm>

namespace coffer::lightnode {

void HeightSet::add(std::uint32_t from, std::uint32_t to)
{
    if (from > to)
        return;
    std::vector<Range> out;
    for (const auto& range : m_ranges) {
        const bool apartBelow = range.second != kEnd && range.second + 1 < from;
        const bool apartAbove = to != kEnd && range.first > to + 1;
        if (apartBelow || apartAbove) {
            out.push_back(range);
        } else {
            from = std::min(from, range.first);
            to = std::max(to, range.second);
        }
    }
    out.emplace_back(from, to);
    std::sort(out.begin(), out.end());
    m_ranges = std::move(out);
}

void HeightSet::remove(std::uint32_t from, std::uint32_t to)
{
    if (from > to)
        return;
    std::vector<Range> out;
    for (const auto& range : m_ranges) {
        if (range.first < from)
            out.emplace_back(range.first, std::min(range.second, from - 1));
        if (range.second > to)
            out.emplace_back(std::max(range.first, to + 1), range.second);
    }
    m_ranges = std::move(out);
}

bool HeightSet::contains(std::uint32_t height) const
{
    return lowestFrom(height) == height;
}

std::optional<std::uint32_t> HeightSet::lowestFrom(std::uint32_t height) const
{
    for (const auto& range : m_ranges) {
        if (range.second >= height)
            return std::max(range.first, height);
    }
    return std::nullopt;
}

std::vector<HeightSet::Range> HeightSet::within(std::uint32_t from, std::uint32_t to) const
{
    std::vector<Range> out;
    for (const auto& range : m_ranges) {
        const auto low = std::max(range.first, from);
        const auto high = std::min(range.second, to);
        if (low <= high)
            out.emplace_back(low, high);
    }
    return out;
}

} // namespace coffer::lightnode
