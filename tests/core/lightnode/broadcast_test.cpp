// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: an own transaction is handed over on connections of its own and only an echo or a block
// counts as success (bitcoin.md, test 12); unconfirmed payments are seen without telling which.
// Method: fake strangers that ignore, accept and echo.

#include "tests/core/lightnode/peer_world.h"

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

namespace {

bitcoin::Transaction payment(std::uint32_t number)
{
    bitcoin::Transaction out;
    bitcoin::Hash256 previous{};
    previous[0] = static_cast<std::uint8_t>(number);
    previous[1] = 1;
    out.inputs.push_back({{bitcoin::Txid(previous), 0}, {}, 0xffffffff, {{1, 2, 3}}});
    out.outputs.push_back({1'000, scriptNumber(number)});
    return out;
}

} // namespace

class BroadcastTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOverOnConnectionsOfItsOwn();
    void anEchoIsSuccess();
    void silenceIsNotSuccess();
    void stopsWhenItIsInABlock();
    void canBeCancelled();
    void goesThroughTheProxyWithDistinctUsers();
    void watchesUnconfirmedWhenAsked();
    void boundsTheWatch();
    void nothingLeavesOffline();

private:
    NodeFixture m_fixture;
};

void BroadcastTest::handsOverOnConnectionsOfItsOwn()
{
    PeerWorld world(1, m_fixture.main);
    for (int i = 0; i < 8; ++i)
        world.add();
    world.simulator.start();
    QVERIFY(world.simulator.runUntilLive());
    std::set<std::string> synced;
    for (const auto& peer : world.simulator.status().peers)
        synced.insert(peer.address);
    world.simulator.connects.clear();
    const auto transaction = payment(1);
    world.simulator.node().broadcast(transaction, world.simulator.now());
    world.simulator.drain();
    world.simulator.runFor(30'000);
    std::size_t used = 0;
    for (const auto& connect : world.simulator.connects) {
        if (connect.role != PeerRole::Broadcaster)
            continue;
        ++used;
        QVERIFY(!synced.contains(connect.address.toString()));
    }
    QCOMPARE(used, std::size_t{3});
    std::size_t holders = 0;
    for (unsigned n = 0; n < world.count; ++n)
        holders += world.simulator.host(stranger(n)).pool.size();
    QCOMPARE(holders, std::size_t{3});
    QCOMPARE(world.simulator.facts<BroadcastProgress>().back().handedTo, 3U);
    QCOMPARE(world.simulator.facts<BroadcastProgress>().back().echoedBy, 0U);
}

void BroadcastTest::anEchoIsSuccess()
{
    PeerWorld world(2, m_fixture.main);
    for (int i = 0; i < 10; ++i)
        world.add();
    const auto transaction = payment(2);
    for (unsigned n = 0; n < world.count; ++n) {
        world.simulator.host(stranger(n)).onTransaction = [&](const bitcoin::Transaction& given) {
            // The network relays it: everybody has it.
            for (unsigned other = 0; other < world.count; ++other)
                world.simulator.announce(stranger(other), given);
        };
    }
    world.simulator.start();
    QVERIFY(world.simulator.runUntilLive());
    world.simulator.node().broadcast(transaction, world.simulator.now());
    world.simulator.drain();
    QVERIFY(world.simulator.runUntil(
        [&] {
            const auto told = world.simulator.facts<BroadcastProgress>();
            return !told.empty() && told.back().echoedBy > 0;
        },
        110'000));
}

void BroadcastTest::silenceIsNotSuccess()
{
    PeerWorld world(3, m_fixture.main);
    for (int i = 0; i < 8; ++i)
        world.add();
    const auto transaction = payment(3);
    // Everybody has it already or does not want it: nobody asks.
    for (unsigned n = 0; n < world.count; ++n)
        world.simulator.host(stranger(n)).pool[transaction.txid()] = transaction;
    world.simulator.start();
    QVERIFY(world.simulator.runUntilLive());
    world.simulator.node().broadcast(transaction, world.simulator.now());
    world.simulator.drain();
    world.simulator.runFor(60 * 60'000);
    const auto last = world.simulator.facts<BroadcastProgress>().back();
    QCOMPARE(last.handedTo, 0U);
    QCOMPARE(last.echoedBy, 0U);
    QVERIFY(last.rounds >= 3);
    QVERIFY(last.rounds <= 8); // Two quick ones, then every 10 to 15 minutes.
}

void BroadcastTest::stopsWhenItIsInABlock()
{
    PeerWorld world(4, m_fixture.main);
    for (int i = 0; i < 6; ++i)
        world.add();
    world.simulator.start();
    const auto transaction = payment(4);
    world.simulator.node().watch({1, {transaction.outputs[0].script}, 130, -1},
                                 world.simulator.now());
    world.simulator.drain();
    QVERIFY(world.simulator.runUntilLive());
    world.simulator.node().broadcast(transaction, world.simulator.now());
    world.simulator.drain();
    world.simulator.runFor(10'000);
    auto longer = m_fixture.main;
    longer.mine({}, {transaction});
    world.simulator.setChainEverywhere(longer);
    QVERIFY(world.simulator.runUntil([&] { return world.simulator.isLiveAt(longer); }));
    QVERIFY(world.simulator.facts<BroadcastProgress>().back().confirmed);
    world.simulator.connects.clear();
    world.simulator.runFor(40 * 60'000);
    for (const auto& connect : world.simulator.connects)
        QVERIFY(connect.role != PeerRole::Broadcaster);
}

void BroadcastTest::canBeCancelled()
{
    PeerWorld world(5, m_fixture.main);
    for (int i = 0; i < 6; ++i)
        world.add();
    world.simulator.start();
    QVERIFY(world.simulator.runUntilLive());
    const auto transaction = payment(5);
    world.simulator.node().broadcast(transaction, world.simulator.now());
    world.simulator.node().cancelBroadcast(transaction.txid(), world.simulator.now());
    world.simulator.drain();
    world.simulator.runFor(30'000);
    for (unsigned n = 0; n < world.count; ++n)
        QVERIFY(world.simulator.host(stranger(n)).pool.empty());
}

void BroadcastTest::goesThroughTheProxyWithDistinctUsers()
{
    auto config = PeerWorld::config();
    config.network = bitcoin::Network::Signet; // One with DNS seeds.
    auto params = bitcoin::paramsOf(bitcoin::Network::Regtest);
    config.params = &params;
    config.checkpoints = &checkpointsOf(bitcoin::Network::Regtest);
    config.route = Route::Proxy;
    NodeSimulator::Options options;
    options.utc = m_fixture.main.tip().block.header.time + 600;
    NodeSimulator simulator(config, options);
    for (unsigned n = 0; n < 8; ++n) {
        simulator.know(stranger(n), PeerSource::Dns);
        simulator.addHost(stranger(n), m_fixture.main);
    }
    simulator.start();
    QVERIFY(simulator.runUntilLive());
    simulator.node().broadcast(payment(6), simulator.now());
    simulator.drain();
    simulator.runFor(30'000);
    QVERIFY(simulator.resolvedNames.empty()); // No name is ever resolved here.
    std::set<std::string> users;
    bool seedByName = false;
    for (const auto& connect : simulator.connects) {
        QCOMPARE(connect.route, Route::Proxy);
        QVERIFY(!connect.isolation.empty());
        QVERIFY(users.insert(connect.isolation).second);
        seedByName = seedByName || connect.address.kind == AddressKind::Name;
    }
    QVERIFY(seedByName); // Through the proxy, unresolved.
}

void BroadcastTest::watchesUnconfirmedWhenAsked()
{
    PeerWorld world(7, m_fixture.main);
    for (int i = 0; i < 8; ++i)
        world.add();
    world.simulator.start();
    const auto ours = payment(70);
    world.simulator.node().watch({1, {ours.outputs[0].script}, 130, -1}, world.simulator.now());
    world.simulator.drain();
    QVERIFY(world.simulator.runUntilLive());
    for (unsigned n = 0; n < world.count; ++n)
        world.simulator.announce(stranger(n), payment(71));
    world.simulator.runFor(5'000);
    for (unsigned n = 0; n < world.count; ++n)
        QVERIFY(world.simulator.host(stranger(n)).pool.size() == 1);
    QVERIFY(world.simulator.facts<UnconfirmedSeen>().empty());
    world.simulator.node().watchUnconfirmed(Watching::On, world.simulator.now());
    world.simulator.drain();
    world.simulator.runFor(30'000);
    for (unsigned n = 0; n < world.count; ++n)
        world.simulator.announce(stranger(n), ours);
    world.simulator.runFor(5'000);
    QVERIFY(!world.simulator.facts<UnconfirmedSeen>().empty());
    // A spend of it is recognised too.
    bitcoin::Transaction spend;
    spend.inputs.push_back({{ours.txid(), 0}, {}, 0xffffffff, {{9}}});
    spend.outputs.push_back({500, scriptNumber(9'999)});
    for (unsigned n = 0; n < world.count; ++n)
        world.simulator.announce(stranger(n), spend);
    world.simulator.runFor(5'000);
    QVERIFY(world.simulator.facts<UnconfirmedSeen>().back().transaction->txid() == spend.txid());
    world.simulator.node().watchUnconfirmed(Watching::Off, world.simulator.now());
    world.simulator.drain();
    for (const auto& peer : world.simulator.status().peers)
        QVERIFY(peer.role != PeerRole::RelayWatcher);
}

void BroadcastTest::boundsTheWatch()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    auto& host = simulator.addHost(kOwnAddress, m_fixture.main);
    host.faults.insert(Fault::FloodsAnnouncements);
    simulator.start();
    QVERIFY(simulator.runUntilLive());
    // 50,000 announcements never lead to a request of that size.
    QVERIFY(simulator.largestSend < 100'000);
    QVERIFY(simulator.isLiveAt(m_fixture.main));
}

void BroadcastTest::nothingLeavesOffline()
{
    PeerWorld world(8, m_fixture.main);
    for (int i = 0; i < 4; ++i)
        world.add();
    world.simulator.start();
    QVERIFY(world.simulator.runUntilLive());
    world.simulator.node().setNetwork(NetworkSwitch::Offline, world.simulator.now());
    world.simulator.drain();
    QCOMPARE(world.simulator.status().stage, Stage::Offline);
    world.simulator.connects.clear();
    world.simulator.node().broadcast(payment(8), world.simulator.now());
    world.simulator.drain();
    world.simulator.runFor(10 * 60'000);
    QVERIFY(world.simulator.connects.empty());
    world.simulator.node().setNetwork(NetworkSwitch::Online, world.simulator.now());
    world.simulator.drain();
    QVERIFY(world.simulator.runUntilLive());
    world.simulator.runFor(30'000);
    QVERIFY(world.simulator.facts<BroadcastProgress>().back().handedTo > 0);
}

QTEST_GUILESS_MAIN(BroadcastTest)
#include "broadcast_test.moc"
