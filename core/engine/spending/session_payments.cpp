// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// WalletSession's payments: what is committed before it leaves, and what limits it.

#include "core/engine/wallet_session.h"

namespace coffer::engine {

using vault::Record;
using vault::RecordKind;

base::Result<void> WalletSession::updateIntent(const ledger::Intent& intent)
{
    TRY(m_intents.check(intent));
    return commit({{RecordKind::Intent, ledger::encodeIntent(intent)}});
}

base::Result<void> WalletSession::commitSigned(const ledger::Intent& intent,
                                               const bitcoin::TransactionPointer& transaction,
                                               const signing::SpendCounters& counters)
{
    TRY(m_intents.check(intent));
    // First the bytes and the counters alone: from here on this payment can only be repeated, never
    // made again. The books follow in their own commit and are recomputed after a crash.
    std::vector<Record> records;
    records.push_back({RecordKind::SpendCounters, signing::encodeCounters(counters)});
    records.push_back({RecordKind::Intent, ledger::encodeIntent(intent)});
    if (!intent.label.empty() && intent.transaction) {
        const ledger::Label label{
            {ledger::LabelKind::Transaction, bitcoin::Txid(*intent.transaction).toHex()},
            intent.label,
            {},
            {},
            m_environment.clock.utcMs()};
        records.push_back({RecordKind::Label, ledger::encodeLabel(label)});
    }
    TRY(commit(std::move(records)));
    records.clear();
    // Its change script is used from now on: the next payment takes another one.
    const auto scan = TRY(bitcoin::scanTransaction(*transaction, m_graph, m_scripts));
    for (const auto& state : scan.states)
        records.push_back({RecordKind::ScriptState, encodeScriptState(state)});
    m_grown.insert(m_grown.end(), scan.added.begin(), scan.added.end());
    const auto changes =
        TRY(m_graph.seen(transaction, m_environment.clock.utcMs(), bitcoin::Origin::Own));
    return commitChain(changes, std::move(records));
}

base::Result<void> WalletSession::commitReleased(const ledger::Intent& intent,
                                                 const signing::SpendCounters& counters)
{
    TRY(m_intents.check(intent));
    return commit({{RecordKind::SpendCounters, signing::encodeCounters(counters)},
                   {RecordKind::Intent, ledger::encodeIntent(intent)}});
}

base::Result<void> WalletSession::setSpendPolicy(const signing::SpendPolicy& policy)
{
    return commit({{RecordKind::Policy, signing::encodePolicy(policy)}});
}

std::set<bitcoin::OutPoint> WalletSession::unavailableCoins(ledger::Reservation atLeast) const
{
    std::set<bitcoin::OutPoint> out;
    const auto intents = m_intents.all();
    for (const auto& coin : ledger::reservedCoins(intents, m_environment.clock.utcMs())) {
        if (coin.reservation >= atLeast)
            out.insert({bitcoin::Txid(coin.transaction), coin.output});
    }
    for (const auto& coin : m_view.coins()) {
        if (isFrozen(coin.point))
            out.insert(coin.point);
    }
    return out;
}

base::Result<std::vector<signing::OwnDescriptors>> WalletSession::ownDescriptors() const
{
    std::vector<signing::OwnDescriptors> out;
    for (const auto& account : m_accounts) {
        const auto* receive =
            TRY(m_scripts.descriptor(account.id, bitcoin::DescriptorRole::Receive));
        signing::OwnDescriptors own{account.id, *receive, std::nullopt};
        if (!account.change.empty()) {
            const auto* change =
                TRY(m_scripts.descriptor(account.id, bitcoin::DescriptorRole::Change));
            own.change = *change;
        }
        out.push_back(std::move(own));
    }
    return out;
}

} // namespace coffer::engine
