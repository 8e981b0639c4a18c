// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/sync/peers.h"

namespace coffer::lightnode {

/// Fetches filter headers and decides whom to believe.
///
/// Problem: a peer may serve filters that omit a payment; its filter headers then differ from
/// honest ones. Approach: one peer delivers, every other one votes with a single message at the tip
/// (a filter header commits to all below). Who differs is asked at halving distances until the
/// first different height is known; there block and filters are the evidence (filter_evidence.h).
/// Only a provable lie is banned; votes never ban. With the person's own node its word counts and
/// others only warn. Limit: spent scripts are not in a block, so some conflicts are settled by
/// majority or wait.
class FilterHeaderSync
{
public:
    FilterHeaderSync(Context& context, Peers& peers)
        : m_context(context)
        , m_peers(peers)
    {
    }

    void setNeededFrom(std::optional<std::uint32_t> height) { m_neededFrom = height; }
    void handle(Peer& peer, const FilterHeadersMessage& message);
    /// True when the filter was asked for here.
    bool handle(Peer& peer, const FilterMessage& message);
    bool handle(Peer& peer, BlockMessage& message);
    /// True when the job was started here.
    bool jobDone(JobId job, const JobResult& result);
    void peerGone(PeerId id);
    void reorganised(std::uint32_t forkHeight);
    /// A block that was downloaded anyway is evidence too. True: our filter of it is a lie.
    bool blockSeen(std::uint32_t height, const bitcoin::Block& block, base::ByteView filter);
    /// Everything may start: some peer has told all headers it has.
    void headersKnown() { m_headersKnown = true; }
    void pump();
    std::int64_t nextDeadline() const;

    /// Filters may be tested up to here.
    std::uint32_t usableTo() const;
    bool coversFrom(std::uint32_t height) const
    {
        return m_context.filterHeaders.baseHeight() < height;
    }
    bool inConflict() const { return m_conflict.has_value(); }
    std::int64_t conflictHeight() const { return m_conflict ? m_conflict->height : -1; }
    /// The tip is reached and as corroborated as the peers at hand allow.
    bool isSettled();

private:
    struct Side
    {
        bitcoin::Hash256 claim{};
        std::optional<base::Bytes> filter;
        int tries = 0;
        bool out = false;
        PeerId asked = 0;
    };
    struct Conflict
    {
        std::uint32_t height = 0;
        std::int64_t since = 0;
        std::vector<Side> sides;
        std::shared_ptr<const bitcoin::Block> block;
        PeerId blockFrom = 0;
        JobId blockJob = 0;
        std::int64_t blockDeadline = 0;
        bool told = false;
    };
    struct Section
    {
        std::uint32_t start = 0; ///< The checkpoint below.
        std::vector<bitcoin::Hash256> hashes;
        std::set<PeerId> from;
    };

    void ask(Peer& peer, PendingFilterHeaders::Kind kind, std::uint32_t from, std::uint32_t to);
    bool canAsk(const Peer& peer) const;
    void expire();
    void chooseBase();
    void extend();
    void extendSection();
    void handleExtend(Peer& peer, const PendingFilterHeaders& asked,
                      const FilterHeadersMessage& message);
    void handleSection(Peer& peer, const FilterHeadersMessage& message);
    void handleVote(Peer& peer, const PendingFilterHeaders& asked,
                    const FilterHeadersMessage& message);
    void vote();
    void differs(Peer& peer, std::uint32_t height);
    void openConflict(std::uint32_t height);
    void pumpConflict();
    void gatherClaims();
    void gatherEvidence();
    void askForBlock();
    void askForFilter(Side& side);
    void judge();
    void judgeSide(Side& side);
    void closeSide(const Side& side, std::string_view lie);
    void settle(const bitcoin::Hash256& winner);
    void majority();
    bool isOurs(const bitcoin::Hash256& claim) const;
    void raiseLevels();
    std::vector<Peer*> voters();
    std::int64_t tipDelay(const Peer& peer) const;

    Context& m_context;
    Peers& m_peers;
    std::optional<std::uint32_t> m_neededFrom;
    std::optional<Section> m_section;
    std::optional<Conflict> m_conflict;
    std::set<PeerId> m_extendedBy; ///< Since the last checkpoint.
    bool m_headersKnown = false;
    std::int64_t m_tipSince = 0;
    bitcoin::BlockHash m_lastTip;
    std::int64_t m_warnedHeight = -1; ///< Others differ from the own node here.
};

} // namespace coffer::lightnode
