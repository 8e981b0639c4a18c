// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: whenever the chain forks, the wallet ends with the coins of the best branch and knows how
// far to go back (bitcoin.md, test 7). Method: the fixture's stale branch in every order.

#include "tests/core/lightnode/node_fixture.h"

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

class ReorganisationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staleBranchFirst();
    void duringTheScan();
    void whileABlockIsBeingHandled();
    void twoBeforeTheWalletAnswers();
    void backAndForth();
    void overASegmentAndPeriodBoundary();
    void deepOnesAskFirst();
    void ownNodeInvalidatesItsTip();
    void waitsForTheSlowerOwnNode();

private:
    std::int64_t expected(const char* which) const
    {
        return fixtureSatoshi(m_fixture.json.at("expected").at(which).at("trusted"));
    }
    NodeFixture m_fixture;
};

void ReorganisationTest::staleBranchFirst()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.stale);
    StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.stale); }));
    QCOMPARE(wallet.balance(), expected("balance_on_stale_branch"));
    simulator.setChain(kOwnAddress, m_fixture.main);
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.main); }));
    QCOMPARE(wallet.balance(), expected("balance_main"));
    QCOMPARE(wallet.reorganisations, std::vector<std::uint32_t>{m_fixture.forkHeight});
    const auto forks = simulator.facts<Reorganised>();
    QCOMPARE(forks[0].depth, m_fixture.stale.height() - m_fixture.forkHeight);
    // What left is kept beside.
    std::size_t stale = 0;
    for (const auto& batch : simulator.writes)
        stale += batch.staleHeaders.size();
    QCOMPARE(stale, std::size_t{2});
}

void ReorganisationTest::duringTheScan()
{
    // The switch comes at every moment of the first synchronisation.
    for (std::int64_t ms = 0; ms < 3'000; ms += 60) {
        NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
        simulator.addHost(kOwnAddress, m_fixture.stale);
        StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
        simulator.start();
        wallet.watchAll();
        simulator.runFor(ms);
        simulator.setChain(kOwnAddress, m_fixture.main);
        QVERIFY2(simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.main); }),
                 qPrintable(QStringLiteral("switched after %1 ms").arg(ms)));
        QCOMPARE(wallet.balance(), expected("balance_main"));
    }
}

void ReorganisationTest::whileABlockIsBeingHandled()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.stale);
    StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntil(
                [&] {
                    const auto matched = simulator.facts<BlockMatched>();
                    if (!matched.empty() && matched.back().height >= 126)
                        wallet.pause();
                    return !matched.empty() && matched.back().height > m_fixture.forkHeight;
                },
                60'000) ||
            true);
    simulator.runFor(500);
    simulator.setChain(kOwnAddress, m_fixture.main);
    simulator.runFor(3'000);
    wallet.resume(); // The answer names a block that left: it must not count.
    QVERIFY(simulator.runUntil([&] {
        wallet.resume();
        return simulator.isLiveAt(m_fixture.main);
    }));
    QCOMPARE(wallet.balance(), expected("balance_main"));
}

void ReorganisationTest::twoBeforeTheWalletAnswers()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.stale);
    StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    wallet.pause();
    simulator.setChain(kOwnAddress, m_fixture.main);
    simulator.runFor(5'000);
    auto third = m_fixture.main;
    third.cutAbove(125);
    third.mineMany(12, 3);
    simulator.setChain(kOwnAddress, third);
    simulator.runFor(5'000);
    QCOMPARE(wallet.reorganisations, (std::vector<std::uint32_t>{m_fixture.forkHeight, 125}));
    wallet.resume();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(third); }));
    // All that stood above the lowest fork is gone; the branch itself holds nothing of ours.
    NodeSimulator fresh(NodeFixture::ownNodeConfig(), {});
    fresh.addHost(kOwnAddress, third);
    StubWallet second(fresh, m_fixture.json, {44, 49, 84, 86});
    fresh.start();
    second.watchAll();
    QVERIFY(fresh.runUntilLive());
    QCOMPARE(wallet.balance(), second.balance());
}

