// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/sync/filter_header_sync.h"

#include "core/bitcoin/block_filter.h"
#include "core/lightnode/chain/filter_evidence.h"

#include <algorithm>

namespace coffer::lightnode {

using bitcoin::Hash256;

namespace {

constexpr std::int64_t kAnswerMs = 10'000;
constexpr std::int64_t kAnswerProxiedMs = 40'000;
constexpr std::int64_t kTipAnswerMs = 3'000; // Silence at the tip mostly means: not indexed yet.
constexpr std::uint32_t kNearTip = 10;
// bitcoin.md 4.3: the announcement can come before the peer's filter index is ready.
constexpr std::int64_t kIndexMs = 1'200;
constexpr std::int64_t kIndexOwnMs = 150;
constexpr std::int64_t kPauseMs = 1'000;
constexpr std::int64_t kDoubtMs = 2'000;
constexpr std::int64_t kVotingMs = 15'000;
constexpr int kTries = 3;
constexpr std::uint32_t kMaxRange = 2'000;

} // namespace

bool FilterHeaderSync::canAsk(const Peer& peer) const
{
    return peer.isUsable() && peer.servesFilters() && !peer.outvoted && !peer.filterHeaders &&
           m_context.ms() >= peer.notBefore;
}

std::vector<Peer*> FilterHeaderSync::voters()
{
    auto out = m_peers.usable();
    std::erase_if(out, [](const Peer* peer) { return !peer->servesFilters() || peer->outvoted; });
    return out;
}

std::int64_t FilterHeaderSync::tipDelay(const Peer& peer) const
{
    return m_tipSince + (peer.ownNode ? kIndexOwnMs : kIndexMs);
}

void FilterHeaderSync::ask(Peer& peer, PendingFilterHeaders::Kind kind, std::uint32_t from,
                           std::uint32_t to)
{
    const auto stop = m_context.headers.hashAt(to);
    if (!stop)
        return;
    PendingFilterHeaders pending;
    pending.kind = kind;
    pending.start = from;
    pending.stopHeight = to;
    pending.stop = *stop;
    const bool nearTip = static_cast<std::int64_t>(to + kNearTip) > m_context.headers.tipHeight();
    pending.deadline = m_peers.patience(peer, nearTip && peer.ownNode ? kTipAnswerMs : kAnswerMs,
                                        kAnswerProxiedMs);
    peer.filterHeaders = pending;
    m_peers.send(peer, GetFilterHeadersMessage{from, *stop});
}

void FilterHeaderSync::expire()
{
    for (auto* peer : m_peers.usable()) {
        if (!peer->filterHeaders || m_context.ms() < peer->filterHeaders->deadline)
            continue;
        const auto asked = *peer->filterHeaders;
        peer->filterHeaders.reset();
        peer->notBefore = m_context.ms() + kPauseMs;
        ++peer->filterHeaderTries;
        const bool stale = !m_context.headers.isOnBestChain(asked.stopHeight, asked.stop);
        if (stale || peer->ownNode || peer->filterHeaderTries < kTries)
            continue;
        m_peers.fail(*peer, "no filter headers in time");
    }
}

void FilterHeaderSync::chooseBase()
{
    auto& filters = m_context.filterHeaders;
    const auto tip = m_context.headers.tipHeight();
    const bool fresh = filters.tipHeight() == filters.baseHeight();
    if (!fresh || filters.baseHeight() != 0 || tip <= 0)
        return;
    auto wanted = static_cast<std::uint32_t>(tip);
    if (m_neededFrom)
        wanted = std::min(wanted, *m_neededFrom > 0 ? *m_neededFrom - 1 : 0);
    const auto& base = m_context.checkpoints.filterAtOrBelow(wanted);
    if (base.height != filters.baseHeight())
        filters.startAt(base);
}

void FilterHeaderSync::extend()
{
    const auto& filters = m_context.filterHeaders;
    const auto tip = m_context.headers.tipHeight();
    if (m_conflict || static_cast<std::int64_t>(filters.tipHeight()) >= tip)
        return;
    for (const auto* peer : m_peers.usable()) {
        if (peer->filterHeaders && peer->filterHeaders->kind == PendingFilterHeaders::Kind::Extend)
            return;
    }
    const auto from = filters.tipHeight() + 1;
    auto to = std::min(static_cast<std::uint32_t>(tip), from + kMaxRange - 1);
    if (const auto* checkpoint = m_context.checkpoints.filterAbove(filters.tipHeight()))
        to = std::min(to, checkpoint->height);
    const bool nearTip = static_cast<std::int64_t>(from + kNearTip) > tip;
    for (auto* peer : m_peers.usable()) {
        if (!canAsk(*peer) || peer->provedHeight < static_cast<std::int64_t>(to))
            continue;
        // Who is known to differ below cannot continue our chain.
        if (peer->differsAt >= 0 || (nearTip && m_context.ms() < tipDelay(*peer)))
            continue;
        ask(*peer, PendingFilterHeaders::Kind::Extend, from, to);
        return;
    }
}

void FilterHeaderSync::extendSection()
{
    const auto& filters = m_context.filterHeaders;
    if (!m_neededFrom || *m_neededFrom > filters.baseHeight() || filters.baseHeight() == 0)
        return;
    if (!m_section) {
        const auto& below = m_context.checkpoints.filterAtOrBelow(filters.baseHeight() - 1);
        m_section = Section{below.height, {}, {}};
    }
    for (const auto* peer : m_peers.usable()) {
        if (peer->filterHeaders && peer->filterHeaders->kind == PendingFilterHeaders::Kind::Section)
            return;
    }
    const auto from = m_section->start + 1 + static_cast<std::uint32_t>(m_section->hashes.size());
    const auto to = std::min(filters.baseHeight(), from + kMaxRange - 1);
    if (!m_context.headers.hashAt(to))
        return;
    for (auto* peer : m_peers.usable()) {
        if (canAsk(*peer)) {
            ask(*peer, PendingFilterHeaders::Kind::Section, from, to);
            return;
        }
    }
}

void FilterHeaderSync::handle(Peer& peer, const FilterHeadersMessage& message)
{
    if (!peer.filterHeaders || peer.filterHeaders->stop != message.stop)
        return;
    const auto asked = *peer.filterHeaders;
    peer.filterHeaders.reset();
    if (!m_context.headers.isOnBestChain(asked.stopHeight, asked.stop))
        return; // An answer for a branch that lost: nobody's fault.
    if (message.hashes.size() != asked.stopHeight - asked.start + 1) {
        m_peers.fail(peer, "wrong number of filter headers");
        return;
    }
    peer.filterHeaderTries = 0;
    switch (asked.kind) {
    case PendingFilterHeaders::Kind::Extend:
        handleExtend(peer, asked, message);
        break;
    case PendingFilterHeaders::Kind::Section:
        handleSection(peer, message);
        break;
    case PendingFilterHeaders::Kind::Vote:
    case PendingFilterHeaders::Kind::Claim:
        handleVote(peer, asked, message);
        break;
    }
}

void FilterHeaderSync::handleExtend(Peer& peer, const PendingFilterHeaders& asked,
                                    const FilterHeadersMessage& message)
{
    auto& filters = m_context.filterHeaders;
    if (asked.start != filters.tipHeight() + 1)
        return;
    if (message.previousHeader != filters.at(asked.start - 1)) {
        differs(peer, asked.start - 1);
        return;
    }
    m_extendedBy.insert(peer.id);
    const auto level = peer.ownNode ? ProofLevel::OwnNode : ProofLevel::OneServer;
    if (!filters.append(message.hashes, level)) {
        // Several may have delivered; only a single one is proved to have lied.
        const bool alone = m_extendedBy.size() == 1;
        for (const auto id : std::exchange(m_extendedBy, {})) {
            auto* liar = m_peers.find(id);
            if (liar == nullptr)
                continue;
            if (alone)
                m_peers.ban(*liar, "filter headers contradict a checkpoint");
            else
                m_peers.fail(*liar, "filter headers contradict a checkpoint");
        }
        return;
    }
    if (filters.levelAt(filters.tipHeight()) == ProofLevel::Proved)
        m_extendedBy.clear();
    peer.agreesTo = filters.tipHeight();
    m_context.statusChanged = true;
    raiseLevels();
}

void FilterHeaderSync::handleSection(Peer& peer, const FilterHeadersMessage& message)
{
    if (!m_section)
        return;
    auto& section = *m_section;
    section.hashes.insert(section.hashes.end(), message.hashes.begin(), message.hashes.end());
    section.from.insert(peer.id);
    auto& filters = m_context.filterHeaders;
    if (section.start + section.hashes.size() < filters.baseHeight())
        return;
    const auto& start = m_context.checkpoints.filterAtOrBelow(section.start);
    const bool good = filters.prepend(start, section.hashes);
    const bool alone = section.from.size() == 1;
    for (const auto id : section.from) {
        auto* liar = m_peers.find(id);
        if (good || liar == nullptr)
            continue;
        if (alone)
            m_peers.ban(*liar, "filter headers contradict a checkpoint");
        else
            m_peers.fail(*liar, "filter headers contradict a checkpoint");
    }
    m_section.reset();
    m_context.statusChanged = true;
}

void FilterHeaderSync::handleVote(Peer& peer, const PendingFilterHeaders& asked,
                                  const FilterHeadersMessage& message)
{
    const auto& filters = m_context.filterHeaders;
    const auto height = asked.stopHeight;
    if (!filters.has(height) || height <= filters.baseHeight())
        return;
    const auto& claim = message.hashes.back();
    const bool same = bitcoin::filterHeader(claim, message.previousHeader) == filters.at(height);
    const auto at = static_cast<std::int64_t>(height);
    // A claim for a conflict that was replaced by one further down is only a vote.
    const bool claims = asked.kind == PendingFilterHeaders::Kind::Claim && m_conflict &&
                        m_conflict->height == height;
    if (claims) {
        if (message.previousHeader == filters.at(height - 1)) {
            peer.claim = claim;
            if (same) {
                peer.agreesTo = std::max(peer.agreesTo, at);
                if (peer.differsAt == at)
                    peer.differsAt = -1;
            } else {
                peer.differsAt = at;
                peer.agreesTo = std::min(peer.agreesTo, at - 1);
            }
        } else {
            differs(peer, height - 1);
        }
        return;
    }
    if (!same) {
        differs(peer, height);
        return;
    }
    peer.agreesTo = std::max(peer.agreesTo, at);
    peer.tipDoubts = 0;
    if (peer.differsAt >= 0 && peer.differsAt <= at)
        peer.differsAt = -1;
    raiseLevels();
}

void FilterHeaderSync::differs(Peer& peer, std::uint32_t height)
{
    const auto at = static_cast<std::int64_t>(height);
    const auto& checkpoint = m_context.checkpoints.filterAtOrBelow(height);
    if (checkpoint.height == height) {
        m_peers.ban(peer, "filter header contradicts a checkpoint");
        return;
    }
    if (at == m_context.headers.tipHeight() && peer.differsAt < 0 && peer.tipDoubts == 0) {
        // The newest block alone: ask again in a moment before calling it a conflict.
        ++peer.tipDoubts;
        peer.notBefore = m_context.ms() + kDoubtMs;
        return;
    }
    peer.differsAt = peer.differsAt < 0 ? at : std::min(peer.differsAt, at);
    const auto floor = static_cast<std::int64_t>(
        m_context.checkpoints.filterAtOrBelow(static_cast<std::uint32_t>(peer.differsAt)).height);
    if (peer.agreesTo >= peer.differsAt)
        peer.agreesTo = floor; // It said otherwise before: two-faced.
    peer.agreesTo = std::max(peer.agreesTo, floor);
    if (peer.differsAt - peer.agreesTo == 1)
        openConflict(static_cast<std::uint32_t>(peer.differsAt));
}

void FilterHeaderSync::vote()
{
    const auto& filters = m_context.filterHeaders;
    if (m_conflict)
        return;
    const auto tip = filters.tipHeight();
    // While we are behind, or where a checkpoint proves the tip, there is nothing to vote about.
    // But who is known to differ is followed up at once: nobody else may be left to go on with.
    const bool atTip = static_cast<std::int64_t>(tip) == m_context.headers.tipHeight() &&
                       m_context.checkpoints.filterAtOrBelow(tip).height != tip;
    for (auto* peer : voters()) {
        if (!canAsk(*peer) || m_context.ms() < tipDelay(*peer))
            continue;
        if (peer->differsAt < 0) {
            if (atTip && peer->agreesTo < static_cast<std::int64_t>(tip) &&
                peer->provedHeight >= static_cast<std::int64_t>(tip))
                ask(*peer, PendingFilterHeaders::Kind::Vote, tip, tip);
        } else if (peer->differsAt - peer->agreesTo > 1) {
            const auto middle = static_cast<std::uint32_t>((peer->agreesTo + peer->differsAt) / 2);
            ask(*peer, PendingFilterHeaders::Kind::Vote, middle, middle);
        } else {
            openConflict(static_cast<std::uint32_t>(peer->differsAt));
        }
    }
}

void FilterHeaderSync::openConflict(std::uint32_t height)
{
    if (m_peers.usableOwnNode() != nullptr) {
        // The person's own node is believed; that others differ is shown.
        for (auto* peer : voters()) {
            if (!peer->ownNode && peer->differsAt == static_cast<std::int64_t>(height))
                peer->outvoted = true;
        }
        if (m_warnedHeight != static_cast<std::int64_t>(height)) {
            m_warnedHeight = height;
            m_context.fact(Disagreement{height});
        }
        return;
    }
    if (m_conflict && m_conflict->height <= height)
        return;
    m_conflict = Conflict{};
    m_conflict->height = height;
    m_conflict->since = m_context.ms();
    for (auto* peer : m_peers.all())
        peer->claim.reset();
    m_context.statusChanged = true;
}

std::uint32_t FilterHeaderSync::usableTo() const
{
    const auto tip = m_context.filterHeaders.tipHeight();
    return m_conflict ? std::min(tip, m_conflict->height - 1) : tip;
}

bool FilterHeaderSync::isSettled()
{
    const auto tip = static_cast<std::int64_t>(m_context.filterHeaders.tipHeight());
    if (m_conflict || !m_headersKnown || tip != m_context.headers.tipHeight())
        return false;
    // Everybody at hand has had a say; whoever keeps silent does not hold it up for long.
    if (m_peers.usableOwnNode() != nullptr || m_context.ms() >= m_tipSince + kVotingMs)
        return true;
    const auto peers = voters();
    return std::all_of(peers.begin(), peers.end(),
                       [tip](const Peer* peer) { return peer->agreesTo >= tip; });
}

void FilterHeaderSync::raiseLevels()
{
    struct Vote
    {
        std::int64_t height = 0;
        std::string sourceClass;
        std::string group;
    };
    std::vector<Vote> votes;
    for (const auto* peer : voters())
        votes.push_back({peer->agreesTo, peer->sourceClass, peer->networkGroup()});
    std::sort(votes.begin(), votes.end(),
              [](const Vote& a, const Vote& b) { return a.height > b.height; });
    std::set<std::string> classes;
    std::set<std::string> groups;
    std::size_t count = 0;
    for (const auto& vote : votes) {
        classes.insert(vote.sourceClass);
        groups.insert(vote.group);
        ++count;
        const bool broad = count >= 3 && (classes.size() >= 2 || groups.size() >= 2);
        if (broad && vote.height > 0) {
            const auto to = std::min<std::int64_t>(vote.height, usableTo());
            m_context.filterHeaders.raiseLevels(static_cast<std::uint32_t>(to), ProofLevel::Quorum);
            return;
        }
    }
}

bool FilterHeaderSync::blockSeen(std::uint32_t height, const bitcoin::Block& block,
                                 base::ByteView filter)
{
    auto& filters = m_context.filterHeaders;
    if (!filters.has(height) || filters.levelAt(height) == ProofLevel::Proved)
        return false;
    if (judgeFilter(block, filter) != FilterVerdict::ProvedLie)
        return false;
    for (auto* peer : voters()) {
        if (peer->agreesTo >= static_cast<std::int64_t>(height))
            m_peers.ban(*peer, "its filter omits what the block shows");
    }
    if (m_peers.usableOwnNode() != nullptr)
        return false;
    m_conflict.reset();
    filters.cutAbove(height - 1);
    m_context.fact(FiltersReplaced{height});
    return true;
}

void FilterHeaderSync::reorganised(std::uint32_t forkHeight)
{
    if (m_conflict && m_conflict->height > forkHeight)
        m_conflict.reset();
    for (auto* peer : m_peers.all()) {
        peer->filterHeaders.reset();
        peer->filterHeaderTries = 0;
        peer->tipDoubts = 0;
    }
}

void FilterHeaderSync::peerGone(PeerId id)
{
    if (!m_conflict)
        return;
    if (m_conflict->blockFrom == id)
        m_conflict->blockFrom = 0;
    for (auto& side : m_conflict->sides) {
        if (side.asked == id)
            side.asked = 0;
    }
}

void FilterHeaderSync::pump()
{
    if (!m_headersKnown)
        return;
    if (m_context.headers.tipHash() != m_lastTip) {
        m_lastTip = m_context.headers.tipHash();
        // At the first tip of all, peers have long indexed it.
        m_tipSince = m_tipSince == 0 ? m_context.ms() - kIndexMs : m_context.ms();
        if (m_tipSince == 0)
            m_tipSince = -1;
    }
    expire();
    chooseBase();
    extend();
    extendSection();
    vote();
    pumpConflict();
    raiseLevels();
}

std::int64_t FilterHeaderSync::nextDeadline() const
{
    auto next = kNever;
    if (!m_headersKnown)
        return next;
    if (m_conflict) {
        next = std::min(next, m_conflict->since + kAnswerMs);
        if (next <= m_context.ms())
            next = m_context.ms() + kPauseMs; // Waiting for more peers.
    }
    if (m_tipSince + kVotingMs > m_context.ms())
        next = std::min(next, m_tipSince + kVotingMs);
    for (const auto* peer : m_peers.usable()) {
        if (peer->filterHeaders)
            next = std::min(next, peer->filterHeaders->deadline);
        if (peer->notBefore > m_context.ms())
            next = std::min(next, peer->notBefore);
        if (peer->servesFilters() && tipDelay(*peer) > m_context.ms())
            next = std::min(next, tipDelay(*peer));
    }
    return next;
}

} // namespace coffer::lightnode
