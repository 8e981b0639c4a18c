// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/sync/scan.h"

#include "core/bitcoin/block_filter.h"
#include "core/lightnode/chain/filter_evidence.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

// As many segments ahead as keep the pool and the line busy.
constexpr std::size_t kTasksAhead = 8;
constexpr std::uint64_t kMaxFilterBytes = 64'000'000;
constexpr std::uint64_t kUsualFilterBytes = 22'000; // bitcoin.md 4.15, main network.
constexpr double kFalseMatch = 1.0 / 784'931;       // BIP158: M.
constexpr std::int64_t kRateMs = 2'000;
constexpr std::uint64_t kUnexplained = 3;

} // namespace

Scan::Scan(Context& context, Peers& peers, FilterHeaderSync& filterHeaders)
    : m_context(context)
    , m_peers(peers)
    , m_filterHeaders(filterHeaders)
    , m_store(context.config.filterCapBytes)
{
}

void Scan::restore(const std::vector<FilterSegmentInfo>& stored)
{
    m_store.restore(stored);
}

void Scan::start()
{
    for (const auto segment : m_store.growing())
        m_context.effect(LoadFilters{segment});
}

void Scan::watch(Watch watch)
{
    unwatch(watch.id);
    Watched added;
    added.generation = m_nextGeneration++;
    added.id = watch.id;
    // Genesis pays nobody: its output cannot be spent.
    added.from = std::max<std::uint32_t>(watch.fromHeight, 1);
    added.untested.add(added.from, HeightSet::kEnd);
    if (watch.testedTo >= static_cast<std::int64_t>(added.from))
        added.untested.remove(added.from, static_cast<std::uint32_t>(watch.testedTo));
    std::erase_if(watch.scripts, [](const bitcoin::Script& script) { return script.empty(); });
    m_scripts.insert(watch.scripts.begin(), watch.scripts.end());
    added.scripts = std::make_shared<const std::vector<bitcoin::Script>>(std::move(watch.scripts));
    m_watches.push_back(std::move(added));
    m_completedAt = -1;
    m_context.statusChanged = true;
}

void Scan::unwatch(WatchId id)
{
    const auto removed =
        std::erase_if(m_watches, [id](const Watched& watched) { return watched.id == id; });
    if (removed == 0)
        return;
    m_scripts.clear();
    bool awaited = false;
    for (const auto& watched : m_watches) {
        m_scripts.insert(watched.scripts->begin(), watched.scripts->end());
        awaited = awaited || (m_waiting && m_waiting->generations.contains(watched.generation));
    }
    // Nobody is left who would answer: the others must not wait for ever.
    if (!awaited)
        m_waiting.reset();
    m_context.statusChanged = true;
}

std::optional<std::uint32_t> Scan::neededFrom() const
{
    std::optional<std::uint32_t> lowest;
    for (const auto& watched : m_watches) {
        const auto need = watched.untested.lowestFrom(0);
        if (need && (!lowest || *need < *lowest))
            lowest = need;
    }
    return lowest;
}

std::optional<std::uint32_t> Scan::needAt(std::uint32_t height) const
{
    std::optional<std::uint32_t> lowest;
    for (const auto& watched : m_watches) {
        const auto need = watched.untested.lowestFrom(height);
        if (need && (!lowest || *need < *lowest))
            lowest = need;
    }
    if (lowest && *lowest > m_filterHeaders.usableTo())
        return std::nullopt;
    return lowest;
}

bool Scan::canScan(std::uint32_t height) const
{
    return height > m_context.filterHeaders.baseHeight() && m_context.headers.has(height);
}

Scan::Task* Scan::taskAt(std::uint32_t height)
{
    for (auto& task : m_tasks) {
        if (height >= task.from && height <= task.to)
            return &task;
    }
    return nullptr;
}

Scan::Task* Scan::taskById(std::uint64_t id)
{
    for (auto& task : m_tasks) {
        if (task.id == id)
            return &task;
    }
    return nullptr;
}

Scan::Task* Scan::createTask(std::uint32_t height)
{
    if (!canScan(height))
        return nullptr;
    Task task;
    task.id = m_nextTask++;
    task.from = height;
    const auto found = m_store.find(height);
    task.to = std::min(found.to, m_filterHeaders.usableTo());
    for (const auto& other : m_tasks) {
        if (other.from > height)
            task.to = std::min(task.to, other.from - 1);
    }
    // The next period's headers may still be missing.
    if (!m_context.headers.has(task.to))
        task.to = task.to / kPeriodHeights * kPeriodHeights - 1;
    const auto segment = height / kFilterSegmentHeights;
    switch (found.place) {
    case FilterStore::Place::Memory:
        task.state = TaskState::Ready;
        task.filters = m_store.segment(segment);
        break;
    case FilterStore::Place::Disk:
        task.state = TaskState::Loading;
        m_context.effect(LoadFilters{segment});
        break;
    case FilterStore::Place::Nowhere:
        task.state = TaskState::Downloading;
        task.missing = task.to - task.from + 1;
        task.received.resize(task.missing);
        break;
    }
    const auto before = std::find_if(m_tasks.begin(), m_tasks.end(),
                                     [&](const Task& other) { return other.from > height; });
    return &*m_tasks.insert(before, std::move(task));
}

