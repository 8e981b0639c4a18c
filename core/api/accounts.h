// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QFuture>
#include <QObject>

namespace coffer::api {

/// The accounts of an unlocked wallet, their balances, addresses and coins.
class Accounts : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual QFuture<base::Result<AccountInfo>> add(WalletId wallet, AddAccount request) = 0;
    virtual QFuture<base::Result<void>> rename(WalletId wallet, AccountId account,
                                               QString name) = 0;
    /// The next address nobody has seen; the node watches for it at once.
    virtual QFuture<base::Result<ReceiveAddress>> newAddress(WalletId wallet,
                                                             AccountId account) = 0;
    virtual QFuture<base::Result<std::vector<ReceiveAddress>>> addresses(WalletId wallet,
                                                                         AccountId account) = 0;
    virtual QFuture<base::Result<std::vector<Coin>>> coins(WalletId wallet, AccountId account) = 0;
    virtual QFuture<base::Result<void>> setCoinState(WalletId wallet, QString outpoint,
                                                     CoinState state) = 0;
    /// Playground only: asks the local bitcoind for coins. Unsupported elsewhere.
    virtual QFuture<base::Result<QString>> requestTestCoins(WalletId wallet, AccountId account) = 0;

    /// Empty while the wallet is locked.
    virtual AccountsSnapshot snapshot(const WalletId& wallet) const = 0;

Q_SIGNALS:
    void snapshotChanged(const coffer::api::AccountsSnapshot& snapshot);
};

} // namespace coffer::api
