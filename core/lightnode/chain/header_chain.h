// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The chain of block headers, proved here.
///
/// Every header is checked for link, work, exact nBits, time and version; the branch with most work
/// is the best chain, the first seen wins ties. It starts at a shipped period boundary (the last
/// period that a checkpoint proves as a whole), never inside a period, because there the next
/// retarget could not be checked; older periods are added one by one, each proved by the hash of
/// its last header. Hashes, times and nBits of all known heights stay in memory (40 bytes each),
/// whole headers of the newest periods only. Side branches are bounded in number and length.

#include "core/lightnode/chain/checkpoints.h"
#include "core/lightnode/stored_state.h"
#include "core/lightnode/wire/messages.h"

#include <set>
#include <span>
#include <unordered_map>

namespace coffer::lightnode {

/// What became of a batch of headers.
enum class HeadersOutcome
{
    Extended,    ///< The best chain grew at its tip.
    Reorganised, ///< Another branch has more work and is the best chain now.
    Forked,      ///< Valid, but not the most work.
    Duplicate,   ///< All known and on the best chain.
    Unconnected, ///< Starts after a header we do not have.
    Future,      ///< Stopped at a header more than two hours ahead: ask again later.
    DeepFork,    ///< Has most work, but forks 100 blocks or more below the tip: the person decides.
    Refused      ///< Breaks a rule; what came before the bad header was kept.
};

/// The rule that a header breaks.
enum class HeaderRefusal
{
    None,
    BrokenLink,
    NoWork,
    WrongBits,
    TimeTooOld,
    Version,
    Checkpoint, ///< Contradicts a shipped hash.
    BranchLimit ///< Too long or too old a side branch: not kept.
};

/// What to do with a branch that forks 100 blocks or more below the tip.
enum class DeepReorganisations
{
    Ask,
    Follow
};

/// What became of a batch, and what it shows about its sender.
struct HeadersResult
{
    HeadersOutcome outcome = HeadersOutcome::Duplicate;
    HeaderRefusal refusal = HeaderRefusal::None;
    std::size_t accepted = 0;     ///< New headers that were kept.
    std::uint32_t forkHeight = 0; ///< Where the batch leaves the best chain (or left it).
    std::uint32_t depth = 0;      ///< Reorganised: how many blocks left the best chain.
    /// The highest header of the best chain that the batch shows to be known by its sender; -1:
    /// none.
    std::int64_t provedHeight = -1;
};

/// The best chain, its side branches, and the old periods below.
class HeaderChain
{
public:
    static constexpr std::size_t kMaxBranches = 8;
    static constexpr std::size_t kMaxBranchHeaders = 2'016;
    static constexpr std::uint32_t kDeepReorganisation = 100;
    static constexpr std::int64_t kMaxFutureSeconds = 2 * 60 * 60;

    HeaderChain(const bitcoin::NetworkParams& params, const Checkpoints& checkpoints);

    /// Takes stored rows; what does not prove itself is dropped.
    void restore(const std::vector<HeaderPeriodRow>& rows);

    /// Consecutive headers as a peer sent them.
    HeadersResult accept(std::span<const RawHeader> headers, std::int64_t utcSeconds,
                         DeepReorganisations deep);

    /// Makes the branch with most work the best chain, however deep it forks.
    HeadersResult followMostWork();

    /// Lowest height of the region that reaches to the tip without gaps and with every rule
    /// checked.
    std::uint32_t baseHeight() const { return m_base; }
    /// baseHeight() - 1 while nothing is known.
    std::int64_t tipHeight() const { return static_cast<std::int64_t>(m_end) - 1; }
    bitcoin::BlockHash tipHash() const;
    /// 0 while unknown.
    std::uint32_t tipTime() const;

    bool has(std::uint32_t height) const;
    std::optional<bitcoin::BlockHash> hashAt(std::uint32_t height) const;
    std::optional<std::uint32_t> timeAt(std::uint32_t height) const;
    /// On the best chain, among the newest 50,000.
    std::optional<std::uint32_t> heightOf(const bitcoin::BlockHash& hash) const;
    bool isOnBestChain(std::uint32_t height, const bitcoin::BlockHash& hash) const;
    /// On the best chain or a kept branch.
    bool isKnown(const bitcoin::BlockHash& hash) const;
    bool hasRecentFork() const { return !m_branches.empty(); }

