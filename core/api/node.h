// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QFuture>
#include <QObject>

namespace coffer::api {

/// The light node and everything that leaves this machine.
class Node : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The one offline switch of the whole application.
    virtual QFuture<base::Result<void>> setNetworkUse(NetworkUse use) = 0;
    /// HOST:PORT of a person's own node; kept in the settings. Malformed.
    virtual QFuture<base::Result<void>> addPeer(QString address) = 0;
    virtual QFuture<base::Result<void>> removePeer(QString address) = 0;
    /// Looks for older payments of a wallet.
    virtual QFuture<base::Result<void>> rescan(WalletId wallet, std::int64_t fromMs) = 0;
    /// The receive page is open: watch relayed transactions.
    virtual void setReceivePage(ReceivePage page) = 0;
    virtual QFuture<base::Result<std::vector<NetworkLogRow>>> networkLog() = 0;

    virtual NodeSnapshot snapshot() const = 0;

Q_SIGNALS:
    void snapshotChanged(const coffer::api::NodeSnapshot& snapshot);
    void networkLogChanged();
};

} // namespace coffer::api
