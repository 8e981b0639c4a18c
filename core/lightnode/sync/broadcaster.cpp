// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/sync/broadcaster.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

constexpr std::size_t kConnections = 3;
constexpr std::int64_t kWholeMs = 3 * 60'000;
constexpr std::int64_t kGetDataMs =
    20'000; // Core asks after 2 to 4 s; then it knows or does not want.
constexpr std::int64_t kRoundMs = 2 * 60'000;
constexpr std::int64_t kPauseMs = 10 * 60'000;
constexpr std::int64_t kPauseSpreadMs = 5 * 60'000;
constexpr std::int64_t kDialMs = 1'000;
constexpr std::int64_t kListenAskMs = 10'000;
constexpr std::uint32_t kQuickRounds = 2;

constexpr auto kTransaction = static_cast<std::uint32_t>(InventoryType::Transaction);
constexpr auto kWtxid = static_cast<std::uint32_t>(InventoryType::WitnessTransactionId);

} // namespace

void Broadcaster::add(const bitcoin::Transaction& transaction, Known known)
{
    const auto txid = transaction.txid();
    for (const auto& outgoing : m_outgoing) {
        if (outgoing.txid == txid)
            return;
    }
    Outgoing added;
    added.transaction = transaction;
    added.txid = txid;
    added.wtxid = transaction.wtxid().bytes();
    if (known == Known::Yes)
        added.echoedBy.insert("announced before");
    m_outgoing.push_back(std::move(added));
    if (known == Known::Yes)
        tell(m_outgoing.back());
}

void Broadcaster::cancel(const bitcoin::Txid& txid)
{
    m_outgoing.remove_if([&](Outgoing& outgoing) {
        if (outgoing.txid != txid)
            return false;
        for (const auto& connection : outgoing.connections) {
            if (auto* peer = m_peers.find(connection.peer))
                m_peers.close(*peer, "not sent any more");
        }
        return true;
    });
}

void Broadcaster::tell(const Outgoing& outgoing)
{
    m_context.fact(BroadcastProgress{outgoing.txid, outgoing.handedTo,
                                     static_cast<std::uint32_t>(outgoing.echoedBy.size()),
                                     outgoing.rounds, false});
}

Broadcaster::Connection* Broadcaster::connectionOf(PeerId id, Outgoing*& owner)
{
    for (auto& outgoing : m_outgoing) {
        for (auto& connection : outgoing.connections) {
            if (connection.peer == id) {
                owner = &outgoing;
                return &connection;
            }
        }
    }
    return nullptr;
}

void Broadcaster::handshaken(Peer& peer)
{
    Outgoing* owner = nullptr;
    auto* connection = connectionOf(peer.id, owner);
    if (connection == nullptr)
        return;
    connection->deadline = m_context.ms() + kWholeMs;
    if (connection->listens) {
        connection->askAt = m_context.ms() + kListenAskMs;
        return;
    }
    connection->step = Step::Announced;
    connection->deadline = m_context.ms() + kGetDataMs;
    // Whoever agreed on wtxidrelay ignores announcements by txid (BIP339).
    const auto item = peer.wtxidRelay ? InventoryItem{kWtxid, owner->wtxid}
                                      : InventoryItem{kTransaction, owner->txid.bytes()};
    m_peers.send(peer, InvMessage{{item}});
}

void Broadcaster::handle(Peer& peer, const GetDataMessage& message)
{
    Outgoing* owner = nullptr;
    auto* connection = connectionOf(peer.id, owner);
    if (connection == nullptr || connection->listens || connection->step != Step::Announced)
        return;
    const bool asked =
        std::any_of(message.items.begin(), message.items.end(), [&](const auto& item) {
            return item.hash == owner->txid.bytes() || item.hash == owner->wtxid;
        });
    if (!asked)
        return;
    connection->step = Step::Sent;
    connection->deadline = m_context.ms() + kWholeMs;
    connection->pingNonce = m_context.random.u64();
    m_peers.send(peer, TransactionMessage{owner->transaction});
    m_peers.send(peer, PingMessage{connection->pingNonce});
}

void Broadcaster::handle(Peer& peer, const PongMessage& message)
{
    Outgoing* owner = nullptr;
    auto* connection = connectionOf(peer.id, owner);
    if (connection == nullptr || connection->step != Step::Sent ||
        connection->pingNonce != message.nonce)
        return;
    ++owner->handedTo; // It answered the ping behind it, so the transaction was looked at.
    tell(*owner);
    m_peers.close(peer, "transaction handed over");
}

bool Broadcaster::isEcho(const Outgoing& outgoing, const Peer& peer) const
{
    if (peer.role == PeerRole::Broadcaster)
        return false;
    return std::none_of(outgoing.connections.begin(), outgoing.connections.end(),
                        [&](const auto& c) { return c.peer == peer.id && !c.listens; });
}

void Broadcaster::echoed(Outgoing& outgoing, const Peer& peer)
{
    if (!outgoing.echoedBy.insert(peer.key).second)
        return;
    tell(outgoing);
}

void Broadcaster::announced(Peer& peer, const InvMessage& message)
{
    for (auto& outgoing : m_outgoing) {
        const bool named =
            std::any_of(message.items.begin(), message.items.end(), [&](const auto& item) {
                return item.hash == outgoing.txid.bytes() || item.hash == outgoing.wtxid;
            });
        if (named && isEcho(outgoing, peer))
            echoed(outgoing, peer);
    }
}

