// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: on a chain with shipped checkpoints only the needed part is read, old periods are filled in
// when an older birthday comes, and lies against a checkpoint are banned. Method: a mined chain of
// three periods that stands in for the main network.

#include "tests/core/lightnode/peer_world.h"

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

namespace {

constexpr std::uint32_t kFilterPoints[] = {1'000, 3'000, 5'000};

const bitcoin::NetworkParams& params()
{
    static const bitcoin::NetworkParams s_params = bitcoin::paramsOf(bitcoin::Network::Regtest);
    return s_params;
}

const ChainBuilder& chain()
{
    static const ChainBuilder s_chain = [] {
        ChainBuilder out(params());
        out.mineMany(3 * 2'016 + 100);
        return out;
    }();
    return s_chain;
}

const Checkpoints& checkpoints()
{
    static const Checkpoints s_checkpoints = [] {
        auto out = checkpointsOf(bitcoin::Network::Regtest);
        for (std::uint32_t p = 0; p < 3; ++p)
            out.periods.push_back({chain().at((p + 1) * 2'016 - 1).hash, params().genesis.bits});
        for (const auto height : kFilterPoints) {
            const auto& block = chain().at(height);
            out.filters.push_back(
                {height, block.filterHeader, block.hash, block.block.header.time});
        }
        return out;
    }();
    return s_checkpoints;
}

Config config()
{
    auto out = PeerWorld::config();
    out.params = &params();
    out.checkpoints = &checkpoints();
    return out;
}

NodeSimulator::Options options(std::uint64_t seed)
{
    NodeSimulator::Options out;
    out.seed = seed;
    return out;
}

bitcoin::Script scriptAt(std::uint32_t height)
{
    return chain().at(height).block.transactions[0].outputs[0].script;
}

void addStrangers(NodeSimulator& simulator, unsigned count)
{
    for (unsigned n = 0; n < count; ++n) {
        simulator.know(stranger(n), n % 2 == 0 ? PeerSource::Dns : PeerSource::Shipped);
        simulator.addHost(stranger(n), chain());
    }
}

} // namespace

class CheckpointSyncTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOnlyTheNewestPeriods();
    void goesBackToTheBirthday();
    void fillsInWhenAnOlderBirthdayComes();
    void bansLiesAgainstCheckpoints();
    void knowsBirthdaysByDate();
    void restartsWithOldPeriods();
};

void CheckpointSyncTest::readsOnlyTheNewestPeriods()
{
    NodeSimulator simulator(config(), options(1));
    addStrangers(simulator, 4);
    simulator.start();
    simulator.node().watch({1, {scriptAt(6'100)}, 6'050, -1}, simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain()); }));
    QVERIFY(!simulator.node().blockHashAt(4'000));
    QCOMPARE(simulator.facts<BlockMatched>().size(), std::size_t{1});
    std::size_t rows = simulator.store().state.headerPeriods.size();
    QCOMPARE(rows, std::size_t{2});
}

void CheckpointSyncTest::goesBackToTheBirthday()
{
    NodeSimulator simulator(config(), options(2));
    addStrangers(simulator, 4);
    simulator.start();
    simulator.node().watch({1, {scriptAt(1'500), scriptAt(4'500), scriptAt(6'100)}, 1'200, -1},
                           simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain()); }));
    const auto matched = simulator.facts<BlockMatched>();
    QCOMPARE(matched.size(), std::size_t{3});
    QCOMPARE(matched[0].height, 1'500U);
    QCOMPARE(matched[1].height, 4'500U);
    QCOMPARE(matched[2].height, 6'100U);
    QVERIFY(simulator.node().blockHashAt(1'001).has_value());
    // Below the last checkpoint everything is proved here; above, by a quorum.
    QVERIFY(simulator.runUntil([&] { return simulator.status().proof == ProofLevel::Quorum; }));
}

void CheckpointSyncTest::fillsInWhenAnOlderBirthdayComes()
{
    NodeSimulator simulator(config(), options(3));
    addStrangers(simulator, 4);
    simulator.start();
    simulator.node().watch({1, {scriptAt(6'100)}, 6'050, -1}, simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain()); }));
    for (const std::uint32_t height : {5'500U, 2'000U, 10U}) {
        simulator.node().watch({height, {scriptAt(height)}, height, -1}, simulator.now());
        simulator.drain();
        QVERIFY(simulator.status().stage != Stage::Live);
        QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain()); }));
        QCOMPARE(simulator.facts<BlockMatched>().back().height, height);
    }
}

void CheckpointSyncTest::bansLiesAgainstCheckpoints()
{
    auto forged = chain();
    forged.forgeFilter(2'500, base::Bytes{0});
    std::size_t caught = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        NodeSimulator simulator(config(), options(seed));
        addStrangers(simulator, 3);
        simulator.host(stranger(0)).filterChain = forged;
        simulator.start();
        simulator.node().watch({1, {scriptAt(2'500)}, 1'100, -1}, simulator.now());
        simulator.drain();
        QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain()); }));
        QCOMPARE(simulator.facts<BlockMatched>().front().height, 2'500U);
        for (unsigned n = 1; n < 3; ++n) {
            const auto row = simulator.bookRow(stranger(n));
            QVERIFY(!row || row->bannedUntil == 0);
        }
        for (const auto& misbehaved : simulator.facts<PeerMisbehaved>())
            caught += misbehaved.address == stranger(0) && misbehaved.banned ? 1 : 0;
    }
    QVERIFY(caught > 0);
}

void CheckpointSyncTest::knowsBirthdaysByDate()
{
    NodeSimulator simulator(config(), options(5));
    addStrangers(simulator, 3);
    simulator.start();
    constexpr std::int64_t kTwoWeeks = 14 * 24 * 60 * 60;
    const auto timeAt = [](std::uint32_t h) {
        return static_cast<std::int64_t>(chain().at(h).block.header.time);
    };
    // Before anything is known only the checkpoints tell.
    QCOMPARE(simulator.node().heightBefore(timeAt(4'000) + kTwoWeeks), 3'000U);
    QCOMPARE(simulator.node().heightBefore(timeAt(500)), 0U);
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain()); }));
    QCOMPARE(simulator.node().heightBefore(timeAt(6'000) + kTwoWeeks), 6'000U);
    QCOMPARE(simulator.node().heightBefore(timeAt(4'000) + kTwoWeeks), 3'000U);
}

void CheckpointSyncTest::restartsWithOldPeriods()
{
    NodeSimulator simulator(config(), options(6));
    addStrangers(simulator, 4);
    simulator.start();
    simulator.node().watch({1, {scriptAt(1'500)}, 1'200, -1}, simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain()); }));
    const auto total = simulator.writes.size();
    for (std::size_t count = total; count > 0; count -= std::min<std::size_t>(count, 3)) {
        simulator.restart(count);
        simulator.node().watch({1, {scriptAt(1'500)}, 1'200, -1}, simulator.now());
        simulator.drain();
        QVERIFY2(simulator.runUntil([&] { return simulator.isLiveAt(chain()); }),
                 qPrintable(QStringLiteral("from %1 of %2").arg(count).arg(total)));
        QCOMPARE(simulator.facts<BlockMatched>().back().height, 1'500U);
    }
}

QTEST_GUILESS_MAIN(CheckpointSyncTest)
#include "checkpoint_sync_test.moc"
