// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a wallet file from elsewhere comes in whole or not at all and never sends before it has
// synced; renaming keeps everything but the name; deleting takes a password, a name, and everything
// that was there. Method: real engines without a network, each with a data directory of its own.

#include "core/vault/vault.h"
#include "tests/core/engine/conversation.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace coffer;
using base::ErrorCode;
using base::Json;
using engine::Engine;
using engine::EngineOptions;
using test::Conversation;

namespace {

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeBytes(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    ASSERT(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    ASSERT(file.write(bytes) == bytes.size());
}

} // namespace

class WalletFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<std::string>("std::string"); }
    void init();
    void cleanup();
    void importsABackup();
    void importsACopyAsRestored();
    void knowsTheLatestFileByItsAnchor();
    void knowsAnOlderFileByItsAnchor();
    void refusesToImport_data();
    void refusesToImport();
    void refusesAFileInUse();
    void refusesTheSameWalletTwice();
    void dropsWhatACrashLeft();
    void renamesAnOpenWallet();
    void renamesAClosedWallet();
    void refusesToRename();
    void leavesWalletsOfOtherRealmsAlone();
    void deletesWithItsAnchor();
    void deletesOnlyWhatIsBackedUpOrNamedTwice();
    void deletesADamagedWallet();

private:
    EngineOptions options(const char* place, const char* network = "regtest") const
    {
        EngineOptions out;
        out.dataDirectory = m_folder->filePath(QString::fromUtf8(place));
        out.network = QString::fromUtf8(network);
        out.keyDerivation = EngineOptions::KeyDerivation::TestOnly;
        return out;
    }
    void start(const char* place, const char* network = "regtest")
    {
        m_engine.reset();
        auto started = Engine::start(options(place, network), Engine::Role::Command);
        ASSERT(started);
        m_engine = started.take();
    }
    std::string secretFile(const char* name, const char* content) const
    {
        const auto path = m_folder->filePath(QString::fromUtf8(name));
        QFile file(path);
        ASSERT(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return path.toStdString();
    }
    std::string password() const { return secretFile("password", "correct horse\n"); }
    Json with(const char* wallet, Json more = Json::object()) const
    {
        more["wallet"] = wallet;
        more["password_file"] = password();
        return more;
    }
    QString walletPath(const char* place, const char* name) const
    {
        return m_folder->filePath(
            QStringLiteral("%1/wallets/%2.coffer").arg(QLatin1String(place), QLatin1String(name)));
    }
    QStringList listed(const char* place, const char* folder) const
    {
        return QDir(m_folder->filePath(
                        QStringLiteral("%1/%2").arg(QLatin1String(place), QLatin1String(folder))))
            .entryList(QDir::Files | QDir::Hidden);
    }
    /// A wallet with an account in `place`, closed; its file.
    QString made(const char* place, const char* name = "w", const char* network = "regtest")
    {
        start(place, network);
        {
            Conversation client(*m_engine);
            ASSERT(client.refusal("wallet.create", with(name)).isEmpty());
            ASSERT(client.refusal("account.add", with(name)).isEmpty());
        }
        m_engine.reset();
        return walletPath(place, name);
    }
    QString copied(const QString& path, const char* name) const
    {
        const auto copy = m_folder->filePath(QString::fromUtf8(name));
        ASSERT(QFile::copy(path, copy));
        return copy;
    }
    Json import(const QString& path, const char* name = "b")
    {
        Conversation client(*m_engine);
        return client.call("wallet.import", with(name, {{"file", path.toStdString()}}));
    }
    bool isRestored(const char* name)
    {
        Conversation client(*m_engine);
        return client.call("wallet.info", with(name))["result"]["restored"].get<bool>();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
};

void WalletFilesTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
}

void WalletFilesTest::cleanup()
{
    m_engine.reset();
    m_folder.reset();
}

