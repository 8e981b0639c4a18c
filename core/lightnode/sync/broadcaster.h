// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/sync/peers.h"

#include <list>

namespace coffer::lightnode {

/// Hands own transactions to the network over short connections of their own, so that the peers we
/// sync from do not learn whose they are. A hand-over proves nothing (`reject` does not exist any
/// more): success is that another peer announces or serves the transaction, or a block holds it.
class Broadcaster
{
public:
    Broadcaster(Context& context, Peers& peers)
        : m_context(context)
        , m_peers(peers)
    {
    }

    /// `knownToNetwork`: a relaying peer announced it already.
    enum class Known
    {
        No,
        Yes
    };
    void add(const bitcoin::Transaction& transaction, Known known);
    void cancel(const bitcoin::Txid& txid);
    void handshaken(Peer& peer);
    void handle(Peer& peer, const GetDataMessage& message);
    void handle(Peer& peer, const PongMessage& message);
    /// From a peer that relays: an echo?
    void announced(Peer& peer, const InvMessage& message);
    void handle(Peer& peer, const TransactionMessage& message);
    void blockMatched(const bitcoin::Block& block);
    void peerGone(PeerId id);
    void pump();
    std::int64_t nextDeadline() const;

private:
    enum class Step
    {
        Connecting,
        Announced,
        Sent
    };
    struct Connection
    {
        PeerId peer = 0;
        Step step = Step::Connecting;
        std::uint64_t pingNonce = 0;
        std::int64_t deadline = 0;
        bool listens = false; ///< Waits for an echo instead of handing over.
        std::int64_t askAt = 0;
    };
    struct Outgoing
    {
        bitcoin::Transaction transaction;
        bitcoin::Txid txid;
        bitcoin::Hash256 wtxid{};
        std::vector<Connection> connections;
        std::set<std::string> used; ///< Addresses of this and earlier rounds.
        std::set<std::string> echoedBy;
        std::uint32_t handedTo = 0;
        std::uint32_t rounds = 0;
        std::size_t startedInRound = 0;
        std::int64_t roundEnds = 0; ///< 0: not begun.
        std::int64_t nextRound = 0;
        std::int64_t nextDial = 0;
        bool listenedInRound = false;
    };

    Connection* connectionOf(PeerId id, Outgoing*& owner);
    void startConnections(Outgoing& outgoing);
    void listen(Outgoing& outgoing);
    void endRound(Outgoing& outgoing);
    void echoed(Outgoing& outgoing, const Peer& peer);
    void tell(const Outgoing& outgoing);
    bool isEcho(const Outgoing& outgoing, const Peer& peer) const;

    Context& m_context;
    Peers& m_peers;
    std::list<Outgoing> m_outgoing;
};

} // namespace coffer::lightnode
