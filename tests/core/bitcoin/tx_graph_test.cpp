// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the graph only grows, change sets merge in any order, and what is stored comes back.
// Method: small hand-made transactions, and the fixture's blocks through the codec.

#include "core/base/cbor.h"
#include "core/base/hex.h"
#include "tests/core/bitcoin/wallet_fixture.h"

#include <functional>

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::test;
using base::ErrorCode;

namespace {

const BlockHash kGenesis = blockHash(0);

BlockTransaction inBlock(TransactionPointer transaction, std::uint32_t position = 1)
{
    return {std::move(transaction), MerkleBranch{position, {Hash256{1}, Hash256{2}}}};
}

/// Everything that a graph knows, comparable.
std::string dump(const TxGraph& graph)
{
    return base::toHex(encodeChangeSet(graph.all()));
}

} // namespace

class TxGraphTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void linksParentsAndChildrenInAnyOrder();
    void keepsConflictsSideBySide();
    void reportsOnlyNews();
    void cutsPointsOnReorganisation();
    void refusesToReplaceAPoint();
    void thinsTips();
    void evictsAndForgetsNothing();
    void mergesChangeSets();
    void storesAndRestores();
    void refusesInvalidTransactions();
    void refusesDamagedRecords();
    void refusesEveryTruncation();
};

void TxGraphTest::linksParentsAndChildrenInAnyOrder()
{
    const auto parent = transaction({foreignPoint(1)}, {pay(1000, foreignScript(1))});
    const auto child = transaction({{parent->txid(), 0}}, {pay(900, foreignScript(2))});
    for (const bool childFirst : {false, true}) {
        TxGraph graph(kGenesis);
        VERIFY_RESULT(graph.seen(childFirst ? child : parent, 1));
        VERIFY_RESULT(graph.seen(childFirst ? parent : child, 2));
        const auto& nodes = graph.nodes();
        const auto p = graph.numberOf(parent->txid());
        const auto c = graph.numberOf(child->txid());
        QCOMPARE(nodes[c].inputs.size(), std::size_t(1));
        QCOMPARE(nodes[c].inputs[0].parent, p);
        QCOMPARE(nodes[p].children, std::vector<std::uint32_t>{c});
        QCOMPARE(graph.spendersOf({parent->txid(), 0}), std::vector<Txid>{child->txid()});
        QCOMPARE(descendantsOf(graph, parent->txid()), std::vector<Txid>{child->txid()});
    }
}

void TxGraphTest::keepsConflictsSideBySide()
{
    TxGraph graph(kGenesis);
    const auto a = transaction({foreignPoint(1)}, {pay(1000, foreignScript(1))});
    const auto b = transaction({foreignPoint(1), foreignPoint(2)}, {pay(900, foreignScript(2))});
    VERIFY_RESULT(graph.seen(a, 1));
    VERIFY_RESULT(graph.seen(b, 2));
    QCOMPARE(graph.size(), std::size_t(2));
    QCOMPARE(conflictsOf(graph, a->txid()), std::vector<Txid>{b->txid()});
    QCOMPARE(conflictsOf(graph, b->txid()), std::vector<Txid>{a->txid()});
}

void TxGraphTest::reportsOnlyNews()
{
    TxGraph graph(kGenesis);
    const auto a = transaction({foreignPoint(1)}, {pay(1000, foreignScript(1))});
    auto changes = graph.seen(a, 10);
    VERIFY_RESULT(changes);
    QVERIFY(changes->transactions.at(a->txid()).transaction == a);
    changes = graph.seen(a, 10);
    VERIFY_RESULT(changes);
    QVERIFY(changes->empty());
    changes = graph.seen(a, 20, Origin::Own);
    VERIFY_RESULT(changes);
    const TransactionFacts& facts = changes->transactions.at(a->txid());
    QVERIFY(!facts.transaction);
    QVERIFY(!facts.firstSeenMs);
    QVERIFY(facts.lastSeenMs == 20);
    QVERIFY(facts.origin == Origin::Own);
    // The graph itself holds the whole state, which is what a record stores.
    QVERIFY(graph.find(a->txid())->firstSeenMs == 10);
}

void TxGraphTest::cutsPointsOnReorganisation()
{
    TxGraph graph(kGenesis);
    const auto a = transaction({foreignPoint(1)}, {pay(1000, foreignScript(1))});
    VERIFY_RESULT(graph.applyBlock(5, blockHash(5), 500, {inBlock(a)}));
    VERIFY_RESULT(graph.applyTip(9, blockHash(9)));
    QCOMPARE(graph.chain().tipHeight(), 9U);
    const ChangeSet changes = graph.reorganised(4);
    QCOMPARE(changes.chain.size(), std::size_t(2));
    QVERIFY(!changes.chain.at(5));
    QCOMPARE(graph.chain().tipHeight(), 0U);
    QCOMPARE(graph.find(a->txid())->anchors.size(), std::size_t(1));
    VERIFY_RESULT(graph.applyBlock(6, blockHash(106), 600, {inBlock(a)}));
    QCOMPARE(graph.find(a->txid())->anchors.size(), std::size_t(2));
    QVERIFY(graph.reorganised(6).empty());
    QVERIFY(!graph.chain().at(7));
}

