// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/regtest_node.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <sys/prctl.h>

#include <csignal>

namespace coffer::test {

using base::ErrorCode;
using base::Json;
using base::Result;

namespace {

constexpr int kStartTimeoutMs = 30'000;
constexpr int kStopTimeoutMs = 30'000;
constexpr int kRpcTimeoutMs = 120'000; // Mining a thousand blocks takes seconds, more when busy.
constexpr int kStartAttempts = 3;      // Another program may take a port between probe and start.

/// Where `./dev deps` unpacked the node.
QString prefix()
{
    const auto variable = qEnvironmentVariable("COFFER_BITCOIND_PREFIX");
    return variable.isEmpty() ? QStringLiteral(COFFER_BITCOIND_PREFIX) : variable;
}

/// Two different ports that are free now.
std::pair<quint16, quint16> freePorts()
{
    QTcpServer first;
    QTcpServer second;
    first.listen(QHostAddress::LocalHost);
    second.listen(QHostAddress::LocalHost);
    return {first.serverPort(), second.serverPort()};
}

/// One HTTP request on a connection of its own; the body of the answer.
Result<std::string> post(quint16 port, const QByteArray& cookie, const std::string& body,
                         int timeoutMs)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    if (!socket.waitForConnected(timeoutMs)) {
        return {ErrorCode::Io, "bitcoind does not listen: " + socket.errorString().toStdString()};
    }
    socket.write(
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Basic " +
        cookie.toBase64() + "\r\nContent-Type: application/json\r\nContent-Length: " +
        QByteArray::number(qsizetype(body.size())) + "\r\n\r\n" + QByteArray::fromStdString(body));
    const QDeadlineTimer deadline(timeoutMs);
    QByteArray answer;
    // The node closes the connection behind its answer.
    while (socket.state() == QAbstractSocket::ConnectedState) {
        if (deadline.hasExpired()) {
            return {ErrorCode::Timeout, "bitcoind did not answer"};
        }
        socket.waitForReadyRead(int(deadline.remainingTime()));
        answer += socket.readAll();
    }
    answer += socket.readAll();
    const auto headerEnd = answer.indexOf("\r\n\r\n");
    if (headerEnd < 0) {
        return {ErrorCode::Io, "bitcoind sent no HTTP answer"};
    }
    if (answer.startsWith("HTTP/1.1 401")) {
        return {ErrorCode::PermissionDenied, "bitcoind refuses the cookie"};
    }
    return answer.mid(headerEnd + 4).toStdString();
}

} // namespace

Result<std::unique_ptr<RegtestNode>> RegtestNode::start(RegtestOptions options)
{
    if (!QFile::exists(prefix() + QStringLiteral("/complete"))) {
        return {ErrorCode::NotFound, "no bitcoind in " + prefix().toStdString() +
                                         ": ./dev deps unpacks it (amd64 only)"};
    }
    base::Error error;
    for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
        std::unique_ptr<RegtestNode> node(new RegtestNode);
        node->m_options = options;
        std::tie(node->m_p2pPort, node->m_rpcPort) = freePorts();
        const auto started = node->resume();
        if (started) {
            return node;
        }
        error = started.error();
    }
    return error;
}

RegtestNode::~RegtestNode()
{
    stop();
}

QString RegtestNode::peer() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_p2pPort);
}

QString RegtestNode::rpcUrl() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(m_rpcPort);
}

QString RegtestNode::cookieFile() const
{
    return folder() + QStringLiteral("/regtest/.cookie");
}

QString RegtestNode::folder() const
{
    return m_options.folder.isEmpty() ? m_folder.path() : m_options.folder;
}

QStringList RegtestNode::programArguments() const
{
    const auto root = prefix() + QStringLiteral("/root/usr");
    // The program brings its own C library and is started through that library's loader.
    QStringList arguments{QStringLiteral("--library-path"),
                          root + QStringLiteral("/lib/x86_64-linux-gnu"),
                          root + QStringLiteral("/bin/bitcoind")};
    for (const char* fixed :
         {"-regtest", "-listen=1", "-rpcbind=127.0.0.1", "-rpcallowip=127.0.0.1",
          "-blockfilterindex=1", "-peerblockfilters=1", "-txindex=1", "-dnsseed=0", "-fixedseeds=0",
          "-discover=0", "-listenonion=0", "-connect=0", "-checkblockindex=0", "-checkmempool=0",
          "-printtoconsole=0", "-fallbackfee=0.0002"}) {
        arguments << QString::fromLatin1(fixed);
    }
    arguments << QStringLiteral("-datadir=%1").arg(folder())
              << QStringLiteral("-port=%1").arg(m_p2pPort) << QStringLiteral("-bind=%1").arg(peer())
              << QStringLiteral("-rpcport=%1").arg(m_rpcPort);
    return arguments + m_options.arguments;
}

