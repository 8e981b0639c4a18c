// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: whenever the process is killed, the wallet goes on: the sync ends in the same state, and a
// payment is made exactly once. Method: the real coffer-cli kills itself (SIGKILL) at every commit,
// every write of chain data and every message sent, one after the other; and it is killed from
// outside at arbitrary moments. A real bitcoind tells what is on the chain.

#include "tests/functional/steps.h"

using namespace coffer::test;
using coffer::base::Json;

class CrashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_cli.reset(); }
    void cleanupTestCase() { m_node.reset(); }
    void duringTheFirstSync_data();
    void duringTheFirstSync();
    void duringARescan_data();
    void duringARescan();
    void betweenTheStepsOfAPayment_data();
    void betweenTheStepsOfAPayment();
    void atArbitraryMoments();

private:
    /// Runs a command that dies the n-th time it passes a point. False: it ended by itself.
    bool diesAt(const QStringList& command, const QString& point, int pass);
    void verifyState(qint64 settled);

    std::unique_ptr<RegtestNode> m_node;
    std::unique_ptr<CommandLine> m_cli;
    std::string m_miner;
    QString m_address;
};

void CrashTest::initTestCase()
{
    RegtestOptions options;
    // It asks a stranger for a transaction only after two seconds.
    options.arguments = {QStringLiteral("-whitelist=noban@127.0.0.1")};
    m_node = must(RegtestNode::start(options));
    m_miner = must(m_node->newAddress());
    must(m_node->mine(110, m_miner));
}

void CrashTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_cli = std::make_unique<CommandLine>(QStringLiteral("regtest"), m_node->peer());
    m_address = newWallet(*m_cli);
    // Three payments in three blocks: three times the wallet has to commit.
    for (int i = 0; i < 3; ++i) {
        must(m_node->send(m_address.toStdString(), "1"));
        must(m_node->mine(1, m_miner));
    }
}

bool CrashTest::diesAt(const QStringList& command, const QString& point, int pass)
{
    m_cli->setEnvironment(QStringLiteral("COFFER_DIE_AT"),
                          QStringLiteral("%1:%2").arg(point).arg(pass));
    auto process = m_cli->start(command);
    const auto outcome = m_cli->finish(*process);
    m_cli->clearEnvironment();
    if (process->exitStatus() == QProcess::CrashExit)
        return true;
    if (outcome.status != 0)
        QTest::qFail(outcome.errorText.c_str(), __FILE__, __LINE__);
    return false;
}

void CrashTest::verifyState(qint64 settled)
{
    sync(*m_cli);
    const auto now = balance(*m_cli);
    QCOMPARE(text(now, "settled").toLongLong(), settled);
    QCOMPARE(text(now, "pending"), QStringLiteral("0"));
    verifyBooks(*m_cli);
}

void CrashTest::duringTheFirstSync_data()
{
    QTest::addColumn<QString>("point");
    for (const char* point : {"wallet.commit", "wallet.committed", "node.write", "node.send"})
        QTest::newRow(point) << QString::fromUtf8(point);
}

void CrashTest::duringTheFirstSync()
{
    QFETCH(QString, point);
    // Each run may come a little further than the one before, until one ends.
    int deaths = 0;
    for (int pass = 1; pass <= 60; ++pass) {
        if (!diesAt(words("node sync --wait --timeout 60"), point, pass))
            break;
        ++deaths;
    }
    QVERIFY(deaths >= 2 && deaths < 60);
    verifyState(300'000'000);
    QCOMPARE(must(*m_cli, words("history"))["total"].get<int>(), 3);
}

void CrashTest::duringARescan_data()
{
    QTest::addColumn<QString>("point");
    for (const char* point : {"wallet.committed", "node.send"})
        QTest::newRow(point) << QString::fromUtf8(point);
}