void Scan::plan()
{
    const auto average = m_averageFilter == 0 ? kUsualFilterBytes : m_averageFilter;
    std::uint64_t bytes = 0;
    for (const auto& task : m_tasks)
        bytes += task.bytes + task.missing * average;
    auto height = needAt(m_cursor);
    std::size_t ahead = 0;
    while (height && ahead < kTasksAhead) {
        auto* task = taskAt(*height);
        if (task == nullptr) {
            if (bytes > kMaxFilterBytes && !m_tasks.empty())
                break;
            task = createTask(*height);
            if (task == nullptr)
                break;
            bytes += static_cast<std::uint64_t>(task->to - task->from + 1) * average;
        }
        ++ahead;
        if (task->state == TaskState::Ready && !isMatched(*task))
            startMatching(*task);
        if (task->to == HeightSet::kEnd)
            break;
        height = needAt(task->to + 1);
    }
    assignDownloads();
    fetchBlocks();
}

bool Scan::isMatched(const Task& task) const
{
    if (task.state != TaskState::Ready || task.job != 0)
        return false;
    const auto from = std::max(task.from, m_cursor);
    return std::all_of(m_watches.begin(), m_watches.end(), [&](const Watched& watched) {
        return task.tested.contains(watched.generation) ||
               watched.untested.within(from, task.to).empty();
    });
}

void Scan::startMatching(Task& task)
{
    if (task.job != 0)
        return;
    MatchJob job;
    job.filters = task.filters;
    job.fromHeight = std::max(task.from, m_cursor);
    task.jobGenerations.clear();
    for (const auto& watched : m_watches) {
        if (task.tested.contains(watched.generation))
            continue;
        auto heights = watched.untested.within(job.fromHeight, task.to);
        if (heights.empty())
            continue;
        for (const auto& [from, to] : heights)
            m_tests +=
                static_cast<double>(to - from + 1) * static_cast<double>(watched.scripts->size());
        job.groups.push_back({watched.id, watched.scripts, std::move(heights)});
        task.jobGenerations.insert(watched.generation);
    }
    if (job.groups.empty())
        return;
    for (auto height = job.fromHeight; height <= task.to; ++height)
        job.hashes.push_back(*m_context.headers.hashAt(height));
    task.job = m_context.start(std::move(job));
}

void Scan::markTested(const std::set<std::uint64_t>& generations, std::uint32_t from,
                      std::uint32_t to)
{
    if (from > to)
        return;
    for (auto& watched : m_watches) {
        if (generations.contains(watched.generation))
            watched.untested.remove(from, to);
    }
}

void Scan::finishTask(std::uint32_t upTo)
{
    // Everything below the cursor is done with; the segment may leave memory with its last task.
    for (auto it = m_tasks.begin(); it != m_tasks.end();) {
        if (it->to > upTo) {
            ++it;
            continue;
        }
        const auto segment = it->from / kFilterSegmentHeights;
        for (auto* peer : m_peers.all())
            std::erase_if(peer->filters, [&](const auto& p) { return p.task == it->id; });
        it = m_tasks.erase(it);
        const bool used = std::any_of(m_tasks.begin(), m_tasks.end(), [&](const Task& other) {
            return other.from / kFilterSegmentHeights == segment;
        });
        if (!used)
            m_store.release(segment);
    }
}

bool Scan::step()
{
    if (m_waiting)
        return false;
    const auto need = needAt(m_cursor);
    if (!need) {
        const auto lowest = needAt(0);
        if (!lowest || *lowest >= m_cursor) {
            finishTask(HeightSet::kEnd - 1);
            return false;
        }
        finishTask(HeightSet::kEnd - 1);
        m_cursor = *lowest; // Scripts were added: once more from where they were not tested.
        return true;
    }
    m_cursor = *need;
    auto* task = taskAt(*need);
    if (task == nullptr || !isMatched(*task))
        return false;
    const auto match = task->matches.lower_bound(m_cursor);
    if (match == task->matches.end()) {
        measure(task->to - m_cursor + 1);
        markTested(task->tested, m_cursor, task->to);
        m_cursor = task->to + 1;
        finishTask(m_cursor - 1);
        m_tellAgain = true;
        return true;
    }
    const auto height = *match;
    if (height > m_cursor) {
        measure(height - m_cursor);
        markTested(task->tested, m_cursor, height - 1);
        m_cursor = height;
    }
    return deliver(*task, height);
}

