// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the wallet follows the chain with most work and no other one. Method: two real bitcoinds
// that mine apart: a payment and a receipt are confirmed on one branch, six blocks of which the
// longer branch of the other node replaces; and a node of the other side of the chain split.

#include "tests/functional/steps.h"

using namespace coffer::test;
using coffer::base::Json;

namespace {

/// Reads the other one's chain, then hangs up.
void follow(RegtestNode& reader, RegtestNode& source)
{
    VERIFY_RESULT(reader.rpc("setnetworkactive", Json::array({true})));
    const auto height = must(source.height());
    VERIFY_RESULT(reader.rpc("addnode", Json::array({source.peer().toStdString(), "onetry"})));
    QTRY_COMPARE_WITH_TIMEOUT(must(reader.height()), height, 30'000);
    VERIFY_RESULT(reader.rpc("setnetworkactive", Json::array({false})));
    // Serving us again, alone.
    QTRY_COMPARE_WITH_TIMEOUT(must(reader.rpc("getconnectioncount")).get<int>(), 0, 30'000);
    VERIFY_RESULT(reader.rpc("setnetworkactive", Json::array({true})));
}

/// A signed transaction that pays one old coin of the node to an address; not sent.
std::string signedSpend(RegtestNode& node, const Json& coin, const std::string& address,
                        const char* amount, const std::string& rest)
{
    Json inputs = Json::array({{{"txid", coin["txid"]}, {"vout", coin["vout"]}}});
    Json outputs = Json::array();
    outputs.push_back({{address, amount}});
    if (!rest.empty())
        outputs.push_back({{rest, "49.4999"}});
    const auto raw = must(node.rpc("createrawtransaction", Json::array({inputs, outputs})));
    const auto done = must(node.rpc("signrawtransactionwithwallet", Json::array({raw})));
    return done.is_object() && done.contains("hex") ? done["hex"].get<std::string>()
                                                    : std::string();
}

bool hasInMempool(RegtestNode& node, const QString& txid)
{
    return bool(node.rpc("getmempoolentry", Json::array({txid.toStdString()})));
}

} // namespace

class TwoNodesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void followsTheLongerBranchBack();
    void refusesTheOtherChainByName();
};

void TwoNodesTest::followsTheLongerBranchBack()
{
    auto first = must(RegtestNode::start());
    auto second = must(RegtestNode::start());
    QVERIFY(first && second);
    const auto miner = must(first->newAddress());
    must(first->mine(110, miner));
    CommandLine cli(QStringLiteral("regtest"), first->peer());
    const auto address = newWallet(cli);
    must(first->send(address.toStdString(), "1"));
    must(first->mine(1, miner));
    follow(*second, *first); // Both at 111, with the wallet's first bitcoin; from here on apart.

    const auto coins = must(first->rpc("listunspent", Json::array({20})));
    QVERIFY(!coins.empty());
    const auto receipt = signedSpend(*first, coins[0], address.toStdString(), "0.5", miner);
    const auto rival = signedSpend(*first, coins[0], miner, "49.9999", {});
    sync(cli);
    const auto prepared = must(cli, words("send prepare --amount 0.25 --fee-rate 2 --to")
                                        << QString::fromStdString(miner));
    const auto fee = text(prepared, "fee").toLongLong();
    const auto payment = text(must(cli, words("send confirm") << text(prepared, "intent")), "txid");
    const auto received = QString::fromStdString(
        must(first->rpc("sendrawtransaction", Json::array({receipt}))).get<std::string>());
    QTRY_VERIFY_WITH_TIMEOUT(hasInMempool(*first, payment), 20'000);
    must(first->mine(6, miner));
    sync(cli);
    QCOMPARE(text(balance(cli), "settled").toLongLong(),
             100'000'000 - 25'000'000 - fee + 50'000'000);
    QCOMPARE(text(rowOf(cli, payment), "status"), QStringLiteral("final"));
    QCOMPARE(rowOf(cli, received)["confirmations"].get<int>(), 6);
    verifyBooks(cli);

    // The other branch: seven blocks, the receipt's coin spent differently, no payment of ours.
    must(second->rpc("sendrawtransaction", Json::array({rival})));
    const auto elsewhere = must(second->newAddress());
    must(second->mine(7, elsewhere));
    cli.setPeers({first->peer(), second->peer()});
    const auto status = sync(cli);
    QCOMPARE(status["header_height"].get<int>(), 118);
    const auto lost = rowOf(cli, payment);
    QCOMPARE(text(lost, "status"), QStringLiteral("pending"));
    QCOMPARE(lost["confirmations"].get<int>(), 0);
    // Its rival pays and spends nothing of ours: all that is known is that it is in no block.
    QCOMPARE(text(rowOf(cli, received), "status"), QStringLiteral("pending"));
    const auto intents = must(cli, words("send list"))["intents"];
    QVERIFY(text(intents[0], "state") != QStringLiteral("final"));
    QVERIFY(text(intents[0], "next") != QStringLiteral("none"));
    auto now = balance(cli);
    QCOMPARE(text(now, "settled").toLongLong(), 100'000'000);
    QCOMPARE(text(now, "pending").toLongLong(), 50'000'000 - 25'000'000 - fee);
    verifyBooks(cli);

    // A node that stays hands it on again, and it confirms on the new branch.
    cli.setPeers({second->peer()});
    {
        auto engine = cli.startHeadless();
        QVERIFY(engine);
        auto watching = cli.start(words("watch")); // Keeps the wallet open.
        QTRY_VERIFY_WITH_TIMEOUT(hasInMempool(*second, payment), 30'000);
        watching->kill();
        watching->waitForFinished();
        engine->terminate();
        QVERIFY(engine->waitForFinished(20'000));
    }
    must(second->mine(1, elsewhere));
    sync(cli);
    now = balance(cli);
    QCOMPARE(text(now, "settled").toLongLong(), 100'000'000 - 25'000'000 - fee);
    QCOMPARE(text(now, "pending"), QStringLiteral("50000000"));
    QCOMPARE(rowOf(cli, payment)["confirmations"].get<int>(), 1);
    verifyBooks(cli);
}

void TwoNodesTest::refusesTheOtherChainByName()
{
    // bitcoin.md 8.3: from block 110 on this node's headers have 164 bytes.
    RegtestOptions options;
    options.arguments = {QStringLiteral("-testactivationheight=blake2b@110"),
                         QStringLiteral("-blake2b_headline=x")};
    auto honest = must(RegtestNode::start());
    auto other = must(RegtestNode::start(options));
    QVERIFY(honest && other);
    const auto miner = must(honest->newAddress());
    must(honest->mine(105, miner));
    follow(*other, *honest);

    CommandLine cli(QStringLiteral("regtest"), honest->peer());
    const auto address = newWallet(cli);
    must(honest->send(address.toStdString(), "1"));
    must(honest->mine(8, miner)); // 113.
    sync(cli);
    // On the other side every block pays the wallet, and there are more of them.
    must(other->mine(15, address.toStdString()));
    QCOMPARE(must(other->height()), 120);

    const auto unmoved = [&] {
        QCOMPARE(must(cli, words("node status"))["header_height"].get<int>(), 113);
        const auto now = balance(cli);
        QCOMPARE(text(now, "settled"), QStringLiteral("100000000"));
        QCOMPARE(text(now, "pending"), QStringLiteral("0"));
        QCOMPARE(text(now, "immature"), QStringLiteral("0"));
        QCOMPARE(must(cli, words("history"))["total"].get<int>(), 1);
        verifyBooks(cli);
    };
    const auto refused = [](CommandLine& asked) {
        const auto outcome = asked.run(words("node sync --wait --timeout 4"));
        QCOMPARE(QString::fromStdString(outcome.errorCode), QStringLiteral("unproved"));
        QVERIFY2(outcome.errorText.find("different chain") != std::string::npos,
                 outcome.errorText.c_str());
    };
    // It shows 109 headers and then says that this is all: named, not believed.
    cli.setPeers({other->peer()});
    refused(cli);
    unmoved();
    CommandLine fresh(QStringLiteral("regtest"), other->peer());
    newWallet(fresh);
    refused(fresh);
    QVERIFY(balance(fresh)["settled"].is_null()); // Not known, rather than 0.

    // Beside an honest one it is not counted and does not stand in the way.
    cli.setPeers({other->peer(), honest->peer()});
    QCOMPARE(sync(cli)["header_height"].get<int>(), 113);
    unmoved();
    must(honest->mine(1, miner));
    QCOMPARE(sync(cli)["header_height"].get<int>(), 114);
}

QTEST_GUILESS_MAIN(TwoNodesTest)
#include "two_nodes_test.moc"
