// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/sync/peers.h"

namespace coffer::lightnode {

/// Asks for headers and decides which peers know our best chain.
///
/// One peer is asked at a time for a range, with a deadline; at the tip every peer must show our
/// tip behind a single hash just below it. Empty answers prove nothing.
class HeaderSync
{
public:
    HeaderSync(Context& context, Peers& peers)
        : m_context(context)
        , m_peers(peers)
    {
    }

    void handle(Peer& peer, const HeadersMessage& message);
    /// The bytes of a `headers` message made no sense: another chain's format.
    void undecodable(Peer& peer);
    /// An announcement of blocks by hash.
    void announced(Peer& peer, const InvMessage& message);
    void peerGone(PeerId id);
    void pump();
    std::int64_t nextDeadline();

    /// Heights from here on are needed (missing periods are fetched).
    void setNeededFrom(std::uint32_t height) { m_neededFrom = height; }
    void allowDeepReorganisation();
    void setOnline();

    /// Somebody gave all headers it has at least once since the start.
    bool knowsTip() const { return m_knowsTip; }
    /// Two peers, or the own node, proved our tip and have nothing newer.
    bool isSynced();
    /// The newest header is old, or missing for long.
    bool isStale() const;
    Problem problem() const { return m_problem; }
    std::int64_t problemHeight() const { return m_problemHeight; }
    std::int64_t lastNewHeaderMs() const { return m_lastNewHeader; }

private:
    struct PeriodWork
    {
        PeerId peer = 0;
        std::vector<RawHeader> headers;
    };

    void ask(Peer& peer, PendingHeaders::Kind kind, std::vector<bitcoin::BlockHash> locator);
    void probe(Peer& peer);
    void probeDeeper(Peer& peer);
    void probeFailed(Peer& peer, std::int64_t splitHeight);
    void isAhead(Peer& peer);
    bool hidesItsChain(Peer& peer, std::int64_t shown);
    void nameElsewhere(Peer& peer, std::int64_t splitHeight);
    void empty(Peer& peer, PendingHeaders::Kind kind);
    bool answers(const PendingHeaders& pending, const HeadersMessage& message) const;
    void handlePeriod(Peer& peer, std::uint32_t period, const HeadersMessage& message);
    void refuse(Peer& peer, HeaderRefusal refusal, std::string_view where);
    void report(const HeadersResult& result, std::int64_t oldTip);
    void prove(Peer& peer, std::int64_t height);
    bool isProved(const Peer& peer) const;
    void settle(Peer& peer);
    void expire();
    void assignPeriods();
    void watchStaleness();

    Context& m_context;
    Peers& m_peers;
    PeerId m_source = 0;
    bool m_knowsTip = false;
    std::optional<std::uint32_t> m_neededFrom;
    std::map<std::uint32_t, PeriodWork> m_periods;
    bool m_everSynced = false;
    std::int64_t m_lastNewHeader = 0;
    std::int64_t m_nextStaleCheck = 0;
    std::set<std::string> m_ahead; ///< Who showed headers from the future since the last new one.
    Problem m_problem = Problem::None;
    std::int64_t m_problemHeight = -1;
};

} // namespace coffer::lightnode
