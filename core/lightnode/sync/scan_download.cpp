// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of Scan that fetches filters and blocks from peers.

#include "core/bitcoin/block_filter.h"
#include "core/lightnode/sync/scan.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

constexpr std::size_t kRangesPerPeer = 2;
constexpr std::int64_t kFilterMs = 20'000; // Without progress, not in total.
constexpr std::int64_t kFilterProxiedMs = 45'000;
constexpr std::int64_t kTipFilterMs = 5'000;
constexpr std::int64_t kBlockMs = 30'000;
constexpr std::int64_t kBlockProxiedMs = 60'000;
constexpr std::int64_t kPauseMs = 1'000;
constexpr std::size_t kBlocksAhead = 16;
constexpr int kTipTries = 3;
constexpr std::uint32_t kNearTip = 10;

} // namespace

bool Scan::mayServe(const Peer& peer, const Task& task) const
{
    if (!peer.servesFilters() || peer.outvoted ||
        peer.provedHeight < static_cast<std::int64_t>(task.to))
        return false;
    const auto ranges = std::count_if(peer.filters.begin(), peer.filters.end(),
                                      [](const auto& p) { return p.task != 0; });
    if (static_cast<std::size_t>(ranges) >= kRangesPerPeer)
        return false;
    // Only who vouched for these filter headers can be caught lying about a filter.
    return peer.ownNode || peer.agreesTo >= static_cast<std::int64_t>(task.to) ||
           m_context.filterHeaders.weakest(task.from, task.to) == ProofLevel::Proved;
}

void Scan::download(Task& task, Peer& peer)
{
    std::size_t first = 0;
    while (first < task.received.size() && !task.received[first].empty())
        ++first;
    const auto from = task.from + static_cast<std::uint32_t>(first);
    const auto stop = m_context.headers.hashAt(task.to);
    if (!stop)
        return;
    task.peer = peer.id;
    PendingFilters pending;
    pending.task = task.id;
    pending.from = from;
    pending.to = task.to;
    pending.startedMs = m_context.ms();
    const bool nearTip =
        static_cast<std::int64_t>(task.to + kNearTip) > m_context.headers.tipHeight();
    const bool few = task.to - from < kNearTip;
    pending.deadline =
        m_peers.patience(peer, nearTip && few ? kTipFilterMs : kFilterMs, kFilterProxiedMs);
    peer.filters.push_back(pending);
    m_peers.send(peer, GetFiltersMessage{from, *stop});
}

void Scan::assignDownloads()
{
    for (auto& task : m_tasks) {
        if (task.state != TaskState::Downloading || task.peer != 0 ||
            m_context.ms() < task.notBefore)
            continue;
        Peer* best = nullptr;
        for (auto* peer : m_peers.usable()) {
            if (mayServe(*peer, task) &&
                (best == nullptr || peer->filters.size() < best->filters.size()))
                best = peer;
        }
        if (best != nullptr)
            download(task, *best);
    }
}

bool Scan::handle(Peer& peer, FilterMessage& message)
{
    for (auto pending = peer.filters.begin(); pending != peer.filters.end(); ++pending) {
        auto* task = pending->task != 0 ? taskById(pending->task) : nullptr;
        if (task == nullptr || task->peer != peer.id)
            continue;
        // Mostly the next one; any order is fine.
        std::optional<std::uint32_t> height;
        for (auto h = pending->from; h <= pending->to && !height; ++h) {
            if (task->received[h - task->from].empty() &&
                m_context.headers.hashAt(h) == message.block)
                height = h;
        }
        if (!height)
            continue;
        const auto& headers = m_context.filterHeaders;
        const auto header =
            bitcoin::filterHeader(bitcoin::filterHash(message.filter), headers.at(*height - 1));
        if (message.filter.empty() || header != headers.at(*height)) {
            m_peers.ban(peer, "filter against its own header");
            return true;
        }
        const auto size = message.filter.size();
        m_averageFilter = m_averageFilter == 0 ? size : (m_averageFilter * 15 + size) / 16;
        task->bytes += size;
        pending->bytes += size;
        task->received[*height - task->from] = std::move(message.filter);
        --task->missing;
        pending->deadline = m_peers.patience(peer, kFilterMs, kFilterProxiedMs);
        if (task->missing > 0)
            return true;
        const auto elapsed = std::max<std::int64_t>(1, m_context.ms() - pending->startedMs);
        peer.bytesPerSecond = static_cast<std::uint32_t>(std::min<std::uint64_t>(
            pending->bytes * 1000 / static_cast<std::uint64_t>(elapsed), UINT32_MAX));
        peer.filters.erase(pending);
        finishDownload(*task);
        return true;
    }
    return false;
}

void Scan::finishDownload(Task& task)
{
    task.peer = 0;
    task.filters = m_store.add(task.from, std::move(task.received));
    task.received = {};
    task.state = TaskState::Ready;
}