void TxGraphTest::refusesToReplaceAPoint()
{
    TxGraph graph(kGenesis);
    VERIFY_RESULT(graph.applyBlock(5, blockHash(5), 500, {}));
    const std::string before = dump(graph);
    COMPARE_ERROR(graph.applyBlock(5, blockHash(6), 500, {}), ErrorCode::Conflict);
    COMPARE_ERROR(graph.applyTip(5, blockHash(6)), ErrorCode::Conflict);
    COMPARE_ERROR(graph.applyBlock(0, blockHash(6), 500, {}), ErrorCode::Conflict);
    ChangeSet other;
    other.chain[0] = blockHash(6);
    COMPARE_ERROR(graph.apply(other), ErrorCode::Conflict);
    QCOMPARE(dump(graph), before);
    // The same block again says nothing.
    auto again = graph.applyBlock(5, blockHash(5), 500, {});
    VERIFY_RESULT(again);
    QVERIFY(again->empty());
}

void TxGraphTest::thinsTips()
{
    TxGraph graph(kGenesis);
    TxGraph follower(kGenesis);
    const auto a = transaction({foreignPoint(1)}, {pay(1000, foreignScript(1))});
    auto first = graph.applyBlock(3, blockHash(3), 300, {inBlock(a)});
    VERIFY_RESULT(first);
    VERIFY_RESULT(follower.apply(*first));
    for (std::uint32_t height = 4; height < 500; ++height) {
        auto changes = graph.applyTip(height, blockHash(height));
        VERIFY_RESULT(changes);
        VERIFY_RESULT(follower.apply(*changes));
    }
    QCOMPARE(graph.chain().points().size(), std::size_t(102)); // Genesis, 3 and the newest 100.
    QVERIFY(graph.chain().contains(3, blockHash(3)));
    QVERIFY(graph.chain().contains(400, blockHash(400)));
    QVERIFY(!graph.chain().at(399));
    QCOMPARE(dump(follower), dump(graph));
}

void TxGraphTest::evictsAndForgetsNothing()
{
    TxGraph graph(kGenesis);
    const auto a = transaction({foreignPoint(1)}, {pay(1000, foreignScript(1))});
    COMPARE_ERROR(graph.evicted(a->txid(), 5), ErrorCode::NotFound);
    VERIFY_RESULT(graph.seen(a, 3));
    VERIFY_RESULT(graph.evicted(a->txid(), 5));
    VERIFY_RESULT(graph.evicted(a->txid(), 4)); // Late news does not move it back.
    QVERIFY(graph.find(a->txid())->lastEvictedMs == 5);
    QVERIFY(graph.transaction(a->txid()) == a);
}

void TxGraphTest::mergesChangeSets()
{
    const auto a = transaction({foreignPoint(1)}, {pay(1000, foreignScript(1))});
    const auto b = transaction({{a->txid(), 0}}, {pay(900, foreignScript(2))});
    TxGraph graph(kGenesis);
    std::vector<ChangeSet> sets;
    const auto keep = [&](base::Result<ChangeSet> changes) {
        ASSERT(changes);
        sets.push_back(changes.take());
    };
    keep(graph.seen(a, 50));
    keep(graph.seen(b, 60, Origin::Own));
    keep(graph.seen(a, 40));
    keep(graph.evicted(a->txid(), 70));
    keep(graph.applyBlock(5, blockHash(5), 500, {inBlock(a)}));
    sets.push_back(graph.addOutput(foreignPoint(1), pay(1100, foreignScript(3))));
    ChangeSet merged;
    for (const ChangeSet& set : sets)
        merged.merge(set);
    QCOMPARE(base::toHex(encodeChangeSet(merged)).size() > 0, true);
    TxGraph again(kGenesis);
    VERIFY_RESULT(again.apply(merged));
    QCOMPARE(dump(again), dump(graph));
    // Facts that arrive before their transaction are refused, not lost in silence.
    ChangeSet orphan;
    orphan.transactions[b->txid()].lastSeenMs = 1;
    TxGraph empty(kGenesis);
    COMPARE_ERROR(empty.apply(orphan), ErrorCode::Malformed);
}

