// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/transport/resolver.h"

#include <QHostInfo>

namespace coffer::transport {

void Resolver::lookup(const QString& name, std::function<void(QStringList)> done)
{
    const auto id = m_log.open(Purpose::DnsSeed, name, QStringLiteral("direct"),
                               QStringLiteral("ip,seed name"));
    QHostInfo::lookupHost(name, this, [this, id, done = std::move(done)](const QHostInfo& info) {
        QStringList addresses;
        for (const auto& address : info.addresses())
            addresses.append(address.toString());
        m_log.setOutcome(id, info.error() == QHostInfo::NoError
                                 ? QStringLiteral("%1 addresses").arg(addresses.size())
                                 : info.errorString());
        done(addresses);
    });
}

} // namespace coffer::transport
