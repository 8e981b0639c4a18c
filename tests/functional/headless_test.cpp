// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: `coffer --headless` holds a data directory: the command line speaks to it, a second one is
// refused, `watch` tells live what others do, and its sudden death locks nobody out. Method: the
// real programs as processes, a real bitcoind.

#include "tests/functional/steps.h"

#include <sys/stat.h>

using namespace coffer::test;
using coffer::base::Json;

namespace {

/// The JSON lines that a `watch` printed, read as they come.
class WatchedLines
{
public:
    explicit WatchedLines(QProcess& process)
        : m_process(process)
    {
    }

    /// Whether a line so far is an event of this name that fits.
    bool has(const char* event, const std::function<bool(const Json&)>& fits)
    {
        m_buffer += m_process.readAllStandardOutput();
        qsizetype end = 0;
        while ((end = m_buffer.indexOf('\n')) >= 0) {
            auto line = coffer::base::parseJson(m_buffer.left(end).toStdString(), 64);
            m_buffer.remove(0, end + 1);
            if (!line)
                QTest::qFail("watch printed a line that is not JSON", __FILE__, __LINE__);
            else
                m_lines.push_back(line.take());
        }
        return std::any_of(m_lines.begin(), m_lines.end(), [&](const Json& line) {
            return text(line, "event") == QString::fromUtf8(event) && fits(line["data"]);
        });
    }

private:
    QProcess& m_process;
    QByteArray m_buffer;
    std::vector<Json> m_lines;
};

} // namespace

class HeadlessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void commandsGoToTheHolder();
    void watchTellsWhatOthersDo();
    void isReplacedWhenItDies();
    void endsInOrder();

private:
    std::unique_ptr<RegtestNode> m_node;
    std::unique_ptr<CommandLine> m_cli;
    std::unique_ptr<QProcess> m_engine;
    std::string m_miner;
    QString m_address;
};

void HeadlessTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_node = must(RegtestNode::start());
    m_miner = must(m_node->newAddress());
    must(m_node->mine(110, m_miner));
    m_cli = std::make_unique<CommandLine>(QStringLiteral("regtest"), m_node->peer());
    m_engine = m_cli->startHeadless();
    QVERIFY(m_engine);
    m_address = newWallet(*m_cli);
    must(m_node->send(m_address.toStdString(), "1"));
    must(m_node->mine(1, m_miner));
    // It is synced all the time; the new block arrives when the node says so.
    QTRY_COMPARE_WITH_TIMEOUT(must(*m_cli, words("node status"))["header_height"].get<int>(), 111,
                              20'000);
    sync(*m_cli);
}

void HeadlessTest::cleanup()
{
    if (m_engine) {
        m_engine->kill();
        m_engine->waitForFinished();
    }
    m_engine.reset();
    m_cli.reset();
    m_node.reset();
}

void HeadlessTest::commandsGoToTheHolder()
{
    QCOMPARE(text(balance(*m_cli), "settled"), QStringLiteral("100000000"));
    // The holder itself connected; the command line has no lock, no node, no network of its own.
    QFile lock(m_cli->dataDirectory() + QStringLiteral("/lock"));
    QVERIFY(lock.open(QIODevice::ReadOnly));
    QCOMPARE(lock.readAll().trimmed(), QByteArray::number(m_engine->processId()));
    const auto peers = must(*m_cli, words("node peers"));
    QCOMPARE(peers["peers"].size(), 1U);
    struct stat info = {};
    QCOMPARE(stat(m_cli->socketPath().toUtf8().constData(), &info), 0);
    QCOMPARE(info.st_mode & 0077, 0U);

    // A second one is refused by name and the first goes on.
    auto second = m_cli->startHeadless();
    QVERIFY(!second);
    QCOMPARE(text(balance(*m_cli), "settled"), QStringLiteral("100000000"));
    // Another network is another engine.
    CommandLine::Outcome wrong;
    {
        auto process = std::make_unique<QProcess>();
        auto arguments = m_cli->globalArguments();
        arguments[arguments.indexOf(QStringLiteral("regtest"))] = QStringLiteral("signet");
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_cli->folder());
        process->setProcessEnvironment(environment);
        process->start(CommandLine::program(), arguments + words("node status"));
        wrong = m_cli->finish(*process);
    }
    QCOMPARE(QString::fromStdString(wrong.errorCode), QStringLiteral("conflict"));
    QCOMPARE(m_engine->state(), QProcess::Running);
}