void TxGraphTest::storesAndRestores()
{
    const ChainFixture chain;
    WalletFixture wallet(chain);
    TxGraph restored(chain.chain[0].hash);
    for (const FixtureBlock& block : chain.chain) {
        const ChangeSet changes = wallet.apply(block);
        auto decoded = decodeChangeSet(encodeChangeSet(changes));
        VERIFY_RESULT(decoded);
        QCOMPARE(encodeChangeSet(*decoded), encodeChangeSet(changes));
        VERIFY_RESULT(restored.apply(*decoded));
    }
    QCOMPARE(dump(restored), dump(wallet.graph));

    // As the engine stores it: the newest record of each transaction, and the chain points.
    TxGraph fromRecords(chain.chain[0].hash);
    for (const auto& node : wallet.graph.nodes()) {
        const base::Bytes record = encodeTransactionRecord(node.facts);
        auto facts = decodeTransactionRecord(record);
        VERIFY_RESULT(facts);
        QCOMPARE(encodeTransactionRecord(*facts), record);
        // The branch leads to the root of the block that the anchor names.
        for (const Anchor& anchor : facts->anchors) {
            const auto& header = chain.chain[anchor.height].block.header;
            QCOMPARE(rootFromBranch(node.txid, anchor.branch), header.merkleRoot);
        }
        ChangeSet changes;
        changes.transactions.emplace(node.txid, facts.take());
        VERIFY_RESULT(fromRecords.apply(changes));
    }
    auto points = decodeChainRecord(encodeChainRecord(wallet.graph.all().chain));
    VERIFY_RESULT(points);
    ChangeSet changes;
    changes.chain = points.take();
    VERIFY_RESULT(fromRecords.apply(changes));
    QCOMPARE(dump(fromRecords), dump(wallet.graph));
}

void TxGraphTest::refusesInvalidTransactions()
{
    TxGraph graph(kGenesis);
    const auto tooMuch = transaction({foreignPoint(1)}, {pay(kMaxMoney + 1, foreignScript(1))});
    QVERIFY(!graph.seen(tooMuch, 1));
    const auto negative = transaction({foreignPoint(1)}, {pay(-1, foreignScript(1))});
    QVERIFY(!graph.seen(negative, 1));
    const auto twice = transaction({foreignPoint(1), foreignPoint(1)}, {pay(1, foreignScript(1))});
    QVERIFY(!graph.seen(twice, 1));
    QVERIFY(!graph.applyBlock(1, blockHash(1), 1, {inBlock(negative)}));
    QCOMPARE(graph.size(), std::size_t(0));
    QCOMPARE(graph.chain().tipHeight(), 0U);
}

void TxGraphTest::refusesDamagedRecords()
{
    const auto a = transaction({foreignPoint(1)}, {pay(1000, foreignScript(1))});
    struct Row
    {
        const char* name;
        std::function<void(base::CborWriter&)> write;
    };
    const base::Bytes raw = a->serialize();
    const std::vector<Row> rows{
        {"no transaction",
         [](base::CborWriter& out) {
             out.beginMap(1);
             out.uint(2);
             out.integer(5);
         }},
        {"unknown key",
         [&](base::CborWriter& out) {
             out.beginMap(2);
             out.uint(1);
             out.bytes(raw);
             out.uint(9);
             out.integer(5);
         }},
        {"zero origin",
         [&](base::CborWriter& out) {
             out.beginMap(2);
             out.uint(1);
             out.bytes(raw);
             out.uint(5);
             out.uint(0);
         }},
        {"no anchors in the list",
         [&](base::CborWriter& out) {
             out.beginMap(2);
             out.uint(1);
             out.bytes(raw);
             out.uint(6);
             out.beginArray(0);
         }},
        {"trailing bytes in the transaction",
         [&](base::CborWriter& out) {
             out.beginMap(1);
             out.uint(1);
             out.bytes(base::concat(raw, base::Bytes{0}));
         }},
    };
    for (const Row& row : rows) {
        base::CborWriter out;
        row.write(out);
        QVERIFY2(!decodeTransactionRecord(out.view()), row.name);
    }
    COMPARE_ERROR(decodeTransactionRecord({}), ErrorCode::Malformed);
    COMPARE_ERROR(decodeChangeSet({}), ErrorCode::Malformed);
}

void TxGraphTest::refusesEveryTruncation()
{
    TxGraph graph(kGenesis);
    const auto a = transaction({foreignPoint(1)}, {pay(1000, foreignScript(1))});
    VERIFY_RESULT(graph.seen(a, 50, Origin::Own));
    VERIFY_RESULT(graph.applyBlock(5, blockHash(5), 500, {inBlock(a)}));
    graph.addOutput(foreignPoint(7), pay(5, foreignScript(7)));
    const base::Bytes whole = encodeChangeSet(graph.all());
    VERIFY_RESULT(decodeChangeSet(whole));
    for (std::size_t size = 0; size < whole.size(); ++size)
        QVERIFY(!decodeChangeSet(base::ByteView(whole).subspan(0, size)));
    QVERIFY(!decodeChangeSet(base::concat(whole, base::Bytes{0})));
}

QTEST_GUILESS_MAIN(TxGraphTest)
#include "tx_graph_test.moc"
