// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of FilterHeaderSync that settles a conflict at one height by evidence (bitcoin.md 4.9).

#include "core/bitcoin/block_filter.h"
#include "core/lightnode/chain/filter_evidence.h"
#include "core/lightnode/sync/filter_header_sync.h"

#include <algorithm>

namespace coffer::lightnode {

using bitcoin::Hash256;

namespace {

constexpr std::int64_t kClaimsMs = 20'000;
constexpr std::int64_t kFilterMs = 10'000; // Two tries make the 20 s of 4.9.
constexpr std::int64_t kFilterProxiedMs = 45'000;
constexpr std::int64_t kBlockMs = 30'000;
constexpr std::int64_t kBlockProxiedMs = 60'000;
constexpr int kFilterTries = 2;
constexpr std::size_t kMajorityVotes = 6;

} // namespace

bool FilterHeaderSync::isOurs(const Hash256& claim) const
{
    const auto& filters = m_context.filterHeaders;
    const auto height = m_conflict->height;
    return filters.has(height) &&
           bitcoin::filterHeader(claim, filters.at(height - 1)) == filters.at(height);
}

void FilterHeaderSync::gatherClaims()
{
    for (auto* peer : voters()) {
        if (peer->claim || !canAsk(*peer) ||
            peer->provedHeight < static_cast<std::int64_t>(m_conflict->height))
            continue;
        ask(*peer, PendingFilterHeaders::Kind::Claim, m_conflict->height, m_conflict->height);
    }
    for (const auto* peer : voters()) {
        if (!peer->claim)
            continue;
        auto& sides = m_conflict->sides;
        const bool known = std::any_of(sides.begin(), sides.end(), [&](const Side& side) {
            return side.claim == *peer->claim;
        });
        if (!known)
            sides.push_back({*peer->claim, std::nullopt, 0, false, 0});
    }
}

void FilterHeaderSync::askForBlock()
{
    auto& conflict = *m_conflict;
    if (conflict.block || conflict.blockJob != 0)
        return;
    if (conflict.blockFrom != 0) {
        if (m_context.ms() < conflict.blockDeadline)
            return;
        if (auto* slow = m_peers.find(conflict.blockFrom)) {
            slow->block.reset();
            m_peers.fail(*slow, "no block in time");
        }
        conflict.blockFrom = 0;
    }
    const auto hash = m_context.headers.hashAt(conflict.height);
    if (!hash)
        return;
    for (auto* peer : m_peers.usable()) {
        if (peer->block)
            continue;
        conflict.blockFrom = peer->id;
        conflict.blockDeadline = m_peers.patience(*peer, kBlockMs, kBlockProxiedMs);
        peer->block = PendingBlock{*hash, conflict.blockDeadline};
        m_peers.send(
            *peer, GetDataMessage{
                       {{static_cast<std::uint32_t>(InventoryType::WitnessBlock), hash->bytes()}}});
        return;
    }
}

void FilterHeaderSync::askForFilter(Side& side)
{
    if (side.out || side.filter)
        return;
    const auto height = m_conflict->height;
    const auto hash = m_context.headers.hashAt(height);
    if (auto* asked = m_peers.find(side.asked)) {
        const auto pending = std::find_if(asked->filters.begin(), asked->filters.end(),
                                          [](const auto& p) { return p.task == 0; });
        if (pending != asked->filters.end() && m_context.ms() < pending->deadline)
            return;
        std::erase_if(asked->filters, [](const auto& p) { return p.task == 0; });
        asked->filterHeaderTries = kFilterTries; // Not asked again for this.
    }
    side.asked = 0;
    if (side.tries >= kFilterTries) {
        side.out = true;
        closeSide(side, {});
        return;
    }
    for (auto* peer : voters()) {
        if (peer->claim != side.claim || peer->filterHeaderTries >= kFilterTries)
            continue;
        ++side.tries;
        side.asked = peer->id;
        PendingFilters pending;
        pending.from = height;
        pending.to = height;
        pending.deadline = m_peers.patience(*peer, kFilterMs, kFilterProxiedMs);
        peer->filters.push_back(pending);
        m_peers.send(*peer, GetFiltersMessage{height, *hash});
        return;
    }
    // Nobody of this side is there (any more) to show its filter.
    side.out = true;
    closeSide(side, {});
}

void FilterHeaderSync::gatherEvidence()
{
    askForBlock();
    for (auto& side : m_conflict->sides)
        askForFilter(side);
}

bool FilterHeaderSync::handle(Peer& peer, const FilterMessage& message)
{
    if (!m_conflict)
        return false;
    const auto height = m_conflict->height;
    const auto pending =
        std::find_if(peer.filters.begin(), peer.filters.end(),
                     [height](const auto& p) { return p.task == 0 && p.from == height; });
    const auto hash = m_context.headers.hashAt(height);
    if (pending == peer.filters.end() || !hash || *hash != message.block)
        return false;
    peer.filters.erase(pending);
    for (auto& side : m_conflict->sides) {
        if (side.asked != peer.id)
            continue;
        side.asked = 0;
        if (bitcoin::filterHash(message.filter) != side.claim)
            m_peers.ban(peer, "its filter is not the one it claimed");
        else
            side.filter = message.filter;
    }
    return true;
}

bool FilterHeaderSync::handle(Peer& peer, BlockMessage& message)
{
    if (!m_conflict || m_conflict->blockFrom != peer.id || !peer.block)
        return false;
    const auto hash = peer.block->hash;
    peer.block.reset();
    m_conflict->blockJob = m_context.start(
        BlockJob{std::make_shared<const base::Bytes>(std::move(message.bytes)), hash});
    return true;
}

bool FilterHeaderSync::jobDone(JobId job, const JobResult& result)
{
    if (!m_conflict || m_conflict->blockJob != job)
        return false;
    m_conflict->blockJob = 0;
    auto* peer = m_peers.find(m_conflict->blockFrom);
    m_conflict->blockFrom = 0;
    const auto& checked = std::get<BlockResult>(result);
    if (checked.block)
        m_conflict->block = checked.block;
    else if (peer != nullptr && checked.refusal == BlockRefusal::Unsound)
        m_peers.ban(*peer, "block that does not hold: " + checked.detail);
    else if (peer != nullptr)
        m_peers.fail(*peer, checked.detail);
    return true;
}

void FilterHeaderSync::closeSide(const Side& side, std::string_view lie)
{
    for (auto* peer : voters()) {
        if (peer->claim != side.claim)
            continue;
        if (lie.empty())
            m_peers.fail(*peer, "on the wrong side of a filter conflict");
        else
            m_peers.ban(*peer, lie);
    }
}

void FilterHeaderSync::judgeSide(Side& side)
{
    switch (judgeFilter(*m_conflict->block, *side.filter)) {
    case FilterVerdict::Plausible:
        return;
    case FilterVerdict::ProvedLie:
        side.out = true;
        closeSide(side, "its filter contradicts the block");
        return;
    case FilterVerdict::StronglySuspect:
        side.out = true;
        closeSide(side, {});
        return;
    }
}

void FilterHeaderSync::judge()
{
    for (auto& side : m_conflict->sides) {
        if (!side.out && side.filter)
            judgeSide(side);
    }
    std::vector<const Side*> standing;
    for (const auto& side : m_conflict->sides) {
        if (!side.out)
            standing.push_back(&side);
    }
    if (standing.size() == 1)
        settle(standing.front()->claim);
    else if (standing.size() > 1)
        majority();
}

void FilterHeaderSync::majority()
{
    std::map<Hash256, std::pair<std::size_t, std::set<std::string>>> votes;
    std::size_t total = 0;
    for (const auto* peer : voters()) {
        if (!peer->claim)
            continue;
        ++total;
        auto& [count, classes] = votes[*peer->claim];
        ++count;
        classes.insert(peer->sourceClass);
    }
    for (const auto& [claim, vote] : votes) {
        const bool wins =
            total >= kMajorityVotes && vote.first * 3 >= total * 2 && vote.second.size() >= 2;
        if (wins) {
            settle(Hash256(claim));
            return;
        }
    }
    if (!m_conflict->told) {
        m_conflict->told = true;
        m_context.fact(Disagreement{m_conflict->height});
        m_context.statusChanged = true;
    }
}

void FilterHeaderSync::settle(const Hash256& winner)
{
    const auto height = m_conflict->height;
    const bool ours = isOurs(winner);
    for (auto* peer : voters()) {
        if (peer->claim && *peer->claim != winner)
            m_peers.fail(*peer, "on the wrong side of a filter conflict");
    }
    if (!ours) {
        m_context.filterHeaders.cutAbove(height - 1);
        m_context.fact(FiltersReplaced{height});
    }
    for (auto* peer : m_peers.all()) {
        peer->claim.reset();
        std::erase_if(peer->filters, [](const auto& p) { return p.task == 0; });
        peer->differsAt = -1;
        peer->filterHeaderTries = 0;
        if (!ours)
            peer->agreesTo = std::min<std::int64_t>(peer->agreesTo, height - 1);
    }
    m_conflict.reset();
    m_context.statusChanged = true;
}

void FilterHeaderSync::pumpConflict()
{
    if (!m_conflict)
        return;
    gatherClaims();
    std::size_t silent = 0;
    std::size_t claims = 0;
    for (const auto* peer : voters())
        ++(peer->claim ? claims : silent);
    if (silent > 0 && m_context.ms() < m_conflict->since + kClaimsMs)
        return;
    if (claims == 0)
        return; // Everybody left: wait for others.
    gatherEvidence();
    const bool complete = m_conflict->block != nullptr &&
                          std::all_of(m_conflict->sides.begin(), m_conflict->sides.end(),
                                      [](const Side& side) { return side.out || side.filter; });
    const bool allOut = !m_conflict->sides.empty() &&
                        std::all_of(m_conflict->sides.begin(), m_conflict->sides.end(),
                                    [](const Side& side) { return side.out; });
    if (allOut)
        m_conflict->sides.clear(); // Others may come and show theirs.
    else if (complete)
        judge();
}

} // namespace coffer::lightnode