void WalletFilesTest::importsABackup()
{
    start("a");
    const auto backup = m_folder->filePath(QStringLiteral("backup.coffer"));
    {
        Conversation client(*m_engine);
        QCOMPARE(client.refusal("wallet.create", with("w")), QString());
        QCOMPARE(client.refusal("account.add", with("w")), QString());
        QCOMPARE(client.refusal("wallet.backup", with("w", {{"file", backup.toStdString()},
                                                            {"backup_password_file",
                                                             secretFile("other", "other\n")}})),
                 QString());
    }
    const auto before = bytesOf(backup);
    start("b");
    Conversation client(*m_engine);
    const Json wrong = with("b", {{"file", backup.toStdString()}});
    QCOMPARE(client.refusal("wallet.import", wrong), QStringLiteral("wrong_password"));
    QCOMPARE(listed("b", "wallets"), QStringList());
    auto right = wrong;
    right["password_file"] = secretFile("other", "other\n");
    const auto answer = client.call("wallet.import", right);
    QCOMPARE(Conversation::codeOf(answer), QString());
    QVERIFY(answer["result"]["restored"].get<bool>());
    QVERIFY(answer["result"]["fingerprint"].is_string());
    // Open on this connection, under the password of the backup; it must sync before it sends.
    const auto accounts = client.call("account.list", {{"wallet", "b"}});
    QCOMPARE(accounts["result"]["accounts"].size(), std::size_t{1});
    const auto address = client.call("address.new", {{"wallet", "b"}});
    QCOMPARE(client.refusal("send.prepare", {{"wallet", "b"},
                                             {"to", Json::array({address["result"]["address"]})},
                                             {"amount", Json::array({"0.1"})}}),
             QStringLiteral("not_synced"));
    QCOMPARE(client.refusal("wallet.info", with("b")), QStringLiteral("wrong_password"));
    QCOMPARE(bytesOf(backup), before);
    QVERIFY(!QFile::exists(backup + QStringLiteral("-journal")));
    QCOMPARE(listed("b", "wallets").filter(QStringLiteral("import")), QStringList());
}

void WalletFilesTest::importsACopyAsRestored()
{
    const auto file = copied(made("a"), "copy.coffer");
    start("b");
    const auto answer = import(file);
    QCOMPARE(Conversation::codeOf(answer), QString());
    QVERIFY(answer["result"]["restored"].get<bool>()); // Nothing here says how old it is.
    start("b");
    QVERIFY(isRestored("b")); // A restart does not forget that.
}

void WalletFilesTest::knowsTheLatestFileByItsAnchor()
{
    const auto away = m_folder->filePath(QStringLiteral("away.coffer"));
    QVERIFY(QFile::rename(made("a"), away));
    start("a");
    const auto answer = import(away);
    QCOMPARE(Conversation::codeOf(answer), QString());
    QVERIFY(!answer["result"]["restored"].get<bool>());
}

void WalletFilesTest::knowsAnOlderFileByItsAnchor()
{
    const auto path = made("a");
    const auto older = copied(path, "older.coffer");
    start("a");
    QCOMPARE(Conversation(*m_engine).refusal("account.add", with("w")), QString());
    m_engine.reset();
    QVERIFY(QFile::remove(path));
    start("a");
    const auto answer = import(older);
    QCOMPARE(Conversation::codeOf(answer), QString());
    QVERIFY(answer["result"]["restored"].get<bool>());
}

void WalletFilesTest::refusesToImport_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* fault, const char* code) {
        QTest::newRow(fault) << QString::fromUtf8(fault) << QString::fromUtf8(code);
    };
    row("password", "wrong_password");
    row("empty password", "password_needed");
    row("half", "damaged");
    row("overwritten", "damaged");
    row("text", "damaged");
    row("empty", "damaged");
    row("absent", "not_found");
    row("folder", "not_found");
    row("realm", "wrong_network");
    row("version", "version_too_new");
    row("name taken", "already_exists");
    row("name", "malformed");
}

void WalletFilesTest::refusesToImport()
{
    QFETCH(QString, fault);
    QFETCH(QString, code);
    const bool otherRealm = fault == QStringLiteral("realm");
    auto file = copied(made("a", "w", otherRealm ? "signet" : "regtest"), "copy.coffer");
    const auto whole = bytesOf(file);
    auto bytes = whole;
    if (fault == QStringLiteral("half"))
        bytes = whole.left(whole.size() / 2);
    else if (fault == QStringLiteral("overwritten"))
        bytes.replace(whole.size() / 2, whole.size() / 2, QByteArray(whole.size() / 2, 'U'));
    else if (fault == QStringLiteral("text"))
        bytes = QByteArray("legal winner thank year\n").repeated(400);
    else if (fault == QStringLiteral("empty"))
        bytes.clear();
    else if (fault == QStringLiteral("version"))
        bytes[63] = 2; // SQLite's header keeps user_version, big-endian, at 60.
    writeBytes(file, bytes);
    made("b", "taken");
    start("b");
    const auto wallets = listed("b", "wallets");
    const auto anchors = listed("b", "anchors");
    if (fault == QStringLiteral("absent"))
        file += QStringLiteral(".none");
    else if (fault == QStringLiteral("folder"))
        file = m_folder->path();
    auto request = with("b", {{"file", file.toStdString()}});
    if (fault == QStringLiteral("password"))
        request["password_file"] = secretFile("wrong", "not it\n");
    else if (fault == QStringLiteral("empty password"))
        request["password_file"] = secretFile("wrong", "\n");
    else if (fault == QStringLiteral("name taken"))
        request["wallet"] = "taken";
    else if (fault == QStringLiteral("name"))
        request["wallet"] = "../b";
    Conversation client(*m_engine);
    QCOMPARE(client.refusal("wallet.import", request), code);
    QCOMPARE(listed("b", "wallets"), wallets);
    QCOMPARE(listed("b", "anchors"), anchors);
    if (QFileInfo(file).isFile())
        QCOMPARE(bytesOf(file), bytes);
    QCOMPARE(client.call("wallet.list")["result"]["wallets"].size(), std::size_t{1});
}

