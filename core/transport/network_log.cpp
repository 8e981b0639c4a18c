// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/transport/network_log.h"

namespace coffer::transport {

QString purposeName(Purpose purpose)
{
    switch (purpose) {
    case Purpose::BitcoinSync:
        return QStringLiteral("bitcoin_sync");
    case Purpose::BitcoinBroadcast:
        return QStringLiteral("bitcoin_broadcast");
    case Purpose::BitcoinAddresses:
        return QStringLiteral("bitcoin_addresses");
    case Purpose::DnsSeed:
        return QStringLiteral("dns_seed");
    case Purpose::TestCoins:
        return QStringLiteral("test_coins");
    }
    return {};
}

namespace {

const QString kConnecting = QStringLiteral("connecting");
const QString kConnected = QStringLiteral("connected");

} // namespace

bool OutboundRequest::isOver() const
{
    return outcome != kConnecting && outcome != kConnected;
}

std::uint64_t NetworkLog::open(Purpose purpose, const QString& host, const QString& route,
                               const QString& reveals)
{
    if (m_rows.size() >= kMaxRows)
        m_rows.pop_front();
    const auto id = m_nextId++;
    m_rows.push_back(
        {id, m_clock.utcMs(), purposeName(purpose), host, route, reveals, kConnecting});
    Q_EMIT changed();
    return id;
}

void NetworkLog::setOutcome(std::uint64_t id, const QString& outcome)
{
    // Ids are dense and ascending, so the row's place follows from the first one's.
    if (m_rows.empty() || id < m_rows.front().id)
        return;
    const auto index = static_cast<std::size_t>(id - m_rows.front().id);
    if (index >= m_rows.size())
        return;
    m_rows[index].outcome = outcome;
    Q_EMIT changed();
}

} // namespace coffer::transport
