// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: the light node finds at start what it wrote, in one piece, and a damaged store is made anew
// instead of stopping the program. Method: real files; write, reopen, damage.

#include "core/storage/chain_store.h"
#include "core/storage/durable_file.h"
#include "tests/support/failing_disk.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

#include <sys/wait.h>
#include <unistd.h>

using namespace coffer;
using base::ErrorCode;
using storage::ChainBatch;
using storage::ChainStore;
using storage::FilterSegments;
namespace disk = test::failing_disk;

namespace {

std::vector<base::Bytes> filters(std::size_t count, std::size_t size, std::uint8_t value)
{
    return std::vector<base::Bytes>(count, base::Bytes(size, value));
}

storage::PeerRow peer(std::string address, std::int64_t lastSeen)
{
    storage::PeerRow row;
    row.address = std::move(address);
    row.services = 0x8000000000000449;
    row.lastSeen = lastSeen;
    row.lastTried = 2;
    row.successes = 3;
    row.failures = 4;
    row.failuresInRow = 5;
    row.handshakeMs = 6;
    row.bytesPerSecond = 0xffffffff;
    row.source = 255;
    row.sourceGroup = "198.51/16";
    row.otherChainUntil = 7;
    row.bannedUntil = 8;
    row.banReason = "filter against its own header";
    return row;
}

} // namespace

class ChainStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("node")).toStdString();
    }

    void readsBackWhatItWrote()
    {
        ChainBatch batch;
        batch.headerPeriods = {{0, base::Bytes(80 * 2016, 1)}, {473, base::Bytes(80, 2)}};
        batch.filterHeaders = {{4, 4500, base::Bytes(32 * 500, 3), base::Bytes(500, 1)}};
        batch.staleHeaders = {{{9}, 77, {8}}};
        batch.peers = {peer("203.0.113.7:8333", 1), peer("[2001:db8::1]:8333", 2)};
        batch.scanState = storage::ScanStateRow{100, 200, 300};
        const auto some = filters(20, 33, 5);
        batch.filters = {{9, 4700, some}};
        {
            auto store = open();
            VERIFY_RESULT(store);
            QVERIFY(store->found() == ChainStore::Found::Stored);
            auto empty = store->load();
            VERIFY_RESULT(empty);
            QVERIFY(empty->headerPeriods.empty() && !empty->scanState);
            VERIFY_RESULT(store->write(batch));
        }
        auto store = open();
        VERIFY_RESULT(store);
        auto state = store->load();
        VERIFY_RESULT(state);
        QCOMPARE(state->headerPeriods.size(), 2u);
        QCOMPARE(state->headerPeriods[1].period, 473u);
        QVERIFY(state->headerPeriods[0].headers == batch.headerPeriods[0].headers);
        const auto period = store->readHeaderPeriod(473);
        VERIFY_RESULT(period);
        QVERIFY(*period == batch.headerPeriods[1].headers);
        COMPARE_ERROR(store->readHeaderPeriod(1), ErrorCode::NotFound);
        QCOMPARE(state->filterHeaders.size(), 1u);
        QCOMPARE(state->filterHeaders[0].firstHeight, 4500u);
        QVERIFY(state->filterHeaders[0].levels == batch.filterHeaders[0].levels);
        QCOMPARE(state->staleHeaders.size(), 1u);
        QCOMPARE(state->staleHeaders[0].height, 77u);
        QCOMPARE(state->peers.size(), 2u);
        const auto& row =
            state->peers[0].address.starts_with("203") ? state->peers[0] : state->peers[1];
        QCOMPARE(row.services, 0x8000000000000449u);
        QCOMPARE(row.bytesPerSecond, 0xffffffffu);
        QCOMPARE(int(row.source), 255);
        QCOMPARE(row.sourceGroup, std::string("198.51/16"));
        QCOMPARE(row.bannedUntil, 8);
        QCOMPARE(row.banReason, std::string("filter against its own header"));
        QCOMPARE(state->scanState->reachedTime, 300);
        QCOMPARE(state->filters.size(), 1u);
        QCOMPARE(state->filters[0].firstHeight, 4700u);
        auto segment = store->readFilters(9);
        VERIFY_RESULT(segment);
        QCOMPARE(segment->info.count, 20u);
        QVERIFY(base::equal(segment->filter(19), some[19]));
        COMPARE_ERROR(store->readFilters(1), ErrorCode::NotFound);
    }

    void removesBeforeItWrites()
    {
        auto store = open();
        VERIFY_RESULT(store);
        ChainBatch first;
        for (std::uint32_t i = 0; i < 5; ++i) {
            first.headerPeriods.push_back({i, base::Bytes(160, 1)});
            first.filterHeaders.push_back({i, i * 1000, base::Bytes(64, 1), base::Bytes(2, 1)});
        }
        first.peers = {peer("a:1", 1), peer("b:1", 1)};
        VERIFY_RESULT(store->write(first));
        ChainBatch second;
        second.removePeriodsFrom = 2;
        second.headerPeriods = {{3, base::Bytes(80, 9)}};
        second.removeFilterHeadersFrom = 4;
        second.removePeers = {"a:1"};
        VERIFY_RESULT(store->write(second));
        auto state = store->load();
        VERIFY_RESULT(state);
        QCOMPARE(state->headerPeriods.size(), 3u);
        QCOMPARE(state->headerPeriods[2].period, 3u);
        QCOMPARE(state->filterHeaders.size(), 4u);
        QCOMPARE(state->peers.size(), 1u);
    }

    void boundsItsTables()
    {
        auto store = open();
        VERIFY_RESULT(store);
        ChainBatch batch;
        for (std::uint32_t i = 0; i < ChainStore::kMaxStaleHeaders + 10; ++i) {
            storage::StaleHeaderRow row;
            row.hash[0] = std::uint8_t(i);
            row.hash[1] = std::uint8_t(i >> 8);
            row.height = i;
            batch.staleHeaders.push_back(row);
        }
        for (std::size_t i = 0; i < ChainStore::kMaxPeers + 10; ++i)
            batch.peers.push_back(peer(std::to_string(i) + ":1", std::int64_t(i)));
        VERIFY_RESULT(store->write(batch));
        auto state = store->load();
        VERIFY_RESULT(state);
        QCOMPARE(state->staleHeaders.size(), ChainStore::kMaxStaleHeaders);
        QCOMPARE(state->staleHeaders[0].height, 10u);
        QCOMPARE(state->peers.size(), ChainStore::kMaxPeers);
        for (const auto& row : state->peers)
            QVERIFY(row.lastSeen >= 10);
    }

    void aDamagedStoreIsMadeAnew()
    {
        {
            auto store = open();
            VERIFY_RESULT(store);
            ChainBatch batch;
            batch.headerPeriods = {{0, base::Bytes(80 * 2016, 1)}};
            VERIFY_RESULT(store->write(batch));
        }
        const auto file = m_path + "/regtest.db";
        auto bytes = storage::readFile(file, 1 << 24);
        VERIFY_RESULT(bytes);
        for (std::size_t i = 4096; i < 8192; ++i)
            (*bytes)[i] = 0x5c;
        VERIFY_RESULT(storage::writeFileDurably(file, *bytes));
        auto store = open();
        VERIFY_RESULT(store);
        QVERIFY(store->found() == ChainStore::Found::Rebuilt);
        QVERIFY(storage::fileExists(file + ".damaged"));
        QVERIFY(store->load()->headerPeriods.empty());
    }

    void isHeldByOneEngine()
    {
        auto store = open();
        VERIFY_RESULT(store);
        COMPARE_ERROR(open(), ErrorCode::InUse);
    }

    void oldestSegmentsGoFirst()
    {
        auto segments = FilterSegments::open(m_path, 100'000);
        VERIFY_RESULT(segments);
        const auto some = filters(500, 60, 1); // 34 kB with its table.
        VERIFY_RESULT(segments->write(7, 3500, some));
        VERIFY_RESULT(segments->write(9, 4500, some));
        auto third = segments->write(8, 4000, some);
        VERIFY_RESULT(third);
        QVERIFY(*third == std::vector<std::uint32_t>{7});
        QVERIFY(segments->sizeBytes() <= 100'000);
        QVERIFY(!storage::fileExists(m_path + "/3500.seg"));
        // Never the one that was just written, even when it is the oldest.
        auto oldest = segments->write(1, 500, some);
        VERIFY_RESULT(oldest);
        QVERIFY(*oldest == std::vector<std::uint32_t>{8});
        COMPARE_ERROR(segments->write(1, 499, some), ErrorCode::OutOfRange);
        COMPARE_ERROR(segments->write(1, 501, some), ErrorCode::OutOfRange);
        COMPARE_ERROR(segments->write(1, 500, {}), ErrorCode::OutOfRange);
    }

    void unfinishedAndDamagedSegmentsAreDropped()
    {
        const auto some = filters(3, 40, 1);
        {
            auto segments = FilterSegments::open(m_path);
            VERIFY_RESULT(segments);
            for (std::uint32_t i = 1; i <= 3; ++i)
                VERIFY_RESULT(segments->write(i, i * 500, some));
        }
        VERIFY_RESULT(storage::writeFileDurably(m_path + "/2000.seg.tmp", base::Bytes(10)));
        VERIFY_RESULT(storage::writeFileDurably(m_path + "/500.seg", base::Bytes(10)));
        auto bytes = storage::readFile(m_path + "/1000.seg", 1 << 20);
        VERIFY_RESULT(bytes);
        bytes->at(bytes->size() - 40) ^= 1;
        VERIFY_RESULT(storage::writeFileDurably(m_path + "/1000.seg", *bytes));
        auto segments = FilterSegments::open(m_path);
        VERIFY_RESULT(segments);
        QVERIFY(!storage::fileExists(m_path + "/2000.seg.tmp"));
        QVERIFY(!storage::fileExists(m_path + "/500.seg"));
        QCOMPARE(segments->list().size(), 2u);
        COMPARE_ERROR(segments->read(2), ErrorCode::Damaged);
        QCOMPARE(segments->list().size(), 1u);
        VERIFY_RESULT(segments->read(3));
    }

    void everyFlippedBitOfASegmentIsFound()
    {
        auto segments = FilterSegments::open(m_path);
        VERIFY_RESULT(segments);
        VERIFY_RESULT(segments->write(1, 510, filters(4, 21, 9)));
        auto bytes = storage::readFile(m_path + "/500.seg", 1 << 20);
        VERIFY_RESULT(bytes);
        VERIFY_RESULT(FilterSegments::decode(1, *bytes));
        COMPARE_ERROR(FilterSegments::decode(2, *bytes), ErrorCode::Damaged);
        for (std::size_t at = 0; at < bytes->size(); ++at) {
            auto bad = *bytes;
            bad[at] ^= 1;
            COMPARE_ERROR(FilterSegments::decode(1, bad), ErrorCode::Damaged);
            COMPARE_ERROR(FilterSegments::decode(
                              1, base::Bytes(bytes->begin(), bytes->begin() + qsizetype(at))),
                          ErrorCode::Damaged);
        }
    }

    void aBatchIsAllOrNothing()
    {
        const auto some = filters(5, 50, 1);
        for (std::uint64_t operation = 1;; ++operation) {
            init();
            ChainBatch first;
            first.headerPeriods = {{0, base::Bytes(80, 1)}};
            first.scanState = storage::ScanStateRow{1, 1, 1};
            {
                auto store = open();
                VERIFY_RESULT(store);
                VERIFY_RESULT(store->write(first));
            }
            const pid_t child = ::fork();
            if (child == 0) {
                disk::crashAt(m_path, operation, disk::Tear::Half);
                auto store = open();
                ChainBatch second;
                second.headerPeriods = {{0, base::Bytes(160, 2)}};
                second.scanState = storage::ScanStateRow{2, 2, 2};
                second.filters = {{0, 0, some}};
                ::_exit(store && store->write(second) ? 0 : 1);
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            auto store = open();
            VERIFY_RESULT(store);
            QVERIFY(store->found() == ChainStore::Found::Stored);
            auto state = store->load();
            VERIFY_RESULT(state);
            QCOMPARE(state->headerPeriods.size(), 1u);
            QCOMPARE(state->headerPeriods[0].headers.size(), 80 * state->scanState->filtersFrom);
            if (!state->filters.empty())
                VERIFY_RESULT(store->readFilters(0));
            if (WEXITSTATUS(status) == 0) {
                QCOMPARE(state->scanState->filtersFrom, 2u);
                QCOMPARE(state->filters.size(), 1u);
                break;
            }
            QCOMPARE(WEXITSTATUS(status), disk::kCrashed);
        }
    }

private:
    base::Result<ChainStore> open() const { return ChainStore::open(m_path, "regtest"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_GUILESS_MAIN(ChainStoreTest)
#include "chain_store_test.moc"
