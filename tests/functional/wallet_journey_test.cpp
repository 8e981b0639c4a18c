// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the main job from the command line, whole: create, receive, see it confirm, send, bump,
// cancel, restore, audit. Method: the real coffer-cli as a process, a real bitcoind on regtest, no
// doubles.

#include "tests/support/command_line.h"
#include "tests/support/regtest_node.h"
#include "tests/support/test.h"

using coffer::base::Json;
using coffer::test::CommandLine;
using coffer::test::RegtestNode;

namespace {

QString text(const Json& json, const char* member)
{
    return QString::fromStdString(json[member].get<std::string>());
}

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '));
}

} // namespace

class WalletJourneyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_node.reset(); }
    void createsReceivesSendsAndAudits();
    void survivesAReorganisation();
    void restoresFromItsWords();
    void replacesAndCancels();
    void refusesByName();

private:
    /// Creates wallet and account, and funds its first address with one bitcoin.
    void fund(CommandLine& cli);
    Json must(CommandLine& cli, const QStringList& command);
    void mine(int blocks) { VERIFY_RESULT(m_node->mine(blocks, m_minerAddress)); }
    Json sync(CommandLine& cli) { return must(cli, words("node sync --wait --timeout 60")); }

    std::unique_ptr<RegtestNode> m_node;
    std::string m_minerAddress;
    QString m_account;
    QString m_address;
};

void WalletJourneyTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    auto node = RegtestNode::start();
    VERIFY_RESULT(node);
    m_node = node.take();
    auto address = m_node->newAddress();
    VERIFY_RESULT(address);
    m_minerAddress = address.take();
    mine(110);
}

Json WalletJourneyTest::must(CommandLine& cli, const QStringList& command)
{
    auto result = cli.ok(command);
    if (!result) {
        QTest::qFail(result.error().detail.c_str(), __FILE__, __LINE__);
        return Json::object();
    }
    return result.take();
}

void WalletJourneyTest::fund(CommandLine& cli)
{
    must(cli, words("wallet create"));
    m_account = text(must(cli, words("account add --currency BTC --type bip84")), "account");
    m_address = text(must(cli, words("address new") << QStringLiteral("--account") << m_account),
                     "address");
    VERIFY_RESULT(m_node->send(m_address.toStdString(), "1"));
    mine(1);
}

void WalletJourneyTest::createsReceivesSendsAndAudits()
{
    CommandLine cli(QStringLiteral("regtest"), m_node->peer());
    fund(cli);
    QVERIFY(m_address.startsWith(QStringLiteral("bcrt1q")));

    // Before the first sync nothing is known, and nothing is not 0.
    auto balances = must(cli, words("balance"))["balances"];
    QCOMPARE(balances.size(), 1U);
    QVERIFY(balances[0]["settled"].is_null());

    const auto status = sync(cli);
    QCOMPARE(status["stage"].get<std::string>(), std::string("live"));
    QCOMPARE(status["height"].get<int>(), 111);
    balances = must(cli, words("balance"))["balances"];
    QCOMPARE(balances[0]["settled"].get<std::string>(), std::string("100000000"));
    QCOMPARE(balances[0]["pending"].get<std::string>(), std::string("0"));
    QCOMPARE(balances[0]["source"].get<std::string>(), std::string("own_node"));

    const auto payee = m_node->newAddress();
    VERIFY_RESULT(payee);
    const auto prepared =
        must(cli, words("send prepare --amount 0.25 --fee-rate 2.5 --account")
                      << m_account << QStringLiteral("--to") << QString::fromStdString(*payee));
    QCOMPARE(prepared["amount"].get<std::string>(), std::string("25000000"));
    QCOMPARE(prepared["fee_rate"].get<std::string>(), std::string("2.5"));
    const auto intent = text(prepared, "intent");
    const auto sent = must(cli, words("send confirm") << intent);
    const auto txid = text(sent, "txid");
    // The real node has it, and pays exactly the fee that was shown.
    Json mempool;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            auto entry = m_node->rpc("getmempoolentry", Json::array({txid.toStdString()}));
            if (entry)
                mempool = entry.take();
            return !mempool.is_null();
        }(),
        20'000);
    const auto fee = coffer::base::writeJson(mempool["fees"]["base"]);
    QCOMPARE(QString::fromStdString(fee).toDouble() * 1e8, text(prepared, "fee").toDouble());

    // Confirmed again it is the same payment.
    const auto again = must(cli, words("send confirm") << intent);
    QCOMPARE(text(again, "txid"), txid);

    mine(1);
    sync(cli);
    const auto feeSatoshi = text(prepared, "fee").toLongLong();
    balances = must(cli, words("balance"))["balances"];
    QCOMPARE(text(balances[0], "settled").toLongLong(), 100'000'000 - 25'000'000 - feeSatoshi);
    QCOMPARE(text(balances[0], "pending"), QStringLiteral("0"));
    const auto entries = must(cli, words("history"))["entries"];
    QCOMPARE(entries.size(), 2U);
    QCOMPARE(text(entries[0], "kind"), QStringLiteral("send"));
    QCOMPARE(text(entries[0], "txid"), txid);
    QCOMPARE(entries[0]["confirmations"].get<int>(), 1);
    QCOMPARE(text(entries[1], "kind"), QStringLiteral("receive"));
    QCOMPARE(text(entries[1], "amount"), QStringLiteral("100000000"));
    const auto audit = must(cli, words("audit verify"));
    QCOMPARE(text(audit, "difference"), QStringLiteral("0"));
    QVERIFY(audit["entries"].get<int>() >= 4);
}

