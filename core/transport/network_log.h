// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <deque>

namespace coffer::transport {

/// Why something leaves this machine.
enum class Purpose
{
    BitcoinSync,
    BitcoinBroadcast,
    BitcoinAddresses, ///< Asking a peer for other peers.
    DnsSeed,
    TestCoins ///< The playground's bitcoind.
};

/// The stable name of a purpose ("bitcoin_sync").
QString purposeName(Purpose purpose);

/// One outbound request: where to, which way, and what the other end learns from it.
struct OutboundRequest
{
    std::uint64_t id = 0;    ///< Ascending within a process, from 1.
    std::int64_t timeMs = 0; ///< UTC.
    QString purpose;         ///< purposeName().
    QString host;
    QString route;   ///< "direct", "socks5"
    QString reveals; ///< "ip", "ip,transaction", "nothing"
    QString outcome; ///< "connecting", "connected", or how it ended.

    /// Whether the outcome is the last word.
    bool isOver() const;
    bool operator==(const OutboundRequest&) const = default;
};

/// Every outbound request of this process, newest last. Bounded: the oldest are dropped.
class NetworkLog : public QObject
{
    Q_OBJECT

public:
    /// A day of ordinary use is a few hundred rows.
    static constexpr std::size_t kMaxRows = 10'000;

    explicit NetworkLog(const base::Clock& clock)
        : m_clock(clock)
    {
    }

    /// Must be called before the first byte leaves.
    std::uint64_t open(Purpose purpose, const QString& host, const QString& route,
                       const QString& reveals);
    void setOutcome(std::uint64_t id, const QString& outcome);
    const std::deque<OutboundRequest>& rows() const { return m_rows; }

Q_SIGNALS:
    void changed();

private:
    const base::Clock& m_clock;
    std::deque<OutboundRequest> m_rows;
    std::uint64_t m_nextId = 1;
};

} // namespace coffer::transport
