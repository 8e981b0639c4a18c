// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: one outbound connection behaves as promised, directly and through SOCKS5: logged before the
// first byte, names left to the proxy, bounded buffers, one closed() whatever happens. Method:
// local servers; a SOCKS5 server that logs.

#include "core/transport/tcp_connection.h"
#include "tests/support/socks_server.h"
#include "tests/support/test.h"

#include <QSignalSpy>
#include <QTcpServer>

#include <memory>

using namespace coffer;
using base::ErrorCode;
using test::SocksServer;
using transport::NetworkLog;
using transport::Purpose;
using transport::Route;
using transport::TcpConnection;

namespace {

base::Bytes bytesOf(const char* text)
{
    return base::bytesOf(base::viewOf(std::string_view(text)));
}

Route through(const SocksServer& proxy, const QString& user)
{
    Route route{QStringLiteral("127.0.0.1"), proxy.port(), user};
    return route;
}

quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

class TcpConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsProxies_data();
    void readsProxies();
    void talksDirectly();
    void readsWhatCameBeforeTheEnd();
    void closesOnce();
    void refusalIsTold();
    void letsGoOfWhoDoesNotRead();
    void namesReachTheProxyUnresolved();
    void aHostBehindTheProxyMayBeDown();
    void aDeadProxyIsNamed();

private:
    QTcpSocket* accept()
    {
        if (!m_server->hasPendingConnections())
            m_server->waitForNewConnection(5000);
        return m_server->nextPendingConnection();
    }

    base::ManualClock m_clock;
    std::unique_ptr<NetworkLog> m_log;
    std::unique_ptr<QTcpServer> m_server;
};

void TcpConnectionTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_log = std::make_unique<NetworkLog>(m_clock);
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
}

void TcpConnectionTest::readsProxies_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host"); // Empty: refused.
    QTest::addColumn<int>("port");
    const auto row = [](const char* text, const char* host, int port) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(host) << port;
    };
    row("socks5://127.0.0.1:9050", "127.0.0.1", 9050);
    row("socks5://localhost:9150", "localhost", 9150);
    row("socks5://[::1]:9050", "::1", 9050);
    for (const char* bad :
         {"", "127.0.0.1:9050", "socks5://", "socks5://127.0.0.1", "socks5://:9050",
          "socks5://127.0.0.1:0", "socks5://127.0.0.1:70000", "http://127.0.0.1:9050",
          "socks4://127.0.0.1:9050", "socks5://user:secret@127.0.0.1:9050",
          "socks5://127.0.0.1:9050/path", "socks5://127.0.0.1:9050?x=1",
          "socks5://127.0.0.1:9050#x", "socks5://127.0.0.1:9050 x"})
        row(bad, "", 0);
}

void TcpConnectionTest::readsProxies()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto route = transport::parseProxy(text);
    if (host.isEmpty()) {
        COMPARE_ERROR(route, ErrorCode::Malformed);
        return;
    }
    VERIFY_RESULT(route);
    QCOMPARE(route->proxyHost, host);
    QCOMPARE(int(route->proxyPort), port);
    QVERIFY(route->isProxied());
}

void TcpConnectionTest::talksDirectly()
{
    TcpConnection connection(*m_log, Purpose::BitcoinSync);
    QSignalSpy opened(&connection, &TcpConnection::opened);
    connection.open(QStringLiteral("127.0.0.1"), m_server->serverPort(), {}, QStringLiteral("ip"));
    QCOMPARE(m_log->rows().size(), 1U); // Before anything left.
    QCOMPARE(m_log->rows()[0].outcome, QStringLiteral("connecting"));
    QCOMPARE(m_log->rows()[0].route, QStringLiteral("direct"));
    QCOMPARE(m_log->rows()[0].host, QStringLiteral("127.0.0.1:%1").arg(m_server->serverPort()));
    QTRY_COMPARE(opened.count(), 1);
    QCOMPARE(m_log->rows()[0].outcome, QStringLiteral("connected"));
    auto* other = accept();
    QVERIFY(other != nullptr);
    connection.send(bytesOf("hello"));
    QTRY_COMPARE(other->bytesAvailable(), 5);
    QSignalSpy readable(&connection, &TcpConnection::readable);
    other->write("world");
    QTRY_VERIFY(!readable.isEmpty());
    QCOMPARE(connection.takeReceived(), bytesOf("world"));
    QVERIFY(connection.takeReceived().empty());
}

void TcpConnectionTest::readsWhatCameBeforeTheEnd()
{
    TcpConnection connection(*m_log, Purpose::BitcoinSync);
    base::Bytes received;
    QSignalSpy closed(&connection, &TcpConnection::closed);
    connect(&connection, &TcpConnection::readable, this, [&] {
        const auto more = connection.takeReceived();
        received.insert(received.end(), more.begin(), more.end());
    });
    connection.open(QStringLiteral("127.0.0.1"), m_server->serverPort(), {}, {});
    auto* other = accept();
    other->write("last words");
    other->disconnectFromHost();
    QTRY_COMPARE(closed.count(), 1);
    QCOMPARE(received, bytesOf("last words"));
    QVERIFY(m_log->rows()[0].isOver());
}

