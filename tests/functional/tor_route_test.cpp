// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: with a proxy everything that leaves the machine goes through it, by name, each connection
// on a circuit of its own; when it is down nothing goes around it. Method: the real coffer-cli
// between a SOCKS5 server that logs and a real bitcoind; a guard loaded into the process sees every
// connection and every name that it resolves.

#include "tests/functional/steps.h"
#include "tests/support/socks_server.h"

#include <QTcpServer>

#include <map>
#include <set>

using namespace coffer::test;

namespace {

constexpr auto kOnion = "zx3qjmvjtg3dd6yeon5gmm3mvdbkhpihdxkucpxm7n6atpghpgcrcxyd.onion";

/// A command line that can reach this proxy port and nothing else, and the list of what it tried.
struct GuardedCommandLine
{
    CommandLine cli;
    QString leaks = cli.folder() + QStringLiteral("/leaks");

    GuardedCommandLine(const QString& network, const QString& peer, quint16 proxyPort)
        : cli(network, peer)
    {
        cli.setProxy(QStringLiteral("socks5://127.0.0.1:%1").arg(proxyPort));
        cli.setEnvironment(QStringLiteral("LD_PRELOAD"), QStringLiteral(COFFER_LEAK_GUARD));
        cli.setEnvironment(QStringLiteral("COFFER_LEAK_FILE"), leaks);
        cli.setEnvironment(QStringLiteral("COFFER_ONLY_PORT"), QString::number(proxyPort));
    }

    QByteArray leaked() const
    {
        QFile file(leaks);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort(); // Closed again at the end of this function.
}

} // namespace

class TorRouteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void theGuardSeesDirectConnections();
    void paysThroughAnOnion();
    void asksSeedsThroughTheProxy();
    void nothingGoesAroundADeadProxy();
};

void TorRouteTest::theGuardSeesDirectConnections()
{
    // Without this the other tests could not fail.
    auto node = must(RegtestNode::start());
    GuardedCommandLine guarded(QStringLiteral("regtest"), node->peer(), closedPort());
    guarded.cli.setProxy({});
    newWallet(guarded.cli);
    const auto outcome = guarded.cli.run(words("node sync --wait --timeout 2"));
    QVERIFY(outcome.status == 1);
    QVERIFY2(guarded.leaked().contains("connect " + node->peer().toUtf8()), guarded.leaked());
}

void TorRouteTest::paysThroughAnOnion()
{
    auto node = must(RegtestNode::start());
    SocksServer proxy;
    proxy.lead(QString::fromLatin1(kOnion), node->p2pPort());
    const auto miner = must(node->newAddress());
    must(node->mine(110, miner));
    GuardedCommandLine guarded(QStringLiteral("regtest"),
                               QString::fromLatin1(kOnion) + QStringLiteral(":18444"),
                               proxy.port());
    auto& cli = guarded.cli;
    const auto address = newWallet(cli);
    must(node->send(address.toStdString(), "1"));
    must(node->mine(1, miner));
    sync(cli);
    QCOMPARE(text(balance(cli), "settled"), QStringLiteral("100000000"));
    const auto prepared = must(cli, words("send prepare --amount 0.25 --fee-rate 2 --to")
                                        << QString::fromStdString(miner));
    const auto sent = must(cli, words("send confirm") << text(prepared, "intent"));
    must(node->rpc("getmempoolentry", {text(sent, "txid").toStdString()}));

    QVERIFY2(guarded.leaked().isEmpty(), guarded.leaked());
    std::set<QString> users;
    const auto requests = proxy.requests();
    for (const auto& request : requests) {
        QVERIFY(request.byName);
        QCOMPARE(request.host, QString::fromLatin1(kOnion));
        QVERIFY(!request.user.isEmpty() && !request.password.isEmpty());
        users.insert(request.user);
    }
    QVERIFY(requests.size() >= 3);           // Two syncs and a broadcast.
    QCOMPARE(users.size(), requests.size()); // A circuit each.

    // The log, read from the wallet by a process that connects to nothing, tells the same.
    const auto log = must(cli, words("network-log"))["requests"];
    QCOMPARE(log.size(), requests.size());
    std::set<std::string> purposes;
    for (const auto& row : log) {
        QCOMPARE(text(row, "route"), QStringLiteral("socks5"));
        QCOMPARE(text(row, "host"), QString::fromLatin1(kOnion) + QStringLiteral(":18444"));
        purposes.insert(row["purpose"].get<std::string>());
        const bool broadcast = text(row, "purpose") == QStringLiteral("bitcoin_broadcast");
        QCOMPARE(text(row, "reveals"),
                 broadcast ? QStringLiteral("transaction") : QStringLiteral("nothing"));
    }
    QVERIFY(purposes.contains("bitcoin_sync") && purposes.contains("bitcoin_broadcast"));
}

void TorRouteTest::asksSeedsThroughTheProxy()
{
    SocksServer proxy; // Leads nowhere.
    GuardedCommandLine guarded(QStringLiteral("signet"), {}, proxy.port());
    newWallet(guarded.cli);
    const auto outcome = guarded.cli.run(words("node sync --wait --timeout 3"));
    QCOMPARE(outcome.status, 1);
    QVERIFY2(guarded.leaked().isEmpty(), guarded.leaked());
    std::set<QString> names;
    std::map<QString, std::set<QString>> places; // By user.
    const auto requests = proxy.requests();
    for (const auto& request : requests) {
        places[request.user].insert(request.host);
        if (request.byName)
            names.insert(request.host);
    }
    // Qt asks a second time, with the same user, when a numeric address could not be reached.
    for (const auto& [user, hosts] : places) {
        QVERIFY(!user.isEmpty());
        QCOMPARE(hosts.size(), 1U);
    }
    QVERIFY(names.contains(QStringLiteral("seed.signet.bitcoin.sprovoost.nl")));
    QVERIFY(names.contains(QStringLiteral("seed.signet.achownodes.xyz")));
}

void TorRouteTest::nothingGoesAroundADeadProxy()
{
    auto node = must(RegtestNode::start());
    // Even a node on this very machine is reached through the proxy or not at all.
    for (const auto& peer : {node->peer(), QStringLiteral("localhost:%1").arg(node->p2pPort())}) {
        GuardedCommandLine guarded(QStringLiteral("regtest"), peer, closedPort());
        newWallet(guarded.cli);
        const auto outcome = guarded.cli.run(words("node sync --wait --timeout 2"));
        QCOMPARE(QString::fromStdString(outcome.errorCode), QStringLiteral("no_peer"));
        QVERIFY2(outcome.errorText.find("the proxy socks5://127.0.0.1:") != std::string::npos,
                 outcome.errorText.c_str());
        QVERIFY2(guarded.leaked().isEmpty(), guarded.leaked());
    }
    const auto connections = must(node->rpc("getconnectioncount"));
    QCOMPARE(connections.get<int>(), 0);
}

QTEST_GUILESS_MAIN(TorRouteTest)
#include "tor_route_test.moc"
