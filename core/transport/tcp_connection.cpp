// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/transport/tcp_connection.h"

#include <QNetworkProxy>
#include <QUrl>

namespace coffer::transport {

base::Result<Route> parseProxy(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != QStringLiteral("socks5") || url.host().isEmpty() ||
        url.port() <= 0)
        return base::Error{base::ErrorCode::Malformed, "a proxy is socks5://HOST:PORT"};
    return Route{url.host(), static_cast<quint16>(url.port()), {}};
}

TcpConnection::TcpConnection(NetworkLog& log, Purpose purpose, QObject* parent)
    : QObject(parent)
    , m_log(log)
    , m_purpose(purpose)
{
    m_socket.setReadBufferSize(kReadBuffer);
    connect(&m_socket, &QTcpSocket::connected, this, [this] {
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_log.setOutcome(m_logId, QStringLiteral("connected"));
        Q_EMIT opened();
    });
    connect(&m_socket, &QTcpSocket::readyRead, this, &TcpConnection::readable);
    connect(
        &m_socket, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
            if (error == QAbstractSocket::RemoteHostClosedError && m_socket.bytesAvailable() > 0)
                Q_EMIT readable();
            finish(m_socket.errorString());
        });
    connect(&m_socket, &QTcpSocket::disconnected, this,
            [this] { finish(QStringLiteral("closed")); });
}

TcpConnection::~TcpConnection()
{
    m_finished = true; // No signal out of a destructor.
    if (m_logId != 0)
        m_log.setOutcome(m_logId, QStringLiteral("closed"));
    m_socket.abort();
}

void TcpConnection::open(const QString& host, quint16 port, const Route& route,
                         const QString& reveals)
{
    // An application-wide proxy must not apply by accident, so NoProxy is set too.
    QNetworkProxy proxy(QNetworkProxy::NoProxy);
    if (route.isProxied()) {
        proxy = QNetworkProxy(QNetworkProxy::Socks5Proxy, route.proxyHost, route.proxyPort);
        proxy.setCapabilities(QNetworkProxy::TunnelingCapability |
                              QNetworkProxy::HostNameLookupCapability);
        if (!route.isolationUser.isEmpty()) {
            proxy.setUser(route.isolationUser);
            proxy.setPassword(QStringLiteral("coffer"));
        }
    }
    m_socket.setProxy(proxy);
    m_logId = m_log.open(m_purpose, QStringLiteral("%1:%2").arg(host).arg(port),
                         route.isProxied() ? QStringLiteral("socks5") : QStringLiteral("direct"),
                         reveals);
    m_socket.connectToHost(host, port);
}

void TcpConnection::send(base::ByteView bytes)
{
    if (m_finished)
        return;
    if (m_socket.bytesToWrite() + static_cast<qint64>(bytes.size()) > kMaxUnsent) {
        m_socket.abort();
        finish(QStringLiteral("peer does not read"));
        return;
    }
    m_socket.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
}

base::Bytes TcpConnection::takeReceived()
{
    const QByteArray data = m_socket.read(kReadBuffer);
    const auto* begin = reinterpret_cast<const std::uint8_t*>(data.constData());
    return {begin, begin + data.size()};
}

void TcpConnection::close()
{
    if (m_finished)
        return;
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.disconnectFromHost();
    else
        m_socket.abort();
    finish(QStringLiteral("closed by us"));
}

void TcpConnection::finish(const QString& reason)
{
    if (m_finished)
        return;
    m_finished = true;
    m_log.setOutcome(m_logId, reason);
    Q_EMIT closed(reason);
}

} // namespace coffer::transport
