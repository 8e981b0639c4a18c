// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/stored_state.h"

#include <map>
#include <set>

namespace coffer::lightnode {

/// Which filters are at hand: whole segments on disk, the growing one at the tip in memory.
class FilterStore
{
public:
    explicit FilterStore(std::uint64_t capBytes)
        : m_capBytes(capBytes)
    {
    }

    enum class Place
    {
        Nowhere,
        Memory,
        Disk
    };
    /// Where the filter of a height is, and up to which height of its segment the answer holds.
    struct Found
    {
        Place place = Place::Nowhere;
        std::uint32_t to = 0;
    };

    void restore(const std::vector<FilterSegmentInfo>& stored);
    /// Stored segments that may still grow: to be loaded at start.
    std::vector<std::uint32_t> growing() const;
    Found find(std::uint32_t height) const;
    /// What the disk should hold of a segment; count 0: nothing.
    FilterSegmentInfo onDisk(std::uint32_t segment) const;
    /// Null unless in memory.
    std::shared_ptr<const FilterSegment> segment(std::uint32_t segment) const;
    void loaded(std::shared_ptr<const FilterSegment> segment);
    /// The file was not there or not right.
    void lost(std::uint32_t segment);
    /// Joins verified filters of consecutive heights of one segment to what is known of it. Returns
    /// what covers them.
    std::shared_ptr<const FilterSegment> add(std::uint32_t firstHeight,
                                             std::vector<base::Bytes> filters);
    /// The scan does not need a segment in memory any more.
    void release(std::uint32_t segment);
    void cutAbove(std::uint32_t height);
    /// Writes what only lies in memory.
    void flush();
    void takeChanges(StorageBatch& batch);

private:
    struct Held
    {
        std::shared_ptr<const FilterSegment> memory;
        std::uint32_t diskFirst = 0;
        std::uint32_t diskCount = 0; ///< 0: not on disk.
        std::uint64_t diskBytes = 0;
    };

    void write(std::uint32_t segment, Held& held);
    void removeFromDisk(std::uint32_t segment, Held& held);
    void evict();

    std::uint64_t m_capBytes;
    std::uint64_t m_diskBytes = 0;
    std::map<std::uint32_t, Held> m_held;
    std::map<std::uint32_t, std::shared_ptr<const FilterSegment>> m_writes;
    std::set<std::uint32_t> m_removals;
};

} // namespace coffer::lightnode
