// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: one engine per data directory answers any line with one JSON answer; nothing is read before
// the wallet was unlocked on this very connection, nothing is moved without the password. Method: a
// real engine without a network, several conversations.

#include "tests/core/engine/conversation.h"

#include <QTcpServer>
#include <QTemporaryDir>

using namespace coffer;
using base::ErrorCode;
using base::Json;
using engine::Engine;
using engine::EngineOptions;
using test::Conversation;

class RpcTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void answersAnyLine_data();
    void answersAnyLine();
    void holdsItsDataDirectoryAlone();
    void boundsWhatRunsAtOnce();
    void refusesAWrongNetwork();
    void neverInheritsAnUnlock();
    void secretsComeFromFilesOfTheirOwner();
    void raisesAWindowOnlyIfThereIsOne();
    void refusesCheapKeysOnMain();
    void connectsWhenItIsSwitchedOnAgain();

private:
    EngineOptions options() const
    {
        EngineOptions out;
        out.dataDirectory = m_folder->filePath(QStringLiteral("data"));
        out.network = QStringLiteral("regtest");
        out.keyDerivation = EngineOptions::KeyDerivation::TestOnly;
        return out;
    }
    std::string secretFile(const char* name, const char* content,
                           QFile::Permissions permissions = QFile::ReadOwner |
                                                            QFile::WriteOwner) const
    {
        const auto path = m_folder->filePath(QString::fromUtf8(name));
        QFile file(path);
        ASSERT(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
        file.setPermissions(permissions);
        return path.toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
};

void RpcTest::initTestCase()
{
    qRegisterMetaType<std::string>("std::string");
}

void RpcTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
    auto started = Engine::start(options(), Engine::Role::Command);
    VERIFY_RESULT(started);
    m_engine = started.take();
}

void RpcTest::cleanup()
{
    m_engine.reset();
    m_folder.reset();
}

void RpcTest::answersAnyLine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* line, const char* code) {
        QTest::newRow(*line == 0 ? "nothing" : line) << QByteArray(line) << QString::fromUtf8(code);
    };
    row("", "malformed");
    row("{", "malformed");
    row("null", "malformed");
    row("[]", "malformed");
    row("5", "malformed");
    row(R"({"id":1})", "malformed");
    row(R"({"id":1,"method":5})", "malformed");
    row(R"({"id":1,"method":"balance","method":"balance"})", "malformed");
    row(R"({"id":1,"method":"balance"} x)", "malformed");
    row(R"({"id":1,"method":"no.such"})", "usage");
    row(R"({"id":1,"method":"balance","params":5})", "malformed");
    row(R"({"id":1,"method":"balance","params":{"secret":"x"}})", "malformed");
    row(R"({"id":1,"method":"balance","network":5})", "malformed");
    row(R"({"id":1,"method":"balance","params":{"wallet":"none"}})", "locked");
    row(R"({"id":1,"method":"balance"})", "usage"); // Which wallet?
    row(R"({"id":1,"method":"send.confirm","params":{"wallet":"none","intent":"x"}})",
        "password_needed");
    row(R"({"id":1,"method":"node.status"})", "");
    row(R"({"method":"node.status"})", "");
}

void RpcTest::answersAnyLine()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, code);
    Conversation client(*m_engine);
    const auto answer = client.ask(line.toStdString());
    QVERIFY(answer.is_object());
    QCOMPARE(Conversation::codeOf(answer), code);
    QVERIFY(answer.contains("id"));
    QCOMPARE(answer["jsonrpc"].get<std::string>(), std::string("2.0"));
    // And it goes on.
    QCOMPARE(client.refusal("node.status"), QString());
}

void RpcTest::holdsItsDataDirectoryAlone()
{
    auto second = Engine::start(options(), Engine::Role::Command);
    COMPARE_ERROR(second, ErrorCode::InUse);
    m_engine.reset();
    auto third = Engine::start(options(), Engine::Role::Command);
    VERIFY_RESULT(third);
}

