// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/socks_server.h"

#include "core/base/assert.h"
#include "core/crypto/hash.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>

#include <map>

namespace coffer::test {

namespace {

constexpr qsizetype kEnvelope = 24; // Magic, command, length, checksum.

struct Place
{
    quint16 port = 0;
    std::function<MessageRewriter()> rewriter;
};

/// Cuts what a node sends into messages and lets a rewriter change them.
class MessageTap
{
public:
    explicit MessageTap(MessageRewriter rewriter)
        : m_rewriter(std::move(rewriter))
    {
    }

    QByteArray pass(const QByteArray& bytes)
    {
        if (!m_rewriter)
            return bytes;
        m_buffer += bytes;
        QByteArray out;
        while (m_buffer.size() >= kEnvelope) {
            const auto length = qsizetype(qFromLittleEndian<quint32>(m_buffer.constData() + 16));
            if (m_buffer.size() < kEnvelope + length)
                break;
            const auto* payload =
                reinterpret_cast<const std::uint8_t*>(m_buffer.constData()) + kEnvelope;
            const auto changed =
                m_rewriter(std::string(m_buffer.constData() + 4), {payload, payload + length});
            const auto checksum = crypto::sha256d(changed);
            QByteArray envelope = m_buffer.left(16) + QByteArray(4, 0);
            qToLittleEndian(quint32(changed.size()), envelope.data() + 16);
            out += envelope;
            out.append(reinterpret_cast<const char*>(checksum.data()), 4);
            out.append(reinterpret_cast<const char*>(changed.data()), qsizetype(changed.size()));
            m_buffer.remove(0, kEnvelope + length);
        }
        return out;
    }

private:
    MessageRewriter m_rewriter;
    QByteArray m_buffer;
};

} // namespace

/// The proxy's half that lives on its thread.
class SocksServer::Listener : public QObject
{
public:
    Listener()
        : m_server(this)
    {
    }

    bool listen()
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (auto* client = m_server.nextPendingConnection())
                serve(client);
        });
        return m_server.listen(QHostAddress::LocalHost);
    }

    QTcpServer m_server;
    std::map<QString, Place> m_places;
    std::vector<SocksRequest> m_requests;

