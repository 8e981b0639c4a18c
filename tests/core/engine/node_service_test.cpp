// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the service outlives the jobs that it gave to the pool, and the switch for the network
// works in both directions, whatever it was at the start. Method: the service with its real store,
// no peer.

#include "core/engine/node_service.h"
#include "tests/support/test.h"

#include <QTcpServer>
#include <QTemporaryDir>

#include <atomic>
#include <thread>

using namespace coffer;
using engine::NodeService;

class NodeServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void waitsForItsJobs();
    void connectsOnlyWhenOnline();

private:
    NodeService::Options options() const
    {
        NodeService::Options out;
        out.network = bitcoin::Network::Regtest;
        out.folder = m_folder.filePath(QStringLiteral("node"));
        return out;
    }

    QTemporaryDir m_folder;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
};

void NodeServiceTest::waitsForItsJobs()
{
    // A job that its last commands started posts to the service when it ends.
    QThreadPool pool;
    std::atomic<bool> over = false;
    {
        NodeService service(options(), m_clock, m_random, pool);
        QVERIFY(service.open());
        pool.start([&over] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            over = true;
        });
    }
    QVERIFY(over);
}

void NodeServiceTest::connectsOnlyWhenOnline()
{
    QTcpServer peer;
    QVERIFY(peer.listen(QHostAddress::LocalHost));
    QThreadPool pool;
    auto wanted = options();
    const auto address = QStringLiteral("127.0.0.1:%1").arg(peer.serverPort()).toStdString();
    auto parsed = lightnode::parsePeerAddress(address, 1);
    QVERIFY(parsed);
    wanted.ownNodes.push_back(parsed.take());
    NodeService service(wanted, m_clock, m_random, pool);
    QVERIFY(service.open());

    service.setNetworkUse(api::NetworkUse::Offline);
    QCOMPARE(service.goOnline().error().code, base::ErrorCode::Offline);
    QCoreApplication::processEvents();
    QVERIFY(service.networkLog().rows().empty());
    QVERIFY(service.snapshot().offline);

    service.setNetworkUse(api::NetworkUse::Online);
    QVERIFY(service.goOnline());
    QTRY_VERIFY(peer.hasPendingConnections());
}

QTEST_GUILESS_MAIN(NodeServiceTest)
#include "node_service_test.moc"
