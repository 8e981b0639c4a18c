// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/transport/network_log.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <functional>

namespace coffer::transport {

/// JSON-RPC to a bitcoind on this machine (the playground's), authenticated by its cookie file.
class BitcoinRpc : public QObject
{
    Q_OBJECT

public:
    BitcoinRpc(NetworkLog& log, QUrl url, QString cookieFile, QObject* parent = nullptr);

    using Done = std::function<void(base::Result<base::Json>)>;
    /// `done` gets the `result` member. Network, Rejected (the node's error text), Malformed,
    /// Timeout (30 s).
    void call(const QString& wallet, const std::string& method, base::Json parameters, Done done);

private:
    NetworkLog& m_log;
    QNetworkAccessManager m_network;
    QUrl m_url;
    QString m_cookieFile;
};

} // namespace coffer::transport
