// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/sync/filter_store.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

constexpr std::uint32_t kSegment = kFilterSegmentHeights;

std::uint32_t lastOf(const FilterSegment& segment)
{
    return segment.firstHeight + static_cast<std::uint32_t>(segment.filters.size()) - 1;
}

std::uint32_t endOf(std::uint32_t segment)
{
    return segment * kSegment + kSegment - 1;
}

std::uint64_t bytesOf(const FilterSegment& segment)
{
    std::uint64_t sum = 0;
    for (const auto& filter : segment.filters)
        sum += filter.size();
    return sum;
}

} // namespace

void FilterStore::restore(const std::vector<FilterSegmentInfo>& stored)
{
    for (const auto& info : stored) {
        const bool sound = info.count > 0 && info.count <= kSegment &&
                           info.firstHeight / kSegment == info.segment &&
                           (info.firstHeight + info.count - 1) / kSegment == info.segment;
        if (!sound)
            continue;
        m_held[info.segment] = {nullptr, info.firstHeight, info.count, info.sizeBytes};
        m_diskBytes += info.sizeBytes;
    }
}

std::vector<std::uint32_t> FilterStore::growing() const
{
    std::vector<std::uint32_t> out;
    for (const auto& [segment, held] : m_held) {
        if (held.diskFirst + held.diskCount - 1 != endOf(segment))
            out.push_back(segment);
    }
    return out;
}

FilterStore::Found FilterStore::find(std::uint32_t height) const
{
    const auto segment = height / kSegment;
    const auto found = m_held.find(segment);
    if (found == m_held.end())
        return {Place::Nowhere, endOf(segment)};
    const auto& held = found->second;
    std::uint32_t nothingTo = endOf(segment);
    if (held.memory) {
        if (height >= held.memory->firstHeight && height <= lastOf(*held.memory))
            return {Place::Memory, lastOf(*held.memory)};
        if (height < held.memory->firstHeight)
            nothingTo = std::min(nothingTo, held.memory->firstHeight - 1);
    }
    if (held.diskCount > 0) {
        const auto diskLast = held.diskFirst + held.diskCount - 1;
        if (height >= held.diskFirst && height <= diskLast)
            return {Place::Disk, std::min(nothingTo, diskLast)};
        if (height < held.diskFirst)
            nothingTo = std::min(nothingTo, held.diskFirst - 1);
    }
    return {Place::Nowhere, nothingTo};
}

FilterSegmentInfo FilterStore::onDisk(std::uint32_t segment) const
{
    const auto found = m_held.find(segment);
    if (found == m_held.end())
        return {segment, 0, 0, 0};
    const auto& held = found->second;
    return {segment, held.diskFirst, held.diskCount, held.diskBytes};
}

std::shared_ptr<const FilterSegment> FilterStore::segment(std::uint32_t segment) const
{
    const auto found = m_held.find(segment);
    return found == m_held.end() ? nullptr : found->second.memory;
}

void FilterStore::loaded(std::shared_ptr<const FilterSegment> segment)
{
    auto& held = m_held[segment->segment];
    if (!held.memory || lastOf(*held.memory) < lastOf(*segment))
        held.memory = std::move(segment);
}

void FilterStore::lost(std::uint32_t segment)
{
    const auto found = m_held.find(segment);
    if (found == m_held.end())
        return;
    removeFromDisk(segment, found->second);
    if (!found->second.memory)
        m_held.erase(found);
}

std::shared_ptr<const FilterSegment> FilterStore::add(std::uint32_t firstHeight,
                                                      std::vector<base::Bytes> filters)
{
    const auto segment = firstHeight / kSegment;
    auto& held = m_held[segment];
    auto joined = std::make_shared<FilterSegment>();
    joined->segment = segment;
    joined->firstHeight = firstHeight;
    joined->filters = std::move(filters);
    if (held.memory) {
        const auto& old = *held.memory;
        if (lastOf(old) + 1 == firstHeight) {
            joined->filters.insert(joined->filters.begin(), old.filters.begin(), old.filters.end());
            joined->firstHeight = old.firstHeight;
        } else if (lastOf(*joined) + 1 == old.firstHeight) {
            joined->filters.insert(joined->filters.end(), old.filters.begin(), old.filters.end());
        } else if (lastOf(old) > lastOf(*joined)) {
            return joined; // A gap between them: the upper part is what grows on.
        }
    }
    held.memory = joined;
    // More than the disk has, and nothing can be added above: the segment is done.
    if (lastOf(*joined) == endOf(segment) && joined->filters.size() > held.diskCount)
        write(segment, held);
    return joined;
}

void FilterStore::write(std::uint32_t segment, Held& held)
{
    m_removals.erase(segment);
    m_writes[segment] = held.memory;
    m_diskBytes -= held.diskBytes;
    held.diskFirst = held.memory->firstHeight;
    held.diskCount = static_cast<std::uint32_t>(held.memory->filters.size());
    held.diskBytes = bytesOf(*held.memory);
    m_diskBytes += held.diskBytes;
    evict();
}

void FilterStore::removeFromDisk(std::uint32_t segment, Held& held)
{
    if (held.diskCount == 0)
        return;
    m_writes.erase(segment);
    m_removals.insert(segment);
    m_diskBytes -= held.diskBytes;
    held.diskCount = 0;
    held.diskBytes = 0;
}

void FilterStore::evict()
{
    for (auto it = m_held.begin(); it != m_held.end() && m_diskBytes > m_capBytes; ++it) {
        if (it->second.diskCount > 0 && std::next(it) != m_held.end())
            removeFromDisk(it->first, it->second);
    }
}

void FilterStore::release(std::uint32_t segment)
{
    const auto found = m_held.find(segment);
    if (found == m_held.end() || !found->second.memory)
        return;
    auto& held = found->second;
    const bool complete = lastOf(*held.memory) == endOf(segment);
    const bool onDisk = held.diskCount >= held.memory->filters.size();
    if (complete || (onDisk && std::next(found) != m_held.end()))
        held.memory.reset();
    if (!held.memory && held.diskCount == 0)
        m_held.erase(found);
}

void FilterStore::cutAbove(std::uint32_t height)
{
    for (auto it = m_held.lower_bound((height + 1) / kSegment); it != m_held.end();) {
        auto& [segment, held] = *it;
        if (held.diskCount > 0 && held.diskFirst + held.diskCount - 1 > height)
            removeFromDisk(segment, held);
        if (held.memory && held.memory->firstHeight > height) {
            held.memory.reset();
        } else if (held.memory && lastOf(*held.memory) > height) {
            auto cut = std::make_shared<FilterSegment>(*held.memory);
            cut->filters.resize(height - cut->firstHeight + 1);
            held.memory = std::move(cut);
        }
        if (!held.memory && held.diskCount == 0)
            it = m_held.erase(it);
        else
            ++it;
    }
}

void FilterStore::flush()
{
    for (auto& [segment, held] : m_held) {
        if (held.memory && held.memory->filters.size() > held.diskCount)
            write(segment, held);
    }
}

void FilterStore::takeChanges(StorageBatch& batch)
{
    batch.removeFilters.insert(batch.removeFilters.end(), m_removals.begin(), m_removals.end());
    m_removals.clear();
    for (auto& [segment, filters] : m_writes)
        batch.filters.push_back(std::move(filters));
    m_writes.clear();
}

} // namespace coffer::lightnode
