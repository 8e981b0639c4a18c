// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: filters are joined into segments, written once they are whole, cut and evicted. Method:
// made-up filters.

#include "core/lightnode/sync/filter_store.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::lightnode;

namespace {

std::vector<base::Bytes> filters(std::uint32_t from, std::uint32_t to)
{
    std::vector<base::Bytes> out;
    for (auto h = from; h <= to; ++h)
        out.push_back({static_cast<std::uint8_t>(h), static_cast<std::uint8_t>(h >> 8)});
    return out;
}

StorageBatch changes(FilterStore& store)
{
    StorageBatch batch;
    store.takeChanges(batch);
    return batch;
}

} // namespace

class FilterStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWholeSegmentsOnly();
    void joinsAtBothEnds();
    void tellsWhereFiltersAre();
    void cutsMemoryAndDisk();
    void evictsTheOldest();
    void flushesWhatGrows();
    void dropsUnsoundRows();
};

void FilterStoreTest::writesWholeSegmentsOnly()
{
    FilterStore store(1'000'000);
    store.add(1, filters(1, 300));
    QVERIFY(changes(store).empty());
    const auto joined = store.add(301, filters(301, 499));
    QCOMPARE(joined->firstHeight, 1U);
    QCOMPARE(joined->filters.size(), std::size_t{499});
    const auto batch = changes(store);
    QCOMPARE(batch.filters.size(), std::size_t{1});
    QCOMPARE(batch.filters[0]->segment, 0U);
    QVERIFY(changes(store).empty());
    store.release(0);
    QVERIFY(store.segment(0) == nullptr);
    QCOMPARE(store.find(17).place, FilterStore::Place::Disk);
}

void FilterStoreTest::joinsAtBothEnds()
{
    FilterStore store(1'000'000);
    store.add(700, filters(700, 720));
    store.add(721, filters(721, 721));
    const auto joined = store.add(690, filters(690, 699));
    QCOMPARE(joined->firstHeight, 690U);
    QCOMPARE(joined->filters.size(), std::size_t{32});
    for (std::uint32_t h = 690; h <= 721; ++h)
        QCOMPARE(joined->filters[h - 690], filters(h, h)[0]);
    // With a gap between them the upper part is what grows on.
    const auto apart = store.add(600, filters(600, 610));
    QCOMPARE(apart->filters.size(), std::size_t{11});
    QCOMPARE(store.find(690).place, FilterStore::Place::Memory);
    QCOMPARE(store.find(600).place, FilterStore::Place::Nowhere);
}

void FilterStoreTest::tellsWhereFiltersAre()
{
    FilterStore store(1'000'000);
    FilterSegmentInfo info{1, 600, 50, 100};
    store.restore({info});
    auto found = store.find(550);
    QCOMPARE(found.place, FilterStore::Place::Nowhere);
    QCOMPARE(found.to, 599U);
    found = store.find(600);
    QCOMPARE(found.place, FilterStore::Place::Disk);
    QCOMPARE(found.to, 649U);
    found = store.find(650);
    QCOMPARE(found.place, FilterStore::Place::Nowhere);
    QCOMPARE(found.to, 999U);
    QCOMPARE(store.growing(), std::vector<std::uint32_t>{1});
    QCOMPARE(store.onDisk(1).count, 50U);
    QCOMPARE(store.onDisk(2).count, 0U);
    store.lost(1);
    QCOMPARE(store.find(600).place, FilterStore::Place::Nowhere);
    QCOMPARE(changes(store).removeFilters, std::vector<std::uint32_t>{1});
}

void FilterStoreTest::cutsMemoryAndDisk()
{
    FilterStore store(1'000'000);
    store.add(0, filters(0, 499));
    store.add(500, filters(500, 999));
    store.add(1'000, filters(1'000, 1'100));
    store.release(0);
    store.release(1);
    changes(store);
    store.cutAbove(1'050);
    QVERIFY(changes(store).empty());
    QCOMPARE(store.find(1'050).to, 1'050U);
    QCOMPARE(store.find(1'051).place, FilterStore::Place::Nowhere);
    store.cutAbove(700);
    QCOMPARE(changes(store).removeFilters, std::vector<std::uint32_t>{1});
    QCOMPARE(store.find(1'000).place, FilterStore::Place::Nowhere);
    QCOMPARE(store.find(600).place, FilterStore::Place::Nowhere);
    QCOMPARE(store.find(499).place, FilterStore::Place::Disk);
}

void FilterStoreTest::evictsTheOldest()
{
    FilterStore store(2'500); // Two segments of 1,000 bytes and a half.
    for (std::uint32_t s = 0; s < 5; ++s) {
        store.add(s * 500, filters(s * 500, s * 500 + 499));
        store.release(s);
    }
    const auto batch = changes(store);
    QCOMPARE(batch.removeFilters, (std::vector<std::uint32_t>{0, 1, 2}));
    QCOMPARE(store.find(0).place, FilterStore::Place::Nowhere);
    QCOMPARE(store.find(1'500).place, FilterStore::Place::Disk);
}

void FilterStoreTest::flushesWhatGrows()
{
    FilterStore store(1'000'000);
    store.add(10, filters(10, 40));
    store.flush();
    QCOMPARE(changes(store).filters.size(), std::size_t{1});
    store.flush();
    QVERIFY(changes(store).empty());
    store.add(41, filters(41, 41));
    store.flush();
    QCOMPARE(changes(store).filters[0]->filters.size(), std::size_t{32});
}

void FilterStoreTest::dropsUnsoundRows()
{
    FilterStore store(1'000'000);
    store.restore({{0, 0, 0, 1}, {0, 490, 20, 1}, {3, 10, 5, 1}, {1, 500, 501, 1}});
    for (const std::uint32_t height : {0U, 490U, 10U, 500U, 1'500U})
        QCOMPARE(store.find(height).place, FilterStore::Place::Nowhere);
}

QTEST_GUILESS_MAIN(FilterStoreTest)
#include "filter_store_test.moc"