void WalletJourneyTest::survivesAReorganisation()
{
    CommandLine cli(QStringLiteral("regtest"), m_node->peer());
    fund(cli);
    sync(cli);
    const auto payee = m_node->newAddress();
    VERIFY_RESULT(payee);
    const auto prepared = must(cli, words("send prepare --amount 0.25 --fee-rate 2 --to")
                                        << QString::fromStdString(*payee));
    const auto txid = text(must(cli, words("send confirm") << text(prepared, "intent")), "txid");
    mine(1);
    sync(cli);
    QCOMPARE(must(cli, words("history"))["entries"][0]["confirmations"].get<int>(), 1);

    // The payment's block goes away for a longer branch; the payment waits again, then confirms.
    auto tip = m_node->rpc("getbestblockhash");
    VERIFY_RESULT(tip);
    VERIFY_RESULT(m_node->rpc("invalidateblock", Json::array({*tip})));
    // Another address, or the same block would be mined again.
    VERIFY_RESULT(m_node->mine(3, *payee));
    sync(cli);
    const auto after = must(cli, words("history"))["entries"];
    QCOMPARE(after.size(), 2U);
    QCOMPARE(text(after[0], "txid"), txid);
    QCOMPARE(after[0]["confirmations"].get<int>(), 3);
    QCOMPARE(text(must(cli, words("audit verify")), "difference"), QStringLiteral("0"));
}

void WalletJourneyTest::restoresFromItsWords()
{
    CommandLine cli(QStringLiteral("regtest"), m_node->peer());
    const auto created = must(cli, words("wallet create --show-mnemonic"));
    const auto phrase = created["mnemonic"].get<std::string>();
    QCOMPARE(QString::fromStdString(phrase).split(QLatin1Char(' ')).size(), 12);
    must(cli, words("account add --type bip86"));
    const auto address = text(must(cli, words("address new")), "address");
    QVERIFY(address.startsWith(QStringLiteral("bcrt1p")));
    VERIFY_RESULT(m_node->send(address.toStdString(), "0.5"));
    mine(1);

    CommandLine other(QStringLiteral("regtest"), m_node->peer());
    const auto file = other.secretFile(QStringLiteral("words"), phrase + "\n");
    const auto restored = must(other, words("wallet restore --mnemonic-file") << file);
    QCOMPARE(text(restored, "fingerprint"), text(created, "fingerprint"));
    must(other, words("account add --type bip86"));
    sync(other);
    const auto balances = must(other, words("balance"))["balances"];
    QCOMPARE(text(balances[0], "settled"), QStringLiteral("50000000"));
    QCOMPARE(text(must(other, words("audit verify")), "difference"), QStringLiteral("0"));
}

void WalletJourneyTest::replacesAndCancels()
{
    CommandLine cli(QStringLiteral("regtest"), m_node->peer());
    fund(cli);
    sync(cli);
    const auto payee = m_node->newAddress();
    VERIFY_RESULT(payee);
    const auto prepare = words("send prepare --amount 0.1 --fee-rate 2 --to")
                         << QString::fromStdString(*payee);
    const auto first = must(cli, prepare);
    const auto sent = must(cli, words("send confirm") << text(first, "intent"));

    const auto bump = must(cli, words("send bump --fee-rate 20") << text(sent, "txid"));
    QCOMPARE(text(bump, "amount"), text(first, "amount"));
    QVERIFY(text(bump, "fee").toLongLong() > text(first, "fee").toLongLong());
    const auto bumped = must(cli, words("send confirm") << text(bump, "intent"));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_node->rpc("getmempoolentry", Json::array({text(bumped, "txid").toStdString()})), 20'000);

    const auto cancel = must(cli, words("send cancel") << text(bumped, "txid"));
    const auto cancelled = must(cli, words("send confirm") << text(cancel, "intent"));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_node->rpc("getmempoolentry", Json::array({text(cancelled, "txid").toStdString()})),
        20'000);
    mine(1);
    sync(cli);
    const auto balances = must(cli, words("balance"))["balances"];
    QCOMPARE(text(balances[0], "settled").toLongLong(),
             100'000'000 - text(cancel, "fee").toLongLong());
    QCOMPARE(text(must(cli, words("audit verify")), "difference"), QStringLiteral("0"));
}

void WalletJourneyTest::refusesByName()
{
    CommandLine cli(QStringLiteral("regtest"), m_node->peer());
    fund(cli);
    sync(cli);
    const auto expect = [&](const QStringList& command, const char* code, int status = 1) {
        const auto outcome = cli.run(command);
        QCOMPARE(QString::fromStdString(outcome.errorCode), QString::fromUtf8(code));
        QCOMPARE(outcome.status, status);
    };
    const auto own = QStringLiteral("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080");
    expect(words("send prepare --fee-rate 1 --amount 5 --to") << own, "insufficient_funds");
    expect(words("send prepare --fee-rate 1 --amount 0.00000001 --to") << own, "dust");
    expect(words("send prepare --fee-rate 1 --amount 1e-3 --to") << own, "malformed");
    expect(words("send prepare --fee-rate 1 --amount 0.1 --to "
                 "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
           "wrong_network");
    expect(words("send prepare --fee-rate 1 --amount 0.1 --to "
                 "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt08q"),
           "bad_checksum");
    expect(words("send confirm 00000000-0000-7000-8000-000000000000"), "not_found");
    expect(words("send"), "usage", 2);
    expect(words("account add --type bip12"), "usage", 2);
    expect(words("wallet create"), "already_exists");
    cli.setPasswordFile(cli.secretFile(QStringLiteral("wrong"), "not it\n"));
    expect(words("balance"), "wrong_password");
}

QTEST_GUILESS_MAIN(WalletJourneyTest)
#include "wallet_journey_test.moc"