void Scan::fetchBlocks()
{
    // The next matches in order, some of them held back until those before are handled.
    std::size_t wanted = 0;
    for (auto& task : m_tasks) {
        for (auto match = task.matches.lower_bound(m_cursor); match != task.matches.end();
             ++match) {
            if (++wanted > kBlocksAhead)
                break;
            if (!m_blocks.contains(*match))
                m_blocks[*match].hash = *m_context.headers.hashAt(*match);
        }
    }
    for (auto& [height, fetch] : m_blocks) {
        if (fetch.block || fetch.job != 0 || fetch.peer != 0)
            continue;
        Peer* best = nullptr;
        for (auto* peer : m_peers.usable()) {
            if (peer->block || (peer->services & service::kNetwork) == 0)
                continue;
            // Rather not the one that just sent the filters: it would learn what matched.
            if (best == nullptr || peer->filters.size() < best->filters.size())
                best = peer;
        }
        if (best == nullptr)
            return;
        fetch.peer = best->id;
        best->block = PendingBlock{fetch.hash, m_peers.patience(*best, kBlockMs, kBlockProxiedMs)};
        m_peers.send(*best,
                     GetDataMessage{{{static_cast<std::uint32_t>(InventoryType::WitnessBlock),
                                      fetch.hash.bytes()}}});
    }
}

bool Scan::handle(Peer& peer, BlockMessage& message)
{
    if (!peer.block)
        return false;
    const auto hash = peer.block->hash;
    peer.block.reset();
    for (auto& [height, fetch] : m_blocks) {
        if (fetch.peer != peer.id || fetch.hash != hash || fetch.job != 0)
            continue;
        fetch.job = m_context.start(
            BlockJob{std::make_shared<const base::Bytes>(std::move(message.bytes)), hash});
        return true;
    }
    return true; // Of a branch that lost meanwhile.
}

void Scan::handle(Peer& peer, const NotFoundMessage& message)
{
    for (const auto& item : message.items) {
        if (!peer.block || item.hash != peer.block->hash.bytes())
            continue;
        peer.block.reset();
        for (auto& [height, fetch] : m_blocks) {
            if (fetch.peer == peer.id && fetch.job == 0)
                fetch.peer = 0;
        }
        m_peers.fail(peer, "does not have the block");
        return;
    }
}

void Scan::refuseBlock(Peer* peer, const BlockResult& result)
{
    if (peer == nullptr)
        return;
    if (result.refusal == BlockRefusal::Unsound)
        m_peers.ban(*peer, "block that does not hold: " + result.detail);
    else
        m_peers.fail(*peer, result.detail);
}

void Scan::peerGone(PeerId id)
{
    for (auto& task : m_tasks) {
        if (task.peer == id)
            task.peer = 0;
    }
    for (auto& [height, fetch] : m_blocks) {
        if (fetch.peer == id && fetch.job == 0)
            fetch.peer = 0;
    }
}

void Scan::expireFilters(Peer& peer)
{
    for (auto pending = peer.filters.begin(); pending != peer.filters.end();) {
        if (pending->task == 0 || m_context.ms() < pending->deadline) {
            ++pending;
            continue;
        }
        auto* task = taskById(pending->task);
        pending = peer.filters.erase(pending);
        if (task == nullptr || task->peer != peer.id)
            continue;
        task->peer = 0;
        task->notBefore = m_context.ms() + kPauseMs;
        const bool nearTip =
            static_cast<std::int64_t>(task->to + kNearTip) > m_context.headers.tipHeight();
        // At the tip its index may lag behind; nobody is to blame for that.
        if (peer.ownNode || (nearTip && ++task->tries <= kTipTries))
            continue;
        m_peers.fail(peer, "no filters in time");
        return;
    }
}

void Scan::expire()
{
    for (auto* peer : m_peers.usable()) {
        expireFilters(*peer);
        if (!peer->block || m_context.ms() < peer->block->deadline)
            continue;
        const auto hash = peer->block->hash;
        bool ours = false;
        for (auto& [height, fetch] : m_blocks) {
            if (fetch.peer == peer->id && fetch.hash == hash && fetch.job == 0) {
                fetch.peer = 0;
                ours = true;
            }
        }
        const bool elsewhere = m_filterHeaders.inConflict() && !ours;
        if (elsewhere)
            continue; // The conflict keeps its own time.
        peer->block.reset();
        if (ours && !peer->ownNode)
            m_peers.fail(*peer, "no block in time");
    }
}

std::int64_t Scan::nextDeadline() const
{
    auto next = kNever;
    for (const auto* peer : m_peers.usable()) {
        for (const auto& pending : peer->filters) {
            if (pending.task != 0)
                next = std::min(next, pending.deadline);
        }
        if (peer->block)
            next = std::min(next, peer->block->deadline);
    }
    for (const auto& task : m_tasks) {
        if (task.notBefore > m_context.ms())
            next = std::min(next, task.notBefore);
    }
    return next;
}

} // namespace coffer::lightnode
