// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: lines pass between processes of one person, every buffer is bounded, and a dead engine's
// socket does not lock anybody out.

#include "core/transport/local_socket.h"
#include "tests/support/test.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <memory>

using namespace coffer;
using base::ErrorCode;
using transport::LocalConnection;
using transport::LocalServer;

class LocalSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_folder.reset(); }
    void livesInAFolderOfItsOwn();
    void refusesAFolderThatOthersCanOpen();
    void passesLinesBothWays();
    void refusesLongLines();
    void letsGoOfWhoDoesNotRead();
    void boundsConnections();
    void replacesAStaleSocketOnly();
    void sameDirectorySameSocket();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void LocalSocketTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void LocalSocketTest::livesInAFolderOfItsOwn()
{
    const auto path = transport::localSocketPath(QStringLiteral("/some/where"));
    VERIFY_RESULT(path);
    QVERIFY(path->startsWith(m_folder->path() + QStringLiteral("/coffer-")));
    struct stat info = {};
    QCOMPARE(stat(QFileInfo(*path).path().toUtf8().constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0700U);
}

void LocalSocketTest::sameDirectorySameSocket()
{
    const auto one = transport::localSocketPath(QStringLiteral("/some/where"));
    const auto same = transport::localSocketPath(QStringLiteral("/some/where/"));
    const auto other = transport::localSocketPath(QStringLiteral("/some/where/else"));
    VERIFY_RESULT(one);
    VERIFY_RESULT(same);
    VERIFY_RESULT(other);
    QCOMPARE(*one, *same);
    QVERIFY(*one != *other);
}

void LocalSocketTest::refusesAFolderThatOthersCanOpen()
{
    const auto path = transport::localSocketPath(QStringLiteral("/some/where"));
    VERIFY_RESULT(path);
    const auto folder = QFileInfo(*path).path().toUtf8();
    QCOMPARE(chmod(folder.constData(), 0755), 0);
    COMPARE_ERROR(transport::localSocketPath(QStringLiteral("/some/where")),
                  ErrorCode::PermissionDenied);
    // A link to somewhere else is none of ours either.
    QVERIFY(QDir(QString::fromUtf8(folder)).removeRecursively());
    QCOMPARE(symlink(m_folder->path().toUtf8().constData(), folder.constData()), 0);
    COMPARE_ERROR(transport::localSocketPath(QStringLiteral("/some/where")),
                  ErrorCode::PermissionDenied);
}

void LocalSocketTest::passesLinesBothWays()
{
    const auto path = m_folder->filePath(QStringLiteral("s"));
    LocalServer server;
    std::vector<std::string> heard;
    connect(&server, &LocalServer::connected, this, [&](LocalConnection* connection) {
        connection->setParent(&server);
        connect(connection, &LocalConnection::lineReceived, connection,
                [&heard, connection](const std::string& line) {
                    heard.push_back(line);
                    connection->sendLine("got " + line);
                });
    });
    VERIFY_RESULT(server.listen(path));
    auto client = transport::connectToEngine(path);
    VERIFY_RESULT(client);
    const std::unique_ptr<LocalConnection> connection(client.take());
    std::vector<std::string> answers;
    connect(connection.get(), &LocalConnection::lineReceived, this,
            [&](const std::string& line) { answers.push_back(line); });
    const std::string large(LocalConnection::kMaxFrame - 100, 'x');
    for (const auto& line : {std::string("one"), std::string(), large, std::string("two")})
        connection->sendLine(line);
    QTRY_COMPARE(answers.size(), 4U);
    QVERIFY(heard == (std::vector<std::string>{"one", "", large, "two"}));
    QCOMPARE(answers[3], std::string("got two"));
    QSignalSpy closed(connection.get(), &LocalConnection::closed);
    server.findChild<LocalConnection*>()->close();
    QTRY_COMPARE(closed.count(), 1);
}

void LocalSocketTest::refusesLongLines()
{
    const auto path = m_folder->filePath(QStringLiteral("s"));
    LocalServer server;
    std::size_t lines = 0;
    connect(&server, &LocalServer::connected, this, [&](LocalConnection* connection) {
        connection->setParent(&server);
        connect(connection, &LocalConnection::lineReceived, this, [&] { ++lines; });
    });
    VERIFY_RESULT(server.listen(path));
    // With and without an end in sight.
    for (const char* end : {"", "\n"}) {
        QLocalSocket client;
        client.connectToServer(path);
        QVERIFY(client.waitForConnected(2000));
        client.write(QByteArray(LocalConnection::kMaxFrame + 1'000, 'x') + end);
        QTRY_COMPARE(client.state(), QLocalSocket::UnconnectedState);
    }
    QCOMPARE(lines, 0U);
}

void LocalSocketTest::letsGoOfWhoDoesNotRead()
{
    const auto path = m_folder->filePath(QStringLiteral("s"));
    LocalServer server;
    LocalConnection* served = nullptr;
    connect(&server, &LocalServer::connected, this, [&](LocalConnection* connection) {
        connection->setParent(&server);
        served = connection;
    });
    VERIFY_RESULT(server.listen(path));
    QLocalSocket client;
    client.setReadBufferSize(1024);
    client.connectToServer(path);
    QTRY_VERIFY(served != nullptr);
    QSignalSpy closed(served, &LocalConnection::closed);
    const std::string event(1024 * 1024, 'e');
    std::size_t sent = 0;
    while (closed.isEmpty() && sent < 64) {
        served->sendLine(event);
        ++sent;
    }
    QCOMPARE(closed.count(), 1);
    QVERIFY(sent <= static_cast<std::size_t>(LocalConnection::kMaxUnsent) / event.size() + 3);
}

void LocalSocketTest::boundsConnections()
{
    const auto path = m_folder->filePath(QStringLiteral("s"));
    LocalServer server;
    int connections = 0;
    connect(&server, &LocalServer::connected, this, [&](LocalConnection* connection) {
        connection->setParent(&server);
        ++connections;
        connect(connection, &LocalConnection::closed, connection, &QObject::deleteLater);
    });
    VERIFY_RESULT(server.listen(path));
    std::vector<std::unique_ptr<QLocalSocket>> clients;
    for (int i = 0; i < LocalServer::kMaxConnections + 1; ++i) {
        clients.push_back(std::make_unique<QLocalSocket>());
        clients.back()->connectToServer(path);
        QVERIFY(clients.back()->waitForConnected(2000));
    }
    QTRY_COMPARE(clients.back()->state(), QLocalSocket::UnconnectedState);
    QCOMPARE(connections, LocalServer::kMaxConnections);
    // One leaves: there is room again.
    clients.front()->disconnectFromServer();
    QTRY_COMPARE(server.findChildren<LocalConnection*>().size(), LocalServer::kMaxConnections - 1);
    clients.back()->connectToServer(path);
    QTRY_COMPARE(connections, LocalServer::kMaxConnections + 1);
    QCOMPARE(clients.back()->state(), QLocalSocket::ConnectedState);
}

void LocalSocketTest::replacesAStaleSocketOnly()
{
    const auto path = m_folder->filePath(QStringLiteral("s"));
    COMPARE_ERROR(transport::connectToEngine(path), ErrorCode::NotFound);
    // What a killed engine leaves behind.
    const int dead = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.toUtf8().constData(), sizeof address.sun_path - 1);
    QCOMPARE(bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    close(dead);
    QVERIFY(QFileInfo::exists(path));
    COMPARE_ERROR(transport::connectToEngine(path), ErrorCode::NotFound);
    LocalServer server;
    VERIFY_RESULT(server.listen(path));
    LocalServer second;
    COMPARE_ERROR(second.listen(path), ErrorCode::AlreadyExists);
    auto client = transport::connectToEngine(path);
    VERIFY_RESULT(client);
    delete client.take();
}

QTEST_GUILESS_MAIN(LocalSocketTest)
#include "local_socket_test.moc"
