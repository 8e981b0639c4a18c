// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/core.h"

#include <QDir>

namespace coffer::engine {

namespace {

constexpr int kPoolThreads =
    2; // Filter matching and block parsing; more would only wait for the disk.

} // namespace

Core::Core(EngineOptions options, Engine::Role role)
    : m_options(std::move(options))
    , m_role(role)
{
    m_pool.setMaxThreadCount(kPoolThreads);
    // Argon2id asks for hundreds of MiB, but of heap; libsecp256k1 and OpenSSL want little stack.
    m_pool.setStackSize(2 * 1024 * 1024);
}

Core::~Core()
{
    m_pool.waitForDone(); // Jobs post back to services that must still be there.
    // The local server, its connections and their dispatchers use the services to the last.
    qDeleteAll(findChildren<QObject*>(QString(), Qt::FindDirectChildrenOnly));
    m_node.reset();
    m_history.reset();
    m_psbts.reset();
    m_policy.reset();
    m_payments.reset();
    m_accounts.reset();
    if (m_chain)
        m_chain->setListener(nullptr);
    m_wallets.reset();
    m_chain.reset();
}

base::Result<void> Core::open()
{
    const auto network = TRY(bitcoin::parseNetwork(m_options.network.toStdString()));
    m_network = &bitcoin::paramsOf(network);
    m_networkName = m_options.network.toStdString();
    if (m_options.keyDerivation == EngineOptions::KeyDerivation::TestOnly &&
        network == bitcoin::Network::Main)
        return base::Error{base::ErrorCode::Usage, "cheap keys are for tests, never for main"};
    m_lock = TRY(storage::DirectoryLock::acquire(m_options.dataDirectory.toStdString()));
    m_settings = std::make_unique<SettingsService>(*this, m_options.dataDirectory +
                                                              QStringLiteral("/settings.ini"));

    NodeService::Options node;
    node.network = network;
    node.folder = m_options.dataDirectory + QStringLiteral("/node");
    node.proxy = m_options.proxy.isEmpty() ? m_settings->snapshot().proxy : m_options.proxy;
    node.bitcoinRpc = m_options.bitcoinRpc;
    node.bitcoinRpcCookie = m_options.bitcoinRpcCookie;
    for (const auto& peer : m_options.bitcoinPeers + m_settings->snapshot().peers) {
        auto address = TRY(lightnode::parsePeerAddress(peer.toStdString(), m_network->port));
        node.ownNodes.push_back(std::move(address));
    }
    m_chain = std::make_unique<NodeService>(std::move(node), m_clock, m_random, m_pool);
    TRY(m_chain->open());
    if (m_settings->snapshot().offline)
        m_chain->setNetworkUse(api::NetworkUse::Offline);
    connect(m_chain.get(), &NodeService::changed, this, &Core::nodeChanged);
    connect(m_chain.get(), &NodeService::networkLogChanged, this, [this] {
        if (m_wallets)
            m_wallets->networkLogMoved();
        Q_EMIT networkLogChanged();
    });

    m_wallets = std::make_unique<WalletService>(*this);
    m_accounts = std::make_unique<AccountService>(*this);
    m_payments = std::make_unique<PaymentService>(*this);
    m_policy = std::make_unique<PolicyService>(*this);
    m_psbts = std::make_unique<PsbtService>(*this);
    m_history = std::make_unique<HistoryService>(*this);
    m_node = std::make_unique<NodeCommands>(*this);
    m_chain->setListener(m_wallets.get());
    m_wallets->refreshList();
    return {};
}

void Core::goOnline()
{
    if (const auto online = m_chain->goOnline(); !online)
        Q_EMIT nodeChanged(m_chain->snapshot());
}

void Core::publish(const api::WalletId& wallet)
{
    if (!m_accounts)
        return; // Starting or stopping.
    Q_EMIT walletsChanged(m_wallets->snapshot());
    Q_EMIT accountsChanged(m_accounts->snapshot(wallet));
    Q_EMIT paymentsChanged(m_payments->snapshot(wallet));
    const auto session = m_wallets->session(wallet);
    if (!session) {
        m_published.erase(wallet);
        return;
    }
    const auto entries = (*session)->books().size();
    const auto told = m_published.find(wallet);
    // What was there at unlock, or is found while catching up, is history and no news.
    const bool news = told != m_published.end() && m_chain->isLive();
    if (news) {
        for (auto sequence = told->second + 1; sequence <= entries; ++sequence) {
            if (const auto row = m_history->rowOfEntry(**session, sequence))
                Q_EMIT historyAppeared(wallet, *row);
        }
    }
    if (told == m_published.end() || told->second != entries)
        Q_EMIT historyChanged(wallet);
    m_published[wallet] = entries;
}

} // namespace coffer::engine
