// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/database.h"
#include "core/storage/filter_segments.h"

#include <optional>

namespace coffer::storage {

// Rows of node/<network>.db: public and rebuildable, parallel to core/lightnode/stored_state.h.

/// One difficulty period of block headers. Key: `period`.
struct HeaderPeriodRow
{
    std::uint32_t period = 0;
    base::Bytes headers; ///< n x 80 bytes, 1 <= n <= 2016.
};

/// Filter headers of up to 1,000 heights with one level byte each. Key: `segment`.
struct FilterHeaderRow
{
    std::uint32_t segment = 0;
    std::uint32_t firstHeight = 0;
    base::Bytes headers; ///< n x 32 bytes.
    base::Bytes levels;  ///< n bytes.
};

/// A header that left the best chain. Key: `hash`.
struct StaleHeaderRow
{
    base::ByteArray<32> hash{};
    std::uint32_t height = 0;
    base::ByteArray<80> header{};
};

/// One address of the peer book. Key: `address`. Times are UTC seconds, 0 = never.
struct PeerRow
{
    std::string address;
    std::uint64_t services = 0; ///< Stored by its bits: SQLite's integers are signed.
    std::int64_t lastSeen = 0;
    std::int64_t lastTried = 0;
    std::uint32_t successes = 0;
    std::uint32_t failures = 0;
    std::uint32_t failuresInRow = 0;
    std::uint32_t handshakeMs = 0;
    std::uint32_t bytesPerSecond = 0;
    std::uint8_t source = 0;
    std::string sourceGroup;
    std::int64_t otherChainUntil = 0;
    std::int64_t bannedUntil = 0;
    std::string banReason;
};

/// How far down the shared chain data reaches.
struct ScanStateRow
{
    std::uint32_t filtersFrom = 0;
    std::uint32_t reachedHeight = 0;
    std::int64_t reachedTime = 0;
};

/// Filters of one segment on their way to their file.
struct FilterSegmentWrite
{
    std::uint32_t segment = 0;
    std::uint32_t firstHeight = 0;
    std::span<const base::Bytes> filters; ///< Lives as long as the batch.
};

/// One state change: applied in one transaction, in the order of the members.
struct ChainBatch
{
    std::vector<StaleHeaderRow> staleHeaders;
    std::optional<std::uint32_t> removePeriodsFrom; ///< Deletes period >= this first.
    std::vector<HeaderPeriodRow> headerPeriods;
    std::optional<std::uint32_t> removeFilterHeadersFrom; ///< Deletes segment >= this first.
    std::vector<FilterHeaderRow> filterHeaders;
    std::vector<std::uint32_t> removeFilters; ///< Segment files.
    std::vector<FilterSegmentWrite> filters;
    std::vector<std::string> removePeers;
    std::vector<PeerRow> peers;
    std::optional<ScanStateRow> scanState;
};

/// Everything that is stored, filters by description only.
struct ChainState
{
    std::vector<HeaderPeriodRow> headerPeriods;
    std::vector<FilterHeaderRow> filterHeaders;
    std::vector<FilterSegmentInfo> filters;
    std::vector<StaleHeaderRow> staleHeaders;
    std::vector<PeerRow> peers;
    std::optional<ScanStateRow> scanState;
};

/// The light node's memory between runs: `<folder>/<network>.db` and `<folder>/<network>-filters/`.
class ChainStore
{
public:
    static constexpr std::uint32_t kApplicationId = 0x43666e64; // "Cfnd"
    static constexpr std::uint32_t kVersion = 1;
    static constexpr std::size_t kMaxStaleHeaders = 1000; // Oldest go first; real chains have few.
    static constexpr std::size_t kMaxPeers = 20'000;      // More rows than the network has peers.

    /// What happened to the file that lay there.
    enum class Found
    {
        Stored, ///< Read as it was, or newly made.
        Rebuilt ///< Damaged: it was moved aside to `.damaged` and an empty one made.
    };

    /// InUse, VersionTooNew, DiskFull, ReadOnly, Io. Damage is not an error: the data is
    /// rebuildable.
    static base::Result<ChainStore>
    open(const std::string& folder, std::string_view network,
         std::uint64_t filterCapBytes = FilterSegments::kDefaultCapBytes);

    base::Result<ChainState> load();
    /// One transaction. Filter files are removed before and written after it: a segment without
    /// headers is dropped at load, headers without a segment mean one more download. Returns the
    /// segments that were evicted. DiskFull may be tried again; after Io nothing more is written.
    base::Result<std::vector<std::uint32_t>> write(const ChainBatch& batch);
    base::Result<FilterSegmentData> readFilters(std::uint32_t segment);
    /// The headers of one period, 80 bytes each. NotFound.
    base::Result<base::Bytes> readHeaderPeriod(std::uint32_t period);
    FilterSegments& filterSegments() { return m_segments; }
    Found found() const { return m_found; }
    bool poisoned() const { return m_segmentsPoisoned || m_database.poisoned(); }

private:
    ChainStore(Database database, FilterSegments segments, Found found)
        : m_database(std::move(database))
        , m_segments(std::move(segments))
        , m_found(found)
    {
    }

    Database m_database;
    FilterSegments m_segments;
    Found m_found;
    bool m_segmentsPoisoned = false;
};

} // namespace coffer::storage
