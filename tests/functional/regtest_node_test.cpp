// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/regtest_node.h"
#include "tests/support/test.h"

using namespace coffer;
using test::RegtestNode;

/// The functional tests stand on this node: it mines, pays, refuses, ends and comes back.
class RegtestNodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void minesAndPays();
    void namesWhatTheNodeRefuses();
    void comesBackAfterACrash();
    void twoNodesDoNotMeet();
};

void RegtestNodeTest::minesAndPays()
{
    auto node = RegtestNode::start();
    VERIFY_RESULT(node);
    VERIFY_RESULT((*node)->mine(110));
    const auto height = (*node)->height();
    VERIFY_RESULT(height);
    QCOMPARE(*height, 110);

    const auto address = (*node)->newAddress();
    VERIFY_RESULT(address);
    QVERIFY(address->starts_with("bcrt1q"));
    const auto txid = (*node)->send(*address, "0.00015");
    VERIFY_RESULT(txid);
    QCOMPARE(txid->size(), std::size_t(64));
    const auto pool = (*node)->rpc("getrawmempool");
    VERIFY_RESULT(pool);
    QCOMPARE(pool->size(), std::size_t(1));
}

void RegtestNodeTest::namesWhatTheNodeRefuses()
{
    auto node = RegtestNode::start({{}, test::RegtestOptions::Wallet::None});
    VERIFY_RESULT(node);
    const auto answer = (*node)->rpc("getblockhash", {999});
    COMPARE_ERROR(answer, base::ErrorCode::Rejected);
    QVERIFY(answer.error().detail.find("out of range") != std::string::npos);
}

void RegtestNodeTest::comesBackAfterACrash()
{
    auto node = RegtestNode::start();
    VERIFY_RESULT(node);
    const auto peer = (*node)->peer();
    VERIFY_RESULT((*node)->mine(3));
    (*node)->stop();
    QVERIFY(!(*node)->height());
    VERIFY_RESULT((*node)->resume());
    (*node)->kill();
    VERIFY_RESULT((*node)->resume());
    QCOMPARE((*node)->peer(), peer);
    const auto height = (*node)->height();
    VERIFY_RESULT(height);
    QCOMPARE(*height, 3);
    VERIFY_RESULT((*node)->newAddress());
}

void RegtestNodeTest::twoNodesDoNotMeet()
{
    auto one = RegtestNode::start();
    VERIFY_RESULT(one);
    auto other = RegtestNode::start();
    VERIFY_RESULT(other);
    VERIFY_RESULT((*one)->mine(2));
    const auto height = (*other)->height();
    VERIFY_RESULT(height);
    QCOMPARE(*height, 0);
}

QTEST_GUILESS_MAIN(RegtestNodeTest)
#include "regtest_node_test.moc"
