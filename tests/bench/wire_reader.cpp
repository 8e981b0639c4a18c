// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/wire_reader.h"

#include "core/bitcoin/network.h"
#include "core/lightnode/wire/codec.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QTcpSocket>

#include <cstring>

namespace coffer::bench {

using base::ErrorCode;
using base::Result;

namespace {

constexpr int kTimeoutMs = 60'000;
constexpr std::uint32_t kPerRequest = 1'000;
constexpr int kOutstanding = 2;

/// Frames are counted by their envelope; payloads are skipped.
class RawPeer
{
public:
    Result<void> open(quint16 port)
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        if (!m_socket.waitForConnected(kTimeoutMs))
            return {ErrorCode::Io, "the node does not listen"};
        lightnode::VersionMessage version;
        version.version = 70016;
        version.userAgent = "/reader:1/";
        version.relay = 0;
        send(version);
        TRY(skipUntil("version"));
        send(lightnode::SimpleMessage::Verack);
        return skipUntil("verack");
    }

    void send(const lightnode::Message& message)
    {
        const auto bytes = lightnode::encodeMessage(m_params.magic, message);
        m_socket.write(reinterpret_cast<const char*>(bytes.data()), qint64(bytes.size()));
    }

    Result<void> skipUntil(const char* command)
    {
        for (;;) {
            TRY(fill(lightnode::kEnvelopeSize));
            std::uint32_t size = 0;
            std::memcpy(&size, m_buffer.constData() + m_at + 16, 4);
            const bool found = std::strncmp(m_buffer.constData() + m_at + 4, command, 12) == 0;
            TRY(fill(lightnode::kEnvelopeSize + size));
            m_at += qsizetype(lightnode::kEnvelopeSize + size);
            if (found)
                return {};
        }
    }

private:
    Result<void> fill(std::size_t size)
    {
        while (std::size_t(m_buffer.size() - m_at) < size) {
            if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(kTimeoutMs))
                return {ErrorCode::Timeout, "the node is silent"};
            m_buffer.remove(0, m_at);
            m_at = 0;
            m_buffer += m_socket.readAll();
        }
        return {};
    }

    const bitcoin::NetworkParams& m_params = bitcoin::paramsOf(bitcoin::Network::Regtest);
    QTcpSocket m_socket;
    QByteArray m_buffer;
    qsizetype m_at = 0;
};

} // namespace

Result<double> readFiltersRaw(quint16 port, const std::vector<bitcoin::BlockHash>& stops,
                              std::uint32_t lastHeight)
{
    RawPeer peer;
    TRY(peer.open(port));
    QElapsedTimer timer;
    timer.start();
    for (std::size_t i = 0; i < stops.size(); ++i) {
        peer.send(lightnode::GetFilterHeadersMessage{std::uint32_t(i) * kPerRequest, stops[i]});
        TRY(peer.skipUntil("cfheaders"));
    }
    std::size_t asked = 0;
    for (std::size_t done = 0; done < stops.size(); ++done) {
        for (; asked < stops.size() && asked < done + kOutstanding; ++asked)
            peer.send(
                lightnode::GetFiltersMessage{std::uint32_t(asked) * kPerRequest, stops[asked]});
        const auto begin = std::uint32_t(done) * kPerRequest;
        const auto end = std::min(begin + kPerRequest, lastHeight + 1);
        for (auto height = begin; height < end; ++height)
            TRY(peer.skipUntil("cfilter"));
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace coffer::bench
