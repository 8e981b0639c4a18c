// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/transport/network_log.h"

#include <QTcpSocket>

namespace coffer::transport {

/// Which way a connection takes. With a proxy, names go to the proxy unresolved.
struct Route
{
    QString proxyHost; ///< Empty: direct.
    quint16 proxyPort = 0;
    QString isolationUser; ///< SOCKS5 user: Tor gives each its own circuit.

    bool isProxied() const { return !proxyHost.isEmpty(); }
};

/// Parses "socks5://host:port"; Malformed.
base::Result<Route> parseProxy(const QString& text);

/// One outbound TCP connection, written into the network log before it starts.
///
/// Lives on the engine's thread. Received bytes wait in the socket (bounded) until takeReceived().
class TcpConnection : public QObject
{
    Q_OBJECT

public:
    /// As much as one Bitcoin message with its envelope: back-pressure beyond it.
    static constexpr qint64 kReadBuffer = 4 * 1024 * 1024 + 24;
    /// More unsent bytes than this and the peer is not reading: the connection is closed.
    static constexpr qint64 kMaxUnsent = 8 * 1024 * 1024;

    TcpConnection(NetworkLog& log, Purpose purpose, QObject* parent = nullptr);
    ~TcpConnection() override;

    void open(const QString& host, quint16 port, const Route& route, const QString& reveals);
    void send(base::ByteView bytes);
    /// Everything received so far, at most kReadBuffer.
    base::Bytes takeReceived();
    /// Sends what is queued, then closes. closed() follows, once.
    void close();
    /// It ended because the proxy itself did not answer or misbehaved; nothing else was tried.
    bool proxyFailed() const { return m_proxyFailed; }

Q_SIGNALS:
    void opened();
    void readable();
    /// Once, whatever the reason ("refused", "host not found", "closed by peer", ...).
    void closed(const QString& reason);

private:
    void finish(const QString& reason);

    NetworkLog& m_log;
    Purpose m_purpose;
    QTcpSocket m_socket;
    std::uint64_t m_logId = 0;
    bool m_finished = false;
    bool m_proxyFailed = false;
};

} // namespace coffer::transport
