// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace coffer::test {

/// How a RegtestNode differs from the usual one.
struct RegtestOptions
{
    /// Added behind our own, so they win: "-disablewallet=1", "-corepolicy=1", ...
    QStringList arguments;
    /// Loads (and creates) the wallet that mine() and send() use.
    enum class Wallet
    {
        Load,
        None
    } wallet = Wallet::Load;
    /// Kept when it ends; empty: a fresh one that goes with the object.
    QString folder{};
};

/// A real bitcoind on regtest: loopback only, free ports, a data folder of its own, and it ends
/// with this object. Functional tests speak to it and never to a double.
///
/// Every call blocks; there is no nested event loop, so a test that also runs an engine on this
/// thread gives it time between calls (QTRY_*). The program is what `./dev deps` unpacked; when it
/// is missing, start() fails and names that command.
class RegtestNode
{
public:
    static base::Result<std::unique_ptr<RegtestNode>> start(RegtestOptions options = {});
    ~RegtestNode();
    RegtestNode(const RegtestNode&) = delete;
    RegtestNode& operator=(const RegtestNode&) = delete;

    /// "127.0.0.1:PORT", as --bitcoin-peer takes it.
    QString peer() const;
    /// "http://127.0.0.1:PORT", as --bitcoin-rpc takes it.
    QString rpcUrl() const;
    QString cookieFile() const;
    QString folder() const;
    quint16 p2pPort() const { return m_p2pPort; }
    quint16 rpcPort() const { return m_rpcPort; }

    /// JSON-RPC with the cookie. Rejected carries the node's own message, Io a broken connection.
    base::Result<base::Json> rpc(std::string_view method, base::Json params = base::Json::array());

    /// Mines blocks to an address (or to the node's own wallet) and returns their hashes.
    base::Result<base::Json> mine(int blocks, std::string_view address = {});
    /// Pays from the node's wallet; `bitcoins` is a decimal text like "0.00015". Returns the txid.
    base::Result<std::string> send(std::string_view address, std::string_view bitcoins);
    /// A fresh P2WPKH address of the node's wallet.
    base::Result<std::string> newAddress();
    base::Result<std::int64_t> height();

    /// Ends it in order; it can be resumed on the same folder and ports.
    void stop();
    /// Ends it at once, as a crash would.
    void kill();
    base::Result<void> resume();

private:
    RegtestNode() = default;
    QStringList programArguments() const;
    base::Result<void> waitUntilReady();
    base::Result<void> loadWallet();
    base::Result<base::Json> call(std::string_view method, const base::Json& params, int timeoutMs);

    RegtestOptions m_options;
    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_p2pPort = 0;
    quint16 m_rpcPort = 0;
};

} // namespace coffer::test
