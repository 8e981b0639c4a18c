// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: an estimate is what prepare then shows and leaves no trace, "everything" says what it does
// not take, and a payment that was taken is not offered again. Method: the real coffer-cli and a
// real bitcoind on regtest.

#include "tests/functional/journey.h"

using namespace coffer;
using base::Json;
using test::CommandLine;
using test::Journey;
using test::text;
using test::words;

class SendEverythingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        VERIFY_RESULT(m_journey.start());
    }
    void cleanup() { m_journey.end(); }
    void estimatesAndSaysWhatIsLeft();

private:
    Journey m_journey;
};

void SendEverythingTest::estimatesAndSaysWhatIsLeft()
{
    auto cli = m_journey.commandLine();
    const auto account = m_journey.fund(cli, "bip84");
    const auto must = [&](const QStringList& command) { return m_journey.must(cli, command); };
    const auto frozen = m_journey.address(cli, account);
    m_journey.pay(frozen, "0.2");
    m_journey.mine(1);
    m_journey.pay(m_journey.address(cli, account), "0.3"); // Stays without a block.
    m_journey.sync(cli);
    const auto coins = must(words("coins list --account") << account)["coins"];
    for (const auto& coin : coins) {
        if (text(coin, "address") == frozen)
            must(words("coins freeze") << text(coin, "outpoint"));
    }

    const auto payee = m_journey.payee();
    const auto draft = words("--amount max --fee-rate 3 --account")
                       << account << QStringLiteral("--to") << payee;
    const auto estimate = must(words("send estimate") + draft);
    QCOMPARE(must(words("send list"))["intents"].size(), 0U);
    const auto prepared = must(words("send prepare") + draft);
    for (const char* member : {"amount", "fee", "total", "balance_after", "fee_rate"})
        QCOMPARE(text(estimate, member), text(prepared, member));
    QCOMPARE(text(prepared, "balance_after"), QStringLiteral("0"));
    const auto& left = prepared["left_behind"];
    QCOMPARE(left, estimate["left_behind"]);
    QStringList reasons;
    for (const auto& item : left)
        reasons << text(item, "reason") + QLatin1Char(' ') + text(item, "amount");
    QVERIFY2(reasons.contains(QStringLiteral("frozen 20000000")),
             qPrintable(reasons.join(QLatin1Char('|'))));
    QVERIFY(!prepared["inputs"].empty());

    // Now the payment itself holds the coins: what is left for another one is nothing but them.
    const auto sent = must(words("send confirm") << text(prepared, "intent"));
    QVERIFY(!text(sent, "raw").isEmpty());
    m_journey.untilInMempool(text(sent, "txid"));
    m_journey.expect(cli, words("send again") << text(prepared, "intent"), "rejected");

    // The history is asked by direction, status and time.
    const auto rows = [&](const char* options) {
        return must(words(options) << QStringLiteral("--account") << account)["entries"];
    };
    QCOMPARE(rows("history --direction out").size(), 1U);
    QCOMPARE(text(rows("history --direction out")[0], "txid"), text(sent, "txid"));
    QVERIFY(rows("history --direction in").size() >= 2U);
    for (const auto& row : rows("history --status pending"))
        QCOMPARE(text(row, "status"), QStringLiteral("pending"));
    QCOMPARE(rows("history --until 2011-01-01").size(), 0U);
    m_journey.expect(cli, words("history --direction sideways"), "usage", 2);

    // What it spent is known by address and amount.
    const auto detail =
        must(words("history show") << text(rows("history --direction out")[0], "id"));
    QCOMPARE(detail["spent"].size(), detail["inputs"].size());
    QVERIFY(detail["spent"][0]["ours"].get<bool>());
    QVERIFY(!text(detail["spent"][0], "amount").isEmpty());
}

QTEST_GUILESS_MAIN(SendEverythingTest)
#include "send_everything_test.moc"