void Broadcaster::handle(Peer& peer, const TransactionMessage& message)
{
    if (m_outgoing.empty())
        return;
    const auto txid = message.transaction.txid();
    for (auto& outgoing : m_outgoing) {
        if (outgoing.txid == txid && isEcho(outgoing, peer))
            echoed(outgoing, peer);
    }
}

void Broadcaster::blockMatched(const bitcoin::Block& block)
{
    if (m_outgoing.empty())
        return;
    std::set<bitcoin::Txid> confirmed;
    for (const auto& transaction : block.transactions)
        confirmed.insert(transaction.txid());
    for (const auto& outgoing : std::list<Outgoing>(m_outgoing)) {
        if (!confirmed.contains(outgoing.txid))
            continue;
        m_context.fact(BroadcastProgress{outgoing.txid, outgoing.handedTo,
                                         static_cast<std::uint32_t>(outgoing.echoedBy.size()),
                                         outgoing.rounds, true});
        cancel(outgoing.txid);
    }
}

void Broadcaster::peerGone(PeerId id)
{
    for (auto& outgoing : m_outgoing)
        std::erase_if(outgoing.connections, [id](const auto& c) { return c.peer == id; });
}

void Broadcaster::startConnections(Outgoing& outgoing)
{
    if (outgoing.startedInRound >= kConnections || m_context.ms() < outgoing.nextDial)
        return;
    while (outgoing.startedInRound < kConnections) {
        auto address = m_peers.addressForShortRole(outgoing.used);
        if (!address)
            break;
        const auto key = address->toString();
        if (outgoing.used.contains(key) && outgoing.startedInRound > 0) {
            outgoing.startedInRound = kConnections; // Only the own node: once a round.
            break;
        }
        outgoing.used.insert(key);
        ++outgoing.startedInRound;
        const auto& peer = m_peers.open(*address, PeerRole::Broadcaster);
        Connection connection;
        connection.peer = peer.id;
        connection.deadline = m_context.ms() + kWholeMs;
        outgoing.connections.push_back(connection);
    }
    outgoing.nextDial = m_context.ms() + kDialMs;
}

void Broadcaster::listen(Outgoing& outgoing)
{
    // The own node relays to us anyway; elsewhere a stranger must be heard.
    if (outgoing.listenedInRound || outgoing.handedTo == 0 || !outgoing.echoedBy.empty() ||
        m_peers.usableOwnNode() != nullptr)
        return;
    const auto address = m_peers.addressForShortRole(outgoing.used);
    if (!address)
        return;
    outgoing.listenedInRound = true;
    outgoing.used.insert(address->toString());
    const auto& peer = m_peers.open(*address, PeerRole::EchoListener);
    Connection connection;
    connection.peer = peer.id;
    connection.listens = true;
    connection.deadline = m_context.ms() + kWholeMs;
    outgoing.connections.push_back(connection);
}

void Broadcaster::endRound(Outgoing& outgoing)
{
    ++outgoing.rounds;
    outgoing.roundEnds = 0;
    const bool quick = outgoing.echoedBy.empty() && outgoing.rounds < kQuickRounds;
    const auto spread = static_cast<std::int64_t>(m_context.random.below(kPauseSpreadMs));
    outgoing.nextRound = quick ? m_context.ms() : m_context.ms() + kPauseMs + spread;
    if (!quick)
        outgoing.used.clear();
    for (const auto& connection : outgoing.connections) {
        if (auto* peer = m_peers.find(connection.peer))
            m_peers.close(*peer, "round over");
    }
    tell(outgoing);
}

void Broadcaster::pump()
{
    for (auto& outgoing : m_outgoing) {
        if (outgoing.roundEnds == 0) {
            if (m_context.ms() < outgoing.nextRound)
                continue;
            outgoing.roundEnds = m_context.ms() + kRoundMs;
            outgoing.startedInRound = 0;
            outgoing.listenedInRound = false;
        }
        if (m_context.ms() >= outgoing.roundEnds) {
            endRound(outgoing);
            continue;
        }
        startConnections(outgoing);
        listen(outgoing);
        for (auto& connection : outgoing.connections) {
            auto* peer = m_peers.find(connection.peer);
            if (peer == nullptr)
                continue;
            if (m_context.ms() >= connection.deadline) {
                m_peers.close(*peer, "known or not wanted");
            } else if (connection.listens && connection.askAt != 0 &&
                       m_context.ms() >= connection.askAt) {
                connection.askAt = 0;
                m_peers.send(*peer, GetDataMessage{{{kWtxid, outgoing.wtxid}}});
            }
        }
    }
}

std::int64_t Broadcaster::nextDeadline() const
{
    auto next = kNever;
    for (const auto& outgoing : m_outgoing) {
        if (outgoing.roundEnds == 0) {
            next = std::min(next, outgoing.nextRound);
            continue;
        }
        next = std::min(next, outgoing.roundEnds);
        if (outgoing.startedInRound < kConnections)
            next = std::min(next, std::max(outgoing.nextDial, m_context.ms() + 1));
        for (const auto& connection : outgoing.connections) {
            next = std::min(next, connection.deadline);
            if (connection.listens && connection.askAt != 0)
                next = std::min(next, connection.askAt);
        }
    }
    return next;
}

} // namespace coffer::lightnode
