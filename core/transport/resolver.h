// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/network_log.h"

#include <QStringList>

#include <functional>

namespace coffer::transport {

/// Asks the system's resolver for a name. Never used when a proxy is set: names would leak.
class Resolver : public QObject
{
    Q_OBJECT

public:
    explicit Resolver(NetworkLog& log, QObject* parent = nullptr)
        : QObject(parent)
        , m_log(log)
    {
    }

    /// `done` is called on this thread with numeric addresses, empty on failure; not after our
    /// death.
    void lookup(const QString& name, std::function<void(QStringList addresses)> done);

private:
    NetworkLog& m_log;
};

} // namespace coffer::transport