void CrashTest::duringARescan()
{
    QFETCH(QString, point);
    sync(*m_cli);
    int deaths = 0;
    for (int pass = 1; pass <= 60; ++pass) {
        // The order may be lost with the process, or kept: both are sound.
        diesAt(words("node rescan --from 2009-01-03"), QStringLiteral("wallet.commit"),
               1 + pass % 2);
        must(*m_cli, words("node rescan --from 2009-01-03"));
        if (!diesAt(words("node sync --wait --timeout 60"), point, pass))
            break;
        ++deaths;
    }
    QVERIFY(deaths >= 1 && deaths < 60);
    verifyState(300'000'000);
    QCOMPARE(must(*m_cli, words("history"))["total"].get<int>(), 3);
}

void CrashTest::betweenTheStepsOfAPayment_data()
{
    QTest::addColumn<QString>("point");
    for (const char* point : {"wallet.commit", "wallet.committed"})
        QTest::newRow(point) << QString::fromUtf8(point);
}

void CrashTest::betweenTheStepsOfAPayment()
{
    QFETCH(QString, point);
    sync(*m_cli);
    qint64 settled = 300'000'000;
    int deaths = 0;
    for (int pass = 1; pass <= 30; ++pass) {
        const auto payee = must(m_node->newAddress());
        const auto prepared = must(*m_cli, words("send prepare --amount 0.01 --fee-rate 2 --to")
                                               << QString::fromStdString(payee));
        const auto intent = text(prepared, "intent");
        const bool died = diesAt(words("send confirm") << intent, point, pass);
        deaths += died ? 1 : 0;
        // After the restart there is one clear next step.
        const auto intents = must(*m_cli, words("send list"))["intents"];
        QCOMPARE(text(intents[0], "intent"), intent);
        const auto state = text(intents[0], "state");
        const auto next = text(intents[0], "next");
        QVERIFY2(
            (state == QStringLiteral("prepared") && next == QStringLiteral("confirm")) ||
                (state == QStringLiteral("signed") && next == QStringLiteral("send_again")) ||
                (state == QStringLiteral("broadcast") && next == QStringLiteral("wait")) ||
                (state == QStringLiteral("broadcast") && next == QStringLiteral("send_again")) ||
                (state == QStringLiteral("seen") && next == QStringLiteral("wait")),
            qPrintable(state + QStringLiteral(" ") + next));
        if (state != QStringLiteral("prepared")) { // Signed is booked, whatever came after.
            QCOMPARE(text(rowOf(*m_cli, text(intents[0], "txid")), "status"),
                     QStringLiteral("pending"));
            verifyBooks(*m_cli);
        }

        // Confirmed again, twice: one transaction.
        const auto txid = text(must(*m_cli, words("send confirm") << intent), "txid");
        QCOMPARE(text(must(*m_cli, words("send confirm") << intent), "txid"), txid);
        QTRY_VERIFY_WITH_TIMEOUT(m_node->rpc("getmempoolentry", Json::array({txid.toStdString()})),
                                 20'000);
        must(m_node->mine(1, m_miner));
        settled -= 1'000'000 + text(prepared, "fee").toLongLong();
        verifyState(settled);
        const auto received = must(m_node->rpc("getreceivedbyaddress", Json::array({payee, 1})));
        QCOMPARE(QString::fromStdString(coffer::base::writeJson(received)).toDouble(), 0.01);
        if (!died)
            break;
    }
    QVERIFY(deaths >= 2 && deaths < 30);
}

void CrashTest::atArbitraryMoments()
{
    // No point chosen by us: the operating system's kill, at ever later moments.
    for (int delayMs = 10; delayMs <= 640; delayMs *= 2) {
        auto process = m_cli->start(words("node sync --wait --timeout 60"));
        process->waitForFinished(delayMs);
        process->kill();
        process->waitForFinished();
    }
    verifyState(300'000'000);
}

QTEST_GUILESS_MAIN(CrashTest)
#include "crash_test.moc"
