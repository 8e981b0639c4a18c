// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: whatever happens to a wallet in the middle of a scan, it is never taken as scanned before
// every script was tested, and no payment is missed. Method: a real engine, and a node on loopback
// that holds the filters back until the wallet was disturbed.

#include "tests/core/engine/conversation.h"
#include "tests/core/lightnode/node_fixture.h"
#include "tests/support/peer_server.h"

#include <QFile>
#include <QTemporaryDir>

using namespace coffer;
using base::Json;
using engine::Engine;
using test::Conversation;

class InterruptedScanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<std::string>("std::string"); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void missesNothing_data();
    void missesNothing();

private:
    std::unique_ptr<Engine> start(const QString& peer)
    {
        engine::EngineOptions options;
        options.dataDirectory = m_folder.filePath(QString::fromUtf8(QTest::currentDataTag()));
        options.network = QStringLiteral("regtest");
        options.bitcoinPeers = {peer};
        options.keyDerivation = engine::EngineOptions::KeyDerivation::TestOnly;
        auto started = Engine::start(options, Engine::Role::Command);
        ASSERT(started);
        return started.take();
    }
    std::string secretFile(const char* name, const std::string& content) const
    {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        ASSERT(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray::fromStdString(content));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return file.fileName().toStdString();
    }
    Json with(const char* wallet, Json more = Json::object()) const
    {
        more["wallet"] = wallet;
        more["password_file"] = secretFile("password", "correct horse\n");
        return more;
    }
    /// The fixture's words, with an account; nothing is scanned yet.
    void restore(Conversation& client, const char* wallet) const
    {
        const Json words = {{"mnemonic_file",
                             secretFile("words", m_fixture.json.at("mnemonic").get<std::string>())},
                            {"birthday", "2009-01-03"}};
        const auto refused = client.refusal("wallet.restore", with(wallet, words));
        QVERIFY2(refused.isEmpty(), qPrintable(refused));
        const auto added = client.refusal("account.add", with(wallet));
        QVERIFY2(added.isEmpty(), qPrintable(added));
    }
    /// Of every account of the wallet, in satoshi.
    static std::int64_t settled(Conversation& client, const Json& wallet)
    {
        std::int64_t sum = 0;
        const auto answer = client.call("balance", wallet);
        for (const auto& row : answer["result"]["balances"])
            sum += std::stoll(row["settled"].get<std::string>());
        return sum;
    }
    test::NodeFixture m_fixture;
    QTemporaryDir m_folder;
};

void InterruptedScanTest::missesNothing_data()
{
    QTest::addColumn<QByteArray>("disturbance");
    for (const char* name : {"lock", "add an account", "rescan", "open another"})
        QTest::newRow(name) << QByteArray(name);
}

void InterruptedScanTest::missesNothing()
{
    QFETCH(QByteArray, disturbance);
    test::PeerServer node(m_fixture.main);
    node.hold("getcfilters");
    auto engine = start(node.address());
    Conversation client(*engine);
    restore(client, "w");
    QCOMPARE(client.refusal("node.sync"), QString());
    QTRY_VERIFY(node.wasAsked("getcfilters"));

    if (disturbance == "lock") {
        QCOMPARE(client.refusal("wallet.lock", {{"wallet", "w"}}), QString());
    } else if (disturbance == "add an account") {
        QCOMPARE(client.refusal("account.add", with("w", {{"type", "bip86"}})), QString());
    } else if (disturbance == "rescan") {
        QCOMPARE(client.refusal("node.rescan", {{"wallet", "w"}, {"from", "2009-01-03"}}),
                 QString());
    } else {
        restore(client, "other");
        QCOMPARE(client.refusal("wallet.lock", {{"wallet", "other"}}), QString());
    }
    node.release();
    QCOMPARE(client.refusal("wallet.unlock", with("w")), QString());
    QCOMPARE(client.refusal("node.sync", with("w", {{"wait", true}, {"timeout", 20}})), QString());
    // A restore looks at every account type of the words.
    const auto& all = m_fixture.json.at("expected").at("balance_main").at("trusted");
    QCOMPARE(settled(client, {{"wallet", "w"}}), test::fixtureSatoshi(all));
}

QTEST_GUILESS_MAIN(InterruptedScanTest)
#include "interrupted_scan_test.moc"
