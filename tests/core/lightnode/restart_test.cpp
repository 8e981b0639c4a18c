// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: killed between any two writes, or with a damaged store, the node comes back to the same
// state (bitcoin.md, test 6). Method: every prefix of the batches it wrote, applied and started
// again.

#include "tests/core/lightnode/node_fixture.h"

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

class RestartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromEveryPrefixOfItsWrites();
    void fromEveryPrefixAcrossAReorganisation();
    void goesOnWhereItWas();
    void usesFiltersFromDisk();
    void survivesLostFilterFiles();
    void staysBelowTheFilterCap();
    void stopWritesWhatIsInMemory();

private:
    NodeFixture m_fixture;
};

void RestartTest::fromEveryPrefixOfItsWrites()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(1'700);
    std::size_t total = 1;
    for (std::size_t count = 0; count <= total; ++count) {
        NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
        simulator.addHost(kOwnAddress, chain);
        simulator.start();
        simulator.node().watch(
            {1, {chain.at(1'234).block.transactions[0].outputs[0].script}, 0, -1}, simulator.now());
        simulator.drain();
        QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain); }));
        simulator.shutDown();
        total = simulator.writes.size();
        simulator.restart(count);
        simulator.node().watch(
            {1, {chain.at(1'234).block.transactions[0].outputs[0].script}, 0, -1}, simulator.now());
        simulator.drain();
        QVERIFY2(simulator.runUntil([&] { return simulator.isLiveAt(chain); }),
                 qPrintable(QStringLiteral("after %1 of %2 writes").arg(count).arg(total)));
        QCOMPARE(simulator.facts<BlockMatched>().back().height, 1'234U);
    }
}

void RestartTest::fromEveryPrefixAcrossAReorganisation()
{
    std::size_t total = 1;
    for (std::size_t count = 0; count <= total; ++count) {
        NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
        simulator.addHost(kOwnAddress, m_fixture.stale);
        StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
        simulator.start();
        wallet.watchAll();
        QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.stale); }));
        simulator.setChain(kOwnAddress, m_fixture.main);
        QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.main); }));
        total = simulator.writes.size();
        simulator.restart(count);
        StubWallet second(simulator, m_fixture.json, {44, 49, 84, 86});
        second.watchAll();
        QVERIFY2(simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.main); }),
                 qPrintable(QStringLiteral("after %1 of %2 writes").arg(count).arg(total)));
        const auto& expected = m_fixture.json.at("expected");
        QCOMPARE(second.balance(), fixtureSatoshi(expected.at("balance_main").at("trusted")));
    }
}

void RestartTest::goesOnWhereItWas()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    auto before = m_fixture.main;
    before.cutAbove(115);
    simulator.addHost(kOwnAddress, before);
    StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    const auto delivered = wallet.deliveries(111);
    simulator.shutDown();
    simulator.host(kOwnAddress).chain = m_fixture.main;
    simulator.restart();
    wallet.watchAll(); // With what was told to be tested.
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.main); }));
    const auto& expected = m_fixture.json.at("expected");
    QCOMPARE(wallet.balance(), fixtureSatoshi(expected.at("balance_main").at("trusted")));
    // Old scripts were not tested again; new ones may match an old block.
    QVERIFY(wallet.deliveries(111) <= delivered + 1);
}

void RestartTest::usesFiltersFromDisk()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(1'200);
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    auto& host = simulator.addHost(kOwnAddress, chain);
    simulator.start();
    simulator.node().watch({1, {scriptNumber(1)}, 0, -1}, simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain); }));
    simulator.shutDown();
    simulator.restart();
    host.seen.clear();
    // A second wallet's scripts need no filter from the network.
    simulator.node().watch({2, {chain.at(77).block.transactions[0].outputs[0].script}, 0, -1},
                           simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain); }));
    QCOMPARE(simulator.facts<BlockMatched>().back().height, 77U);
    QCOMPARE(std::count(host.seen.begin(), host.seen.end(), "getcfilters"), 0);
}

void RestartTest::survivesLostFilterFiles()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(1'200);
    for (int damage = 0; damage < 3; ++damage) {
        NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
        simulator.addHost(kOwnAddress, chain);
        simulator.start();
        simulator.node().watch({1, {scriptNumber(1)}, 0, -1}, simulator.now());
        simulator.drain();
        QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain); }));
        simulator.shutDown();
        auto& filters = simulator.store().filters;
        QCOMPARE(filters.size(), std::size_t{3});
        if (damage == 0)
            filters.erase(0);
        else if (damage == 1)
            filters[0].filters[70][1] ^= 1;
        else
            filters[0].filters.pop_back();
        simulator.restart();
        simulator.node().watch({2, {chain.at(77).block.transactions[0].outputs[0].script}, 0, -1},
                               simulator.now());
        simulator.drain();
        QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain); }));
        QVERIFY(!simulator.facts<BlockMatched>().empty());
        QCOMPARE(simulator.facts<BlockMatched>().back().height, 77U);
    }
}

void RestartTest::staysBelowTheFilterCap()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(3'100);
    auto config = NodeFixture::ownNodeConfig();
    config.filterCapBytes = 6'000;
    NodeSimulator simulator(config, {});
    simulator.addHost(kOwnAddress, chain);
    simulator.start();
    simulator.node().watch({1, {scriptNumber(1)}, 0, -1}, simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain); }));
    std::uint64_t bytes = 0;
    for (const auto& info : simulator.store().state.filters)
        bytes += info.sizeBytes;
    QVERIFY(bytes <= 6'000);
    QVERIFY(!simulator.store().filters.empty());
    QVERIFY(!simulator.store().filters.contains(0)); // The oldest went first.
    // What is gone is fetched again when somebody needs it.
    simulator.node().watch({2, {chain.at(77).block.transactions[0].outputs[0].script}, 0, -1},
                           simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(chain); }));
    QCOMPARE(simulator.facts<BlockMatched>().back().height, 77U);
}

void RestartTest::stopWritesWhatIsInMemory()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.main);
    StubWallet wallet(simulator, m_fixture.json, {84});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    QVERIFY(simulator.store().filters.empty());
    simulator.shutDown();
    QCOMPARE(simulator.store().filters.size(), std::size_t{1});
    QCOMPARE(simulator.store().filters.at(0).filters.size(),
             static_cast<std::size_t>(m_fixture.main.height()));
    QCOMPARE(simulator.store().state.headerPeriods.size(), std::size_t{1});
    QVERIFY(simulator.store().state.scanState.has_value());
}

QTEST_GUILESS_MAIN(RestartTest)
#include "restart_test.moc"
