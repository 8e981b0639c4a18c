// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/sync/context.h"
#include "core/lightnode/sync/peer.h"

#include <list>

namespace coffer::lightnode {

/// How many peers are wanted.
enum class Appetite
{
    Live,
    Scanning,
    Conflict ///< As many and as different as can be had.
};

/// The connections: dialling, handshake, keeping alive, closing; who may be asked.
class Peers
{
public:
    explicit Peers(Context& context)
        : m_context(context)
    {
    }

    Peer* find(PeerId id);
    Peer& open(const PeerAddress& address, PeerRole role);
    void send(Peer& peer, const Message& message);
    /// Our own wish; the peer is not to blame.
    void close(Peer& peer, std::string_view reason);
    /// It did not do what it should: the score suffers.
    void fail(Peer& peer, std::string_view reason);
    /// A provable lie: 24 hours. The own node is only reported.
    void ban(Peer& peer, std::string_view lie);
    /// Follows another chain: not asked for 24 hours.
    void otherChain(Peer& peer, std::string_view reason);
    void closeAll(std::string_view reason);

    void connected(PeerId id);
    void closed(PeerId id, std::string_view reason);
    /// Handshake, pings and addresses. True when there is nothing left to do with the message.
    bool handle(Peer& peer, const Message& message);
    void resolved(const std::vector<PeerAddress>& addresses);
    void ownNodesChanged();

    void setAppetite(Appetite appetite) { m_appetite = appetite; }
    void pump();
    std::int64_t nextDeadline() const;
    /// Peers that are no more since the last call.
    std::vector<PeerId> takeGone();

    std::vector<Peer*> all();
    /// Sync peers that proved our chain (the own node first, the rest shuffled).
    std::vector<Peer*> usable();
    std::vector<Peer*> handshakenSync();
    Peer* usableOwnNode();
    /// An own node is being dialled for the first time, or was not heard to the end yet.
    bool ownNodeIsUnheard() const;
    bool hasOwnNodes() const { return !m_context.config.ownNodes.empty(); }
    /// Not a sync peer's address, at random, for a short connection. Nullopt: nobody left.
    std::optional<PeerAddress> addressForShortRole(const std::set<std::string>& avoid);
    std::vector<PeerStatus> status() const;
    std::int64_t patience(const Peer& peer, std::int64_t directMs, std::int64_t proxiedMs) const
    {
        return m_context.ms() + (peer.proxied ? proxiedMs : directMs);
    }

private:
    void remember(Peer& peer);
    bool handleVersion(Peer& peer, const VersionMessage& version);
    void handleVerack(Peer& peer);
    void handleAddresses(const Peer& peer, const AddressesMessage& message);
    void keepAlive(Peer& peer);
    void dialOwnNodes();
    void dialOthers();
    void askForAddresses();
    std::size_t wantedPeers();
    PeerBook::Avoid avoidList();

    struct OwnDial
    {
        std::int64_t notBefore = 0;
        unsigned failures = 0;
    };

    Context& m_context;
    std::list<Peer> m_peers; ///< A list: others hold pointers while an input is worked on.
    std::vector<PeerId> m_gone;
    PeerId m_nextId = 1;
    Appetite m_appetite = Appetite::Live;
    std::map<std::string, OwnDial> m_ownDials;
    std::int64_t m_nextSeeding = 0;
    std::int64_t m_nextDial = 0;      ///< kNever: there are enough.
    std::int64_t m_dialNotBefore = 0; ///< Whatever happens to those that were dialled last.
    std::int64_t m_nextRotation = 0;
    bool m_shippedAdded = false;
};

} // namespace coffer::lightnode
