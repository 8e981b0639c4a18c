// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// WalletService's other half: what the node finds, told to every open session.

#include "core/base/log.h"
#include "core/engine/core.h"

#include <algorithm>

namespace coffer::engine {

using base::LogLevel;

namespace {

api::Source sourceOf(lightnode::ProofLevel level)
{
    switch (level) {
    case lightnode::ProofLevel::OneServer:
        return api::Source::OneServer;
    case lightnode::ProofLevel::OwnNode:
        return api::Source::OwnNode;
    case lightnode::ProofLevel::Quorum:
        return api::Source::Quorum;
    case lightnode::ProofLevel::Proved:
        return api::Source::Proved;
    }
    return api::Source::Unknown;
}

bool wantsBroadcast(const ledger::Intent& intent)
{
    return intent.state == ledger::IntentState::Signed ||
           intent.state == ledger::IntentState::Broadcast ||
           intent.state == ledger::IntentState::Seen;
}

} // namespace

AccountFactory WalletService::factory() const
{
    return {m_core.network(), m_core.chain(), m_core.clock(), m_core.random()};
}

base::Result<void> WalletService::startSession(const api::WalletId& wallet, File& file,
                                               std::unique_ptr<WalletSession> session)
{
    file.session = std::move(session);
    file.chainReplaced = false;
    const auto aligned = alignWithChain(file);
    if (!aligned)
        return aligned.error();
    file.warning.clear();
    file.logFrom = m_loggedTo + 1;
    networkLogMoved();
    watchAll(wallet);
    resumeBroadcasts(*file.session);
    afterChange(wallet);
    return {};
}

/// The chain may have reorganised while the wallet was locked; and a node whose data are new, or
/// from elsewhere, never knew the blocks that the wallet has seen, so it tells of no
/// reorganisation. Until the newest of these blocks can be compared this is asked again before
/// anything that the node finds is taken.
base::Result<WalletService::ChainFit> WalletService::alignWithChain(File& file)
{
    const auto& points = file.session->graph().chain().points();
    const auto tip = points.rbegin()->first;
    std::optional<std::uint32_t> lowestMoved;
    // The points are far apart: what lies above the highest one that still holds may have moved.
    std::uint32_t fork = 0;
    file.aligned = true;
    for (auto it = points.rbegin(); it != points.rend(); ++it) {
        const auto hash = m_core.chain().blockHashAt(it->first);
        if (!hash) {
            file.aligned = file.aligned && it->first != tip;
            continue; // These headers are not kept, or not yet.
        }
        if (*hash == it->second) {
            fork = it->first;
            break;
        }
        lowestMoved = it->first;
    }
    if (!lowestMoved)
        return ChainFit::Kept;
    TRY(file.session->reorganised(fork));
    file.aligned = true; // What could not be compared is gone as well.
    if (tip - *lowestMoved >= WalletSession::kReorganisationMargin) {
        file.chainReplaced = true;
        base::log(LogLevel::Warning, "engine",
                  "the chain that the wallet knew was replaced from height " +
                      std::to_string(fork + 1) + " on: it is scanned again from there");
    }
    return ChainFit::Moved;
}

/// For an open wallet; true if what it watches was set back.
bool WalletService::realign(const api::WalletId& wallet, File& file)
{
    if (file.aligned)
        return false;
    const auto fit = alignWithChain(file);
    if (!fit) {
        fail(wallet, fit.error());
        return true;
    }
    if (*fit == ChainFit::Kept)
        return false;
    watchAll(wallet);
    resumeBroadcasts(*file.session);
    afterChange(wallet);
    return true;
}

void WalletService::resumeBroadcasts(const WalletSession& session)
{
    for (const auto& intent : session.intents().all()) {
        const auto* seen =
            intent.transaction ? session.view().find(bitcoin::Txid(*intent.transaction)) : nullptr;
        const bool stands = seen == nullptr || seen->counts(); // Not replaced meanwhile.
        if (intent.transaction && !stands)
            m_core.chain().cancelBroadcast(bitcoin::Txid(*intent.transaction));
        if (!wantsBroadcast(intent) || !stands)
            continue;
        const auto transaction = bitcoin::Transaction::parse(intent.signedBytes);
        if (transaction)
            m_core.chain().broadcast(*transaction);
    }
}

void WalletService::watchAll(const api::WalletId& wallet)
{
    auto& file = m_files[wallet];
    std::vector<base::Uuid> accounts;
    for (const auto& account : file.session->accounts())
        accounts.push_back(account.id);
    for (const auto& candidate : file.session->searchedCandidates())
        accounts.push_back(candidate.id);
    watchAccounts(file, accounts);
}

void WalletService::watchAccount(const api::WalletId& wallet, const base::Uuid& account)
{
    watchAccounts(m_files[wallet], {account});
}

/// All in one call, the new ones before the old ones go, and known here before the node answers: it
/// must never find everything tested only because something is not watched at the moment.
void WalletService::watchAccounts(File& file, const std::vector<base::Uuid>& accounts)
{
    std::vector<lightnode::Watch> watches;
    std::vector<lightnode::WatchId> replaced;
    for (const auto& account : accounts) {
        const auto record = file.session->watched(account);
        const auto* scan = file.session->scan(account);
        ASSERT(record && scan != nullptr);
        for (const auto& [id, watched] : file.watches) {
            if (watched.account == account)
                replaced.push_back(id);
        }
        lightnode::Watch watch;
        watch.id = m_core.chain().newWatchId();
        watch.fromHeight = record->birthdayHeight;
        watch.testedTo = scan->testedTo;
        for (const auto& owned : file.session->scripts().scripts(account))
            watch.scripts.push_back(owned.script);
        watches.push_back(std::move(watch));
    }
    for (const auto id : replaced)
        file.watches.erase(id);
    for (std::size_t i = 0; i < watches.size(); ++i)
        file.watches[watches[i].id] = {accounts[i], watches[i].testedTo};
    m_core.chain().watch(std::move(watches));
    for (const auto id : replaced)
        m_core.chain().unwatch(id);
}

bool WalletService::isWatchedWhole(const File& file)
{
    const auto isWatched = [&](const auto& account) {
        return std::ranges::any_of(
            file.watches, [&](const auto& item) { return item.second.account == account.id; });
    };
    return std::ranges::all_of(file.session->accounts(), isWatched) &&
           std::ranges::all_of(file.session->searchedCandidates(), isWatched);
}

void WalletService::unwatchAccount(File& file, const base::Uuid& account)
{
    std::erase_if(file.watches, [&](const auto& item) {
        if (item.second.account != account)
            return false;
        m_core.chain().unwatch(item.first);
        return true;
    });
}

void WalletService::watchScripts(const api::WalletId& wallet,
                                 const std::vector<bitcoin::OwnedScript>& scripts)
{
    auto& file = m_files[wallet];
    std::map<base::Uuid, std::vector<bitcoin::Script>> byAccount;
    for (const auto& owned : scripts)
        byAccount[owned.owner.account].push_back(owned.script);
    std::vector<lightnode::Watch> watches;
    for (auto& [account, added] : byAccount) {
        const auto record = file.session->watched(account);
        ASSERT(record);
        // What the window gained was never looked for: from the birthday on.
        const auto before = static_cast<std::int64_t>(record->birthdayHeight) - 1;
        const auto id = m_core.chain().newWatchId();
        file.watches[id] = {account, before};
        watches.push_back({id, std::move(added), record->birthdayHeight, before});
    }
    if (!watches.empty())
        m_core.chain().watch(std::move(watches));
}

void WalletService::networkLogMoved()
{
    // Soon after a pause, else at most once a minute: a record costs at least 256 bytes.
    constexpr std::int64_t kSoonMs = 1'000;
    constexpr std::int64_t kPauseMs = 60'000;
    const bool anyOpen = std::ranges::any_of(
        m_files, [](const auto& item) { return item.second.session != nullptr; });
    if (!anyOpen || m_logTimer.isActive())
        return;
    const auto since = m_core.clock().monotonicMs() - m_loggedMs;
    const auto wait = m_loggedMs == 0 ? kSoonMs : std::max(kSoonMs, kPauseMs - since);
    m_logTimer.start(static_cast<int>(wait));
}

void WalletService::sealNetworkLog()
{
    m_logTimer.stop();
    const auto& live = m_core.chain().networkLog().rows();
    bool sealed = false;
    for (auto& [wallet, file] : m_files) {
        if (!file.session || file.vault->poisoned())
            continue;
        if (const auto done = file.session->logRequests(live, file.logFrom); !done)
            base::log(LogLevel::Warning, "engine", "network log: " + done.error().detail);
        else
            sealed = true;
    }
    if (!sealed)
        return;
    m_loggedMs = m_core.clock().monotonicMs();
    if (!live.empty())
        m_loggedTo = live.back().id;
}

std::set<api::WalletId> WalletService::windowWallets() const
{
    std::set<api::WalletId> out;
    for (const auto& [wallet, file] : m_files) {
        if (file.session && file.holders.contains(kWindow))
            out.insert(wallet);
    }
    return out;
}

std::vector<api::NetworkLogRow>
WalletService::networkLog(const std::set<api::WalletId>& wallets) const
{
    using transport::StoredNetworkLog;
    std::map<StoredNetworkLog::Key, transport::LoggedRequest> rows;
    for (const auto& wallet : wallets) {
        const auto found = m_files.find(wallet);
        if (found == m_files.end() || !found->second.session)
            continue;
        for (const auto& [key, row] : found->second.session->networkLog().rows()) {
            auto& kept = rows[key];
            kept = row;
            // It was open when it was written, by a process that said no more about it.
            if (!kept.request.isOver())
                kept.request.outcome = QStringLiteral("unknown");
        }
    }
    for (const auto& request : m_core.chain().networkLog().rows())
        rows.insert_or_assign(StoredNetworkLog::keyOf(request),
                              transport::LoggedRequest{request, 1});
    std::vector<api::NetworkLogRow> out;
    out.reserve(rows.size());
    for (const auto& [key, row] : rows) {
        const auto& request = row.request;
        out.push_back({request.timeMs, request.purpose, request.host, request.route,
                       request.reveals, request.outcome, static_cast<std::int64_t>(row.count)});
    }
    return out;
}

void WalletService::afterChange(const api::WalletId& wallet)
{
    if (auto& changed = m_files[wallet]; changed.session)
        watchScripts(wallet, changed.session->takeGrown());
    std::vector<bitcoin::OutPoint> coins;
    for (const auto& [name, file] : m_files) {
        if (!file.session)
            continue;
        for (const auto& coin : file.session->view().coins())
            coins.push_back(coin.point);
    }
    m_core.chain().watchCoins(coins);
    m_core.publish(wallet);
}

base::Result<void> WalletService::rescan(const api::WalletId& wallet, std::int64_t fromMs)
{
    auto* opened = TRY(session(wallet));
    TRY(opened->rescanFrom(m_core.chain().heightBefore(fromMs)));
    watchAll(wallet);
    afterChange(wallet);
    return {};
}
lightnode::BlockUse WalletService::blockMatched(const lightnode::BlockMatched& block)
{
    bool relevant = false;
    for (auto& [wallet, file] : m_files) {
        if (!file.session)
            continue;
        realign(wallet, file);
        if (!file.session)
            continue;
        const auto outcome = file.session->applyBlock(block.height, *block.block);
        if (!outcome) {
            fail(wallet, outcome.error());
            continue;
        }
        relevant = relevant || outcome->relevant;
        watchScripts(wallet, outcome->added);
        if (outcome->relevant)
            afterChange(wallet);
    }
    return relevant ? lightnode::BlockUse::Relevant : lightnode::BlockUse::Unexplained;
}

void WalletService::reorganised(const lightnode::Reorganised& fact)
{
    for (auto& [wallet, file] : m_files) {
        if (!file.session)
            continue;
        if (const auto done = file.session->reorganised(fact.forkHeight); !done) {
            fail(wallet, done.error());
            continue;
        }
        for (auto& [id, watched] : file.watches)
            watched.testedTo = std::min<std::int64_t>(watched.testedTo, fact.forkHeight);
        resumeBroadcasts(*file.session);
        afterChange(wallet);
    }
}

void WalletService::watchTested(const lightnode::WatchTested& fact)
{
    for (auto& [wallet, file] : m_files) {
        const auto found = file.watches.find(fact.watch);
        if (found == file.watches.end() || !file.session)
            continue;
        found->second.testedTo = fact.testedTo;
        auto lowest = found->second.testedTo;
        for (const auto& [id, watched] : file.watches) {
            if (watched.account == found->second.account)
                lowest = std::min(lowest, watched.testedTo);
        }
        file.session->scanProgressed(found->second.account, lowest);
    }
}

void WalletService::scanCompleted(const lightnode::ScanCompleted& fact)
{
    const auto hash = m_core.chain().blockHashAt(fact.height);
    if (!hash)
        return;
    const auto chainTime = m_core.chain().medianTimeMsAt(fact.height);
    for (auto& [wallet, file] : m_files) {
        // What was set back is not complete: the node says so again when it is.
        if (!file.session || !isWatchedWhole(file) || realign(wallet, file))
            continue;
        const bool first = !file.session->isSynced();
        const auto done = file.session->scanCompleted(fact.height, *hash, sourceOf(fact.proof));
        if (!done) {
            fail(wallet, done.error());
            continue;
        }
        for (auto& [id, watched] : file.watches)
            watched.testedTo = fact.height;
        const auto expired = chainTime ? file.session->expireUnconfirmed(*chainTime)
                                       : base::Result<void>(); // Its headers are fetched again.
        if (!expired) {
            fail(wallet, expired.error());
            continue;
        }
        const auto dropped = file.session->dropCandidates();
        if (!dropped) {
            fail(wallet, dropped.error());
            continue;
        }
        for (const auto& candidate : *dropped)
            unwatchAccount(file, candidate);
        if (first) // Only now is it known what a reorganisation threw out while we were away.
            resumeBroadcasts(*file.session);
        m_core.publish(wallet);
    }
}

void WalletService::unconfirmedSeen(const lightnode::UnconfirmedSeen& fact)
{
    for (auto& [wallet, file] : m_files) {
        if (!file.session)
            continue;
        const auto outcome = file.session->seenUnconfirmed(fact.transaction);
        if (!outcome) {
            fail(wallet, outcome.error());
            continue;
        }
        watchScripts(wallet, outcome->added);
        if (outcome->relevant)
            afterChange(wallet);
    }
}

/// The node tests the heights again by itself; the wallet must not say meanwhile, nor believe after
/// a restart, that it has done so.
void WalletService::filtersReplaced(const lightnode::FiltersReplaced& fact)
{
    base::log(LogLevel::Warning, "engine",
              "block filters from height " + std::to_string(fact.fromHeight) +
                  " on were wrong: they are tested again");
    for (auto& [wallet, file] : m_files) {
        if (!file.session)
            continue;
        if (const auto done = file.session->filtersReplaced(fact.fromHeight); !done) {
            fail(wallet, done.error());
            continue;
        }
        const auto below = static_cast<std::int64_t>(fact.fromHeight) - 1;
        for (auto& [id, watched] : file.watches)
            watched.testedTo = std::min(watched.testedTo, below);
        m_core.publish(wallet);
    }
}

void WalletService::olderPayments(const lightnode::OlderPayments& fact)
{
    for (auto& [wallet, file] : m_files) {
        if (!file.session)
            continue;
        // Without a script it is only likely; words that were made here have no past at all.
        const bool concerned = fact.script
                                   ? file.session->scripts().lookup(*fact.script).has_value()
                                   : !file.session->createdHere();
        if (!concerned || file.session->hasOlderPayments())
            continue;
        if (const auto done = file.session->markOlderPayments(); !done) {
            fail(wallet, done.error());
            continue;
        }
        m_core.publish(wallet);
    }
}

void WalletService::broadcastProgress(const lightnode::BroadcastProgress& fact)
{
    for (auto& [wallet, file] : m_files) {
        if (!file.session)
            continue;
        const auto* intent = file.session->intents().findByTransaction(fact.txid.bytes());
        if (intent == nullptr)
            continue;
        const bool sent = intent->state == ledger::IntentState::Signed ||
                          intent->state == ledger::IntentState::Broadcast;
        if (sent && fact.handedTo > intent->handedToPeers) {
            auto next = ledger::markBroadcast(*intent, fact.handedTo, fact.handedTo,
                                              m_core.clock().utcMs());
            if (next) {
                if (const auto done = file.session->updateIntent(*next); !done) {
                    fail(wallet, done.error());
                    continue;
                }
            }
        }
        if (fact.echoedBy > 0) {
            if (const auto done = file.session->echoed(fact.txid); !done) {
                fail(wallet, done.error());
                continue;
            }
        }
        m_core.publish(wallet);
    }
}

} // namespace coffer::engine