bool Scan::deliver(Task& task, std::uint32_t height)
{
    const auto fetched = m_blocks.find(height);
    if (fetched == m_blocks.end() || !fetched->second.block)
        return false;
    const auto& block = fetched->second.block;
    const auto& filter = task.filters->filters[height - task.filters->firstHeight];
    if (m_filterHeaders.blockSeen(height, *block, filter)) {
        cutAbove(height - 1);
        return false;
    }
    m_waiting = Waiting{height, fetched->second.hash, task.tested};
    m_context.fact(BlockMatched{height, fetched->second.hash, block->header.time, block});
    return false;
}

void Scan::advance()
{
    while (step()) {
    }
    m_blocks.erase(m_blocks.begin(), m_blocks.lower_bound(m_cursor));
}

void Scan::blockHandled(const bitcoin::BlockHash& hash, BlockUse use)
{
    if (!m_waiting || m_waiting->hash != hash)
        return;
    const auto waiting = *m_waiting;
    m_waiting.reset();
    markTested(waiting.generations, waiting.height, waiting.height);
    measure(1);
    if (auto* task = taskAt(waiting.height))
        task->matches.erase(waiting.height);
    const auto fetched = m_blocks.find(waiting.height);
    if (use == BlockUse::Unexplained && fetched != m_blocks.end() && fetched->second.block)
        lookForOlderPayments(*fetched->second.block, waiting.height);
    m_tellAgain = true;
}

void Scan::measure(std::uint32_t heights)
{
    m_rateHeights += heights;
    if (m_rateSince == 0)
        m_rateSince = m_context.ms();
    const auto elapsed = m_context.ms() - m_rateSince;
    if (elapsed < kRateMs)
        return;
    const auto rate = 1000.0 * m_rateHeights / static_cast<double>(elapsed);
    m_rate = m_rate > 0 ? 0.7 * m_rate + 0.3 * rate : rate;
    m_rateSince = m_context.ms();
    m_rateHeights = 0;
}

bool Scan::jobDone(JobId job, const JobResult& result)
{
    for (auto& task : m_tasks) {
        if (task.job != job)
            continue;
        task.job = 0;
        const auto& found = std::get<MatchResult>(result);
        task.matches.insert(found.matched.begin(), found.matched.end());
        // A filter that cannot be read is treated as a match: its block will tell.
        task.matches.insert(found.damaged.begin(), found.damaged.end());
        task.tested.merge(task.jobGenerations);
        task.jobGenerations.clear();
        return true;
    }
    for (auto& [height, fetch] : m_blocks) {
        if (fetch.job != job)
            continue;
        fetch.job = 0;
        const auto& checked = std::get<BlockResult>(result);
        auto* peer = m_peers.find(fetch.peer);
        fetch.peer = 0;
        if (checked.block)
            fetch.block = checked.block;
        else
            refuseBlock(peer, checked);
        return true;
    }
    return false;
}

void Scan::filtersLoaded(std::uint32_t segment, base::Result<FilterSegment> filters)
{
    bool sound = false;
    if (filters) {
        auto loaded = std::make_shared<FilterSegment>(filters.take());
        const auto expected = m_store.onDisk(segment);
        sound = loaded->segment == segment && !loaded->filters.empty() &&
                loaded->firstHeight == expected.firstHeight &&
                loaded->filters.size() == expected.count;
        const auto& headers = m_context.filterHeaders;
        for (std::size_t i = 0; sound && i < loaded->filters.size(); ++i) {
            const auto height = loaded->firstHeight + static_cast<std::uint32_t>(i);
            // Where the filter header is not known (yet), nothing is scanned either.
            if (height <= headers.baseHeight() || !headers.has(height))
                continue;
            sound = bitcoin::filterHeader(bitcoin::filterHash(loaded->filters[i]),
                                          headers.at(height - 1)) == headers.at(height);
        }
        if (sound)
            m_store.loaded(std::move(loaded));
    }
    if (!sound)
        m_store.lost(segment);
    for (auto it = m_tasks.begin(); it != m_tasks.end();) {
        if (it->state != TaskState::Loading || it->from / kFilterSegmentHeights != segment) {
            ++it;
            continue;
        }
        const auto held = m_store.segment(segment);
        const bool covers = held && it->from >= held->firstHeight &&
                            it->to < held->firstHeight + held->filters.size();
        if (!covers) {
            it = m_tasks.erase(it); // Planned anew, as a download.
            continue;
        }
        it->filters = held;
        it->state = TaskState::Ready;
        ++it;
    }
}