void HeadlessTest::watchTellsWhatOthersDo()
{
    auto watching = m_cli->start(words("watch"));
    WatchedLines lines(*watching);
    QTRY_VERIFY_WITH_TIMEOUT(lines.has("node", [](const Json&) { return true; }), 20'000);

    // Another client pays.
    const auto prepared = must(*m_cli, words("send prepare --amount 0.25 --fee-rate 2 --to")
                                           << QString::fromStdString(m_miner));
    const auto txid = text(must(*m_cli, words("send confirm") << text(prepared, "intent")), "txid");
    QTRY_VERIFY_WITH_TIMEOUT(lines.has("history",
                                       [&](const Json& row) {
                                           return text(row, "txid") == txid &&
                                                  text(row, "status") == QStringLiteral("pending");
                                       }),
                             20'000);
    const auto pending = -25'000'000 - text(prepared, "fee").toLongLong();
    QTRY_VERIFY_WITH_TIMEOUT(
        lines.has("balance",
                  [&](const Json& now) { return text(now, "pending").toLongLong() == pending; }),
        20'000);
    // A block confirms it, somebody else pays us.
    must(m_node->send(m_address.toStdString(), "0.5"));
    must(m_node->mine(1, m_miner));
    QTRY_VERIFY_WITH_TIMEOUT(lines.has("balance",
                                       [&](const Json& now) {
                                           return text(now, "settled").toLongLong() ==
                                                      150'000'000 + pending &&
                                                  text(now, "pending") == QStringLiteral("0");
                                       }),
                             30'000);
    QCOMPARE(watching->state(), QProcess::Running);
    watching->kill();
    watching->waitForFinished();
    verifyBooks(*m_cli);
}

void HeadlessTest::isReplacedWhenItDies()
{
    auto watching = m_cli->start(words("watch"));
    WatchedLines lines(*watching);
    QTRY_VERIFY_WITH_TIMEOUT(lines.has("node", [](const Json&) { return true; }), 20'000);
    m_engine->kill(); // As kill -9 does: lock file, socket and open wallet stay behind.
    QVERIFY(m_engine->waitForFinished());
    QVERIFY(QFile::exists(m_cli->socketPath()));
    // Who was connected is told.
    QTRY_COMPARE_WITH_TIMEOUT(watching->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(watching->exitCode(), 1);
    // A command runs its own engine; then a new holder takes over.
    QCOMPARE(text(balance(*m_cli), "settled"), QStringLiteral("100000000"));
    m_engine = m_cli->startHeadless();
    QVERIFY(m_engine);
    QCOMPARE(text(balance(*m_cli), "settled"), QStringLiteral("100000000"));
    verifyBooks(*m_cli);
}

void HeadlessTest::endsInOrder()
{
    m_engine->terminate();
    QVERIFY(m_engine->waitForFinished(20'000));
    QCOMPARE(m_engine->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_engine->exitCode(), 0);
    QVERIFY(!QFile::exists(m_cli->socketPath()));
    // What it connected to is in the wallet that was open: the log survives the process.
    const auto log = must(*m_cli, words("network-log"))["requests"];
    QVERIFY(!log.empty());
    for (const auto& row : log) {
        QCOMPARE(text(row, "host"), m_node->peer());
        QCOMPARE(text(row, "route"), QStringLiteral("direct"));
        QCOMPARE(text(row, "reveals"), QStringLiteral("ip"));
        QVERIFY(!text(row, "time").isEmpty());
    }
    // Without the password it stays sealed.
    auto process = std::make_unique<QProcess>();
    process->start(CommandLine::program(),
                   {QStringLiteral("--data-dir"), m_cli->dataDirectory(),
                    QStringLiteral("--network"), QStringLiteral("regtest"),
                    QStringLiteral("--json"), QStringLiteral("network-log")});
    const auto open = m_cli->finish(*process);
    QCOMPARE(open.status, 0);
    QVERIFY(open.output["requests"].empty());
}

QTEST_GUILESS_MAIN(HeadlessTest)
#include "headless_test.moc"
