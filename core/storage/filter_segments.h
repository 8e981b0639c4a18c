// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <map>

namespace coffer::storage {

/// What is known of a segment file without its filters.
struct FilterSegmentInfo
{
    std::uint32_t segment = 0;     ///< Heights [segment x 500, segment x 500 + 499].
    std::uint32_t firstHeight = 0; ///< Of the first filter.
    std::uint32_t count = 0;
    std::uint64_t sizeBytes = 0;
};

/// One segment in memory: its filters back to back.
struct FilterSegmentData
{
    FilterSegmentInfo info;
    std::vector<std::uint32_t> ends; ///< Where each filter ends in `data`.
    base::Bytes data;

    base::ByteView filter(std::uint32_t index) const;
};

/// Compact filters on disk: one file per 500 heights, about 11 MB, whole or not there.
///
/// `<segment x 500>.seg` = "CFSEG001", first height, count (u32 LE each), (offset, length) u32 LE
/// per filter, the filters, SHA-256 of all before. Together they stay below a cap: the oldest
/// heights go first.
class FilterSegments
{
public:
    static constexpr std::uint32_t kHeights = 500;
    static constexpr std::uint64_t kDefaultCapBytes = 4ULL << 30; // 4 GB: about 190,000 blocks.
    static constexpr std::size_t kMaxSegmentBytes = 256u << 20;   // 23 times what real ones have.

    /// Drops unfinished files and lists the rest.
    static base::Result<FilterSegments> open(const std::string& folder,
                                             std::uint64_t capBytes = kDefaultCapBytes);

    /// Replaces the segment's file, then removes the oldest others while the cap is passed; returns
    /// the numbers of those removed. OutOfRange when the filters do not lie in the segment.
    base::Result<std::vector<std::uint32_t>> write(std::uint32_t segment, std::uint32_t firstHeight,
                                                   std::span<const base::Bytes> filters);
    /// NotFound; Damaged, and the file is removed: it can be downloaded again.
    base::Result<FilterSegmentData> read(std::uint32_t segment);
    base::Result<void> remove(std::uint32_t segment);
    std::vector<FilterSegmentInfo> list() const;
    std::uint64_t sizeBytes() const;

    /// The decoder of one file's bytes. Damaged.
    static base::Result<FilterSegmentData> decode(std::uint32_t segment, base::Bytes file);

private:
    FilterSegments(std::string folder, std::uint64_t capBytes)
        : m_folder(std::move(folder))
        , m_capBytes(capBytes)
    {
    }
    std::string pathOf(std::uint32_t segment) const;
    static base::Result<FilterSegmentInfo> readInfo(const std::string& path, std::uint32_t segment);

    std::string m_folder;
    std::uint64_t m_capBytes;
    std::map<std::uint32_t, FilterSegmentInfo> m_segments;
};

} // namespace coffer::storage
