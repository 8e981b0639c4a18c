// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/chain_store.h"

#include "core/base/log.h"
#include "core/storage/durable_file.h"

#include <algorithm>
#include <functional>

namespace coffer::storage {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

const DatabaseFormat& format()
{
    static const DatabaseFormat s_format{
        ChainStore::kApplicationId,
        ChainStore::kVersion,
        Journal::Wal,
        {"CREATE TABLE header_period(period INTEGER PRIMARY KEY, headers BLOB NOT NULL) STRICT",
         "CREATE TABLE filter_header(segment INTEGER PRIMARY KEY, first_height INTEGER NOT NULL, "
         "headers BLOB NOT NULL, levels BLOB NOT NULL) STRICT",
         "CREATE TABLE stale_header(hash BLOB NOT NULL, height INTEGER NOT NULL, "
         "header BLOB NOT NULL, PRIMARY KEY(hash)) STRICT, WITHOUT ROWID",
         "CREATE TABLE peer(address TEXT NOT NULL, services INTEGER NOT NULL, "
         "last_seen INTEGER NOT NULL, last_tried INTEGER NOT NULL, successes INTEGER NOT NULL, "
         "failures INTEGER NOT NULL, failures_in_row INTEGER NOT NULL, "
         "handshake_ms INTEGER NOT NULL, bytes_per_second INTEGER NOT NULL, "
         "source INTEGER NOT NULL, source_group TEXT NOT NULL, "
         "other_chain_until INTEGER NOT NULL, banned_until INTEGER NOT NULL, "
         "ban_reason TEXT NOT NULL, PRIMARY KEY(address)) STRICT, WITHOUT ROWID",
         "CREATE TABLE scan_state(slot INTEGER PRIMARY KEY, filters_from INTEGER NOT NULL, "
         "reached_height INTEGER NOT NULL, reached_time INTEGER NOT NULL) STRICT"}};
    return s_format;
}

constexpr std::size_t kPeriodHeights = 2016;
constexpr std::size_t kFilterHeaderRowHeights = 1000;
constexpr std::size_t kHeaderBytes = 80;
constexpr std::size_t kHashBytes = 32;

template <typename Row>
Result<void> removeFrom(Database& database, std::string_view sql, const Row& from)
{
    auto remove = TRY(database.prepare(sql));
    remove.bind(0, from);
    return remove.run();
}

Result<void> writeHeaders(Database& database, const ChainBatch& batch)
{
    if (!batch.staleHeaders.empty()) {
        auto insert = TRY(database.prepare(
            "INSERT OR REPLACE INTO stale_header(hash, height, header) VALUES (?, ?, ?)"));
        for (const auto& row : batch.staleHeaders) {
            insert.bind(0, ByteView(row.hash));
            insert.bind(1, std::int64_t{row.height});
            insert.bind(2, ByteView(row.header));
            TRY(insert.run());
        }
        TRY(removeFrom(database,
                       "DELETE FROM stale_header WHERE hash IN (SELECT hash FROM stale_header "
                       "ORDER BY height DESC LIMIT -1 OFFSET ?)",
                       static_cast<std::int64_t>(ChainStore::kMaxStaleHeaders)));
    }
    if (batch.removePeriodsFrom)
        TRY(removeFrom(database, "DELETE FROM header_period WHERE period >= ?",
                       std::int64_t{*batch.removePeriodsFrom}));
    if (!batch.headerPeriods.empty()) {
        auto insert = TRY(database.prepare(
            "INSERT OR REPLACE INTO header_period(period, headers) VALUES (?, ?)"));
        for (const auto& row : batch.headerPeriods) {
            insert.bind(0, std::int64_t{row.period});
            insert.bind(1, ByteView(row.headers));
            TRY(insert.run());
        }
    }
    if (batch.removeFilterHeadersFrom)
        TRY(removeFrom(database, "DELETE FROM filter_header WHERE segment >= ?",
                       std::int64_t{*batch.removeFilterHeadersFrom}));
    if (!batch.filterHeaders.empty()) {
        auto insert = TRY(database.prepare("INSERT OR REPLACE INTO filter_header"
                                           "(segment, first_height, headers, levels) "
                                           "VALUES (?, ?, ?, ?)"));
        for (const auto& row : batch.filterHeaders) {
            insert.bind(0, std::int64_t{row.segment});
            insert.bind(1, std::int64_t{row.firstHeight});
            insert.bind(2, ByteView(row.headers));
            insert.bind(3, ByteView(row.levels));
            TRY(insert.run());
        }
    }
    return {};
}

Result<void> writePeers(Database& database, const ChainBatch& batch)
{
    if (!batch.removePeers.empty()) {
        auto remove = TRY(database.prepare("DELETE FROM peer WHERE address = ?"));
        for (const auto& address : batch.removePeers) {
            remove.bind(0, std::string_view(address));
            TRY(remove.run());
        }
    }
    if (batch.peers.empty())
        return {};
    auto insert = TRY(database.prepare("INSERT OR REPLACE INTO peer VALUES "
                                       "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const auto& row : batch.peers) {
        insert.bind(0, std::string_view(row.address));
        const std::int64_t numbers[] = {static_cast<std::int64_t>(row.services),
                                        row.lastSeen,
                                        row.lastTried,
                                        row.successes,
                                        row.failures,
                                        row.failuresInRow,
                                        row.handshakeMs,
                                        row.bytesPerSecond,
                                        row.source};
        int position = 1;
        for (const auto number : numbers)
            insert.bind(position++, number);
        insert.bind(10, std::string_view(row.sourceGroup));
        insert.bind(11, row.otherChainUntil);
        insert.bind(12, row.bannedUntil);
        insert.bind(13, std::string_view(row.banReason));
        TRY(insert.run());
    }
    return removeFrom(database,
                      "DELETE FROM peer WHERE address IN (SELECT address FROM peer "
                      "ORDER BY last_seen DESC LIMIT -1 OFFSET ?)",
                      static_cast<std::int64_t>(ChainStore::kMaxPeers));
}

Result<void> writeScanState(Database& database, const ScanStateRow& row)
{
    auto insert = TRY(database.prepare("INSERT OR REPLACE INTO scan_state"
                                       "(slot, filters_from, reached_height, reached_time) "
                                       "VALUES (1, ?, ?, ?)"));
    insert.bind(0, std::int64_t{row.filtersFrom});
    insert.bind(1, std::int64_t{row.reachedHeight});
    insert.bind(2, row.reachedTime);
    return insert.run();
}

/// Column -> unsigned field; rows that do not fit are skipped by the caller.
template <typename Number>
bool take(const Statement& row, int column, Number& out)
{
    const auto value = row.integer(column);
    out = static_cast<Number>(value);
    return static_cast<std::int64_t>(out) == value;
}

template <std::size_t N>
bool take(Statement& row, int column, base::ByteArray<N>& out)
{
    const auto bytes = row.blob(column);
    if (bytes.size() != N)
        return false;
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return true;
}

Result<void> readRows(Database& database, std::string_view sql,
                      const std::function<void(Statement&)>& use)
{
    auto select = TRY(database.prepare(sql));
    for (;;) {
        auto step = TRY(select.step());
        if (step == Statement::Step::Done)
            return {};
        use(select);
    }
}

Result<void> readHeaders(Database& database, ChainState& out)
{
    TRY(readRows(database, "SELECT period, headers FROM header_period ORDER BY period",
                 [&](Statement& row) {
                     HeaderPeriodRow period;
                     const auto headers = row.blob(1);
                     if (!take(row, 0, period.period) || headers.empty() ||
                         headers.size() % kHeaderBytes != 0 ||
                         headers.size() > kPeriodHeights * kHeaderBytes)
                         return;
                     period.headers = base::bytesOf(headers);
                     out.headerPeriods.push_back(std::move(period));
                 }));
    TRY(readRows(
        database,
        "SELECT segment, first_height, headers, levels FROM filter_header ORDER BY segment",
        [&](Statement& row) {
            FilterHeaderRow filter;
            const auto headers = row.blob(2);
            const auto levels = row.blob(3);
            if (!take(row, 0, filter.segment) || !take(row, 1, filter.firstHeight) ||
                levels.empty() || levels.size() > kFilterHeaderRowHeights ||
                headers.size() != levels.size() * kHashBytes)
                return;
            filter.headers = base::bytesOf(headers);
            filter.levels = base::bytesOf(levels);
            out.filterHeaders.push_back(std::move(filter));
        }));
    return readRows(database, "SELECT hash, height, header FROM stale_header ORDER BY height",
                    [&](Statement& row) {
                        StaleHeaderRow stale;
                        if (take(row, 0, stale.hash) && take(row, 1, stale.height) &&
                            take(row, 2, stale.header))
                            out.staleHeaders.push_back(stale);
                    });
}

Result<void> readPeers(Database& database, ChainState& out)
{
    TRY(readRows(database, "SELECT * FROM peer", [&](Statement& row) {
        PeerRow peer;
        peer.address = row.text(0);
        peer.services = static_cast<std::uint64_t>(row.integer(1));
        peer.lastSeen = row.integer(2);
        peer.lastTried = row.integer(3);
        peer.sourceGroup = row.text(10);
        peer.otherChainUntil = row.integer(11);
        peer.bannedUntil = row.integer(12);
        peer.banReason = row.text(13);
        if (take(row, 4, peer.successes) && take(row, 5, peer.failures) &&
            take(row, 6, peer.failuresInRow) && take(row, 7, peer.handshakeMs) &&
            take(row, 8, peer.bytesPerSecond) && take(row, 9, peer.source))
            out.peers.push_back(std::move(peer));
    }));
    return readRows(database, "SELECT filters_from, reached_height, reached_time FROM scan_state",
                    [&](Statement& row) {
                        ScanStateRow scan;
                        if (take(row, 0, scan.filtersFrom) && take(row, 1, scan.reachedHeight)) {
                            scan.reachedTime = row.integer(2);
                            out.scanState = scan;
                        }
                    });
}

/// Damage may show only when every page is read.
Result<void> checkIntegrity(Database& database)
{
    auto check = TRY(database.prepare("PRAGMA quick_check(1)"));
    auto step = TRY(check.step());
    if (step != Statement::Step::Row || check.text(0) != "ok")
        return Error{ErrorCode::Damaged, "quick_check: " + check.text(0)};
    return {};
}

Result<Database> openChecked(const std::string& path)
{
    auto database =
        TRY(Database::open(path, format(), OpenMode::CreateIfMissing, Access::ReadWrite));
    TRY(checkIntegrity(database));
    return database;
}

} // namespace

Result<ChainStore> ChainStore::open(const std::string& folder, std::string_view network,
                                    std::uint64_t filterCapBytes)
{
    TRY(makeFolder(folder));
    const std::string stem = folder + "/" + std::string(network);
    const std::string path = stem + ".db";
    auto segments = TRY(FilterSegments::open(stem + "-filters", filterCapBytes));
    auto database = openChecked(path);
    if (database)
        return ChainStore(database.take(), std::move(segments), Found::Stored);
    if (database.error().code != ErrorCode::Damaged)
        return database.error();
    // Everything in it can be fetched again, and a light node that does not start helps nobody.
    base::log(base::LogLevel::Warning, "storage",
              "chain data is damaged and will be fetched again: " + database.error().detail);
    TRY(removeFile(path + "-wal"));
    TRY(removeFile(path + "-shm"));
    TRY(renameDurably(path, path + ".damaged"));
    auto fresh = TRY(openChecked(path));
    return ChainStore(std::move(fresh), std::move(segments), Found::Rebuilt);
}

Result<ChainState> ChainStore::load()
{
    ChainState out;
    TRY(readHeaders(m_database, out));
    TRY(readPeers(m_database, out));
    out.filters = m_segments.list();
    return out;
}

Result<std::vector<std::uint32_t>> ChainStore::write(const ChainBatch& batch)
{
    if (poisoned())
        return Error{ErrorCode::Io, m_database.path() + ": writing stopped after an error"};
    for (const auto segment : batch.removeFilters)
        TRY(m_segments.remove(segment));
    {
        auto transaction = TRY(Transaction::begin(m_database));
        TRY(writeHeaders(m_database, batch));
        TRY(writePeers(m_database, batch));
        if (batch.scanState)
            TRY(writeScanState(m_database, *batch.scanState));
        TRY(transaction.commit());
    }
    std::vector<std::uint32_t> evicted;
    for (const auto& segment : batch.filters) {
        auto removed = TRY(m_segments.write(segment.segment, segment.firstHeight, segment.filters));
        evicted.insert(evicted.end(), removed.begin(), removed.end());
    }
    // Between batches, so that the log stays short; SQLite's own would fall into a commit.
    TRY(m_database.checkpoint());
    return evicted;
}

Result<FilterSegmentData> ChainStore::readFilters(std::uint32_t segment)
{
    return m_segments.read(segment);
}

Result<base::Bytes> ChainStore::readHeaderPeriod(std::uint32_t period)
{
    auto select = TRY(m_database.prepare("SELECT headers FROM header_period WHERE period = ?"));
    select.bind(0, std::int64_t{period});
    auto step = TRY(select.step());
    if (step == Statement::Step::Done)
        return Error{ErrorCode::NotFound, "no headers of this period"};
    const auto headers = select.blob(0);
    if (headers.size() % kHeaderBytes != 0 || headers.size() > kPeriodHeights * kHeaderBytes)
        return Error{ErrorCode::Damaged, "a row of headers has a wrong length"};
    return base::bytesOf(headers);
}

} // namespace coffer::storage
