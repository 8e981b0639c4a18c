// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/transport/tcp_connection.h"

#include <QNetworkProxy>
#include <QUrl>

#include <utility>

namespace coffer::transport {

namespace {

bool isProxyError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
        return true;
    default:
        return false; // What lies behind the proxy, or a proxy that refuses this one host.
    }
}

} // namespace

base::Result<Route> parseProxy(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != QStringLiteral("socks5") || url.host().isEmpty() ||
        url.port() <= 0 || !url.userInfo().isEmpty() || !(url.path().isEmpty()) || url.hasQuery() ||
        url.hasFragment())
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
            m_proxyFailed = isProxyError(error);
            finish(m_socket.errorString());
        });
    connect(&m_socket, &QTcpSocket::disconnected, this,
            [this] { finish(QStringLiteral("closed")); });
}

TcpConnection::~TcpConnection()
{
    // No signal out of a destructor, and no other reason than the one that was given.
    if (!std::exchange(m_finished, true) && m_logId != 0)
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
        finish(QStringLiteral("peer does not read")); // Before abort(), which only says "closed".
        m_socket.abort();
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