void ReorganisationTest::backAndForth()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    auto a = m_fixture.stale;
    auto b = m_fixture.main;
    simulator.addHost(kOwnAddress, a);
    StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    for (int i = 0; i < 6; ++i) {
        auto& next = i % 2 == 0 ? b : a;
        const auto& other = i % 2 == 0 ? a : b;
        while (next.height() <= other.height())
            next.mine({}, {}, 7);
        simulator.setChain(kOwnAddress, next);
        QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(next); }));
        QCOMPARE(wallet.balance(),
                 expected(i % 2 == 0 ? "balance_main" : "balance_on_stale_branch"));
    }
}

void ReorganisationTest::overASegmentAndPeriodBoundary()
{
    // Forks below 500 and 2016 with tips above, in both directions; filters on disk become wrong.
    ChainBuilder first(bitcoin::paramsOf(bitcoin::Network::Regtest));
    first.mineMany(2'010);
    const auto mine = scriptNumber(4'242);
    auto second = first;
    first.mine({{1'000, mine}});
    first.mineMany(10);
    second.mineMany(15, 1);
    second.mine({{2'000, mine}});
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, first);
    simulator.start();
    simulator.node().watch({1, {mine}, 0, -1}, simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(first); }));
    simulator.setChain(kOwnAddress, second);
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(second); }));
    const auto matched = simulator.facts<BlockMatched>();
    QVERIFY(matched.size() >= 2);
    QCOMPARE(matched.front().height, 2'011U);
    QCOMPARE(matched.back().height, second.height());
    // The store agrees with the node.
    simulator.restart();
    simulator.node().watch({1, {mine}, 0, second.height()}, simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(second); }));
}

void ReorganisationTest::deepOnesAskFirst()
{
    ChainBuilder first(bitcoin::paramsOf(bitcoin::Network::Regtest));
    first.mineMany(200);
    auto second = first;
    second.cutAbove(90);
    second.mineMany(120, 1);
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, first);
    simulator.start();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(first); }));
    simulator.setChain(kOwnAddress, second);
    simulator.runFor(30'000);
    const auto asked = simulator.facts<DeepReorganisation>();
    QVERIFY(!asked.empty());
    QCOMPARE(asked[0].forkHeight, 90U);
    QVERIFY(simulator.facts<Reorganised>().empty());
    QVERIFY(simulator.node().blockHashAt(200) == first.tip().hash);
    simulator.node().allowDeepReorganisation(simulator.now());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(second); }));
}

void ReorganisationTest::ownNodeInvalidatesItsTip()
{
    // First it only shows less than before, then it has a new branch.
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.main);
    StubWallet wallet(simulator, m_fixture.json, {84});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    auto other = m_fixture.main;
    other.cutAbove(122);
    simulator.setChain(kOwnAddress, other);
    simulator.runFor(20'000);
    other.mineMany(15, 2);
    simulator.setChain(kOwnAddress, other);
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(other); }));
    QCOMPARE(simulator.facts<Reorganised>().back().forkHeight, 122U);
    QVERIFY(simulator.facts<PeerMisbehaved>().empty());
}

void ReorganisationTest::waitsForTheSlowerOwnNode()
{
    // Two own nodes apart: six blocks on one branch, seven on the other. Live means the longer one,
    // whoever answers first; a third one that never answers does not hold it up for long.
    auto shorter = m_fixture.main;
    auto longer = m_fixture.main;
    shorter.mineMany(6, 1);
    longer.mineMany(7, 2);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        NodeSimulator::Options options;
        options.seed = seed;
        options.maxLatencyMs = 2'000;
        auto config = NodeFixture::ownNodeConfig();
        for (const char* other : {"10.0.0.2:18444", "10.0.0.3:18444"})
            config.ownNodes.push_back(parsePeerAddress(other, 18444).take());
        NodeSimulator simulator(config, options);
        simulator.addHost(kOwnAddress, shorter);
        simulator.addHost("10.0.0.2:18444", longer);
        simulator.start();
        QVERIFY(simulator.runUntilLive(60'000));
        QVERIFY2(simulator.isLiveAt(longer), qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

QTEST_GUILESS_MAIN(ReorganisationTest)
#include "reorganisation_test.moc"
