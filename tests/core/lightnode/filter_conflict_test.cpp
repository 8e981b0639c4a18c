// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: filter headers that lie are found out by evidence, or the node waits below them; it is
// never silently wrong, and no honest peer is banned. Method: strangers with consistent forged
// filters.

#include "tests/core/lightnode/peer_world.h"

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

namespace {

/// Pays the wallet.
constexpr std::uint32_t kPaidHeight = 111;
/// Pays a coin that is still there at the end.
constexpr std::uint32_t kUnspentHeight = 113;

/// A spend of which the block shows nothing but a signature: taproot key path.
struct TaprootSpend
{
    ChainBuilder chain;
    std::uint32_t spendHeight = 0;
    bitcoin::Script spent;
};

TaprootSpend taprootSpend()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(10);
    base::ByteArray<32> key{};
    key.fill(0x55);
    const auto script = bitcoin::p2tr(key);
    chain.mine({{50'000, script}});
    const auto coinbase = chain.tip().block.transactions[0].txid();
    chain.mineMany(100);
    bitcoin::Transaction spend;
    spend.inputs.push_back({{coinbase, 0}, {}, 0xffffffff, {base::Bytes(64, 0x11)}});
    spend.outputs.push_back({40'000, scriptNumber(77)});
    chain.mine({}, {spend});
    const auto height = chain.height();
    chain.mineMany(10);
    return {std::move(chain), height, script};
}

} // namespace

class FilterConflictTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesByTheBlock();
    void omissionsAreProvedWhoeverIsMany_data();
    void omissionsAreProvedWhoeverIsMany();
    void stuffedFiltersAreProved();
    void undecidableConflictsWaitBelow();
    void sixPeersOfTwoKindsDecide();
    void sixPeersOfOneKindDoNotDecide();
    void ownNodeIsBelievedAndOthersWarn();
    void quorumRaisesTheLevel();
    void aLaterProofGoesBack();

private:
    NodeFixture m_fixture;
};

void FilterConflictTest::judgesByTheBlock()
{
    for (std::uint32_t h = 1; h <= m_fixture.main.height(); ++h) {
        const auto& block = m_fixture.main.at(h);
        QCOMPARE(judgeFilter(block.block, block.filter), FilterVerdict::Plausible);
        for (const auto& script : bitcoin::filterOutputScripts(block.block)) {
            QCOMPARE(judgeFilter(block.block, filterWithout(m_fixture.main, h, script)),
                     FilterVerdict::ProvedLie);
        }
        std::size_t suspects = 0;
        for (const auto& transaction : block.block.transactions) {
            for (const auto& input : transaction.inputs) {
                const auto spent = evidentSpentScript(input);
                if (!spent)
                    continue;
                const auto verdict =
                    judgeFilter(block.block, filterWithout(m_fixture.main, h, *spent));
                QVERIFY(verdict != FilterVerdict::Plausible);
                ++suspects;
            }
        }
        QVERIFY(h != 120 || suspects > 0 || block.block.transactions.size() == 1);
        auto broken = block.filter;
        broken.pop_back();
        QCOMPARE(judgeFilter(block.block, broken), FilterVerdict::ProvedLie);
        QCOMPARE(judgeFilter(block.block, base::Bytes{0}), FilterVerdict::ProvedLie);
    }
}

void FilterConflictTest::omissionsAreProvedWhoeverIsMany_data()
{
    QTest::addColumn<unsigned>("liars");
    QTest::addColumn<bool>("oneClass");
    QTest::newRow("1 of 3") << 1U << false;
    QTest::newRow("2 of 3 of one class") << 2U << true;
    QTest::newRow("2 of 3 mixed") << 2U << false;
    QTest::newRow("3 of 4 mixed") << 3U << false;
}

void FilterConflictTest::omissionsAreProvedWhoeverIsMany()
{
    QFETCH(unsigned, liars);
    QFETCH(bool, oneClass);
    const auto& paid = m_fixture.main.at(kPaidHeight).block;
    auto forged = m_fixture.main;
    const auto scripts = bitcoin::filterOutputScripts(paid);
    forged.forgeFilter(kPaidHeight, filterWithout(forged, kPaidHeight, scripts.back()));
    const unsigned total = std::max(3U, liars + 1);
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        PeerWorld world(seed, m_fixture.main);
        for (unsigned n = 0; n < total; ++n) {
            const bool gossip = n < liars ? oneClass || n % 2 == 0 : false;
            auto& host =
                world.add(gossip ? PeerSource::Gossip : PeerSource::Dns, gossip ? "4:9.9" : "");
            if (n < liars)
                host.filterChain = forged;
        }
        StubWallet wallet(world.simulator, m_fixture.json, {44, 49, 84, 86});
        world.simulator.start();
        wallet.watchAll();
        world.simulator.runFor(15 * 60'000);
        QVERIFY2(!world.anyHonestBanned(liars), qPrintable(QStringLiteral("seed %1").arg(seed)));
        const auto status = world.simulator.status();
        const auto& expected = m_fixture.json.at("expected");
        const bool truth =
            wallet.balance() == fixtureSatoshi(expected.at("balance_main").at("trusted"));
        const bool below = status.scanHeight < static_cast<std::int64_t>(kPaidHeight);
        QVERIFY2(truth || below || status.proof == ProofLevel::OneServer,
                 qPrintable(QStringLiteral("silently wrong, seed %1").arg(seed)));
        // All were connected, so the liars were heard against an honest one.
        QVERIFY2(truth, qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

void FilterConflictTest::stuffedFiltersAreProved()
{
    auto elements = bitcoin::filterOutputScripts(m_fixture.main.at(100).block);
    for (std::uint64_t i = 0; i < 20; ++i)
        elements.push_back(scriptNumber(900 + i));
    auto forged = m_fixture.main;
    forged.forgeFilter(100, bitcoin::BlockFilter::build(forged.at(100).hash, elements).encoded);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        PeerWorld world(seed, m_fixture.main);
        world.add().filterChain = forged;
        world.add();
        world.add();
        world.simulator.start();
        QVERIFY(world.simulator.runUntil([&] { return world.isBanned(0); }, 15 * 60'000) ||
                world.simulator.host(stranger(0)).connections == 0);
        QVERIFY(world.simulator.runUntil([&] { return world.simulator.isLiveAt(m_fixture.main); }));
        QVERIFY(!world.anyHonestBanned(1));
    }
}

void FilterConflictTest::undecidableConflictsWaitBelow()
{
    const auto spend = taprootSpend();
    auto forged = spend.chain;
    forged.forgeFilter(spend.spendHeight,
                       filterWithout(spend.chain, spend.spendHeight, spend.spent));
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        PeerWorld world(seed, spend.chain);
        world.add().filterChain = forged;
        world.add();
        world.add();
        world.simulator.start();
        world.simulator.node().watch({1, {spend.spent}, 1, 0}, world.simulator.now());
        world.simulator.drain();
        world.simulator.runFor(10 * 60'000);
        const auto status = world.simulator.status();
        QCOMPARE(status.problem, Problem::Disagreement);
        QCOMPARE(status.problemHeight, static_cast<std::int64_t>(spend.spendHeight));
        QCOMPARE(status.scanHeight, static_cast<std::int64_t>(spend.spendHeight) - 1);
        QVERIFY(!world.simulator.facts<Disagreement>().empty());
        for (unsigned n = 0; n < 3; ++n)
            QVERIFY(!world.isBanned(n));
    }
}

void FilterConflictTest::sixPeersOfTwoKindsDecide()
{
    const auto spend = taprootSpend();
    auto forged = spend.chain;
    forged.forgeFilter(spend.spendHeight,
                       filterWithout(spend.chain, spend.spendHeight, spend.spent));
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        PeerWorld world(seed, spend.chain);
        world.add().filterChain = forged;
        world.add().filterChain = forged;
        for (int i = 0; i < 6; ++i)
            world.add(i % 2 == 0 ? PeerSource::Shipped : PeerSource::Dns);
        world.simulator.start();
        world.simulator.node().watch({1, {spend.spent}, 1, 0}, world.simulator.now());
        world.simulator.drain();
        world.simulator.runFor(60'000);
        QVERIFY(world.simulator.runUntil([&] { return world.simulator.isLiveAt(spend.chain); },
                                         30 * 60'000));
        bool found = false;
        for (const auto& matched : world.simulator.facts<BlockMatched>())
            found = found || matched.height == spend.spendHeight;
        QVERIFY(found);
        for (unsigned n = 0; n < world.count; ++n)
            QVERIFY(!world.isBanned(n)); // Votes never ban.
    }
}

void FilterConflictTest::sixPeersOfOneKindDoNotDecide()
{
    const auto spend = taprootSpend();
    auto forged = spend.chain;
    forged.forgeFilter(spend.spendHeight,
                       filterWithout(spend.chain, spend.spendHeight, spend.spent));
    PeerWorld world(1, spend.chain);
    for (int i = 0; i < 6; ++i)
        world.add().filterChain = forged;
    world.add();
    world.add();
    world.simulator.start();
    world.simulator.runFor(10 * 60'000);
    QCOMPARE(world.simulator.status().problem, Problem::Disagreement);
    QVERIFY(world.simulator.status().scanHeight < static_cast<std::int64_t>(spend.spendHeight));
}

void FilterConflictTest::ownNodeIsBelievedAndOthersWarn()
{
    auto forged = m_fixture.main;
    const auto scripts = bitcoin::filterOutputScripts(forged.at(kPaidHeight).block);
    forged.forgeFilter(kPaidHeight, filterWithout(forged, kPaidHeight, scripts.back()));
    // On a network where strangers cross-check; the easy chain stands in for the main one.
    auto params = bitcoin::paramsOf(bitcoin::Network::Regtest);
    auto config = NodeFixture::ownNodeConfig();
    config.network = bitcoin::Network::Signet;
    config.params = &params;
    config.checkpoints = &checkpointsOf(bitcoin::Network::Regtest);
    NodeSimulator::Options options;
    options.utc = m_fixture.main.tip().block.header.time + 600;
    NodeSimulator simulator(config, options);
    simulator.addHost(kOwnAddress, m_fixture.main);
    for (unsigned n = 0; n < 2; ++n) {
        simulator.know(stranger(n), PeerSource::Dns);
        simulator.addHost(stranger(n), m_fixture.main).filterChain = forged;
    }
    StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    simulator.runFor(3 * 60'000);
    const auto& expected = m_fixture.json.at("expected");
    QCOMPARE(wallet.balance(), fixtureSatoshi(expected.at("balance_main").at("trusted")));
    QVERIFY(!simulator.facts<Disagreement>().empty());
    QCOMPARE(simulator.status().proof, ProofLevel::OwnNode);
}

void FilterConflictTest::quorumRaisesTheLevel()
{
    PeerWorld world(4, m_fixture.main);
    world.add();
    world.add();
    StubWallet wallet(world.simulator, m_fixture.json, {84});
    world.simulator.start();
    wallet.watchAll();
    QVERIFY(world.simulator.runUntil([&] { return world.simulator.isLiveAt(m_fixture.main); }));
    QCOMPARE(world.simulator.status().proof, ProofLevel::OneServer);
    PeerWorld broad(4, m_fixture.main);
    for (int i = 0; i < 4; ++i)
        broad.add();
    StubWallet second(broad.simulator, m_fixture.json, {84});
    broad.simulator.start();
    second.watchAll();
    QVERIFY(broad.simulator.runUntil(
        [&] { return broad.simulator.status().proof == ProofLevel::Quorum; }));
    bool told = false;
    for (const auto& tested : broad.simulator.facts<WatchTested>())
        told = told || tested.proof == ProofLevel::Quorum;
    QVERIFY(told);
}

void FilterConflictTest::aLaterProofGoesBack()
{
    // The first peers all lie; only later honest ones can be reached.
    PeerWorld world(7, m_fixture.main);
    StubWallet wallet(world.simulator, m_fixture.json, {44, 49, 84, 86});
    auto forged = m_fixture.main;
    forged.forgeFilter(kUnspentHeight,
                       filterWithoutAny(forged, kUnspentHeight,
                                        [&](const auto& script) { return wallet.owns(script); }));
    QVERIFY(forged.at(kUnspentHeight).filter != m_fixture.main.at(kUnspentHeight).filter);
    world.add().filterChain = forged;
    world.add().filterChain = forged;
    world.simulator.know(stranger(2), PeerSource::Shipped);
    world.simulator.know(stranger(3), PeerSource::Shipped);
    world.simulator.start();
    wallet.watchAll();
    QVERIFY(world.simulator.runUntilLive());
    QCOMPARE(world.simulator.status().proof, ProofLevel::OneServer); // And it says so.
    const auto& expected = m_fixture.json.at("expected");
    const auto truth = fixtureSatoshi(expected.at("balance_main").at("trusted"));
    QVERIFY(wallet.balance() != truth);
    world.simulator.addHost(stranger(2), m_fixture.main);
    world.simulator.addHost(stranger(3), m_fixture.main);
    QVERIFY(world.simulator.runUntil(
        [&] { return wallet.balance() == truth && world.simulator.isLiveAt(m_fixture.main); },
        6 * 60 * 60'000));
    QCOMPARE(world.simulator.facts<FiltersReplaced>().at(0).fromHeight, kUnspentHeight);
    QVERIFY(!world.isBanned(2) && !world.isBanned(3));
}

QTEST_GUILESS_MAIN(FilterConflictTest)
#include "filter_conflict_test.moc"