void RpcTest::boundsWhatRunsAtOnce()
{
    constexpr int kMost = 32;
    const auto session = m_engine->openSession();
    QSignalSpy lines(session.get(), &engine::RpcSession::lineReady);
    const auto idAndCode = [&lines] {
        const auto line = lines.takeFirst().first().value<std::string>();
        const auto answer = base::parseJson(line);
        ASSERT(answer);
        return std::pair((*answer)["id"].get<int>(), Conversation::codeOf(*answer));
    };
    // There is no node, so each of them waits for its whole second.
    for (int id = 1; id <= kMost + 1; ++id)
        session->handle(R"({"id":)" + std::to_string(id) +
                        R"(,"method":"node.sync","params":{"wait":true,"timeout":1}})");
    QTRY_COMPARE(lines.count(), 1);
    QCOMPARE(idAndCode(), std::pair(kMost + 1, QStringLiteral("too_large")));
    Conversation other(*m_engine); // Another client is not concerned.
    QCOMPARE(other.refusal("node.status"), QString());
    QTRY_COMPARE_WITH_TIMEOUT(lines.count(), kMost, 20'000);
    while (!lines.isEmpty())
        QCOMPARE(idAndCode().second, QStringLiteral("timeout"));
    session->handle(R"({"id":50,"method":"node.status"})");
    QTRY_COMPARE(lines.count(), 1);
    QCOMPARE(idAndCode(), std::pair(50, QString()));
}

void RpcTest::refusesAWrongNetwork()
{
    Conversation client(*m_engine);
    const auto answer = client.ask(R"({"id":1,"method":"node.status","network":"main"})");
    QCOMPARE(Conversation::codeOf(answer), QStringLiteral("conflict"));
    auto other = options();
    other.dataDirectory += QStringLiteral("2");
    other.network = QStringLiteral("mainnet");
    QVERIFY(!Engine::start(other, Engine::Role::Command));
}

void RpcTest::neverInheritsAnUnlock()
{
    const auto password = secretFile("password", "correct horse\n");
    const Json named{{"wallet", "w"}};
    const Json withPassword{{"wallet", "w"}, {"password_file", password}};
    {
        Conversation owner(*m_engine);
        QCOMPARE(owner.refusal("wallet.create", withPassword), QString());
        QCOMPARE(owner.refusal("balance", named), QString());
        Conversation stranger(*m_engine);
        for (const char* method : {"balance", "history", "account.list", "send.list",
                                   "audit.verify", "wallet.info", "watch"})
            QCOMPARE(stranger.refusal(method, named), QStringLiteral("locked"));
        const auto wrong = secretFile("wrong", "not it\n");
        QCOMPARE(stranger.refusal("balance", {{"wallet", "w"}, {"password_file", wrong}}),
                 QStringLiteral("wrong_password"));
        QCOMPARE(stranger.refusal("balance", named), QStringLiteral("locked"));
        QCOMPARE(stranger.refusal("balance", withPassword), QString());
        QCOMPARE(stranger.refusal("balance", named), QString());
        // Moving money wants the password in the very request, also from the owner.
        QCOMPARE(owner.refusal("wallet.show-mnemonic", named), QStringLiteral("password_needed"));
        QCOMPARE(owner.refusal("send.confirm", {{"wallet", "w"}, {"intent", "x"}}),
                 QStringLiteral("password_needed"));
    }
    // When the last one leaves the wallet is locked again.
    Conversation late(*m_engine);
    QCOMPARE(late.refusal("balance", named), QStringLiteral("locked"));
    const auto wallets = late.call("wallet.list");
    QVERIFY(wallets["result"]["wallets"].size() == 1);
    QVERIFY(!wallets["result"]["wallets"][0]["unlocked"].get<bool>());
}

void RpcTest::secretsComeFromFilesOfTheirOwner()
{
    Conversation client(*m_engine);
    const auto create = [&](const std::string& file) {
        return client.refusal("wallet.create", {{"wallet", "w"}, {"password_file", file}});
    };
    QCOMPARE(create(m_folder->filePath(QStringLiteral("absent")).toStdString()),
             QStringLiteral("not_found"));
    QCOMPARE(create(m_folder->path().toStdString()).isEmpty(), false);
    const auto open =
        secretFile("open", "secret\n", QFile::ReadOwner | QFile::WriteOwner | QFile::WriteOther);
    QCOMPARE(create(open), QStringLiteral("permission_denied"));
    QCOMPARE(create(secretFile("empty", "")), QStringLiteral("out_of_range"));
    QVERIFY(!QFile::exists(options().dataDirectory + QStringLiteral("/wallets/w.coffer")));
    // What others may read is refused like an open key of ssh, but with practice money alone.
    const auto readable = secretFile("readable", "correct horse\n",
                                     QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    {
        auto wanted = options();
        wanted.dataDirectory += QStringLiteral("2");
        wanted.network = QStringLiteral("signet");
        auto started = Engine::start(wanted, Engine::Role::Command);
        VERIFY_RESULT(started);
        Conversation serious(**started);
        QCOMPARE(serious.refusal("wallet.create", {{"wallet", "w"}, {"password_file", readable}}),
                 QStringLiteral("permission_denied"));
    }
    // A name must not leave the folder.
    const auto password = secretFile("password", "correct horse\n");
    for (const char* name : {"../w", "a/b", ".hidden", " w", "w ", ""}) {
        const auto code =
            client.refusal("wallet.create", {{"wallet", name}, {"password_file", password}});
        QVERIFY2(code == QStringLiteral("malformed") || code == QStringLiteral("usage"), name);
    }
    QCOMPARE(create(readable), QString());
}

void RpcTest::raisesAWindowOnlyIfThereIsOne()
{
    Conversation client(*m_engine);
    QSignalSpy raised(m_engine.get(), &Engine::raiseRequested);
    QCOMPARE(client.refusal("window.raise"), QStringLiteral("unsupported"));
    QCOMPARE(raised.count(), 0);
}

void RpcTest::refusesCheapKeysOnMain()
{
    auto main = options();
    main.dataDirectory += QStringLiteral("2");
    main.network = QStringLiteral("main");
    COMPARE_ERROR(Engine::start(main, Engine::Role::Command), ErrorCode::Usage);
}

void RpcTest::connectsWhenItIsSwitchedOnAgain()
{
    QCOMPARE(Conversation(*m_engine).refusal("node.offline"), QString());
    m_engine.reset();

    QTcpServer peer;
    QVERIFY(peer.listen(QHostAddress::LocalHost));
    auto wanted = options();
    wanted.bitcoinPeers = {QStringLiteral("127.0.0.1:%1").arg(peer.serverPort())};
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_folder->path()));
    auto started = Engine::start(wanted, Engine::Role::Headless);
    VERIFY_RESULT(started);
    m_engine = started.take();
    Conversation client(*m_engine);
    QVERIFY(client.call("node.status")["result"]["offline"].get<bool>());
    QVERIFY(!peer.hasPendingConnections());
    QCOMPARE(client.refusal("node.online"), QString());
    QTRY_VERIFY(peer.hasPendingConnections());
}

QTEST_GUILESS_MAIN(RpcTest)
#include "rpc_test.moc"
