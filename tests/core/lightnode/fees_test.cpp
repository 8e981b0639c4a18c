// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: fee rates come from what peers relay and what blocks paid, unproved numbers are bounded,
// and unknown stays unknown. Method: fake strangers on a chain whose blocks count as full.

#include "tests/core/lightnode/peer_world.h"

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

class FeesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownWithoutPeers();
    void floorIsTheThirdQuartile();
    void emptyBlocksGiveTheFloor();
};

void FeesTest::unknownWithoutPeers()
{
    PeerWorld world(1, ChainBuilder(bitcoin::paramsOf(bitcoin::Network::Regtest)));
    world.simulator.start();
    world.simulator.runFor(10'000);
    const auto fees = world.simulator.node().feeEstimates();
    QVERIFY(!fees.floor && !fees.nextBlock && !fees.halfHour && !fees.day);
    QCOMPARE(fees.observedUtc, std::int64_t{0});
}

void FeesTest::floorIsTheThirdQuartile()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(20);
    PeerWorld world(1, chain);
    const std::int64_t rates[] = {100, 1'000, 5'000, 2'000'000};
    for (const auto rate : rates)
        world.add().feeFilter = rate;
    world.simulator.start();
    QVERIFY(world.simulator.runUntilLive());
    world.simulator.runFor(5'000);
    const auto fees = world.simulator.node().feeEstimates();
    // Which of the four are connected varies; a mad one never sets the rate beyond 500 sat/vB.
    QVERIFY(fees.floor.has_value());
    QVERIFY(*fees.floor >= 1'000 && *fees.floor <= 500'000);
}

void FeesTest::emptyBlocksGiveTheFloor()
{
    auto params = bitcoin::paramsOf(bitcoin::Network::Regtest);
    ChainBuilder chain(params);
    chain.mineMany(20);
    auto config = PeerWorld::config();
    config.network = bitcoin::Network::Signet;
    config.params = &params;
    config.checkpoints = &checkpointsOf(bitcoin::Network::Regtest);
    NodeSimulator::Options options;
    options.utc = chain.tip().block.header.time + 600;
    NodeSimulator simulator(config, options);
    for (unsigned n = 0; n < 3; ++n) {
        simulator.know(stranger(n), PeerSource::Dns);
        simulator.addHost(stranger(n), chain).feeFilter = 2'000;
    }
    simulator.start();
    QVERIFY(simulator.runUntilLive());
    simulator.runFor(10'000);
    const auto fees = simulator.node().feeEstimates();
    QCOMPARE(fees.floor, std::optional<std::int64_t>(2'000));
    QCOMPARE(fees.nextBlock, std::optional<std::int64_t>(2'000));
    QCOMPARE(fees.halfHour, std::optional<std::int64_t>(2'000));
    QCOMPARE(fees.day, std::optional<std::int64_t>(3'000));
    QCOMPARE(fees.blocks, 6U);
    QVERIFY(fees.observedUtc > 0);
    QVERIFY(!simulator.facts<FeesObserved>().empty());
    std::size_t asked = 0;
    for (unsigned n = 0; n < 3; ++n) {
        const auto& seen = simulator.host(stranger(n)).seen;
        asked += static_cast<std::size_t>(std::count(seen.begin(), seen.end(), "getdata"));
    }
    QVERIFY(asked <= 18); // Six blocks, three peers each.
}

QTEST_GUILESS_MAIN(FeesTest)
#include "fees_test.moc"
