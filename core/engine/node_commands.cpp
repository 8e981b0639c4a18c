// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/node_commands.h"

#include "core/engine/core.h"

namespace coffer::engine {

using base::Error;
using base::ErrorCode;

base::Result<void> NodeCommands::setNetworkUse(api::NetworkUse use)
{
    auto settings = m_core.settings().snapshot();
    settings.offline = use == api::NetworkUse::Offline;
    return m_core.settings().set(settings);
}

base::Result<void> NodeCommands::addPeer(QString address)
{
    TRY(lightnode::parsePeerAddress(address.toStdString(), m_core.network().port));
    auto settings = m_core.settings().snapshot();
    if (settings.peers.contains(address))
        return Error{ErrorCode::AlreadyExists, "this node is in the list already"};
    settings.peers.append(address);
    return m_core.settings().set(settings);
}

base::Result<void> NodeCommands::removePeer(QString address)
{
    auto settings = m_core.settings().snapshot();
    if (settings.peers.removeAll(address) == 0)
        return Error{ErrorCode::NotFound, "this node is not in the list"};
    return m_core.settings().set(settings);
}

void NodeCommands::settingsChanged(const api::SettingsSnapshot& before)
{
    const auto& settings = m_core.settings().snapshot();
    if (settings.peers != before.peers)
        applyPeers();
    if (settings.offline == before.offline)
        return;
    m_core.chain().setNetworkUse(settings.offline ? api::NetworkUse::Offline
                                                  : api::NetworkUse::Online);
    // An engine that started offline connects now; one for a single command only if that needs it.
    if (!settings.offline && m_core.role() != Engine::Role::Command)
        m_core.goOnline();
}

void NodeCommands::applyPeers()
{
    std::vector<lightnode::PeerAddress> nodes;
    for (const auto& text : m_core.options().bitcoinPeers + m_core.settings().snapshot().peers) {
        if (auto address = lightnode::parsePeerAddress(text.toStdString(), m_core.network().port))
            nodes.push_back(address.take());
    }
    m_core.chain().setOwnNodes(std::move(nodes));
}

base::Result<void> NodeCommands::acceptReorganisation()
{
    return m_core.chain().acceptReorganisation();
}

base::Result<void> NodeCommands::rescan(api::WalletId wallet, std::int64_t fromMs)
{
    return m_core.wallets().rescan(wallet, fromMs);
}

void NodeCommands::setReceivePage(api::ReceivePage page)
{
    m_core.chain().setReceivePage(page);
}

base::Result<std::vector<api::NetworkLogRow>> NodeCommands::networkLog() const
{
    return networkLogRows(m_core.wallets().windowWallets());
}

api::NodeSnapshot NodeCommands::snapshot() const
{
    return m_core.chain().snapshot();
}

std::vector<api::NetworkLogRow>
NodeCommands::networkLogRows(const std::set<api::WalletId>& wallets) const
{
    return m_core.wallets().networkLog(wallets);
}

base::Result<void> NodeCommands::goOnline()
{
    return m_core.chain().goOnline();
}

QCoro::Task<base::Result<void>> NodeCommands::untilSynced(std::int64_t timeoutMs)
{
    return m_core.chain().untilSynced(timeoutMs);
}

QCoro::Task<base::Result<api::FeeQuote>> NodeCommands::feesWhenKnown()
{
    return m_core.chain().feesWhenKnown();
}

} // namespace coffer::engine
