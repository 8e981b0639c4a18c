// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QLocalServer>
#include <QLocalSocket>

#include <functional>
#include <string>

namespace coffer::transport {

/// Where the local socket of a data directory lies: `<runtime folder>/coffer-<hash>/engine.sock`,
/// the folder owner-only (never the shared temp folder, where a name can be squatted).
/// PermissionDenied when the folder belongs to somebody else or is open to others.
base::Result<QString> localSocketPath(const QString& dataDirectory);

/// Lines of JSON between a client and the engine: one request, one answer or a stream of them.
class LocalConnection : public QObject
{
    Q_OBJECT

public:
    /// A history page of 1,000 rows is about 400 kB.
    static constexpr qint64 kMaxFrame = 4 * 1024 * 1024;
    /// A client that reads no more (of `watch`, say) is let go when this much waits for it.
    static constexpr qint64 kMaxUnsent = 4 * kMaxFrame;

    /// Takes the socket over.
    explicit LocalConnection(QLocalSocket* socket, QObject* parent = nullptr);
    void sendLine(const std::string& line);
    void close();

Q_SIGNALS:
    void lineReceived(const std::string& line);
    void closed();

private:
    void read();

    QLocalSocket* m_socket;
    QByteArray m_buffer;
};

/// Accepts connections of the same user only (peer credentials checked), at most kMaxConnections.
class LocalServer : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMaxConnections = 16;

    using QObject::QObject;
    /// AlreadyExists when another engine answers there; a stale socket is replaced.
    base::Result<void> listen(const QString& path);

Q_SIGNALS:
    /// The receiver owns the connection.
    void connected(coffer::transport::LocalConnection* connection);

private:
    QLocalServer m_server;
    int m_open = 0;
};

/// Connects to a running engine, blocking up to two seconds; NotFound when none listens.
/// For the command line only, which has no event loop yet.
base::Result<LocalConnection*> connectToEngine(const QString& path);

} // namespace coffer::transport
