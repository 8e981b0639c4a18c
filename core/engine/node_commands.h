// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/node.h"
#include "core/api/settings.h"

#include <QCoroTask>

#include <set>

namespace coffer::engine {

class Core;

/// What a person asks of the node: switches and own nodes that are remembered in the settings,
/// rescans.
class NodeCommands
{
public:
    explicit NodeCommands(Core& core)
        : m_core(core)
    {
    }

    base::Result<void> setNetworkUse(api::NetworkUse use);
    base::Result<void> addPeer(QString address);
    base::Result<void> removePeer(QString address);
    /// The person's answer to a reorganisation of 100 blocks or more.
    base::Result<void> acceptReorganisation();
    base::Result<void> rescan(api::WalletId wallet, std::int64_t fromMs);
    /// Acts on what differs from these.
    void settingsChanged(const api::SettingsSnapshot& before);
    void setReceivePage(api::ReceivePage page);
    /// For the window: with what its open wallets keep.
    base::Result<std::vector<api::NetworkLogRow>> networkLog() const;

    api::NodeSnapshot snapshot() const;
    /// With what these wallets keep.
    std::vector<api::NetworkLogRow> networkLogRows(const std::set<api::WalletId>& wallets) const;
    base::Result<void> goOnline();
    QCoro::Task<base::Result<void>> untilSynced(std::int64_t timeoutMs);
    QCoro::Task<base::Result<api::FeeQuote>> feesWhenKnown();

private:
    void applyPeers();

    Core& m_core;
};

} // namespace coffer::engine
