// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a passphrase that is asked for is in no file: nothing is derived or signed without it, a
// wrong one is called another wallet, and the right one pays. Method: a whole engine on a fake
// node; the words are public, so what they lead to is known.

#include "core/bitcoin/address.h"
#include "tests/core/engine/chained_engine.h"

using namespace coffer;
using namespace coffer::test;
using base::Json;

class PassphraseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<std::string>("std::string"); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void isAskedForEachKeyAndSignature();
    void leadsWhereAStoredOneLeads();
    void mustBeThereToBeAskedFor();

private:
    static Json also(const ChainedEngine& engine, Json parameters, const char* passphrase)
    {
        parameters["passphrase_file"] = engine.secretFile("passphrase", passphrase);
        return parameters;
    }
};

void PassphraseTest::isAskedForEachKeyAndSignature()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(5);
    ChainedEngine engine(chain);
    auto& client = engine.client();
    QCOMPARE(client.refusal("wallet.create",
                            also(engine, engine.with({{"ask_passphrase", true}}), "river\n")),
             QString());
    const auto info = client.call("wallet.info", engine.with());
    QVERIFY(info["result"]["asks_passphrase"].get<bool>());
    QCOMPARE(client.refusal("account.add", engine.with()), QStringLiteral("password_needed"));
    QCOMPARE(client.refusal("account.add", also(engine, engine.with(), "rivers\n")),
             QStringLiteral("wrong_wallet"));
    QCOMPARE(client.refusal("account.add", also(engine, engine.with(), "river\n")), QString());

    const auto shown = client.call("address.new", engine.with());
    const auto address = shown["result"]["address"].get<std::string>();
    const auto script = bitcoin::scriptOf(address, bitcoin::Network::Regtest);
    VERIFY_RESULT(script);
    chain.mine({{5'000'000, *script}});
    chain.mineMany(100); // What was mined may be spent only then.
    engine.node().setChain(chain);
    QCOMPARE(engine.sync(), QString());
    const auto payee = bitcoin::addressOf(scriptNumber(1), bitcoin::Network::Regtest);
    VERIFY_RESULT(payee);
    const auto prepared =
        client.call("send.prepare", engine.with({{"to", Json::array({*payee})},
                                                 {"amount", Json::array({"0.01"})},
                                                 {"fee_rate", "5"}}));
    QCOMPARE(Conversation::codeOf(prepared), QString());
    const auto confirm = engine.with({{"intent", prepared["result"]["intent"]}});
    QCOMPARE(client.refusal("send.confirm", confirm), QStringLiteral("password_needed"));
    QCOMPARE(client.refusal("send.confirm", also(engine, confirm, "rivers\n")),
             QStringLiteral("wrong_wallet"));
    QCOMPARE(client.refusal("send.confirm", also(engine, confirm, "river\n")), QString());
}

void PassphraseTest::leadsWhereAStoredOneLeads()
{
    QStringList fingerprints;
    QStringList accounts;
    for (const bool asked : {false, true}) {
        ChainedEngine engine(ChainBuilder(bitcoin::paramsOf(bitcoin::Network::Regtest)));
        auto request = also(engine, engine.with(), "river\n");
        request["mnemonic_file"] =
            engine.secretFile("words", "abandon abandon abandon abandon abandon abandon abandon "
                                       "abandon abandon abandon abandon about\n");
        if (asked)
            request["ask_passphrase"] = true;
        const auto restored = engine.client().call("wallet.restore", request);
        QCOMPARE(Conversation::codeOf(restored), QString());
        fingerprints.append(
            QString::fromStdString(restored["result"]["fingerprint"].get<std::string>()));
        const auto added =
            engine.client().call("account.add", also(engine, engine.with(), "river\n"));
        QCOMPARE(Conversation::codeOf(added), QString());
        accounts.append(QString::fromStdString(added["result"]["descriptor"].get<std::string>()));
    }
    QCOMPARE(fingerprints[1], fingerprints[0]);
    QCOMPARE(accounts[1], accounts[0]);
    QVERIFY(fingerprints[0] != QStringLiteral("73c5da0a")); // Of the words alone.
}

void PassphraseTest::mustBeThereToBeAskedFor()
{
    ChainedEngine engine(ChainBuilder(bitcoin::paramsOf(bitcoin::Network::Regtest)));
    QCOMPARE(engine.client().refusal("wallet.create", engine.with({{"ask_passphrase", true}})),
             QStringLiteral("usage"));
    QCOMPARE(engine.client().refusal("wallet.create",
                                     also(engine, engine.with({{"ask_passphrase", true}}), "\n")),
             QStringLiteral("usage"));
    const auto wallets = engine.client().call("wallet.list");
    QCOMPARE(wallets["result"]["wallets"].size(), std::size_t(0));
}

QTEST_GUILESS_MAIN(PassphraseTest)
#include "passphrase_test.moc"