void TcpConnectionTest::closesOnce()
{
    auto connection = std::make_unique<TcpConnection>(*m_log, Purpose::BitcoinSync);
    QSignalSpy opened(connection.get(), &TcpConnection::opened);
    QSignalSpy closed(connection.get(), &TcpConnection::closed);
    connection->open(QStringLiteral("127.0.0.1"), m_server->serverPort(), {}, {});
    QTRY_COMPARE(opened.count(), 1);
    auto* other = accept();
    connection->send(bytesOf("queued"));
    connection->close();
    connection->close();
    connection->send(bytesOf("too late"));
    QTRY_COMPARE(other->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(other->readAll(), QByteArray("queued"));
    QCOMPARE(closed.count(), 1);
    QCOMPARE(m_log->rows()[0].outcome, QStringLiteral("closed by us"));
    // One that is deleted while it is open says so in the log, not by a signal.
    auto second = std::make_unique<TcpConnection>(*m_log, Purpose::BitcoinSync);
    QSignalSpy never(second.get(), &TcpConnection::closed);
    second->open(QStringLiteral("127.0.0.1"), m_server->serverPort(), {}, {});
    second.reset();
    QCOMPARE(never.count(), 0);
    QCOMPARE(m_log->rows()[1].outcome, QStringLiteral("closed"));
}

void TcpConnectionTest::refusalIsTold()
{
    auto connection = std::make_unique<TcpConnection>(*m_log, Purpose::BitcoinSync);
    QSignalSpy closed(connection.get(), &TcpConnection::closed);
    connection->open(QStringLiteral("127.0.0.1"), closedPort(), {}, {});
    QTRY_COMPARE(closed.count(), 1);
    QVERIFY(!connection->proxyFailed());
    const auto reason = closed.first().first().toString();
    QVERIFY(reason != QStringLiteral("closed"));
    QCOMPARE(m_log->rows()[0].outcome, reason);
    connection.reset();
    QCOMPARE(m_log->rows()[0].outcome, reason); // The log keeps it.
}

void TcpConnectionTest::letsGoOfWhoDoesNotRead()
{
    TcpConnection connection(*m_log, Purpose::BitcoinSync);
    QSignalSpy opened(&connection, &TcpConnection::opened);
    QSignalSpy closed(&connection, &TcpConnection::closed);
    connection.open(QStringLiteral("127.0.0.1"), m_server->serverPort(), {}, {});
    QTRY_COMPARE(opened.count(), 1);
    const base::Bytes block(1024 * 1024, 0xab);
    int sent = 0;
    while (closed.isEmpty() && sent < 64) {
        connection.send(block);
        ++sent;
    }
    QCOMPARE(closed.count(), 1);
    QVERIFY(sent <= 9);
    QCOMPARE(m_log->rows()[0].outcome, QStringLiteral("peer does not read"));
}

void TcpConnectionTest::namesReachTheProxyUnresolved()
{
    SocksServer proxy;
    proxy.lead(QStringLiteral("some.name.invalid"), m_server->serverPort());
    std::vector<std::unique_ptr<TcpConnection>> connections;
    for (const char* user : {"first", "second"}) {
        auto connection = std::make_unique<TcpConnection>(*m_log, Purpose::BitcoinBroadcast);
        QSignalSpy opened(connection.get(), &TcpConnection::opened);
        connection->open(QStringLiteral("some.name.invalid"), 8333,
                         through(proxy, QString::fromUtf8(user)), QStringLiteral("transaction"));
        QTRY_COMPARE(opened.count(), 1);
        connection->send(bytesOf(user));
        auto* other = accept();
        QVERIFY(other != nullptr);
        QTRY_COMPARE(other->bytesAvailable(), qint64(qstrlen(user)));
        QCOMPARE(other->readAll(), QByteArray(user));
        connections.push_back(std::move(connection));
    }
    const auto requests = proxy.requests();
    QCOMPARE(requests.size(), 2U);
    QVERIFY(requests[0].byName && requests[1].byName);
    QCOMPARE(requests[0].host, QStringLiteral("some.name.invalid"));
    QCOMPARE(int(requests[0].port), 8333);
    QCOMPARE(requests[0].user, QStringLiteral("first"));
    QCOMPARE(requests[1].user, QStringLiteral("second"));
    QVERIFY(!requests[0].password.isEmpty());
    QCOMPARE(m_log->rows()[0].route, QStringLiteral("socks5"));
}

void TcpConnectionTest::aHostBehindTheProxyMayBeDown()
{
    SocksServer proxy;
    TcpConnection connection(*m_log, Purpose::BitcoinSync);
    QSignalSpy closed(&connection, &TcpConnection::closed);
    connection.open(QStringLiteral("nobody.invalid"), 8333, through(proxy, {}), {});
    QTRY_COMPARE(closed.count(), 1);
    QVERIFY(!connection.proxyFailed());
}

void TcpConnectionTest::aDeadProxyIsNamed()
{
    TcpConnection connection(*m_log, Purpose::BitcoinSync);
    QSignalSpy closed(&connection, &TcpConnection::closed);
    // The place itself is there: it must not be reached around the proxy.
    connection.open(QStringLiteral("127.0.0.1"), m_server->serverPort(),
                    {QStringLiteral("127.0.0.1"), closedPort(), {}}, {});
    QTRY_COMPARE(closed.count(), 1);
    QVERIFY(connection.proxyFailed());
    QVERIFY(!m_server->hasPendingConnections());
}

QTEST_GUILESS_MAIN(TcpConnectionTest)
#include "tcp_connection_test.moc"
