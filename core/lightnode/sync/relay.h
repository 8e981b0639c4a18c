// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/sync/peers.h"

#include <deque>
#include <functional>
#include <unordered_set>

namespace coffer::lightnode {

/// Listens for unconfirmed transactions: everything that a relaying peer announces is fetched, and
/// only what concerns the wallet is kept, so that nobody learns what that is. Bounded in number and
/// rate.
class RelayWatch
{
public:
    static constexpr std::size_t kMaxAnnouncements = 5'000;
    static constexpr std::int64_t kBytesPerSecond = 1'000'000;

    using IsWatched = std::function<bool(const bitcoin::Script&)>;

    RelayWatch(Context& context, Peers& peers, IsWatched isWatched)
        : m_context(context)
        , m_peers(peers)
        , m_isWatched(std::move(isWatched))
    {
    }

    void setWatching(Watching watching);
    void watchCoins(std::span<const bitcoin::OutPoint> coins);
    /// New scripts: what was announced before is worth another look.
    void scriptsAdded();
    void blockMatched(const bitcoin::Block& block);
    void announced(Peer& peer, const InvMessage& message);
    void handle(Peer& peer, const TransactionMessage& message);
    void handshaken(Peer& peer);
    void pump();
    std::int64_t nextDeadline() const;
    /// Announced by a relaying peer not long ago.
    bool wasAnnounced(const bitcoin::Hash256& hash) const { return m_known.contains(key(hash)); }

private:
    static std::uint64_t key(const bitcoin::Hash256& hash);
    bool relays(const Peer& peer) const;
    void askForAll(Peer& peer);

    Context& m_context;
    Peers& m_peers;
    IsWatched m_isWatched;
    Watching m_watching = Watching::Off;
    std::unordered_set<bitcoin::OutPoint> m_coins;
    std::unordered_set<std::uint64_t> m_known;
    std::deque<std::uint64_t> m_order;
    std::int64_t m_budget = kBytesPerSecond;
    std::int64_t m_budgetAt = 0;
    std::int64_t m_nextAsk = 0;
    bool m_askAgain = false;
    std::int64_t m_nextDial = 0;
};

} // namespace coffer::lightnode
