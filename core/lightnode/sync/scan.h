// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/chain/height_set.h"
#include "core/lightnode/sync/filter_header_sync.h"
#include "core/lightnode/sync/filter_store.h"

namespace coffer::lightnode {

/// Tests filters against watched scripts and hands matching blocks over, until nothing is left.
///
/// Every watch carries the heights at which it was not tested yet. A cursor sweeps upwards over the
/// heights that anybody still needs, and starts again from the lowest when it reaches the tip. At a
/// matching block it waits for the wallet, whose new scripts (gap limit) are one more watch,
/// untested everywhere: so they are tested against this very block, then onwards, then from the
/// birthday on, until no script was added: the fix point. Filters come from memory, the disk, or
/// peers; they are checked on arrival. Ahead of the cursor work is prepared, bounded in bytes.
class Scan
{
public:
    Scan(Context& context, Peers& peers, FilterHeaderSync& filterHeaders);

    void restore(const std::vector<FilterSegmentInfo>& stored);
    void start();
    void watch(Watch watch);
    void unwatch(WatchId id);
    void blockHandled(const bitcoin::BlockHash& block, BlockUse use);

    bool handle(Peer& peer, FilterMessage& message);
    bool handle(Peer& peer, BlockMessage& message);
    void handle(Peer& peer, const NotFoundMessage& message);
    bool jobDone(JobId job, const JobResult& result);
    void filtersLoaded(std::uint32_t segment, base::Result<FilterSegment> filters);
    void peerGone(PeerId id);
    /// Everything above is to be tested again.
    void cutAbove(std::uint32_t height);
    void pump();
    std::int64_t nextDeadline() const;
    void takeChanges(StorageBatch& batch) { m_store.takeChanges(batch); }
    void flush() { m_store.flush(); }

    /// The lowest height that any watch still needs.
    std::optional<std::uint32_t> neededFrom() const;
    bool isWatched(const bitcoin::Script& script) const { return m_scripts.contains(script); }
    bool hasWatches() const { return !m_watches.empty(); }
    /// Every watch is tested up to here.
    std::int64_t scannedTo() const;
    bool isComplete() const;
    ProofLevel proof() const;
    std::uint32_t cursor() const { return m_cursor; }
    double blocksPerSecond() const { return m_rate; }
    std::uint64_t heightsLeft() const;

private:
    struct Watched
    {
        std::uint64_t generation = 0;
        WatchId id = 0;
        std::shared_ptr<const std::vector<bitcoin::Script>> scripts;
        std::uint32_t from = 0;
        HeightSet untested;
        std::int64_t toldTo = -2;
        ProofLevel toldProof = ProofLevel::OneServer;
    };
    enum class TaskState
    {
        Loading,
        Downloading,
        Ready
    };
    /// Some heights of one filter segment on their way through the pipeline.
    struct Task
    {
        std::uint64_t id = 0;
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        TaskState state = TaskState::Downloading;
        PeerId peer = 0;
        int tries = 0;
        std::int64_t notBefore = 0;
        std::vector<base::Bytes> received;
        std::size_t missing = 0;
        std::uint64_t bytes = 0;
        std::shared_ptr<const FilterSegment> filters;
        JobId job = 0;
        std::set<std::uint64_t> jobGenerations;
        std::set<std::uint64_t> tested;
        std::set<std::uint32_t> matches;
    };
    struct Fetch
    {
        bitcoin::BlockHash hash;
        PeerId peer = 0;
        JobId job = 0;
        std::shared_ptr<const bitcoin::Block> block;
    };
    struct Waiting
    {
        std::uint32_t height = 0;
        bitcoin::BlockHash hash;
        std::set<std::uint64_t> generations;
    };

    std::optional<std::uint32_t> needAt(std::uint32_t height) const;
    bool canScan(std::uint32_t height) const;
    Task* taskAt(std::uint32_t height);
    Task* taskById(std::uint64_t id);
    void plan();
    Task* createTask(std::uint32_t height);
    void assignDownloads();
    bool mayServe(const Peer& peer, const Task& task) const;
    void download(Task& task, Peer& peer);
    void finishDownload(Task& task);
    void startMatching(Task& task);
    bool isMatched(const Task& task) const;
    void advance();
    bool step();
    bool deliver(Task& task, std::uint32_t height);
    void markTested(const std::set<std::uint64_t>& generations, std::uint32_t from,
                    std::uint32_t to);
    void finishTask(std::uint32_t upTo);
    void fetchBlocks();
    void refuseBlock(Peer* peer, const BlockResult& result);
    void expire();
    void expireFilters(Peer& peer);
    void tellProgress();
    void tellCompleted();
    void lookForOlderPayments(const bitcoin::Block& block, std::uint32_t height);
    void dropTasksAbove(std::uint32_t height);
    void measure(std::uint32_t heights);

    Context& m_context;
    Peers& m_peers;
    FilterHeaderSync& m_filterHeaders;
    FilterStore m_store;
    std::vector<Watched> m_watches;
    std::set<bitcoin::Script> m_scripts;
    std::uint64_t m_nextGeneration = 1;
    std::uint64_t m_nextTask = 1;
    std::uint32_t m_cursor = 0;
    std::list<Task> m_tasks; ///< Ascending.
    std::map<std::uint32_t, Fetch> m_blocks;
    std::optional<Waiting> m_waiting;
    std::uint64_t m_averageFilter = 0; ///< Bytes, moving.
    std::uint64_t m_toldRevision = 0;
    bool m_tellAgain = false;
    std::int64_t m_completedAt = -1;
    bitcoin::BlockHash m_completedTip;
    ProofLevel m_completedProof = ProofLevel::OneServer;
    std::uint64_t m_unexplained = 0;
    double m_tests = 0; ///< Scripts x blocks tested so far.
    double m_rate = 0;
    std::int64_t m_rateSince = 0;
    std::uint32_t m_rateHeights = 0;
};

} // namespace coffer::lightnode
