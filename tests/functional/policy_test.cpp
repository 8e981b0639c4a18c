// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: limits hold, say what they refused and what to do about it, and loosen only by the
// password. Method: coffer-cli as a process against a real bitcoind.

#include "tests/functional/journey.h"

using namespace coffer::test;
using coffer::base::Json;

class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_journey.end(); }
    void refusesMoreThanOnePaymentMayTake();
    void refusesMoreThanADayMayTake();
    void signsNothingWhileFrozen();
    void paysOnlyWhoIsOnTheList();
    void refusesNonsense();

private:
    QString prepare(CommandLine& cli, const char* amount, const QString& to)
    {
        const auto prepared =
            m_journey.must(cli, words("send prepare --fee-rate 2 --amount")
                                    << QString::fromUtf8(amount) << QStringLiteral("--to") << to);
        return text(prepared, "intent");
    }
    /// Refused with a code and a hint; the intent is as good as before.
    void refuse(CommandLine& cli, const QString& intent, const char* hint);

    Journey m_journey;
};

void PolicyTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    VERIFY_RESULT(m_journey.start());
}

void PolicyTest::refuse(CommandLine& cli, const QString& intent, const char* hint)
{
    m_journey.expect(cli, words("send confirm") << intent, "conflict");
    QVERIFY2(m_journey.lastDetail().contains(QString::fromUtf8(hint)),
             qPrintable(m_journey.lastDetail()));
    for (const auto& info : m_journey.must(cli, words("send list"))["intents"]) {
        if (text(info, "intent") != intent)
            continue;
        QCOMPARE(text(info, "state"), QStringLiteral("prepared"));
        QCOMPARE(text(info, "next"), QStringLiteral("confirm"));
    }
}

namespace {

void fund(Journey& journey, CommandLine& cli)
{
    journey.must(cli, words("wallet create"));
    const auto account = journey.account(cli, "bip84");
    for (int i = 0; i < 3; ++i)
        journey.pay(journey.address(cli, account), "0.5");
    journey.mine(1);
    journey.sync(cli);
}

} // namespace

void PolicyTest::refusesMoreThanOnePaymentMayTake()
{
    auto cli = m_journey.commandLine();
    fund(m_journey, cli);
    auto policy = m_journey.must(cli, words("policy show"));
    QVERIFY(policy["per_payment"].is_null());
    QVERIFY(policy["left"].is_null());
    QCOMPARE(text(policy, "state"), QStringLiteral("active"));

    policy = m_journey.must(cli, words("policy set --per-payment 0.2"));
    QCOMPARE(text(policy, "per_payment"), QStringLiteral("20000000"));
    const auto payee = m_journey.payee();
    // The limit counts what leaves, fee included.
    const auto intent = prepare(cli, "0.2", payee);
    refuse(cli, intent, "policy set --per-payment");
    // A PSBT passes the same gate.
    const auto created =
        m_journey.must(cli, words("psbt create --amount 0.3 --fee-rate 2 --to") << payee);
    const auto file = cli.secretFile(QStringLiteral("psbt"), created["psbt"]);
    m_journey.expect(cli, words("psbt sign --file") << file, "conflict");
    QCOMPARE(text(m_journey.must(cli, words("policy show")), "spent"), QStringLiteral("0"));

    m_journey.must(cli, words("policy set --per-payment 0.21"));
    const auto sent = m_journey.must(cli, words("send confirm") << intent);
    m_journey.untilInMempool(text(sent, "txid"));
    m_journey.must(cli, words("policy set --per-payment none"));
    m_journey.must(cli, words("psbt sign --file") << file);
}

void PolicyTest::refusesMoreThanADayMayTake()
{
    auto cli = m_journey.commandLine();
    fund(m_journey, cli);
    m_journey.must(cli, words("policy set --per-day 0.1"));
    const auto payee = m_journey.payee();
    const auto first = prepare(cli, "0.08", payee);
    m_journey.must(cli, words("send confirm") << first);
    auto policy = m_journey.must(cli, words("policy show"));
    const auto spent = text(policy, "spent").toLongLong();
    QVERIFY(spent > 8'000'000 && spent < 8'100'000);
    QCOMPARE(text(policy, "left").toLongLong(), 10'000'000 - spent);
    const auto second = prepare(cli, "0.05", payee);
    refuse(cli, second, "policy set --per-day");
    // Less still goes.
    m_journey.must(cli, words("send confirm") << prepare(cli, "0.01", payee));
    m_journey.must(cli, words("policy set --per-day 1"));
    m_journey.must(cli, words("send confirm") << second);
}

void PolicyTest::signsNothingWhileFrozen()
{
    auto cli = m_journey.commandLine();
    fund(m_journey, cli);
    const auto intent = prepare(cli, "0.1", m_journey.payee());
    m_journey.must(cli, words("policy set --state frozen"));
    refuse(cli, intent, "policy set --state active");
    const auto good = cli.secretFile(QStringLiteral("good"), "correct horse battery staple\n");
    cli.setPasswordFile(cli.secretFile(QStringLiteral("wrong"), "not it\n"));
    m_journey.expect(cli, words("policy set --state active"), "wrong_password");
    cli.setPasswordFile(good);
    m_journey.must(cli, words("policy set --state active"));
    m_journey.must(cli, words("send confirm") << intent);
}

void PolicyTest::paysOnlyWhoIsOnTheList()
{
    auto cli = m_journey.commandLine();
    fund(m_journey, cli);
    const auto known = m_journey.payee();
    const auto stranger = m_journey.payee();
    auto policy = m_journey.must(cli, words("policy set --allow") << known);
    QCOMPARE(policy["allowed_payees"].size(), 1U);
    const auto intent = prepare(cli, "0.1", stranger);
    m_journey.expect(cli, words("send confirm") << intent, "conflict");
    QVERIFY(m_journey.lastDetail().contains(stranger));
    m_journey.must(cli, words("send confirm") << prepare(cli, "0.1", known));
    m_journey.expect(cli, words("policy set --disallow") << known, "rejected");
    m_journey.expect(cli, words("policy set --disallow") << stranger, "not_found");
    policy = m_journey.must(cli, words("policy set --allow-any"));
    QVERIFY(policy["allowed_payees"].empty());
    m_journey.must(cli, words("send confirm") << intent);
}

void PolicyTest::refusesNonsense()
{
    auto cli = m_journey.commandLine();
    m_journey.must(cli, words("wallet create"));
    m_journey.expect(cli, words("policy set --per-day 1e3"), "malformed");
    m_journey.expect(cli, words("policy set --per-day 22000000"), "out_of_range");
    m_journey.expect(cli, words("policy set --state asleep"), "usage", 2);
    m_journey.expect(cli, words("policy set"), "usage", 2);
    m_journey.expect(cli, words("policy set --allow bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
                     "wrong_network");
    // All or nothing.
    m_journey.expect(cli,
                     words("policy set --per-payment 0.1 --allow "
                           "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
                     "wrong_network");
    QVERIFY(m_journey.must(cli, words("policy show"))["per_payment"].is_null());
}

QTEST_GUILESS_MAIN(PolicyTest)
#include "policy_test.moc"