Result<void> RegtestNode::resume()
{
    m_process.setProgram(prefix() + QStringLiteral("/root/usr/lib64/ld-linux-x86-64.so.2"));
    m_process.setArguments(programArguments());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    // A test that crashes must not leave a node behind.
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start();
    if (!m_process.waitForStarted(kStartTimeoutMs)) {
        return {ErrorCode::Io, "bitcoind does not start: " + m_process.errorString().toStdString()};
    }
    TRY(waitUntilReady());
    if (m_options.wallet == RegtestOptions::Wallet::None) {
        return {};
    }
    return loadWallet();
}

Result<void> RegtestNode::waitUntilReady()
{
    const QDeadlineTimer deadline(kStartTimeoutMs);
    while (!deadline.hasExpired()) {
        if (m_process.waitForFinished(20)) {
            return {ErrorCode::Io, "bitcoind ended: " + m_process.readAll().toStdString()};
        }
        if (QFile::exists(cookieFile()) && call("getblockcount", Json::array(), 1'000)) {
            return {};
        }
    }
    return {ErrorCode::Timeout, "bitcoind is not ready"};
}

Result<void> RegtestNode::loadWallet()
{
    // After a crash the wallet exists, and may or may not be loaded.
    const auto wallets = TRY(rpc("listwallets"));
    if (!wallets.empty()) {
        return {};
    }
    if (rpc("loadwallet", {"miner"})) {
        return {};
    }
    TRY(rpc("createwallet", {"miner"}));
    return {};
}

Result<Json> RegtestNode::rpc(std::string_view method, Json params)
{
    return call(method, params, kRpcTimeoutMs);
}

Result<Json> RegtestNode::call(std::string_view method, const Json& params, int timeoutMs)
{
    QFile cookie(cookieFile());
    if (!cookie.open(QIODevice::ReadOnly)) {
        return {ErrorCode::Io, "no cookie: bitcoind is not running"};
    }
    const Json request{
        {"jsonrpc", "1.0"}, {"id", 1}, {"method", std::string(method)}, {"params", params}};
    const auto body = TRY(post(m_rpcPort, cookie.readAll(), base::writeJson(request), timeoutMs));
    const auto answer = TRY(base::parseJson(body));
    const auto error = answer.find("error");
    if (error != answer.end() && !error->is_null()) {
        return {ErrorCode::Rejected, std::string(method) + ": " + base::writeJson(*error)};
    }
    const auto result = answer.find("result");
    if (result == answer.end()) {
        return {ErrorCode::Malformed, std::string(method) + " without a result"};
    }
    return Json(*result);
}

Result<Json> RegtestNode::mine(int blocks, std::string_view address)
{
    std::string to(address);
    if (to.empty()) {
        to = TRY(newAddress());
    }
    return rpc("generatetoaddress", {blocks, to});
}

Result<std::string> RegtestNode::send(std::string_view address, std::string_view bitcoins)
{
    const auto txid = TRY(rpc("sendtoaddress", {std::string(address), std::string(bitcoins)}));
    return txid.get<std::string>();
}

Result<std::string> RegtestNode::newAddress()
{
    // Its default type is P2PKH.
    const auto address = TRY(rpc("getnewaddress", {"", "bech32"}));
    return address.get<std::string>();
}

Result<std::int64_t> RegtestNode::height()
{
    const auto count = TRY(rpc("getblockcount"));
    return count.get<std::int64_t>();
}

void RegtestNode::stop()
{
    if (m_process.state() == QProcess::NotRunning) {
        return;
    }
    // Without an answer it is killed below.
    static_cast<void>(bool(call("stop", Json::array(), 5'000)));
    if (!m_process.waitForFinished(kStopTimeoutMs)) {
        kill();
    }
}

void RegtestNode::kill()
{
    m_process.kill();
    m_process.waitForFinished(kStopTimeoutMs);
}

} // namespace coffer::test
