// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a wallet never keeps what the chain has left, also when the node is new and cannot tell;
// and what the node finds out leads to something that a person sees. Method: a whole engine on a
// fake node behind a socket; the fixture's chains, whose balances a real node computed.

#include "tests/core/bitcoin/wallet_fixture.h"
#include "tests/core/engine/chained_engine.h"

using namespace coffer;
using namespace coffer::test;

namespace {

constexpr qint64 kMainTotal = 169'894'146;
constexpr qint64 kStaleTotal = 214'294'146;
constexpr std::uint32_t kDay = 86'400;

const ChainFixture& fixture()
{
    static const ChainFixture s_fixture;
    return s_fixture;
}

ChainBuilder mainChain()
{
    return ChainBuilder::fromFixture(fixture().json.at("chain"));
}

ChainBuilder staleChain()
{
    auto chain = mainChain();
    chain.cutAbove(fixture().forkHeight);
    chain.appendFixture(fixture().json.at("stale_branch"));
    return chain;
}

} // namespace

class WalletFollowerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<std::string>("std::string"); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void cleanup() { m_engine.reset(); }
    void leavesALostBlockWithNewNodeData();
    void goesBackFurtherThanADay();
    void offersToLookForOlderPayments();
    void asksBeforeADeepReorganisation();

private:
    ChainedEngine& on(ChainBuilder chain)
    {
        m_engine = std::make_unique<ChainedEngine>(std::move(chain));
        return *m_engine;
    }
    static qint64 settled(ChainedEngine& engine)
    {
        qint64 sum = 0;
        const auto answer = engine.client().call("balance", engine.with());
        for (const auto& balance : answer["result"]["balances"]) {
            if (balance["settled"].is_string())
                sum += std::stoll(balance["settled"].get<std::string>());
        }
        return sum;
    }
    /// Joined by commas.
    static QString notices(ChainedEngine& engine)
    {
        QStringList out;
        const auto answer = engine.client().call("balance", engine.with());
        for (const auto& notice : answer["result"]["notices"])
            out.append(QString::fromStdString(notice.get<std::string>()));
        return out.join(QLatin1Char(','));
    }
    static QString status(ChainedEngine& engine, const char* member)
    {
        const auto answer = engine.client().call("node.status");
        return QString::fromStdString(base::writeJson(answer["result"][member]));
    }

    std::unique_ptr<ChainedEngine> m_engine;
};

void WalletFollowerTest::leavesALostBlockWithNewNodeData()
{
    auto& engine = on(staleChain());
    engine.restore("2011-01-01");
    QCOMPARE(engine.sync(), QString());
    QCOMPARE(settled(engine), kStaleTotal);
    engine.node().setChain(mainChain());
    engine.restartWithNewNodeData();
    QCOMPARE(engine.sync(), QString());
    QCOMPARE(settled(engine), kMainTotal);
    QCOMPARE(notices(engine), QString()); // Two blocks: nothing to speak of.
    QCOMPARE(engine.client().refusal("audit.verify", engine.with()), QString());
}

void WalletFollowerTest::goesBackFurtherThanADay()
{
    auto first = mainChain();
    const auto ours =
        fixture().index().scriptAt({accountId(84), bitcoin::DescriptorRole::Receive, 0});
    VERIFY_RESULT(ours);
    first.mineMany(10, 1);
    first.mine({pay(70'000, *ours)}, {}, 1);
    first.mineMany(190, 1);
    auto& engine = on(first);
    engine.restore("2011-01-01");
    QCOMPARE(engine.sync(), QString());
    QCOMPARE(settled(engine), kMainTotal + 70'000);
    auto second = mainChain();
    second.mineMany(230, 2);
    engine.node().setChain(second);
    engine.restartWithNewNodeData();
    QCOMPARE(engine.sync(), QString());
    QCOMPARE(settled(engine), kMainTotal);
    QCOMPARE(notices(engine), QStringLiteral("chain_replaced"));
    QCOMPARE(engine.client().refusal("audit.verify", engine.with()), QString());
}

void WalletFollowerTest::offersToLookForOlderPayments()
{
    // Paid in the first days, spent long after what is taken for the birthday.
    const auto ours =
        fixture().index().scriptAt({accountId(84), bitcoin::DescriptorRole::Receive, 0});
    VERIFY_RESULT(ours);
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.setSpacing(kDay);
    chain.mineMany(4);
    chain.mine({pay(70'000, *ours)});
    const auto paid = chain.tip().block.transactions[0].txid();
    chain.mineMany(110);
    const auto path = crypto::parsePath("m/84h/1h/0h/0/0");
    VERIFY_RESULT(path);
    const auto key = ChainFixture::root().derivePath(*path);
    VERIFY_RESULT(key);
    const auto publicKey = key->neuter().publicKey().bytes();
    bitcoin::Transaction spend = *transaction({{paid, 0}}, {pay(60'000, foreignScript(1))});
    spend.inputs[0].witness = {base::Bytes(71, 1), base::Bytes(publicKey.begin(), publicKey.end())};
    chain.mine({}, {spend});
    chain.mineMany(3);
    auto& engine = on(chain);
    // The node must know the dates before a birthday means a height.
    QCOMPARE(engine.client().refusal("node.sync", {{"wait", true}, {"timeout", 15}}), QString());
    engine.restore("2011-04-10"); // Genesis is of 2 February; two weeks of margin.
    QCOMPARE(engine.client().refusal("account.add", engine.with({{"birthday", "2011-04-10"}})),
             QString());
    QCOMPARE(engine.sync(), QString());
    QCOMPARE(notices(engine), QStringLiteral("older_payments"));
    engine.start(); // It stays until somebody acts.
    QCOMPARE(notices(engine), QStringLiteral("older_payments"));
    QCOMPARE(engine.client().refusal("node.rescan", engine.with({{"from", "2011-01-01"}})),
             QString());
    QCOMPARE(engine.sync(), QString());
    QCOMPARE(notices(engine), QString());
    const auto history = engine.client().call("history", engine.with());
    QCOMPARE(history["result"]["total"].get<int>(), 2);
}

void WalletFollowerTest::asksBeforeADeepReorganisation()
{
    auto& engine = on(mainChain());
    QCOMPARE(engine.client().refusal("node.sync", {{"wait", true}, {"timeout", 15}}), QString());
    QCOMPARE(engine.client().refusal("node.accept-reorganisation"), QStringLiteral("not_found"));
    auto other = mainChain();
    other.cutAbove(20);
    other.mineMany(130, 3);
    engine.node().setChain(other);
    QTRY_COMPARE_WITH_TIMEOUT(status(engine, "problem"), QStringLiteral("\"deep_fork\""), 15'000);
    QCOMPARE(status(engine, "problem_height"), QStringLiteral("20"));
    QCOMPARE(status(engine, "header_height"), QStringLiteral("131"));
    QCOMPARE(engine.client().refusal("node.accept-reorganisation"), QString());
    QTRY_COMPARE_WITH_TIMEOUT(status(engine, "header_height"), QStringLiteral("150"), 15'000);
    QCOMPARE(status(engine, "problem"), QStringLiteral("null"));
}

QTEST_GUILESS_MAIN(WalletFollowerTest)
#include "wallet_follower_test.moc"
