// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a PSBT is signed once, holds its coins, and never does what was not shown. Method:
// coffer-cli as a process against a real bitcoind, with PSBTs that were tampered with.

#include "core/bitcoin/psbt/psbt_roles.h"
#include "tests/functional/journey.h"

using namespace coffer;
using namespace coffer::test;
using base::Json;

class PsbtSigningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_journey.end(); }
    void signsWhatIsSignedAgainAlike();
    void holdsItsCoinsUntilTheyAreLetGo();
    void refusesDamage();
    void refusesWhatItDoesNotSign();

private:
    QString fileOf(CommandLine& cli, const char* name, const std::string& content)
    {
        return cli.secretFile(QString::fromUtf8(name), content);
    }
    bitcoin::Psbt parsed(const Json& answer);

    Journey m_journey;
};

void PsbtSigningTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    VERIFY_RESULT(m_journey.start());
}

bitcoin::Psbt PsbtSigningTest::parsed(const Json& answer)
{
    auto psbt = bitcoin::Psbt::parseAny(base::viewOf(answer["psbt"].get<std::string>()));
    if (!psbt)
        qFatal("no PSBT: %s", psbt.error().detail.c_str());
    return psbt.take();
}

void PsbtSigningTest::signsWhatIsSignedAgainAlike()
{
    auto cli = m_journey.commandLine();
    const auto account = m_journey.fund(cli, "bip86");
    const auto file = fileOf(cli, "unsigned", m_journey.createPsbt(cli, account)["psbt"]);
    const auto first = m_journey.must(cli, words("psbt sign --file") << file);
    const auto second = m_journey.must(cli, words("psbt sign --file") << file);
    QCOMPARE(second["psbt"], first["psbt"]);
    QCOMPARE(second["intent"], first["intent"]);
    const auto intents = m_journey.must(cli, words("send list"))["intents"];
    QCOMPARE(intents.size(), 1U);
}

void PsbtSigningTest::holdsItsCoinsUntilTheyAreLetGo()
{
    auto cli = m_journey.commandLine();
    const auto account = m_journey.fund(cli, "bip84");
    const auto file = fileOf(cli, "unsigned", m_journey.createPsbt(cli, account)["psbt"]);
    const auto done = m_journey.must(cli, words("psbt sign --file") << file);
    auto intents = m_journey.must(cli, words("send list"))["intents"];
    QCOMPARE(text(intents[0], "state"), QStringLiteral("released"));
    QCOMPARE(text(intents[0], "next"), QStringLiteral("complete_psbt"));
    QVERIFY(intents[0]["txid"].is_null());

    const auto other = words("send prepare --amount 0.1 --fee-rate 2 --to") << m_journey.payee();
    m_journey.expect(cli, other, "insufficient_funds");
    m_journey.expect(cli, words("send confirm") << text(done, "intent"), "rejected");
    QVERIFY(m_journey.lastDetail().contains(QStringLiteral("psbt broadcast")));
    m_journey.must(cli, words("send cancel") << text(done, "intent"));
    const auto prepared = m_journey.must(cli, other);
    const auto sent = m_journey.must(cli, words("send confirm") << text(prepared, "intent"));
    m_journey.untilInMempool(text(sent, "txid"));
    // Its coin is gone: it is not signed any more.
    m_journey.expect(cli, words("psbt sign --file") << file, "conflict");
    m_journey.mine(1);
    m_journey.sync(cli);
    m_journey.mustBalance(cli);
}

void PsbtSigningTest::refusesDamage()
{
    auto cli = m_journey.commandLine();
    const auto account = m_journey.fund(cli, "bip84");
    const auto created = m_journey.createPsbt(cli, account);
    const auto whole = created["psbt"].get<std::string>();
    const auto inspect = [&](const char* name, const std::string& content, const char* code) {
        m_journey.expect(cli, words("psbt inspect --file") << fileOf(cli, name, content), code);
    };
    inspect("empty", "", "malformed");
    inspect("text", "this is no PSBT\n", "malformed");
    inspect("cut", whole.substr(0, whole.size() / 2 / 4 * 4), "malformed");
    inspect("long", std::string(13'000'000, 'c'), "too_large");
    m_journey.expect(cli, words("psbt inspect --file /nonexistent/file"), "not_found");
    m_journey.expect(cli, words("psbt sign"), "usage", 2);

    // A previous transaction with another txid proves nothing.
    auto bytes = parsed(created).serialize();
    const auto previous = parsed(created).input(0).nonWitnessUtxo;
    QVERIFY(previous.has_value());
    const auto raw = previous->serialize();
    const auto at = std::search(bytes.begin(), bytes.end(), raw.begin(), raw.end());
    QVERIFY(at != bytes.end());
    *(at + 60) ^= 1;
    inspect("forged", {bytes.begin(), bytes.end()}, "malformed");

    const auto other = m_journey.createPsbt(cli, account);
    m_journey.expect(cli,
                     words("psbt combine --file")
                         << fileOf(cli, "one", whole) << QStringLiteral("--file")
                         << fileOf(cli, "other", other["psbt"]),
                     "conflict");
}

void PsbtSigningTest::refusesWhatItDoesNotSign()
{
    auto cli = m_journey.commandLine();
    const auto account = m_journey.fund(cli, "bip84");
    const auto created = m_journey.createPsbt(cli, account);
    const auto sign = [&](const char* name, const bitcoin::Psbt& psbt, const char* code) {
        m_journey.expect(cli, words("psbt sign --file") << fileOf(cli, name, psbt.toBase64()),
                         code);
    };
    m_journey.expect(cli, words("psbt broadcast --file") << fileOf(cli, "raw", created["psbt"]),
                     "rejected");

    auto odd = parsed(created);
    VERIFY_RESULT(odd.setInputField(0, bitcoin::psbt_type::kInSighash, {}, {0x82, 0, 0, 0}));
    sign("odd", odd, "rejected");
    QVERIFY2(m_journey.lastDetail().contains(QStringLiteral("SIGHASH_NONE|ANYONECANPAY")),
             qPrintable(m_journey.lastDetail()));

    // The payee's output says that it is our change.
    auto claim = parsed(created);
    std::size_t payee = 0;
    std::size_t change = 0;
    for (std::size_t i = 0; i < claim.outputCount(); ++i)
        (claim.output(i).derivations.empty() ? payee : change) = i;
    const auto derivation = claim.output(change).derivations.at(0);
    VERIFY_RESULT(claim.setOutputField(payee, bitcoin::psbt_type::kOutDerivation,
                                       derivation.publicKey,
                                       bitcoin::encodeKeyOrigin(derivation.origin)));
    sign("claim", claim, "rejected");
    QVERIFY2(m_journey.lastDetail().contains(QStringLiteral("says that it is ours")),
             qPrintable(m_journey.lastDetail()));

    // The coin is said to be another one.
    auto lie = parsed(created);
    auto utxo = *lie.input(0).witnessUtxo;
    utxo.amount -= 1'000;
    VERIFY_RESULT(lie.setInputField(0, bitcoin::psbt_type::kInWitnessUtxo, {},
                                    bitcoin::serializeOutput(utxo)));
    sign("lie", lie, "unproved");

    // After all that nothing is held and nothing was counted.
    const auto policy = m_journey.must(cli, words("policy show"));
    QCOMPARE(text(policy, "spent"), QStringLiteral("0"));
    cli.setPasswordFile(cli.secretFile(QStringLiteral("wrong"), "not it\n"));
    sign("good", parsed(created), "wrong_password");
}

QTEST_GUILESS_MAIN(PsbtSigningTest)
#include "psbt_signing_test.moc"
