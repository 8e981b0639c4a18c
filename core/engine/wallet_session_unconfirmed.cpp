// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// WalletSession's part for what waits for a block: who may say so, and when it is given up.

#include "core/bitcoin/verify.h"
#include "core/engine/wallet_session.h"

#include <algorithm>

namespace coffer::engine {

using vault::Record;
using vault::RecordKind;

namespace {

/// Unconfirmed transactions of others that are kept at once: more than a shop has, and too few to
/// fill the file.
constexpr std::size_t kMostStrangers = 500;

/// How long nodes keep a transaction that no block takes (Bitcoin Core: 336 hours).
constexpr std::int64_t kMempoolExpiryMs = 14 * 24 * 3'600'000LL;
/// That a transaction is still relayed is written down once a day: the expiry needs no more, and
/// peers must not fill the file by telling the same again.
constexpr std::int64_t kSeenAgainMs = 24 * 3'600'000LL;

} // namespace

bool WalletSession::isCredible(const bitcoin::Transaction& transaction) const
{
    std::vector<bitcoin::TxOutput> spent;
    bool spendsOurs = false;
    for (const auto& input : transaction.inputs) {
        if (const auto output = m_graph.output(input.previous)) {
            spendsOurs = spendsOurs || m_scripts.lookup(output->script).has_value();
            spent.push_back(*output);
        }
    }
    if (!spendsOurs)
        return true; // A payment to us; only a block can prove more.
    return spent.size() == transaction.inputs.size() &&
           static_cast<bool>(bitcoin::verifyInputs(transaction, spent));
}

std::size_t WalletSession::strangersWaiting() const
{
    const auto& all = m_view.transactions();
    return static_cast<std::size_t>(std::ranges::count_if(all, [](const auto& transaction) {
        return transaction.status == bitcoin::TransactionStatus::Unconfirmed &&
               transaction.origin == bitcoin::Origin::Foreign;
    }));
}

base::Result<WalletSession::BlockOutcome>
WalletSession::seenUnconfirmed(const bitcoin::TransactionPointer& transaction)
{
    // Our own payments keep their time of creation, or an original that a peer still relays would
    // look newer than its replacement.
    const auto* facts = m_graph.find(transaction->txid());
    if (facts != nullptr && facts->origin == bitcoin::Origin::Own)
        return BlockOutcome{};
    // Relaying peers are strangers: what they send is bounded, and spends nothing of ours without a
    // signature of ours.
    if (!isCredible(*transaction) || (facts == nullptr && strangersWaiting() >= kMostStrangers))
        return BlockOutcome{};
    auto scan = TRY(bitcoin::scanTransaction(*transaction, m_graph, m_scripts));
    BlockOutcome outcome;
    outcome.relevant = scan.relevant;
    outcome.added = std::move(scan.added);
    if (!outcome.relevant)
        return outcome;
    std::vector<Record> records;
    const auto promoted = promote(scan.states, records);
    const auto now = m_environment.clock.utcMs();
    const bool isNews = facts == nullptr || facts->isEvicted() ||
                        now - facts->lastSeenMs.value_or(0) >= kSeenAgainMs;
    if (!isNews && promoted.empty() && outcome.added.empty())
        return outcome;
    for (const auto& state : scan.states)
        records.push_back({RecordKind::ScriptState, encodeScriptState(state)});
    rememberGrowth(outcome.added, records);
    const auto changes = TRY(m_graph.seen(transaction, now));
    TRY(commitChain(changes, std::move(records)));
    addScripts(promoted, outcome);
    return outcome;
}

base::Result<void> WalletSession::expireUnconfirmed(std::int64_t chainTimeMs)
{
    bitcoin::ChangeSet changes;
    for (const auto& transaction : m_view.transactions()) {
        // What our keys have signed may be sent again by whoever has it, at any time.
        const bool ours = transaction.origin == bitcoin::Origin::Own ||
                          std::ranges::any_of(transaction.effects,
                                              [](const auto& effect) { return effect.sent > 0; });
        if (ours || transaction.status != bitcoin::TransactionStatus::Unconfirmed)
            continue;
        const auto* facts = m_graph.find(transaction.txid);
        // Given up already, and held by a transaction that spends it.
        if (facts->isEvicted() ||
            chainTimeMs - facts->lastKnownMs().value_or(0) <= kMempoolExpiryMs)
            continue;
        auto dropped = TRY(m_graph.evicted(transaction.txid, chainTimeMs));
        changes.merge(std::move(dropped));
    }
    return changes.empty() ? base::Result<void>() : commitChain(changes, {});
}

base::Result<void> WalletSession::echoed(const bitcoin::Txid& txid)
{
    if (!m_echoed.insert(txid).second)
        return {};
    return commitChain({}, {});
}

} // namespace coffer::engine
