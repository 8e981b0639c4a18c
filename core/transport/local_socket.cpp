// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/transport/local_socket.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coffer::transport {

namespace {

using base::Error;
using base::ErrorCode;

/// Both ends check that the other one is the same user.
bool isSameUser(qintptr descriptor)
{
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(static_cast<int>(descriptor), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return false;
    return credentials.uid == geteuid();
}

} // namespace

base::Result<QString> localSocketPath(const QString& dataDirectory)
{
    QString root = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    // However it is written, it is one directory with one lock.
    const QFileInfo given(dataDirectory);
    const QString absolute =
        given.exists() ? given.canonicalFilePath() : QDir::cleanPath(given.absoluteFilePath());
    if (root.isEmpty() || !QFileInfo(root).isDir())
        root = absolute;
    const auto digest =
        QCryptographicHash::hash(absolute.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const QString folder = root + QStringLiteral("/coffer-") + QString::fromLatin1(digest);
    const QByteArray path = QFile::encodeName(folder);
    if (mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
        return Error{ErrorCode::PermissionDenied, "cannot create the runtime folder"};
    struct stat info = {};
    if (lstat(path.constData(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != geteuid() ||
        (info.st_mode & 077) != 0)
        return Error{ErrorCode::PermissionDenied, "the runtime folder is not ours alone"};
    return folder + QStringLiteral("/engine.sock");
}

LocalConnection::LocalConnection(QLocalSocket* socket, QObject* parent)
    : QObject(parent)
    , m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(kMaxFrame);
    connect(m_socket, &QLocalSocket::readyRead, this, &LocalConnection::read);
    connect(m_socket, &QLocalSocket::disconnected, this, &LocalConnection::closed);
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &LocalConnection::read, Qt::QueuedConnection);
}

void LocalConnection::read()
{
    m_buffer += m_socket->readAll();
    qsizetype end = 0;
    while ((end = m_buffer.indexOf('\n')) >= 0) {
        if (end > kMaxFrame)
            break;
        const std::string line = m_buffer.left(end).toStdString();
        m_buffer.remove(0, end + 1);
        Q_EMIT lineReceived(line);
    }
    if (m_buffer.size() > kMaxFrame) {
        m_buffer.clear();
        m_socket->abort();
    }
}

void LocalConnection::sendLine(const std::string& line)
{
    if (m_socket->bytesToWrite() > kMaxUnsent) {
        m_socket->abort();
        return;
    }
    m_socket->write(line.data(), static_cast<qint64>(line.size()));
    m_socket->write("\n", 1);
    m_socket->flush();
}

void LocalConnection::close()
{
    m_socket->disconnectFromServer();
}

base::Result<void> LocalServer::listen(const QString& path)
{
    if (QFileInfo::exists(path)) {
        auto running = connectToEngine(path);
        if (running) {
            delete running.take();
            return Error{ErrorCode::AlreadyExists, "another engine listens on the local socket"};
        }
        QFile::remove(path); // Stale: we hold the data directory's lock.
    }
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_server.listen(path))
        return Error{ErrorCode::Io, m_server.errorString().toStdString()};
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = m_server.nextPendingConnection()) {
            if (m_open >= kMaxConnections || !isSameUser(socket->socketDescriptor())) {
                socket->abort();
                socket->deleteLater();
                continue;
            }
            ++m_open;
            auto* connection = new LocalConnection(socket);
            connect(connection, &QObject::destroyed, this, [this] { --m_open; });
            Q_EMIT connected(connection);
        }
    });
    return {};
}

base::Result<LocalConnection*> connectToEngine(const QString& path)
{
    auto socket = std::make_unique<QLocalSocket>();
    socket->connectToServer(path);
    if (!socket->waitForConnected(2000))
        return Error{ErrorCode::NotFound, "no engine is running for this data directory"};
    if (!isSameUser(socket->socketDescriptor()))
        return Error{ErrorCode::PermissionDenied, "the local socket belongs to another user"};
    return new LocalConnection(socket.release());
}

} // namespace coffer::transport
