// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace coffer::lightnode {

// Public chain data as it lies on disk (node/<network>.db and the filter segment files). Everything
// is rebuildable and the same as any node's: which blocks matched and whose scripts are watched is
// never in here. Rows are plain bytes so that the storage side needs nothing of this module.

/// Heights in one header row (a difficulty period).
inline constexpr std::uint32_t kPeriodHeights = 2016;
/// Heights in one filter header row.
inline constexpr std::uint32_t kFilterHeaderRowHeights = 1000;
/// Heights in one filter segment file.
inline constexpr std::uint32_t kFilterSegmentHeights = 500;

/// One difficulty period of block headers; starts at height `period` x 2016. Key: `period`.
struct HeaderPeriodRow
{
    std::uint32_t period = 0;
    base::Bytes headers; ///< n x 80 bytes, 1 <= n <= 2016.
};

/// Filter headers of heights in [segment x 1000, segment x 1000 + 999]. Key: `segment`.
struct FilterHeaderRow
{
    std::uint32_t segment = 0;
    std::uint32_t firstHeight = 0; ///< Of the first entry; the lowest row may start inside.
    base::Bytes headers;           ///< n x 32 bytes, internal byte order.
    base::Bytes levels;            ///< n bytes, FilterHeaderLevel each.
};

/// Filters of heights in [segment x 500, segment x 500 + 499]: one file. Key: `segment`.
struct FilterSegment
{
    std::uint32_t segment = 0;
    std::uint32_t firstHeight = 0;
    std::vector<base::Bytes> filters; ///< One a height, ascending, without gaps.
};

/// What the loader knows of a filter segment without reading its filters.
struct FilterSegmentInfo
{
    std::uint32_t segment = 0;
    std::uint32_t firstHeight = 0;
    std::uint32_t count = 0;
    std::uint64_t sizeBytes = 0;
};

/// A header that left the best chain. Key: `hash`.
struct StaleHeaderRow
{
    base::ByteArray<32> hash{}; ///< Internal byte order.
    std::uint32_t height = 0;
    base::ByteArray<80> header{};
};

/// One address of the peer book. Key: `address` ("203.0.113.7:8333", "[2001:db8::1]:8333",
/// "x.onion:8333").
struct PeerRow
{
    std::string address;
    std::uint64_t services = 0;
    std::int64_t lastSeen = 0;  ///< UTC seconds, 0 = never.
    std::int64_t lastTried = 0; ///< UTC seconds, 0 = never.
    std::uint32_t successes = 0;
    std::uint32_t failures = 0;
    std::uint32_t failuresInRow = 0;
    std::uint32_t handshakeMs = 0;
    std::uint32_t bytesPerSecond = 0;
    std::uint8_t source = 0;          ///< PeerSource.
    std::string sourceGroup;          ///< For gossip: the network group of the peer that told it.
    std::int64_t otherChainUntil = 0; ///< UTC seconds.
    std::int64_t bannedUntil = 0;     ///< UTC seconds.
    std::string banReason;
};

/// How far down the shared chain data reaches.
struct ScanStateRow
{
    std::uint32_t filtersFrom = 0;   ///< Lowest height anybody asked for.
    std::uint32_t reachedHeight = 0; ///< The tip when the node was last up to date.
    std::int64_t reachedTime = 0;    ///< UTC seconds of that moment.
};

/// One state change: applied in one transaction, in the order of the members.
struct StorageBatch
{
    std::vector<StaleHeaderRow> staleHeaders;
    /// Delete every header row with period >= this, then write `headerPeriods` (replacing by key).
    std::optional<std::uint32_t> removePeriodsFrom;
    std::vector<HeaderPeriodRow> headerPeriods;
    /// Delete every filter header row with segment >= this, then write `filterHeaders`.
    std::optional<std::uint32_t> removeFilterHeadersFrom;
    std::vector<FilterHeaderRow> filterHeaders;
    /// Delete these segment files, then write `filters` (replacing by key).
    std::vector<std::uint32_t> removeFilters;
    std::vector<std::shared_ptr<const FilterSegment>> filters;
    std::vector<std::string> removePeers;
    std::vector<PeerRow> peers;
    std::optional<ScanStateRow> scanState;

    bool empty() const
    {
        return staleHeaders.empty() && !removePeriodsFrom && headerPeriods.empty() &&
               !removeFilterHeadersFrom && filterHeaders.empty() && removeFilters.empty() &&
               filters.empty() && removePeers.empty() && peers.empty() && !scanState;
    }
};

/// Everything read back at start, in any order. Rows that do not fit together are dropped, not
/// trusted.
struct StoredState
{
    std::vector<HeaderPeriodRow> headerPeriods;
    std::vector<FilterHeaderRow> filterHeaders;
    std::vector<FilterSegmentInfo> filters;
    std::vector<StaleHeaderRow> staleHeaders;
    std::vector<PeerRow> peers;
    std::optional<ScanStateRow> scanState;
};

} // namespace coffer::lightnode
