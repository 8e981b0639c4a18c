// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: words bring back everything that was paid to them, and a rehearsal says beforehand that
// they will. Method: coffer-cli as a process against a real bitcoind.

#include "tests/functional/journey.h"

using namespace coffer::test;
using coffer::base::Json;

namespace {

const char* const kAbandon = "abandon abandon abandon abandon abandon abandon abandon abandon "
                             "abandon abandon abandon about\n";

} // namespace

class RestoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_journey.end(); }
    void findsAccountsThatNobodyNamed();
    void findsTheNextAccountOfTheSameBlock();
    void takesASearchedAccountByName();
    void asksForTheLanguage();
    void rehearses();
    void rehearsesWithThePassphrase();

private:
    /// The words of a fresh wallet.
    std::string createdWords(CommandLine& cli)
    {
        return m_journey.must(cli, words("wallet create --show-mnemonic"))["mnemonic"]
            .get<std::string>();
    }
    void restore(CommandLine& cli, const std::string& phrase)
    {
        m_journey.must(cli, words("wallet restore --mnemonic-file")
                                << cli.secretFile(QStringLiteral("words"), phrase + "\n"));
    }
    QMap<QString, QString> settledByPath(CommandLine& cli);

    Journey m_journey;
};

void RestoreTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    VERIFY_RESULT(m_journey.start());
}

QMap<QString, QString> RestoreTest::settledByPath(CommandLine& cli)
{
    QMap<QString, QString> out;
    const auto accounts = m_journey.must(cli, words("account list"))["accounts"];
    const auto balances = m_journey.must(cli, words("balance"))["balances"];
    for (const auto& account : accounts) {
        for (const auto& balance : balances) {
            if (balance["account"] == account["account"])
                out[text(account, "path")] = text(balance, "settled");
        }
    }
    return out;
}

void RestoreTest::findsAccountsThatNobodyNamed()
{
    auto cli = m_journey.commandLine();
    const auto phrase = createdWords(cli);
    const auto first = m_journey.account(cli, "bip84");
    const auto second = m_journey.account(cli, "bip84");
    const auto third = m_journey.account(cli, "bip84"); // Stays empty.
    const auto legacy = m_journey.account(cli, "bip44");
    const auto nested = m_journey.account(cli, "bip49");
    m_journey.pay(m_journey.address(cli, first), "0.1");
    m_journey.mine(1);
    m_journey.pay(m_journey.address(cli, second), "0.2");
    m_journey.pay(m_journey.address(cli, legacy), "0.3");
    m_journey.mine(1);
    // The last one has a past only; its coins went on.
    m_journey.pay(m_journey.address(cli, nested), "0.4");
    m_journey.mine(1);
    m_journey.sync(cli);
    const auto emptied =
        m_journey.must(cli, words("send prepare --amount max --fee-rate 2 --account")
                                << nested << QStringLiteral("--to") << m_journey.payee());
    m_journey.must(cli, words("send confirm") << text(emptied, "intent"));
    m_journey.mine(1);

    auto other = m_journey.commandLine();
    restore(other, phrase);
    QVERIFY(m_journey.must(other, words("wallet info"))["searching"].get<bool>());
    QVERIFY(m_journey.must(other, words("account list"))["accounts"].empty());
    m_journey.sync(other);
    const QMap<QString, QString> expected{
        {QStringLiteral("m/84h/1h/0h"), QStringLiteral("10000000")},
        {QStringLiteral("m/84h/1h/1h"), QStringLiteral("20000000")},
        {QStringLiteral("m/44h/1h/0h"), QStringLiteral("30000000")},
        {QStringLiteral("m/49h/1h/0h"), QStringLiteral("0")}};
    QCOMPARE(settledByPath(other), expected);
    const auto info = m_journey.must(other, words("wallet info"));
    QVERIFY(!info["searching"].get<bool>());
    QCOMPARE(info["accounts"].size(), 4U);
    for (const auto& account : info["accounts"])
        QVERIFY(!text(account, "name").isEmpty());
    m_journey.mustBalance(other);
    // What was found can be spent, and the next account can still be added.
    const auto prepared =
        m_journey.must(other, words("send prepare --amount 0.15 --fee-rate 2 --to")
                                  << m_journey.payee() << QStringLiteral("--account")
                                  << text(info["accounts"][1], "account"));
    m_journey.must(other, words("send confirm") << text(prepared, "intent"));
    const auto added = m_journey.must(other, words("account add --type bip84"));
    QCOMPARE(text(added, "path"), QStringLiteral("m/84h/1h/2h"));
    Q_UNUSED(third);
}

void RestoreTest::findsTheNextAccountOfTheSameBlock()
{
    auto cli = m_journey.commandLine();
    const auto phrase = createdWords(cli);
    const auto first = m_journey.account(cli, "bip86");
    const auto second = m_journey.account(cli, "bip86");
    const auto third = m_journey.account(cli, "bip86");
    // The last account first, and all in one block.
    m_journey.pay(m_journey.address(cli, third), "0.3");
    m_journey.pay(m_journey.address(cli, second), "0.2");
    m_journey.pay(m_journey.address(cli, first), "0.1");
    m_journey.mine(1);
    auto other = m_journey.commandLine();
    restore(other, phrase);
    m_journey.sync(other);
    const QMap<QString, QString> expected{
        {QStringLiteral("m/86h/1h/0h"), QStringLiteral("10000000")},
        {QStringLiteral("m/86h/1h/1h"), QStringLiteral("20000000")},
        {QStringLiteral("m/86h/1h/2h"), QStringLiteral("30000000")}};
    QCOMPARE(settledByPath(other), expected);
    m_journey.mustBalance(other);
}

