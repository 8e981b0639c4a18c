// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/account_service.h"
#include "core/engine/engine.h"
#include "core/engine/history_service.h"
#include "core/engine/node_commands.h"
#include "core/engine/node_service.h"
#include "core/engine/payment_service.h"
#include "core/engine/settings_service.h"
#include "core/engine/spending/policy_service.h"
#include "core/engine/spending/psbt_service.h"
#include "core/engine/wallet_service.h"
#include "core/storage/directory_lock.h"

#include <QObject>
#include <QThreadPool>

namespace coffer::engine {

/// Everything of the engine that lives on its thread, put together. The services do the work; Core
/// owns them in an order in which each may use those above it.
class Core : public QObject
{
    Q_OBJECT

public:
    Core(EngineOptions options, Engine::Role role);
    ~Core() override;

    /// Takes the data directory, opens the chain data, lists the wallets.
    base::Result<void> open();
    void goOnline();

    const EngineOptions& options() const { return m_options; }
    Engine::Role role() const { return m_role; }
    const std::string& networkName() const { return m_networkName; }
    const bitcoin::NetworkParams& network() const { return *m_network; }
    const base::Clock& clock() const { return m_clock; }
    base::Random& random() { return m_random; }
    QThreadPool& pool() { return m_pool; }

    SettingsService& settings() { return *m_settings; }
    NodeService& chain() { return *m_chain; }
    WalletService& wallets() { return *m_wallets; }
    AccountService& accounts() { return *m_accounts; }
    PaymentService& payments() { return *m_payments; }
    PolicyService& policy() { return *m_policy; }
    PsbtService& psbts() { return *m_psbts; }
    HistoryService& history() { return *m_history; }
    NodeCommands& node() { return *m_node; }

    /// A wallet's contents moved: tells everybody what is new.
    void publish(const api::WalletId& wallet);

Q_SIGNALS:
    void walletsChanged(const coffer::api::WalletsSnapshot& snapshot);
    void accountsChanged(const coffer::api::AccountsSnapshot& snapshot);
    void paymentsChanged(const coffer::api::PaymentsSnapshot& snapshot);
    void historyChanged(const coffer::api::WalletId& wallet);
    void historyAppeared(const coffer::api::WalletId& wallet, const coffer::api::HistoryRow& row);
    void nodeChanged(const coffer::api::NodeSnapshot& snapshot);
    void networkLogChanged();
    void raiseRequested(const QString& link);
    void settingsChanged(const coffer::api::SettingsSnapshot& snapshot);

private:
    EngineOptions m_options;
    Engine::Role m_role;
    std::string m_networkName;
    const bitcoin::NetworkParams* m_network = nullptr;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    QThreadPool m_pool;
    std::optional<storage::DirectoryLock> m_lock;
    std::unique_ptr<SettingsService> m_settings;
    std::unique_ptr<NodeService> m_chain;
    std::unique_ptr<WalletService> m_wallets;
    std::unique_ptr<AccountService> m_accounts;
    std::unique_ptr<PaymentService> m_payments;
    std::unique_ptr<PolicyService> m_policy;
    std::unique_ptr<PsbtService> m_psbts;
    std::unique_ptr<HistoryService> m_history;
    std::unique_ptr<NodeCommands> m_node;
    std::map<api::WalletId, std::uint64_t> m_published; ///< Entries told so far.
};

} // namespace coffer::engine
