// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: PSBTs between Coffer and another wallet, both ways, down to a payment that both sign.
// Method: coffer-cli as a process and the wallet of a real bitcoind, which decodes, signs,
// finalises and accepts; nothing here is a double.

#include "tests/functional/journey.h"
#include "tests/functional/psbt_requests.h"

#include <QFile>

using namespace coffer;
using namespace coffer::test;
using base::Json;

namespace {

} // namespace

class PsbtFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_journey.end(); }
    void isUnderstoodByTheOtherWallet_data();
    void isUnderstoodByTheOtherWallet();
    void speaksVersion2();
    void understandsTheOtherWallet();
    void paysTogetherWithAnother();
    void keepsTheBooksWhenAnotherSends();

private:
    QString fileOf(CommandLine& cli, const char* name, const std::string& content)
    {
        return cli.secretFile(QString::fromUtf8(name), content);
    }
    /// One coin of ours and one of the node's wallet, to a third party and back to both.
    std::string jointPsbt(CommandLine& cli, const QString& account);

    Journey m_journey;
};

void PsbtFlowTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    VERIFY_RESULT(m_journey.start());
}

void PsbtFlowTest::isUnderstoodByTheOtherWallet_data()
{
    QTest::addColumn<QString>("type");
    for (const char* type : {"bip84", "bip86", "bip49", "bip44"})
        QTest::newRow(type) << QString::fromUtf8(type);
}

void PsbtFlowTest::isUnderstoodByTheOtherWallet()
{
    QFETCH(QString, type);
    auto cli = m_journey.commandLine();
    const auto account = m_journey.fund(cli, type.toUtf8().constData());
    const auto path = cli.folder() + QStringLiteral("/payment.psbt");
    const auto created =
        m_journey.must(cli, words("psbt create --amount 0.25 --fee-rate 3")
                                << QStringLiteral("--account") << account << QStringLiteral("--to")
                                << m_journey.payee() << QStringLiteral("--file") << path);
    const auto decoded = m_journey.rpc("decodepsbt", Json::array({created["psbt"]}));
    const auto fee = text(created, "fee").toLongLong();
    QCOMPARE(qRound64(decoded["fee"].get<double>() * 1e8), fee);

    // The file is binary, as its name says, and says the same.
    const auto inspected = m_journey.must(cli, words("psbt inspect --file") << path);
    QCOMPARE(inspected["version"].get<int>(), 0);
    QCOMPARE(text(inspected, "fee").toLongLong(), fee);
    QCOMPARE(text(inspected, "leaving").toLongLong(), 25'000'000 + fee);
    QCOMPARE(text(inspected, "next"), QStringLiteral("sign"));
    QVERIFY(inspected["inputs"][0]["ours"].get<bool>());
    QCOMPARE(inspected["inputs"][0]["missing"].size(), 1U);
    int change = 0;
    for (const auto& output : inspected["outputs"])
        change += output["change"].get<bool>() ? 1 : 0;
    QCOMPARE(change, 1);
    QVERIFY(inspected["problems"].empty());

    const auto done = m_journey.must(cli, words("psbt sign --file") << path);
    QVERIFY(done["complete"].get<bool>());
    const auto theirs = m_journey.rpc("finalizepsbt", Json::array({done["psbt"]}));
    QVERIFY(theirs["complete"].get<bool>());
    const auto accepted =
        m_journey.rpc("testmempoolaccept", Json::array({Json::array({theirs["hex"]})}));
    QVERIFY2(accepted[0]["allowed"].get<bool>(), base::writeJson(accepted).c_str());
    const auto ours =
        m_journey.must(cli, words("psbt finalize --file") << fileOf(cli, "signed", done["psbt"]));
    QVERIFY(ours["complete"].get<bool>());
    QCOMPARE(ours["transaction"], theirs["hex"]);
    QVERIFY(ours["missing"].empty());
}

