// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a wallet restored from its descriptors finds every coin of the regtest fixture, through the
// whole state machine. Method: one fake own node, virtual time, the fixture's oracle.

#include "tests/core/lightnode/node_fixture.h"

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

class RestoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsEveryCoinOfTheFixture();
    void findsTheCoinsOfOneScriptType();
    void growsTheWindowInsideOneBlock();
    void followsNewBlocksAndReorganisations();
    void seesUnconfirmedPayments();
    void handsOverOwnTransactions();
    void watchesOfOneCallAreDoneTogether();

private:
    NodeFixture m_fixture;
};

void RestoreTest::findsEveryCoinOfTheFixture()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.main);
    StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    QVERIFY(simulator.isLiveAt(m_fixture.main));
    const auto& expected = m_fixture.json.at("expected");
    QCOMPARE(wallet.balance(), fixtureSatoshi(expected.at("balance_main").at("trusted")));
    QCOMPARE(wallet.coins().size(), expected.at("unspent").size());
    // Thirteen transactions, one of which was replaced before any block took it.
    std::set<std::string> confirmed;
    for (const auto& entry : expected.at("transactions")) {
        if (entry.at(1).get<int>() >= 0)
            confirmed.insert(entry.at(0).get<std::string>());
    }
    QCOMPARE(confirmed.size(), std::size_t{12});
    QVERIFY(wallet.txids() == confirmed);
    for (const auto& coin : expected.at("unspent")) {
        const auto txid = bitcoin::Txid::parse(coin.at("txid").get<std::string>());
        VERIFY_RESULT(txid);
        const auto found = wallet.coins().find({*txid, coin.at("vout").get<std::uint32_t>()});
        QVERIFY(found != wallet.coins().end());
    }
    const auto completed = simulator.facts<ScanCompleted>();
    QVERIFY(!completed.empty());
    QCOMPARE(completed.back().height, m_fixture.main.height());
    QCOMPARE(completed.back().proof, ProofLevel::OwnNode);
    QCOMPARE(simulator.status().proof, ProofLevel::OwnNode);
    QVERIFY(simulator.resolvedNames.empty());
}

void RestoreTest::findsTheCoinsOfOneScriptType()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.main);
    StubWallet wallet(simulator, m_fixture.json, {84});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    std::int64_t expected = 0;
    std::size_t coins = 0;
    for (const auto& coin : m_fixture.json.at("expected").at("unspent")) {
        if (coin.at("address").get<std::string>().starts_with("bcrt1q")) {
            expected += fixtureSatoshi(coin.at("amount"));
            ++coins;
        }
    }
    QCOMPARE(wallet.balance(), expected);
    QCOMPARE(wallet.coins().size(), coins);
}

void RestoreTest::growsTheWindowInsideOneBlock()
{
    // Block 118 pays receive 19 and 38 of the taproot account when 3 was the last used.
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.main);
    StubWallet wallet(simulator, m_fixture.json, {86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    QVERIFY(wallet.deliveries(118) >= 2);
    std::int64_t expected = 0;
    for (const auto& coin : m_fixture.json.at("expected").at("unspent")) {
        if (coin.at("address").get<std::string>().starts_with("bcrt1p"))
            expected += fixtureSatoshi(coin.at("amount"));
    }
    QCOMPARE(wallet.balance(), expected);
}

void RestoreTest::followsNewBlocksAndReorganisations()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.stale);
    StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    const auto& expected = m_fixture.json.at("expected");
    QCOMPARE(wallet.balance(),
             fixtureSatoshi(expected.at("balance_on_stale_branch").at("trusted")));
    simulator.setChain(kOwnAddress, m_fixture.main);
    QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.main); }));
    QCOMPARE(wallet.reorganisations, std::vector<std::uint32_t>{m_fixture.forkHeight});
    QCOMPARE(wallet.balance(), fixtureSatoshi(expected.at("balance_main").at("trusted")));
    auto longer = m_fixture.main;
    for (int i = 0; i < 12; ++i) {
        longer.mine();
        simulator.setChain(kOwnAddress, longer);
        simulator.runFor(2'000);
        QVERIFY(simulator.isLiveAt(longer));
    }
    QCOMPARE(wallet.balance(), fixtureSatoshi(expected.at("balance_main").at("trusted")));
}

void RestoreTest::seesUnconfirmedPayments()
{
    auto before = m_fixture.main;
    before.cutAbove(110);
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, before).services |= service::kBloom;
    StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    const auto& payment = m_fixture.main.at(111).block.transactions.at(1);
    bitcoin::Transaction foreign = payment;
    for (auto& output : foreign.outputs)
        output.script = scriptNumber(5);
    simulator.announce(kOwnAddress, foreign);
    simulator.announce(kOwnAddress, payment);
    simulator.runFor(5'000);
    const auto seen = simulator.facts<UnconfirmedSeen>();
    QCOMPARE(seen.size(), std::size_t{1});
    QVERIFY(seen[0].transaction->txid() == payment.txid());
    // After a restart the own node is asked for what it still holds.
    simulator.restart();
    wallet.watchAll();
    simulator.runFor(30'000);
    QVERIFY(!simulator.facts<UnconfirmedSeen>().empty());
}

void RestoreTest::handsOverOwnTransactions()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    auto& host = simulator.addHost(kOwnAddress, m_fixture.main);
    StubWallet wallet(simulator, m_fixture.json, {84});
    simulator.start();
    wallet.watchAll();
    QVERIFY(simulator.runUntilLive());
    auto payment = m_fixture.main.at(111).block.transactions.at(1);
    payment.lockTime += 1;
    host.onTransaction = [&](const bitcoin::Transaction& transaction) {
        simulator.announce(kOwnAddress, transaction);
    };
    simulator.node().broadcast(payment, simulator.now());
    simulator.drain();
    simulator.runFor(20'000);
    QVERIFY(host.pool.contains(payment.txid()));
    const auto progress = simulator.facts<BroadcastProgress>();
    QVERIFY(!progress.empty());
    QCOMPARE(progress.back().handedTo, 1U);
    QCOMPARE(progress.back().echoedBy, 1U);
    auto longer = m_fixture.main;
    longer.mine({}, {payment});
    simulator.setChain(kOwnAddress, longer);
    simulator.runFor(5'000);
    QVERIFY(simulator.facts<BroadcastProgress>().back().confirmed);
}

void RestoreTest::watchesOfOneCallAreDoneTogether()
{
    // An account that is tested already must not be told complete in the name of the next one.
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.main);
    simulator.start();
    QVERIFY(simulator.runUntilLive());
    const auto tip = m_fixture.main.height();
    const Watch tested{1, {scriptNumber(1)}, 0, tip};
    const Watch fresh{2, {scriptNumber(2)}, 0, -1};
    bool isTested = false;
    bool early = false;
    simulator.onFact = [&](const Fact& fact) {
        if (const auto* told = std::get_if<WatchTested>(&fact))
            isTested = isTested || (told->watch == fresh.id && told->testedTo == tip);
        else if (std::holds_alternative<ScanCompleted>(fact))
            early = early || !isTested;
    };
    simulator.node().watch(std::vector<Watch>{tested, fresh}, simulator.now());
    QVERIFY(!simulator.node().isScanned());
    simulator.drain();
    QVERIFY(simulator.runUntil([&] { return simulator.node().isScanned(); }));
    simulator.runFor(1'000);
    QVERIFY(isTested);
    QVERIFY(!early);
}

QTEST_GUILESS_MAIN(RestoreTest)
#include "restore_test.moc"
