// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/base/uuid.h"
#include "core/bitcoin/wallet/script_index.h"

#include <QCoroTask>

namespace coffer::engine {

class Core;
class WalletSession;
struct AccountRecord;

/// Accounts of open wallets: balances with their proof, addresses, coins.
class AccountService
{
public:
    explicit AccountService(Core& core)
        : m_core(core)
    {
    }

    QCoro::Task<base::Result<api::AccountInfo>> add(api::WalletId wallet, api::AddAccount request);
    base::Result<void> rename(api::WalletId wallet, api::AccountId account, QString name);
    base::Result<api::ReceiveAddress> newAddress(api::WalletId wallet, api::AccountId account);
    base::Result<std::vector<api::ReceiveAddress>> addresses(api::WalletId wallet,
                                                             api::AccountId account) const;
    base::Result<std::vector<api::Coin>> coins(api::WalletId wallet, api::AccountId account) const;
    base::Result<void> setCoinState(api::WalletId wallet, QString outpoint, api::CoinState state);
    QCoro::Task<base::Result<QString>> requestTestCoins(api::WalletId wallet,
                                                        api::AccountId account);

    /// Empty while the wallet is locked.
    api::AccountsSnapshot snapshot(const api::WalletId& wallet) const;

private:
    api::AccountInfo infoOf(const WalletSession& session, const AccountRecord& account) const;
    base::Result<api::ReceiveAddress> addressOf(const WalletSession& session,
                                                const AccountRecord& account,
                                                const bitcoin::OwnedScript& script) const;

    Core& m_core;
};

/// UUID text of `api` to the id of the records; NotFound.
base::Result<base::Uuid> parseId(const QString& id);

} // namespace coffer::engine
