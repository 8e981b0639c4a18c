// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_peer.h"

#include <QTcpServer>
#include <QTcpSocket>

namespace coffer::test {

/// A fake node behind a real socket on loopback, for the whole engine: what it answers to one
/// command can be held back, so that a test acts in the middle of a scan without any timing.
class PeerServer
{
public:
    explicit PeerServer(const ChainBuilder& chain)
        : m_host(chain)
    {
        ASSERT(m_server.listen(QHostAddress::LocalHost));
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (auto* socket = m_server.nextPendingConnection())
                serve(*socket);
        });
    }

    /// HOST:PORT.
    QString address() const { return QStringLiteral("127.0.0.1:%1").arg(m_server.serverPort()); }
    bool wasAsked(const std::string& command) const
    {
        return std::ranges::find(m_host.seen, command) != m_host.seen.end();
    }
    /// Serves another chain from now on, and announces it.
    void setChain(ChainBuilder chain)
    {
        const auto before = std::exchange(m_host.chain, std::move(chain));
        for (const auto& [socket, peer] : m_peers)
            send(*socket, peer->chainChanged(before));
    }
    /// From the first such command on nothing is answered any more, until release().
    void hold(const std::string& command) { m_held = command; }
    void release()
    {
        m_held.reset();
        for (auto& [socket, bytes] : std::exchange(m_waiting, {}))
            socket->write(bytes);
    }

private:
    void serve(QTcpSocket& socket)
    {
        auto peer = std::make_shared<FakePeer>(m_host);
        m_peers[&socket] = peer;
        QObject::connect(&socket, &QTcpSocket::disconnected, &m_server, [this, &socket] {
            m_waiting.erase(&socket);
            m_peers.erase(&socket);
            socket.deleteLater();
        });
        QObject::connect(&socket, &QTcpSocket::readyRead, &m_server, [this, &socket, peer] {
            const auto read = socket.readAll();
            const auto* begin = reinterpret_cast<const std::uint8_t*>(read.constData());
            send(socket, peer->received({begin, static_cast<std::size_t>(read.size())}));
        });
    }
    void send(QTcpSocket& socket, const std::vector<FakePeer::Action>& actions)
    {
        for (const auto& action : actions) {
            const QByteArray bytes(reinterpret_cast<const char*>(action.bytes.data()),
                                   static_cast<qsizetype>(action.bytes.size()));
            if (action.close)
                socket.disconnectFromHost();
            else if (m_held && wasAsked(*m_held))
                m_waiting[&socket] += bytes;
            else
                socket.write(bytes);
        }
    }

    FakeHost m_host;
    std::optional<std::string> m_held;
    std::map<QTcpSocket*, QByteArray> m_waiting;
    std::map<QTcpSocket*, std::shared_ptr<FakePeer>> m_peers;
    QTcpServer m_server; // Last: its sockets go first.
};

} // namespace coffer::test