void PsbtFlowTest::speaksVersion2()
{
    auto cli = m_journey.commandLine();
    m_journey.fund(cli, "bip84");
    const auto created =
        m_journey.must(cli, words("psbt create --psbt-version 2 --amount max --fee-rate 2 --to")
                                << m_journey.payee());
    const auto file = fileOf(cli, "v2", created["psbt"]);
    const auto inspected = m_journey.must(cli, words("psbt inspect --file") << file);
    QCOMPARE(inspected["version"].get<int>(), 2);
    QCOMPARE(inspected["outputs"].size(), 1U);
    const auto done = m_journey.must(cli, words("psbt sign --file") << file);
    const auto final =
        m_journey.must(cli, words("psbt finalize --file") << fileOf(cli, "signed", done["psbt"]));
    const auto accepted =
        m_journey.rpc("testmempoolaccept", Json::array({Json::array({final["transaction"]})}));
    QVERIFY2(accepted[0]["allowed"].get<bool>(), base::writeJson(accepted).c_str());
}

void PsbtFlowTest::understandsTheOtherWallet()
{
    auto cli = m_journey.commandLine();
    m_journey.fund(cli, "bip84");
    const auto funded =
        m_journey.rpc("walletcreatefundedpsbt",
                      Json::array({Json::array(), Json::array({pays(m_journey.payee(), "0.5")}), 0,
                                   member("fee_rate", 7)}));
    const auto file = fileOf(cli, "theirs", funded["psbt"]);
    auto inspected = m_journey.must(cli, words("psbt inspect --file") << file);
    QCOMPARE(text(inspected, "fee").toLongLong(), qRound64(funded["fee"].get<double>() * 1e8));
    QVERIFY(!inspected["inputs"][0]["ours"].get<bool>());
    QCOMPARE(text(inspected, "next"), QStringLiteral("collect"));
    QCOMPARE(text(inspected, "leaving"), QStringLiteral("0"));
    m_journey.expect(cli, words("psbt sign --file") << file, "rejected");

    const auto processed = m_journey.rpc("walletprocesspsbt", Json::array({funded["psbt"]}));
    const auto signedFile = fileOf(cli, "processed", processed["psbt"]);
    inspected = m_journey.must(cli, words("psbt inspect --file") << signedFile);
    QVERIFY(inspected["complete"].get<bool>());
    const auto theirs = m_journey.rpc("finalizepsbt", Json::array({processed["psbt"]}));
    const auto final = m_journey.must(cli, words("psbt finalize --file") << signedFile);
    QCOMPARE(final["transaction"], theirs["hex"]);
    // It is theirs to send.
    m_journey.expect(cli, words("psbt broadcast --file") << signedFile, "rejected");

    // Without the coins nothing is known of the fee, and that is said.
    const auto bare =
        m_journey.rpc("createpsbt", Json::array({Json::array({coin(std::string(64, 'a'), 0)}),
                                                 Json::array({pays(m_journey.payee(), "0.5")})}));
    inspected = m_journey.must(cli, words("psbt inspect --file") << fileOf(cli, "bare", bare));
    QVERIFY(inspected["fee"].is_null());
    QVERIFY(inspected["fee_rate"].is_null());
    QVERIFY(inspected["inputs"][0]["amount"].is_null());
    QVERIFY(inspected["inputs"][0]["ours"].is_null());
    QCOMPARE(text(inspected["problems"][0], "problem"), QStringLiteral("utxo_missing"));
}

std::string PsbtFlowTest::jointPsbt(CommandLine& cli, const QString& account)
{
    const auto own = m_journey.must(cli, words("coins list --account") << account)["coins"][0];
    const auto point = text(own, "outpoint").split(QLatin1Char(':'));
    const auto theirs = m_journey.rpc("listunspent", Json::array({1, 9'999'999}));
    const auto* rich = &theirs[0];
    for (const auto& candidate : theirs) {
        if (candidate["amount"].get<double>() > 10)
            rich = &candidate;
    }
    const auto back = m_journey.address(cli, account);
    const Json inputs = Json::array(
        {coin(point[0].toStdString(), point[1].toInt()), coin((*rich)["txid"], (*rich)["vout"])});
    // 1 bitcoin of ours, 50 of theirs: 3 to a third, 0.4 back to us, 47.5999 back to them.
    const Json outputs = Json::array(
        {pays(m_journey.payee(), "3"), pays(back, "0.4"), pays(m_journey.payee(), "47.5999")});
    const auto created = m_journey.rpc("createpsbt", Json::array({inputs, outputs}));
    return created.get<std::string>();
}