void Scan::dropTasksAbove(std::uint32_t height)
{
    for (auto it = m_tasks.begin(); it != m_tasks.end();) {
        if (it->to <= height) {
            ++it;
            continue;
        }
        for (auto* peer : m_peers.all())
            std::erase_if(peer->filters, [&](const auto& p) { return p.task == it->id; });
        it = m_tasks.erase(it);
    }
}

void Scan::cutAbove(std::uint32_t height)
{
    for (auto& watched : m_watches)
        watched.untested.add(std::max(height + 1, watched.from), HeightSet::kEnd);
    m_store.cutAbove(height);
    dropTasksAbove(height);
    m_blocks.erase(m_blocks.upper_bound(height), m_blocks.end());
    if (m_waiting && m_waiting->height > height)
        m_waiting.reset();
    m_cursor = std::min(m_cursor, height + 1);
    m_completedAt = -1;
    m_tellAgain = true;
}

std::int64_t Scan::scannedTo() const
{
    const auto top = static_cast<std::int64_t>(m_filterHeaders.usableTo());
    const auto need = neededFrom();
    return need ? std::min(static_cast<std::int64_t>(*need) - 1, top) : top;
}

bool Scan::isComplete() const
{
    const auto need = neededFrom();
    return !need || *need > m_filterHeaders.usableTo();
}

ProofLevel Scan::proof() const
{
    std::uint32_t from = m_context.filterHeaders.tipHeight();
    for (const auto& watched : m_watches)
        from = std::min(from, watched.from);
    const auto to = scannedTo();
    return to < 0 ? ProofLevel::OneServer
                  : m_context.filterHeaders.weakest(from, static_cast<std::uint32_t>(to));
}

std::uint64_t Scan::heightsLeft() const
{
    std::uint64_t most = 0;
    const auto top = m_filterHeaders.usableTo();
    for (const auto& watched : m_watches) {
        std::uint64_t left = 0;
        for (const auto& [from, to] : watched.untested.within(0, top))
            left += to - from + 1;
        most = std::max(most, left);
    }
    return most;
}

void Scan::tellProgress()
{
    const auto revision = m_context.filterHeaders.revision();
    if (!m_tellAgain && revision == m_toldRevision)
        return;
    m_tellAgain = false;
    m_toldRevision = revision;
    std::map<std::pair<std::uint32_t, std::int64_t>, ProofLevel> levels;
    for (auto& watched : m_watches) {
        const auto need = watched.untested.lowestFrom(0).value_or(HeightSet::kEnd);
        const auto to = static_cast<std::int64_t>(need) - 1;
        if (to < static_cast<std::int64_t>(watched.from) && watched.toldTo < 0)
            continue; // Nothing tested, nothing told before.
        const auto key = std::pair(watched.from, to);
        if (!levels.contains(key)) {
            levels[key] = m_context.filterHeaders.weakest(
                watched.from, static_cast<std::uint32_t>(std::max<std::int64_t>(to, 0)));
        }
        const auto level = levels[key];
        if (to == watched.toldTo && level == watched.toldProof)
            continue;
        watched.toldTo = to;
        watched.toldProof = level;
        m_context.fact(WatchTested{
            watched.id, static_cast<std::uint32_t>(std::max<std::int64_t>(to, 0)), level});
        m_context.statusChanged = true;
    }
}

void Scan::tellCompleted()
{
    if (!isComplete() || m_waiting || !m_filterHeaders.isSettled())
        return;
    const auto height = static_cast<std::int64_t>(m_filterHeaders.usableTo());
    const auto tip = m_context.headers.tipHash();
    const auto level = proof();
    if (m_completedAt == height && m_completedTip == tip && m_completedProof == level)
        return;
    m_completedAt = height;
    m_completedTip = tip;
    m_completedProof = level;
    m_context.fact(ScanCompleted{static_cast<std::uint32_t>(height), level});
    m_context.statusChanged = true;
}

void Scan::lookForOlderPayments(const bitcoin::Block& block, std::uint32_t height)
{
    ++m_unexplained;
    std::optional<bitcoin::Script> ours;
    for (const auto& transaction : block.transactions) {
        for (const auto& input : transaction.inputs) {
            const auto script = likelySpentScript(input);
            if (script && isWatched(*script))
                ours = *script;
        }
    }
    const bool likely = static_cast<double>(m_unexplained) >
                        static_cast<double>(kUnexplained) + 4 * m_tests * kFalseMatch;
    if (ours || likely)
        m_context.fact(OlderPayments{height, std::move(ours)});
}

void Scan::pump()
{
    expire();
    advance();
    plan();
    advance(); // What was in memory or on hand may be matched already.
    tellProgress();
    tellCompleted();
}

} // namespace coffer::lightnode