private:
    enum class Step
    {
        Greeting,
        Credentials,
        Request,
        Open
    };
    struct Client
    {
        QTcpSocket* socket = nullptr;
        QTcpSocket* node = nullptr;
        Step step = Step::Greeting;
        QByteArray buffer;
        SocksRequest request;
        std::unique_ptr<MessageTap> tap;
    };

    void serve(QTcpSocket* socket)
    {
        socket->setParent(this);
        auto client = std::make_shared<Client>();
        client->socket = socket;
        connect(socket, &QTcpSocket::readyRead, this, [this, client] {
            client->buffer += client->socket->readAll();
            while (advance(*client, client)) {
            }
        });
        connect(socket, &QTcpSocket::disconnected, this, [client] {
            if (client->node != nullptr)
                client->node->disconnectFromHost();
            client->socket->deleteLater();
        });
    }

    /// One step of the handshake; false when more bytes are needed.
    bool advance(Client& client, const std::shared_ptr<Client>& shared)
    {
        auto& buffer = client.buffer;
        const auto byte = [&](qsizetype at) { return static_cast<unsigned char>(buffer[at]); };
        switch (client.step) {
        case Step::Greeting: {
            if (buffer.size() < 2 || buffer.size() < 2 + byte(1))
                return false;
            const bool authenticates = buffer.mid(2, byte(1)).contains('\x02');
            client.socket->write(authenticates ? "\x05\x02" : QByteArray("\x05\x00", 2));
            client.step = authenticates ? Step::Credentials : Step::Request;
            buffer.remove(0, 2 + byte(1));
            return true;
        }
        case Step::Credentials: {
            if (buffer.size() < 2 || buffer.size() < 3 + byte(1) ||
                buffer.size() < 3 + byte(1) + byte(2 + byte(1)))
                return false;
            const auto user = byte(1);
            const auto password = byte(2 + user);
            client.request.user = QString::fromUtf8(buffer.mid(2, user));
            client.request.password = QString::fromUtf8(buffer.mid(3 + user, password));
            client.socket->write(QByteArray("\x01\x00", 2));
            client.step = Step::Request;
            buffer.remove(0, 3 + user + password);
            return true;
        }
        case Step::Request:
            return readRequest(client, shared);
        case Step::Open:
            if (!buffer.isEmpty())
                client.node->write(std::exchange(buffer, {}));
            return false;
        }
        return false;
    }

    bool readRequest(Client& client, const std::shared_ptr<Client>& shared)
    {
        auto& buffer = client.buffer;
        if (buffer.size() < 5)
            return false;
        const auto kind = buffer[3];
        const qsizetype length = kind == 1   ? 4
                                 : kind == 4 ? 16
                                             : 1 + static_cast<unsigned char>(buffer[4]);
        if (buffer.size() < 4 + length + 2)
            return false;
        auto& request = client.request;
        request.byName = kind == 3;
        if (request.byName)
            request.host = QString::fromUtf8(buffer.mid(5, length - 1));
        else if (kind == 1)
            request.host = QHostAddress(qFromBigEndian<quint32>(buffer.constData() + 4)).toString();
        else if (kind == 4)
            request.host =
                QHostAddress(reinterpret_cast<const quint8*>(buffer.constData()) + 4).toString();
        request.port = qFromBigEndian<quint16>(buffer.constData() + 4 + length);
        buffer.remove(0, 4 + length + 2);
        m_requests.push_back(request);
        const auto place = m_places.find(request.host);
        if (place == m_places.end()) {
            client.socket->write(reply(4)); // Host unreachable.
            client.socket->disconnectFromHost();
            return false;
        }
        client.tap = std::make_unique<MessageTap>(place->second.rewriter ? place->second.rewriter()
                                                                         : MessageRewriter());
        openNode(client, shared, place->second.port);
        return true;
    }

    void openNode(Client& client, const std::shared_ptr<Client>& shared, quint16 port)
    {
        client.node = new QTcpSocket(this);
        connect(client.node, &QTcpSocket::connected, this,
                [shared] { shared->socket->write(reply(0)); });
        connect(client.node, &QTcpSocket::readyRead, this,
                [shared] { shared->socket->write(shared->tap->pass(shared->node->readAll())); });
        connect(client.node, &QTcpSocket::errorOccurred, this, [shared] {
            if (shared->node->state() == QAbstractSocket::UnconnectedState)
                shared->socket->disconnectFromHost();
        });
        connect(client.node, &QTcpSocket::disconnected, this, [shared] {
            shared->socket->disconnectFromHost();
            shared->node->deleteLater();
            shared->node = nullptr;
        });
        client.node->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        client.step = Step::Open;
    }

    static QByteArray reply(char code)
    {
        return QByteArray("\x05", 1) + code + QByteArray("\x00\x01\x00\x00\x00\x00\x00\x00", 8);
    }
};

SocksServer::SocksServer()
    : m_listener(std::make_unique<Listener>())
{
    m_listener->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_listener.get(),
        [this] {
            ASSERT(m_listener->listen());
            m_port = m_listener->m_server.serverPort();
        },
        Qt::BlockingQueuedConnection);
}

SocksServer::~SocksServer()
{
    m_listener.release()->deleteLater(); // On its thread, at the latest when that ends.
    m_thread.quit();
    m_thread.wait();
}

void SocksServer::lead(const QString& host, quint16 localPort,
                       std::function<MessageRewriter()> rewriter)
{
    QMetaObject::invokeMethod(
        m_listener.get(),
        [&] {
            m_listener->m_places[host] = {localPort, std::move(rewriter)};
        },
        Qt::BlockingQueuedConnection);
}

std::vector<SocksRequest> SocksServer::requests() const
{
    std::vector<SocksRequest> out;
    QMetaObject::invokeMethod(
        m_listener.get(), [&] { out = m_listener->m_requests; }, Qt::BlockingQueuedConnection);
    return out;
}

} // namespace coffer::test
