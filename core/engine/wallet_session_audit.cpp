// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// WalletSession's other half: the whole file, for the audit, a rotation and a backup.

#include "core/engine/wallet_session.h"

namespace coffer::engine {

using base::Error;
using base::ErrorCode;
using vault::RecordKind;

base::Result<void> WalletSession::logRequests(const std::deque<transport::OutboundRequest>& live,
                                              std::uint64_t from)
{
    const auto rows = m_networkLog.due(live, from);
    if (rows.empty())
        return {};
    return commit({{RecordKind::NetworkLog, transport::encodeNetworkLog(rows)}});
}

ledger::AuditResult WalletSession::audit() const
{
    std::vector<base::Bytes> entries;
    const auto read = m_vault.replay(
        [&](std::uint64_t, RecordKind kind, base::ByteView payload) -> base::Result<void> {
            if (kind == RecordKind::Entry)
                entries.push_back(base::bytesOf(payload));
            return {};
        });
    // The chain's side: what confirmed transactions changed, and all coins that are left.
    std::map<base::Uuid, std::int64_t> settled;
    for (const auto& transaction : m_view.transactions()) {
        if (transaction.status != bitcoin::TransactionStatus::Confirmed)
            continue;
        for (const auto& effect : transaction.effects)
            settled[effect.account] += effect.delta();
    }
    std::vector<ledger::ChainBalance> chain;
    for (const auto& account : m_accounts) {
        const auto coins = m_view.balance(account.id).total();
        const auto confirmed = settled[account.id];
        chain.push_back({account.id,
                         money::Currency::bitcoin(),
                         {money::Amount(confirmed), money::Amount(coins - confirmed)}});
    }
    auto result = ledger::audit(
        entries.size(),
        [&](std::uint64_t sequence) -> base::Result<base::Bytes> {
            if (sequence < 1 || sequence > entries.size())
                return Error{ErrorCode::NotFound, "no such entry in the file"};
            return entries[static_cast<std::size_t>(sequence - 1)];
        },
        m_books, chain);
    if (!read)
        result.problems.push_back("the file cannot be read: " + read.error().detail);
    return result;
}

vault::Selection WalletSession::rotationSelection() const
{
    // A wallet's records are small, and superseded states are history too: only the network log is
    // bounded.
    return [this](std::uint64_t, RecordKind kind, base::ByteView payload) {
        return kind == RecordKind::NetworkLog && m_networkLog.isForgotten(payload)
                   ? vault::Keep::No
                   : vault::Keep::Yes;
    };
}

vault::Selection WalletSession::backupSelection()
{
    return [](std::uint64_t, RecordKind kind, base::ByteView) {
        // A backup must never finish somebody else's payment; what this machine asked for is of no
        // use on another one.
        return kind == RecordKind::Intent || kind == RecordKind::Outgoing ||
                       kind == RecordKind::NetworkLog
                   ? vault::Keep::No
                   : vault::Keep::Yes;
    };
}

} // namespace coffer::engine