void WalletFilesTest::refusesAFileInUse()
{
    const auto file = made("a");
    auto other = Engine::start(options("a"), Engine::Role::Command);
    VERIFY_RESULT(other);
    Conversation owner(**other);
    QCOMPARE(owner.refusal("balance", with("w")), QString());
    start("b");
    QCOMPARE(Conversation::codeOf(import(file)), QStringLiteral("in_use"));
    QCOMPARE(listed("b", "wallets"), QStringList());
    QCOMPARE(owner.refusal("account.add", with("w")), QString());
}

void WalletFilesTest::refusesTheSameWalletTwice()
{
    const auto file = copied(made("a"), "copy.coffer");
    start("a");
    const auto answer = import(file);
    QCOMPARE(Conversation::codeOf(answer), QStringLiteral("conflict"));
    const auto detail = answer["error"]["data"]["detail"].get<std::string>();
    QVERIFY(QString::fromStdString(detail).endsWith(QStringLiteral("the name w")));
    QCOMPARE(listed("a", "wallets"), QStringList{QStringLiteral("w.coffer")});
    QVERIFY(!isRestored("w"));
}

void WalletFilesTest::dropsWhatACrashLeft()
{
    made("a");
    const auto left = walletPath("a", "b") + QStringLiteral(".import");
    writeBytes(left, "half a file");
    writeBytes(left + QStringLiteral("-journal"), "and its journal");
    start("a");
    QVERIFY(!QFile::exists(left));
    QVERIFY(!QFile::exists(left + QStringLiteral("-journal")));
    QVERIFY(QFile::exists(walletPath("a", "w")));
}

void WalletFilesTest::renamesAnOpenWallet()
{
    made("a");
    start("a");
    {
        Conversation client(*m_engine);
        QCOMPARE(client.refusal("balance", with("w")), QString());
        QSignalSpy published(m_engine->api().wallets, &api::Wallets::snapshotChanged);
        QCOMPARE(client.refusal("wallet.rename", with("w", {{"name", "Savings 2"}})), QString());
        // Still open for who had it open, and nobody was told anything else in between.
        QCOMPARE(client.refusal("balance", {{"wallet", "Savings 2"}}), QString());
        QCOMPARE(client.refusal("balance", with("w")), QStringLiteral("not_found"));
        QTRY_VERIFY(!published.isEmpty());
        for (const auto& told : published) {
            const auto snapshot = told.first().value<api::WalletsSnapshot>();
            QCOMPARE(snapshot.wallets.size(), std::size_t{1});
            QVERIFY(snapshot.wallets.front().unlocked);
            QCOMPARE(snapshot.wallets.front().id, QStringLiteral("Savings 2"));
        }
        QCOMPARE(client.refusal("account.add", with("Savings 2")), QString());
    }
    start("a");
    QCOMPARE(listed("a", "wallets"), QStringList{QStringLiteral("Savings 2.coffer")});
    QVERIFY(!isRestored("Savings 2"));
}

void WalletFilesTest::renamesAClosedWallet()
{
    made("a");
    start("a");
    auto* settings = m_engine->api().settings;
    auto chosen = settings->snapshot();
    chosen.lastWallet = QStringLiteral("w");
    auto stored = settings->set(chosen);
    QTRY_VERIFY(stored.isFinished());
    QTRY_COMPARE(settings->snapshot().lastWallet, QStringLiteral("w"));
    {
        Conversation client(*m_engine);
        QCOMPARE(client.refusal("wallet.rename", with("w", {{"name", "x"}})), QString());
        QCOMPARE(client.refusal("balance", {{"wallet", "x"}}), QStringLiteral("locked"));
    }
    QTRY_COMPARE(settings->snapshot().lastWallet, QStringLiteral("x"));
    QVERIFY(!isRestored("x"));
}

void WalletFilesTest::refusesToRename()
{
    made("a");
    made("a", "other");
    start("a");
    Conversation client(*m_engine);
    const auto rename = [&](const char* name) {
        return client.refusal("wallet.rename", with("w", {{"name", name}}));
    };
    QCOMPARE(rename("other"), QStringLiteral("already_exists"));
    QCOMPARE(rename("w"), QStringLiteral("already_exists"));
    QCOMPARE(rename("a/b"), QStringLiteral("malformed"));
    QCOMPARE(rename(""), QStringLiteral("malformed"));
    QCOMPARE(client.refusal("wallet.rename", with("none", {{"name", "x"}})),
             QStringLiteral("not_found"));
    const auto wrong = secretFile("wrong", "not it\n");
    QCOMPARE(
        client.refusal("wallet.rename", {{"wallet", "w"}, {"name", "x"}, {"password_file", wrong}}),
        QStringLiteral("wrong_password"));
    QCOMPARE(client.refusal("balance", with("w")), QString());
    QCOMPARE(listed("a", "wallets").filter(QStringLiteral("x.coffer")), QStringList());
}