void RestoreTest::takesASearchedAccountByName()
{
    auto cli = m_journey.commandLine();
    const auto phrase = createdWords(cli);
    m_journey.pay(m_journey.address(cli, m_journey.account(cli, "bip84")), "0.1");
    m_journey.mine(1);
    auto other = m_journey.commandLine();
    restore(other, phrase);
    // Before the search is over; one with a past and one without.
    m_journey.must(other, words("account add --type bip49 --name Mine"));
    m_journey.must(other, words("account add --type bip84 --name Savings"));
    m_journey.sync(other);
    const auto accounts = m_journey.must(other, words("account list"))["accounts"];
    QCOMPARE(accounts.size(), 2U);
    QCOMPARE(text(accounts[0], "name"), QStringLiteral("Mine"));
    QCOMPARE(text(accounts[1], "name"), QStringLiteral("Savings"));
    const QMap<QString, QString> expected{
        {QStringLiteral("m/84h/1h/0h"), QStringLiteral("10000000")},
        {QStringLiteral("m/49h/1h/0h"), QStringLiteral("0")}};
    QCOMPARE(settledByPath(other), expected);
    m_journey.mustBalance(other);
}

void RestoreTest::asksForTheLanguage()
{
    auto cli = m_journey.commandLine();
    // Eleven times the first word and one more: right in both Chinese lists.
    const std::string both = "的 的 的 的 的 的 的 的 的 的 的 在";
    const auto file = cli.secretFile(QStringLiteral("words"), both + "\n");
    const auto command = words("wallet restore --mnemonic-file") << file;
    m_journey.expect(cli, command, "rejected");
    QVERIFY(
        m_journey.lastDetail().contains(QStringLiteral("chinese_simplified, chinese_traditional")));
    m_journey.expect(cli, command + words("--language klingon"), "out_of_range");
    m_journey.expect(cli, command + words("--language english"), "malformed");
    m_journey.must(cli, command + words("--language chinese_traditional"));
    m_journey.must(cli, words("wallet rehearse --mnemonic-file") << file);
    const auto shown = m_journey.must(cli, words("wallet show-mnemonic"));
    QCOMPARE(shown["mnemonic"].get<std::string>(), both);
}

void RestoreTest::rehearses()
{
    auto cli = m_journey.commandLine();
    auto phrase = createdWords(cli);
    m_journey.account(cli, "bip84");
    m_journey.account(cli, "bip86");
    QVERIFY(m_journey.must(cli, words("wallet info"))["rehearsed_at"].is_null());
    const auto rehearse = [&](const char* name, const std::string& content) {
        return words("wallet rehearse --mnemonic-file")
               << cli.secretFile(QString::fromUtf8(name), content);
    };
    // Wrong words in every way: one answer, and nothing about which word it is.
    auto parts = QString::fromStdString(phrase).split(QLatin1Char(' '));
    const auto unknown = [&] {
        auto wrong = parts;
        wrong[4] = QStringLiteral("sesquipedalian");
        return wrong.join(QLatin1Char(' ')).toStdString();
    }();
    m_journey.expect(cli, rehearse("unknown", unknown), "bad_checksum");
    const auto detail = m_journey.lastDetail();
    m_journey.expect(cli, rehearse("short", parts.mid(1).join(QLatin1Char(' ')).toStdString()),
                     "bad_checksum");
    QCOMPARE(m_journey.lastDetail(), detail);
    m_journey.expect(cli, rehearse("other", kAbandon), "wrong_wallet");
    QVERIFY(m_journey.must(cli, words("wallet info"))["rehearsed_at"].is_null());

    const auto report = m_journey.must(cli, rehearse("right", phrase + "\n"));
    QCOMPARE(report["accounts"].size(), 2U);
    QVERIFY(report["not_from_words"].empty());
    const auto info = m_journey.must(cli, words("wallet info"));
    QCOMPARE(info["rehearsed_at"], report["rehearsed_at"]);
    QCOMPARE(info["fingerprint"], report["fingerprint"]);
    QVERIFY(info["backed_up"].get<bool>());
}

void RestoreTest::rehearsesWithThePassphrase()
{
    auto cli = m_journey.commandLine();
    const auto passphrase = cli.secretFile(QStringLiteral("passphrase"), "TREZOR\n");
    const auto wrong = cli.secretFile(QStringLiteral("wrong"), "TREZ0R\n");
    const auto file = cli.secretFile(QStringLiteral("words"), kAbandon);
    m_journey.must(cli, words("wallet restore --mnemonic-file")
                            << file << QStringLiteral("--passphrase-file") << passphrase);
    const auto rehearse = words("wallet rehearse --mnemonic-file") << file;
    m_journey.expect(cli, rehearse, "wrong_wallet");
    m_journey.expect(cli, QStringList(rehearse) << QStringLiteral("--passphrase-file") << wrong,
                     "wrong_wallet");
    m_journey.must(cli, QStringList(rehearse) << QStringLiteral("--passphrase-file") << passphrase);
}

QTEST_GUILESS_MAIN(RestoreTest)
#include "restore_test.moc"
