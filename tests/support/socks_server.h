// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <QString>
#include <QThread>

#include <functional>
#include <memory>
#include <vector>

namespace coffer::test {

/// One connection that somebody asked the proxy for.
struct SocksRequest
{
    QString host;
    quint16 port = 0;
    bool byName = false; ///< Asked by name: nobody resolved it before.
    QString user;        ///< Empty without authentication.
    QString password;
};

/// Changes what a node sends through the proxy: the command and payload of each message.
using MessageRewriter = std::function<base::Bytes(const std::string& command, base::Bytes payload)>;

/// A SOCKS5 proxy (RFC 1928, 1929) that logs what it is asked for, reaches nothing but the places
/// that the test names, and may lie on the way. Runs on a thread of its own, so that tests may
/// block.
class SocksServer
{
public:
    SocksServer();
    ~SocksServer();
    SocksServer(const SocksServer&) = delete;
    SocksServer& operator=(const SocksServer&) = delete;

    quint16 port() const { return m_port; }
    QString url() const { return QStringLiteral("socks5://127.0.0.1:%1").arg(m_port); }
    /// Requests for this host lead to a local port; all others are refused. The maker is called for
    /// each connection, on the proxy's thread.
    void lead(const QString& host, quint16 localPort,
              std::function<MessageRewriter()> rewriter = {});
    std::vector<SocksRequest> requests() const;

private:
    class Listener;
    QThread m_thread;
    std::unique_ptr<Listener> m_listener; ///< Lives on the thread.
    quint16 m_port = 0;
};

} // namespace coffer::test
