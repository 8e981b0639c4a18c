// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/sync/relay.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

constexpr std::size_t kWatchers = 2;
constexpr std::int64_t kDialMs = 5'000;
constexpr std::int64_t kAskMs = 10'000; // The own node's whole pool, not more often.
constexpr std::size_t kMaxCoins = 100'000;
constexpr std::size_t kRequestAtOnce = 1'000;

constexpr auto kTransaction = static_cast<std::uint32_t>(InventoryType::Transaction);
constexpr auto kWtxid = static_cast<std::uint32_t>(InventoryType::WitnessTransactionId);
constexpr auto kWitnessTransaction = static_cast<std::uint32_t>(InventoryType::WitnessTransaction);

} // namespace

std::uint64_t RelayWatch::key(const bitcoin::Hash256& hash)
{
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < 8; ++i)
        out = (out << 8) | hash[i];
    return out;
}

bool RelayWatch::relays(const Peer& peer) const
{
    return peer.isHandshaken() &&
           (peer.role == PeerRole::RelayWatcher || (peer.isSync() && peer.ownNode));
}

void RelayWatch::setWatching(Watching watching)
{
    m_watching = watching;
    m_nextDial = 0;
}

void RelayWatch::watchCoins(std::span<const bitcoin::OutPoint> coins)
{
    for (const auto& coin : coins) {
        if (m_coins.size() < kMaxCoins)
            m_coins.insert(coin);
    }
}

void RelayWatch::scriptsAdded()
{
    m_known.clear();
    m_order.clear();
    m_askAgain = true;
}

void RelayWatch::blockMatched(const bitcoin::Block& block)
{
    for (const auto& transaction : block.transactions) {
        for (const auto& input : transaction.inputs)
            m_coins.erase(input.previous);
        const auto txid = transaction.txid();
        for (std::size_t i = 0; i < transaction.outputs.size(); ++i) {
            if (m_coins.size() < kMaxCoins && m_isWatched(transaction.outputs[i].script))
                m_coins.insert({txid, static_cast<std::uint32_t>(i)});
        }
    }
}

void RelayWatch::handshaken(Peer& peer)
{
    if (relays(peer))
        askForAll(peer);
}

void RelayWatch::askForAll(Peer& peer)
{
    // BIP35 is for those who offer Bloom filters; others hang up on it. On loopback Core offers it.
    if (peer.ownNode && (peer.services & service::kBloom) != 0)
        m_peers.send(peer, SimpleMessage::Mempool);
}

void RelayWatch::announced(Peer& peer, const InvMessage& message)
{
    if (!relays(peer))
        return;
    std::vector<InventoryItem> wanted;
    for (const auto& item : message.items) {
        if (item.type != kTransaction && item.type != kWtxid && item.type != kWitnessTransaction)
            continue;
        const auto id = key(item.hash);
        if (m_known.contains(id))
            continue;
        if (m_order.size() >= kMaxAnnouncements) {
            m_known.erase(m_order.front());
            m_order.pop_front();
        }
        m_known.insert(id);
        m_order.push_back(id);
        if (wanted.size() < kRequestAtOnce && m_budget > 0)
            wanted.push_back({item.type == kWtxid ? kWtxid : kWitnessTransaction, item.hash});
    }
    if (!wanted.empty())
        m_peers.send(peer, GetDataMessage{std::move(wanted)});
}

void RelayWatch::handle(Peer& peer, const TransactionMessage& message)
{
    if (!relays(peer))
        return;
    const auto& transaction = message.transaction;
    m_budget -= transaction.size();
    const bool spends =
        std::any_of(transaction.inputs.begin(), transaction.inputs.end(),
                    [this](const auto& input) { return m_coins.contains(input.previous); });
    const bool pays =
        std::any_of(transaction.outputs.begin(), transaction.outputs.end(),
                    [this](const auto& output) { return m_isWatched(output.script); });
    if (!spends && !pays)
        return;
    if (!transaction.checkStructure())
        return;
    const auto txid = transaction.txid();
    for (std::size_t i = 0; i < transaction.outputs.size(); ++i) {
        if (m_coins.size() < kMaxCoins && m_isWatched(transaction.outputs[i].script))
            m_coins.insert({txid, static_cast<std::uint32_t>(i)});
    }
    m_context.fact(UnconfirmedSeen{std::make_shared<const bitcoin::Transaction>(transaction),
                                   m_context.now.utcSeconds});
}

void RelayWatch::pump()
{
    const auto elapsed = std::max<std::int64_t>(0, m_context.ms() - m_budgetAt);
    m_budgetAt = m_context.ms();
    m_budget = std::min(kBytesPerSecond, m_budget + std::min<std::int64_t>(elapsed, 1'000) *
                                                        kBytesPerSecond / 1'000);
    std::size_t watchers = 0;
    bool own = false;
    for (auto* peer : m_peers.all()) {
        own = own || (peer->ownNode && peer->isSync());
        if (peer->role != PeerRole::RelayWatcher)
            continue;
        ++watchers;
        if (m_watching == Watching::Off)
            m_peers.close(*peer, "not watching any more");
    }
    if (m_askAgain && m_context.ms() >= m_nextAsk) {
        for (auto* peer : m_peers.all()) {
            if (!peer->ownNode || !relays(*peer))
                continue;
            m_askAgain = false;
            m_nextAsk = m_context.ms() + kAskMs;
            askForAll(*peer);
        }
    }
    if (m_watching == Watching::Off || own || watchers >= kWatchers || m_context.ms() < m_nextDial)
        return;
    m_nextDial = m_context.ms() + kDialMs;
    if (const auto address = m_peers.addressForShortRole({}))
        m_peers.open(*address, PeerRole::RelayWatcher);
}

std::int64_t RelayWatch::nextDeadline() const
{
    auto next = kNever;
    if (m_watching == Watching::On && m_nextDial > m_context.ms())
        next = m_nextDial;
    if (m_askAgain && m_nextAsk > m_context.ms())
        next = std::min(next, m_nextAsk);
    return next;
}

} // namespace coffer::lightnode