void PsbtFlowTest::paysTogetherWithAnother()
{
    auto cli = m_journey.commandLine();
    const auto account = m_journey.fund(cli, "bip84");
    const auto bare = jointPsbt(cli, account);
    // Each works on the bare PSBT: theirs adds its coin and signature, ours the same.
    const auto theirs =
        m_journey.rpc("walletprocesspsbt", Json::array({bare, true, "ALL", true, false}));
    QVERIFY(!theirs["complete"].get<bool>());
    const auto theirFile = fileOf(cli, "theirs", theirs["psbt"]);
    auto inspected = m_journey.must(cli, words("psbt inspect --file") << theirFile);
    QCOMPARE(text(inspected, "fee"), QStringLiteral("10000"));
    QCOMPARE(text(inspected, "leaving"), QStringLiteral("60000000"));
    QCOMPARE(inspected["inputs"][1]["signed_by"].size(), 1U);
    QCOMPARE(inspected["inputs"][0]["missing"].size(), 1U);

    // What they hold is not proved to us without their PSBT.
    m_journey.expect(cli, words("psbt sign --file") << fileOf(cli, "bare", bare), "unproved");
    const auto ours = m_journey.must(cli, words("psbt sign --file") << theirFile);
    QVERIFY(ours["complete"].get<bool>());
    const auto ourFile = fileOf(cli, "ours", ours["psbt"]);
    const auto both = m_journey.must(cli, words("psbt combine --file")
                                              << theirFile << QStringLiteral("--file") << ourFile);
    QVERIFY(both["complete"].get<bool>());
    const auto bothFile = fileOf(cli, "both", both["psbt"]);
    m_journey.expect(cli, words("psbt broadcast --file") << theirFile, "rejected");
    const auto sent = m_journey.must(cli, words("psbt broadcast --file") << bothFile);
    const auto txid = text(sent, "txid");
    m_journey.untilInMempool(txid);
    QCOMPARE(sent["intent"], ours["intent"]);
    QCOMPARE(text(m_journey.must(cli, words("psbt broadcast --file") << bothFile), "txid"), txid);

    m_journey.mine(1);
    m_journey.sync(cli);
    const auto balances = m_journey.must(cli, words("balance"))["balances"];
    QCOMPARE(text(balances[0], "settled"), QStringLiteral("40000000"));
    const auto row = m_journey.must(cli, words("history"))["entries"][0];
    QCOMPARE(text(row, "txid"), txid);
    QCOMPARE(text(row, "amount"), QStringLiteral("-60000000"));
    QCOMPARE(row["confirmations"].get<int>(), 1);
    m_journey.mustBalance(cli);
}

void PsbtFlowTest::keepsTheBooksWhenAnotherSends()
{
    auto cli = m_journey.commandLine();
    const auto account = m_journey.fund(cli, "bip44");
    const auto created = m_journey.createPsbt(cli, account);
    const auto done =
        m_journey.must(cli, words("psbt sign --file") << fileOf(cli, "unsigned", created["psbt"]));
    const auto theirs = m_journey.rpc("finalizepsbt", Json::array({done["psbt"]}));
    m_journey.rpc("sendrawtransaction", Json::array({theirs["hex"]}));
    m_journey.mine(1);
    m_journey.sync(cli);
    const auto intents = m_journey.must(cli, words("send list"))["intents"];
    QCOMPARE(intents.size(), 1U);
    QCOMPARE(text(intents[0], "state"), QStringLiteral("confirmed"));
    const auto balances = m_journey.must(cli, words("balance"))["balances"];
    QCOMPARE(text(balances[0], "settled").toLongLong(),
             100'000'000 - 25'000'000 - text(created, "fee").toLongLong());
    m_journey.mustBalance(cli);
}

QTEST_GUILESS_MAIN(PsbtFlowTest)
#include "psbt_flow_test.moc"