    /// Tip, -1 ... -10, doubling steps, then the anchor below the base.
    std::vector<bitcoin::BlockHash> locator() const;
    /// For continuing a side branch from its last header.
    std::vector<bitcoin::BlockHash> locatorFrom(const bitcoin::BlockHash& hash) const;

    /// Periods in [first, baseHeight / 2016) that are not there.
    std::vector<std::uint32_t> missingPeriods(std::uint32_t firstPeriod) const;
    /// The hash that a request for a missing period starts behind.
    bitcoin::BlockHash periodAnchor(std::uint32_t period) const;
    /// Checks the next headers of a missing period on their own; `previous` is the last one before.
    HeaderRefusal checkPeriodPart(std::uint32_t period, const std::vector<RawHeader>& known,
                                  std::span<const RawHeader> more) const;
    /// A whole missing period (for period 0 genesis is added here).
    HeaderRefusal acceptPeriod(std::uint32_t period, std::vector<RawHeader> headers);
    /// How many headers of a missing period must come from a peer.
    static std::size_t headersToFetch(std::uint32_t period) { return period == 0 ? 2015 : 2016; }

    /// Adds what changed since the last call.
    void takeChanges(StorageBatch& batch);
    bool hasChanges() const { return !m_dirty.empty() || m_removeFrom || !m_stale.empty(); }

private:
    struct Entry
    {
        bitcoin::BlockHash hash;
        std::uint32_t time = 0;
        std::uint32_t bits = 0;
    };
    struct Period
    {
        std::vector<Entry> entries;
        std::vector<RawHeader> raw; ///< Same length, or empty for old periods.
    };
    struct Branch
    {
        std::uint32_t forkHeight = 0;
        std::vector<Entry> entries;
        std::vector<RawHeader> raw;
        std::uint64_t lastTouched = 0;
    };
    struct Located
    {
        std::uint32_t height = 0;
        const Branch* branch = nullptr; ///< Null: the best chain.
    };
    struct Target
    {
        std::uint32_t bits = 0;
        bitcoin::Uint256 value;
    };

    const Entry& entry(std::uint32_t height) const;
    const Entry* entryOn(const Branch* branch, std::uint32_t height) const;
    std::optional<Located> locate(const bitcoin::BlockHash& hash) const;
    bool hasWork(const bitcoin::BlockHash& hash, std::uint32_t bits) const;
    std::uint32_t requiredBitsOn(const Branch* branch, std::uint32_t height,
                                 std::uint32_t time) const;
    HeaderRefusal check(const Branch* branch, std::uint32_t height,
                        const bitcoin::BlockHeader& header, const bitcoin::BlockHash& hash) const;
    bool contradictsCheckpoint(std::uint32_t height, const bitcoin::BlockHash& hash) const;
    void append(const Entry& added, const RawHeader& raw);
    void cutAbove(std::uint32_t height);
    void extendTip(std::span<const RawHeader> headers, std::int64_t utcSeconds,
                   HeadersResult& result);
    void extendBranch(const Located& parent, std::span<const RawHeader> headers,
                      std::int64_t utcSeconds, DeepReorganisations deep, HeadersResult& result);
    std::size_t branchFor(const Located& parent);
    void reorganiseTo(std::size_t branchIndex, HeadersResult& result);
    static bitcoin::Uint256 workOfBranch(const Branch& branch);
    bitcoin::Uint256 workAbove(std::uint32_t height) const;
    void dropOldRaw();

    const bitcoin::NetworkParams& m_params;
    const Checkpoints& m_checkpoints;
    std::vector<Period> m_periods; ///< By period number; empty ones are missing.
    std::uint32_t m_base = 0;
    std::uint32_t m_end = 0; ///< One above the tip.
    std::vector<Branch> m_branches;
    std::uint64_t m_touched = 0;
    std::unordered_map<std::uint64_t, std::uint32_t> m_heights; ///< By the first 8 bytes.
    mutable Target m_target; ///< The last one expanded: mostly the next one needed.
    std::set<std::uint32_t> m_dirty;
    std::optional<std::uint32_t> m_removeFrom;
    std::vector<StaleHeaderRow> m_stale;
};

} // namespace coffer::lightnode