void WalletFilesTest::leavesWalletsOfOtherRealmsAlone()
{
    const auto before = bytesOf(made("a", "w", "signet"));
    start("a", "regtest");
    {
        Conversation client(*m_engine);
        const auto wrong = QStringLiteral("wrong_network");
        QCOMPARE(client.refusal("balance", with("w")), wrong);
        QCOMPARE(client.refusal("wallet.rename", with("w", {{"name", "x"}})), wrong);
        QCOMPARE(client.refusal("wallet.delete", with("w", {{"name", "w"}, {"name_again", "w"}})),
                 wrong);
    }
    m_engine.reset();
    QCOMPARE(bytesOf(walletPath("a", "w")), before);
}

void WalletFilesTest::deletesWithItsAnchor()
{
    made("a");
    made("a", "other");
    start("a");
    Conversation client(*m_engine);
    const auto anchors = listed("a", "anchors").size();
    QCOMPARE(client.refusal("balance", with("w")), QString()); // Open, too.
    QCOMPARE(client.refusal("wallet.delete", with("w", {{"name", "w"}, {"name_again", "w"}})),
             QString());
    QCOMPARE(listed("a", "wallets"), QStringList{QStringLiteral("other.coffer")});
    QCOMPARE(listed("a", "anchors").size(), anchors - 1);
    QCOMPARE(client.refusal("balance", with("w")), QStringLiteral("not_found"));
    QCOMPARE(client.refusal("balance", with("other")), QString());
}

void WalletFilesTest::deletesOnlyWhatIsBackedUpOrNamedTwice()
{
    made("a");
    start("a");
    Conversation client(*m_engine);
    const auto remove = [&](Json more) {
        return client.refusal("wallet.delete", with("w", std::move(more)));
    };
    QCOMPARE(remove({{"name", "W"}, {"name_again", "w"}}), QStringLiteral("rejected"));
    QCOMPARE(remove({{"name", "w"}}), QStringLiteral("rejected"));
    QCOMPARE(remove({{"name", "w"}, {"name_again", "v"}}), QStringLiteral("rejected"));
    const auto wrong = secretFile("wrong", "not it\n");
    QCOMPARE(client.refusal(
                 "wallet.delete",
                 {{"wallet", "w"}, {"name", "w"}, {"name_again", "w"}, {"password_file", wrong}}),
             QStringLiteral("wrong_password"));
    QCOMPARE(client.refusal("wallet.delete", {{"wallet", "w"}, {"name", "w"}}),
             QStringLiteral("password_needed"));
    QVERIFY(QFile::exists(walletPath("a", "w")));
    const auto backup = m_folder->filePath(QStringLiteral("backup.coffer")).toStdString();
    QCOMPARE(client.refusal("wallet.backup",
                            with("w", {{"file", backup}, {"backup_password_file", password()}})),
             QString());
    QCOMPARE(remove({{"name", "w"}}), QString());
    QVERIFY(!QFile::exists(walletPath("a", "w")));
}

void WalletFilesTest::deletesADamagedWallet()
{
    const auto path = made("a");
    const auto whole = bytesOf(path);
    const auto secret = base::SecretBytes::copyOf(base::viewOf("correct horse"));
    bool found = false;
    // A record that does not open, below a header that does.
    for (auto at = whole.size() - 1; at > 0 && !found; at -= 97) {
        auto bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        writeBytes(path, bytes);
        const auto report = vault::verifyBackup(path.toStdString(), secret);
        found = !report && report.error().code == ErrorCode::Damaged &&
                report.error().detail.starts_with("record");
    }
    QVERIFY(found);
    start("a");
    Conversation client(*m_engine);
    QCOMPARE(client.refusal("balance", with("w")), QStringLiteral("damaged"));
    QCOMPARE(client.refusal("wallet.delete", with("w", {{"name", "w"}})),
             QStringLiteral("rejected"));
    QCOMPARE(client.refusal("wallet.delete", with("w", {{"name", "w"}, {"name_again", "w"}})),
             QString());
    QCOMPARE(listed("a", "wallets"), QStringList());
    QCOMPARE(listed("a", "anchors"), QStringList());
}

QTEST_GUILESS_MAIN(WalletFilesTest)
#include "wallet_files_test.moc"
