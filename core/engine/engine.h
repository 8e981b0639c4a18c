// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/api.h"

#include <QObject>
#include <QStringList>
#include <QThread>
#include <QUrl>

#include <memory>
#include <string>

namespace coffer::engine {

class Core;

/// How an engine is started.
struct EngineOptions
{
    QString dataDirectory;
    QString network = QStringLiteral("main"); ///< main, testnet4, signet, regtest
    QStringList bitcoinPeers; ///< HOST:PORT of own nodes, beside those of the settings.
    QString proxy;            ///< socks5://HOST:PORT; empty: the setting.
    QUrl bitcoinRpc;          ///< The playground's bitcoind, local realm only.
    QString bitcoinRpcCookie;
    /// Cheap key derivation for tests; refused on the main network.
    enum class KeyDerivation
    {
        Full,
        TestOnly
    } keyDerivation = KeyDerivation::Full;
};

/// One client's conversation: JSON-RPC lines in, lines out. Starts locked; what it unlocks, only it
/// reads.
class RpcSession : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Answers come as lineReady, in any order, matched by id.
    virtual void handle(const std::string& line) = 0;

Q_SIGNALS:
    void lineReady(const std::string& line);
};

/// The engine: one per data directory, on its own thread. Owns the ledger, the node and the
/// signers.
class Engine : public QObject
{
    Q_OBJECT

public:
    enum class Role
    {
        Window,   ///< Listens on the local socket and connects to the network at once.
        Headless, ///< The same, without a window that could come to the front.
        Command   ///< A single command: connects only when the command needs it.
    };

    /// InUse when another engine holds the data directory; PermissionDenied, Io.
    static base::Result<std::unique_ptr<Engine>> start(EngineOptions options, Role role);
    /// Locks every wallet, closes every connection, ends the thread.
    ~Engine() override;

    /// The objects live on the thread that called start().
    api::Api api() const;
    /// A conversation inside this process; owned by the caller, must die before the engine.
    std::unique_ptr<RpcSession> openSession();

Q_SIGNALS:
    /// A second start of the window asked this one to come to the front, perhaps with a payment
    /// link.
    void raiseRequested(const QString& link);

private:
    Engine();
    void connectSnapshots();

    struct Objects;
    QThread m_thread;
    Core* m_core = nullptr;
    std::unique_ptr<Objects> m_objects;
};

} // namespace coffer::engine
