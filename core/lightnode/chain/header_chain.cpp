// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/chain/header_chain.h"

#include "core/bitcoin/proof_of_work.h"

#include <algorithm>
#include <limits>
#include <map>

namespace coffer::lightnode {

using bitcoin::BlockHash;
using bitcoin::BlockHeader;

namespace {

constexpr std::uint32_t kPeriod = kPeriodHeights;
constexpr std::uint32_t kIndexed = 50'000; // bitcoin.md 4.14: hash -> height of the newest only.
// Rows of the newest periods are rewritten; two whole ones below the tip's cover every kept branch.
constexpr std::uint32_t kRawPeriods = 3;
constexpr std::uint32_t kMedianSpan = 11;

std::uint64_t prefixOf(const BlockHash& hash)
{
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < 8; ++i)
        out = (out << 8) | hash.bytes()[i];
    return out;
}

BlockHeader parseRaw(const RawHeader& raw)
{
    auto header = BlockHeader::parse(raw);
    ASSERT(header); // 80 bytes are always a header.
    return header.take();
}

} // namespace

HeaderChain::HeaderChain(const bitcoin::NetworkParams& params, const Checkpoints& checkpoints)
    : m_params(params)
    , m_checkpoints(checkpoints)
{
    if (checkpoints.periods.size() >= 2) {
        // The last checkpointed period is read whole: it gives the next one its median and tFirst.
        m_base = static_cast<std::uint32_t>(checkpoints.periods.size() - 1) * kPeriod;
        m_end = m_base;
        m_periods.resize(checkpoints.periods.size());
        return;
    }
    append({params.genesisHash, params.genesis.time, params.genesis.bits},
           params.genesis.serialize());
    m_dirty.clear(); // Genesis alone is not worth a row.
}

const HeaderChain::Entry& HeaderChain::entry(std::uint32_t height) const
{
    return m_periods[height / kPeriod].entries[height % kPeriod];
}

bool HeaderChain::has(std::uint32_t height) const
{
    return height < m_end && height / kPeriod < m_periods.size() &&
           height % kPeriod < m_periods[height / kPeriod].entries.size();
}

BlockHash HeaderChain::tipHash() const
{
    if (m_end > m_base)
        return entry(m_end - 1).hash;
    return periodAnchor(m_base / kPeriod);
}

std::uint32_t HeaderChain::tipTime() const
{
    return m_end > m_base ? entry(m_end - 1).time : 0;
}

std::optional<BlockHash> HeaderChain::hashAt(std::uint32_t height) const
{
    if (has(height))
        return entry(height).hash;
    if (height == 0)
        return m_params.genesisHash;
    if ((height + 1) % kPeriod == 0 && (height + 1) / kPeriod <= m_checkpoints.periods.size())
        return m_checkpoints.periods[(height + 1) / kPeriod - 1].lastHash;
    return std::nullopt;
}

std::optional<std::uint32_t> HeaderChain::timeAt(std::uint32_t height) const
{
    return has(height) ? std::optional(entry(height).time) : std::nullopt;
}

std::optional<std::uint32_t> HeaderChain::heightOf(const BlockHash& hash) const
{
    const auto found = m_heights.find(prefixOf(hash));
    if (found == m_heights.end() || entry(found->second).hash != hash)
        return std::nullopt;
    return found->second;
}

bool HeaderChain::isOnBestChain(std::uint32_t height, const BlockHash& hash) const
{
    return has(height) && entry(height).hash == hash;
}

bool HeaderChain::isKnown(const BlockHash& hash) const
{
    return locate(hash).has_value();
}

std::optional<HeaderChain::Located> HeaderChain::locate(const BlockHash& hash) const
{
    if (const auto height = heightOf(hash))
        return Located{*height, nullptr};
    for (const auto& branch : m_branches) {
        for (std::size_t i = branch.entries.size(); i-- > 0;) {
            if (branch.entries[i].hash == hash)
                return Located{branch.forkHeight + 1 + static_cast<std::uint32_t>(i), &branch};
        }
    }
    return std::nullopt;
}

const HeaderChain::Entry* HeaderChain::entryOn(const Branch* branch, std::uint32_t height) const
{
    if (branch != nullptr && height > branch->forkHeight) {
        const auto index = height - branch->forkHeight - 1;
        return index < branch->entries.size() ? &branch->entries[index] : nullptr;
    }
    return has(height) ? &entry(height) : nullptr;
}

bool HeaderChain::hasWork(const BlockHash& hash, std::uint32_t bits) const
{
    if (m_target.bits != bits || m_target.value.isZero()) {
        auto target = bitcoin::expandCompact(bits);
        if (!target || *target > m_params.powLimit)
            return false;
        m_target = {bits, target.take()};
    }
    return bitcoin::hashMeetsTarget(hash, m_target.value);
}

std::uint32_t HeaderChain::requiredBitsOn(const Branch* branch, std::uint32_t height,
                                          std::uint32_t time) const
{
    const auto period = height / kPeriod;
    if (period >= 1 && period <= m_checkpoints.periods.size()) {
        const auto bits = m_checkpoints.periods[period - 1].nextBits;
        if (bits != 0)
            return bits;
        if (period < m_checkpoints.periods.size())
            return 0; // Proved as a whole by its last hash.
    }
    if (!bitcoin::startsPeriod(height, m_params) && !m_params.minDifficultyBlocks)
        return entryOn(branch, height - 1)->bits;
    const auto headerAt = [&](std::uint32_t asked) {
        BlockHeader out;
        if (const auto* found = entryOn(branch, asked)) {
            out.time = found->time;
            out.bits = found->bits;
        }
        return out;
    };
    return bitcoin::requiredBits(height, time, headerAt, m_params);
}

bool HeaderChain::contradictsCheckpoint(std::uint32_t height, const BlockHash& hash) const
{
    if ((height + 1) % kPeriod == 0 && (height + 1) / kPeriod <= m_checkpoints.periods.size() &&
        m_checkpoints.periods[(height + 1) / kPeriod - 1].lastHash != hash)
        return true;
    const auto& filter = m_checkpoints.filterAtOrBelow(height);
    return filter.height == height && filter.block && *filter.block != hash;
}

HeaderRefusal HeaderChain::check(const Branch* branch, std::uint32_t height,
                                 const BlockHeader& header, const BlockHash& hash) const
{
    // Cheapest proof first: whoever has no work pays nothing.
    if (!hasWork(hash, header.bits))
        return HeaderRefusal::NoWork;
    const auto required = requiredBitsOn(branch, height, header.time);
    if (required != 0 && required != header.bits)
        return HeaderRefusal::WrongBits;
    if (contradictsCheckpoint(height, hash))
        return HeaderRefusal::Checkpoint;
    std::array<std::uint32_t, kMedianSpan> times{};
    std::size_t known = 0;
    for (std::uint32_t back = 1; back <= kMedianSpan && back <= height; ++back) {
        const auto* found = entryOn(branch, height - back);
        if (found == nullptr)
            break;
        times[known++] = found->time;
    }
    // Fewer than eleven only near genesis, or inside a period that its last hash proves.
    const bool complete = known == kMedianSpan || known == height;
    if (complete && known > 0 && header.time <= bitcoin::medianTime(std::span(times).first(known)))
        return HeaderRefusal::TimeTooOld;
    const auto* previous = entryOn(branch, height - 1);
    if (previous != nullptr &&
        !bitcoin::checkTimewarp(height, header.time, previous->time, m_params))
        return HeaderRefusal::TimeTooOld;
    if (!bitcoin::checkVersion(header.version, height, m_params))
        return HeaderRefusal::Version;
    return HeaderRefusal::None;
}

void HeaderChain::append(const Entry& added, const RawHeader& raw)
{
    const auto period = m_end / kPeriod;
    if (period >= m_periods.size())
        m_periods.resize(period + 1);
    auto& row = m_periods[period];
    if (row.entries.empty()) {
        row.entries.reserve(kPeriod);
        row.raw.reserve(kPeriod);
        dropOldRaw();
    }
    row.entries.push_back(added);
    row.raw.push_back(raw);
    m_heights[prefixOf(added.hash)] = m_end;
    if (m_end >= m_base + kIndexed)
        m_heights.erase(prefixOf(entry(m_end - kIndexed).hash));
    m_dirty.insert(period);
    ++m_end;
}

void HeaderChain::dropOldRaw()
{
    const auto newest = static_cast<std::uint32_t>(m_periods.size() - 1);
    for (std::uint32_t p = newest; p-- > 0;) {
        auto& row = m_periods[p];
        if (newest - p < kRawPeriods || m_dirty.contains(p))
            continue;
        if (row.raw.empty())
            break;
        row.raw = {};
    }
}

void HeaderChain::cutAbove(std::uint32_t height)
{
    while (m_end > height + 1) {
        const auto last = m_end - 1;
        auto& row = m_periods[last / kPeriod];
        m_heights.erase(prefixOf(row.entries.back().hash));
        m_stale.push_back({row.entries.back().hash.bytes(), last, row.raw.back()});
        row.entries.pop_back();
        row.raw.pop_back();
        m_end = last;
    }
    const auto periods = height / kPeriod + 1;
    if (m_periods.size() > periods)
        m_periods.resize(periods);
    m_removeFrom = std::min(m_removeFrom.value_or(height / kPeriod), height / kPeriod);
    m_dirty.erase(m_dirty.upper_bound(height / kPeriod), m_dirty.end());
    m_dirty.insert(height / kPeriod);
}

bitcoin::Uint256 HeaderChain::workAbove(std::uint32_t height) const
{
    bitcoin::Uint256 total = 0;
    bitcoin::Uint256 each = 0;
    std::uint32_t bits = 0;
    for (std::uint32_t h = height + 1; h < m_end; ++h) {
        if (entry(h).bits != bits) {
            bits = entry(h).bits;
            each = bitcoin::workOf(bits);
        }
        total += each;
    }
    return total;
}

HeadersResult HeaderChain::accept(std::span<const RawHeader> headers, std::int64_t utcSeconds,
                                  DeepReorganisations deep)
{
    HeadersResult result;
    if (headers.empty())
        return result;
    const auto first = parseRaw(headers[0]);
    Located at;
    if (first.previous == tipHash()) {
        // Also the anchor below an empty region, which has no entry.
        at = {m_end - 1, nullptr};
        if (m_end == m_base) {
            result.forkHeight = m_base - 1;
            extendTip(headers, utcSeconds, result);
            return result;
        }
    } else if (const auto parent = locate(first.previous)) {
        at = *parent;
    } else if (const auto known = locate(first.hash())) {
        // Starts at genesis or at our base: its parent is not kept, the header itself is.
        at = *known;
        headers = headers.subspan(1);
    } else {
        result.outcome = HeadersOutcome::Unconnected;
        return result;
    }
    // Skip what is known already, on whichever branch it lies.
    while (!headers.empty()) {
        const auto* next = entryOn(at.branch, at.height + 1);
        const auto hash = bitcoin::headerHash(headers[0]);
        if (next == nullptr || next->hash != hash) {
            const auto elsewhere = locate(hash);
            if (!elsewhere || parseRaw(headers[0]).previous != entryOn(at.branch, at.height)->hash)
                break;
            at = *elsewhere;
        } else {
            ++at.height;
        }
        headers = headers.subspan(1);
    }
    result.forkHeight = at.branch != nullptr ? at.branch->forkHeight : at.height;
    result.provedHeight = result.forkHeight;
    if (headers.empty()) {
        result.outcome = at.branch != nullptr ? HeadersOutcome::Forked : HeadersOutcome::Duplicate;
        return result;
    }
    if (at.branch == nullptr && at.height + 1 == m_end)
        extendTip(headers, utcSeconds, result);
    else
        extendBranch(at, headers, utcSeconds, deep, result);
    return result;
}

void HeaderChain::extendTip(std::span<const RawHeader> headers, std::int64_t utcSeconds,
                            HeadersResult& result)
{
    result.outcome = HeadersOutcome::Extended;
    for (const auto& raw : headers) {
        const auto header = parseRaw(raw);
        const auto hash = bitcoin::headerHash(raw);
        if (header.previous != tipHash()) {
            result.refusal = HeaderRefusal::BrokenLink;
        } else {
            result.refusal = check(nullptr, m_end, header, hash);
        }
        if (result.refusal == HeaderRefusal::None && header.time > utcSeconds + kMaxFutureSeconds) {
            result.outcome = HeadersOutcome::Future;
            break;
        }
        if (result.refusal != HeaderRefusal::None) {
            result.outcome = HeadersOutcome::Refused;
            break;
        }
        append({hash, header.time, header.bits}, raw);
        ++result.accepted;
    }
    if (m_end > m_base)
        result.provedHeight = std::max(result.provedHeight, tipHeight());
    if (result.accepted == 0 && result.outcome == HeadersOutcome::Extended)
        result.outcome = HeadersOutcome::Duplicate;
    if (result.outcome != HeadersOutcome::Refused && m_branches.size() > 0) {
        // Branches that fell far behind can never be needed with whole headers again.
        std::erase_if(m_branches, [this](const Branch& branch) {
            return m_end - branch.forkHeight > 2 * kPeriod;
        });
    }
}

std::size_t HeaderChain::branchFor(const Located& parent)
{
    Branch branch;
    branch.forkHeight = parent.branch != nullptr ? parent.branch->forkHeight : parent.height;
    if (parent.branch != nullptr) {
        const auto keep = parent.height - parent.branch->forkHeight;
        const auto index = static_cast<std::size_t>(parent.branch - m_branches.data());
        if (keep == parent.branch->entries.size())
            return index;
        const auto count = static_cast<std::ptrdiff_t>(keep);
        branch.entries.assign(parent.branch->entries.begin(),
                              parent.branch->entries.begin() + count);
        branch.raw.assign(parent.branch->raw.begin(), parent.branch->raw.begin() + count);
    }
    if (m_branches.size() >= kMaxBranches) {
        const auto oldest = std::min_element(
            m_branches.begin(), m_branches.end(),
            [](const Branch& a, const Branch& b) { return a.lastTouched < b.lastTouched; });
        m_branches.erase(oldest);
    }
    m_branches.push_back(std::move(branch));
    return m_branches.size() - 1;
}

void HeaderChain::extendBranch(const Located& parent, std::span<const RawHeader> headers,
                               std::int64_t utcSeconds, DeepReorganisations deep,
                               HeadersResult& result)
{
    result.outcome = HeadersOutcome::Forked;
    const auto forkPeriod = result.forkHeight / kPeriod;
    if (result.forkHeight < m_base || m_periods[forkPeriod].raw.empty() ||
        static_cast<std::int64_t>(result.forkHeight) <
            std::min(m_checkpoints.lastPeriodHeight(), tipHeight())) {
        result.outcome = HeadersOutcome::Refused;
        result.refusal = HeaderRefusal::BranchLimit;
        return;
    }
    const auto index = branchFor(parent);
    m_branches[index].lastTouched = ++m_touched;
    auto height = parent.height;
    for (const auto& raw : headers) {
        auto& branch = m_branches[index];
        const auto header = parseRaw(raw);
        const auto hash = bitcoin::headerHash(raw);
        ++height;
        if (header.previous != entryOn(&branch, height - 1)->hash)
            result.refusal = HeaderRefusal::BrokenLink;
        else if (branch.entries.size() >= kMaxBranchHeaders)
            result.refusal = HeaderRefusal::BranchLimit;
        else
            result.refusal = check(&branch, height, header, hash);
        if (result.refusal != HeaderRefusal::None) {
            result.outcome = HeadersOutcome::Refused;
            break;
        }
        if (header.time > utcSeconds + kMaxFutureSeconds) {
            result.outcome = HeadersOutcome::Future;
            break;
        }
        branch.entries.push_back({hash, header.time, header.bits});
        branch.raw.push_back(raw);
        ++result.accepted;
    }
    if (m_branches[index].entries.empty()) {
        m_branches.erase(m_branches.begin() + static_cast<std::ptrdiff_t>(index));
        return;
    }
    if (workOfBranch(m_branches[index]) <= workAbove(result.forkHeight))
        return;
    result.depth = m_end - 1 - result.forkHeight;
    if (result.depth >= kDeepReorganisation && deep == DeepReorganisations::Ask) {
        result.outcome = HeadersOutcome::DeepFork;
        return;
    }
    const auto refused = result.refusal;
    reorganiseTo(index, result);
    result.refusal = refused; // The valid part won; the sender still broke a rule.
}

bitcoin::Uint256 HeaderChain::workOfBranch(const Branch& branch)
{
    bitcoin::Uint256 work = 0;
    for (const auto& added : branch.entries)
        work += bitcoin::workOf(added.bits);
    return work;
}

HeadersResult HeaderChain::followMostWork()
{
    HeadersResult result;
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        const auto fork = m_branches[i].forkHeight;
        if (workOfBranch(m_branches[i]) <= workAbove(fork))
            continue;
        result.forkHeight = fork;
        result.depth = m_end - 1 - fork;
        reorganiseTo(i, result);
        break;
    }
    return result;
}

void HeaderChain::reorganiseTo(std::size_t branchIndex, HeadersResult& result)
{
    Branch winner = std::move(m_branches[branchIndex]);
    m_branches.erase(m_branches.begin() + static_cast<std::ptrdiff_t>(branchIndex));
    const auto fork = winner.forkHeight;
    Branch loser;
    loser.forkHeight = fork;
    loser.lastTouched = ++m_touched;
    for (std::uint32_t h = fork + 1; h < m_end; ++h) {
        loser.entries.push_back(entry(h));
        loser.raw.push_back(m_periods[h / kPeriod].raw[h % kPeriod]);
    }
    cutAbove(fork);
    for (std::size_t i = 0; i < winner.entries.size(); ++i)
        append(winner.entries[i], winner.raw[i]);
    // Other branches hang on the old best chain: those above the fork are rewritten onto the loser.
    std::vector<Branch> kept;
    for (auto& branch : m_branches) {
        if (branch.forkHeight > fork) {
            const auto shared = static_cast<std::ptrdiff_t>(branch.forkHeight - fork);
            branch.entries.insert(branch.entries.begin(), loser.entries.begin(),
                                  loser.entries.begin() + shared);
            branch.raw.insert(branch.raw.begin(), loser.raw.begin(), loser.raw.begin() + shared);
            branch.forkHeight = fork;
        }
        if (branch.entries.size() <= kMaxBranchHeaders)
            kept.push_back(std::move(branch));
    }
    if (loser.entries.size() <= kMaxBranchHeaders && !loser.entries.empty())
        kept.push_back(std::move(loser));
    if (kept.size() > kMaxBranches)
        kept.erase(kept.begin());
    m_branches = std::move(kept);
    result.outcome = HeadersOutcome::Reorganised;
    result.provedHeight = tipHeight();
}

std::vector<BlockHash> HeaderChain::locator() const
{
    std::vector<BlockHash> out;
    std::uint32_t step = 1;
    for (std::int64_t h = tipHeight(); h >= static_cast<std::int64_t>(m_base); h -= step) {
        out.push_back(entry(static_cast<std::uint32_t>(h)).hash);
        if (out.size() > 10)
            step *= 2;
    }
    if (m_base > 0)
        out.push_back(periodAnchor(m_base / kPeriod));
    else if (out.back() != m_params.genesisHash)
        out.push_back(m_params.genesisHash);
    return out;
}

std::vector<BlockHash> HeaderChain::locatorFrom(const BlockHash& hash) const
{
    auto out = locator();
    out.insert(out.begin(), hash);
    return out;
}

std::vector<std::uint32_t> HeaderChain::missingPeriods(std::uint32_t firstPeriod) const
{
    std::vector<std::uint32_t> out;
    for (auto p = firstPeriod; p < m_base / kPeriod; ++p) {
        if (m_periods[p].entries.empty())
            out.push_back(p);
    }
    return out;
}

BlockHash HeaderChain::periodAnchor(std::uint32_t period) const
{
    return period == 0 ? m_params.genesisHash : m_checkpoints.periods[period - 1].lastHash;
}

HeaderRefusal HeaderChain::checkPeriodPart(std::uint32_t period,
                                           const std::vector<RawHeader>& known,
                                           std::span<const RawHeader> more) const
{
    BlockHash previous = known.empty() ? periodAnchor(period) : bitcoin::headerHash(known.back());
    auto height =
        period * kPeriod + static_cast<std::uint32_t>(known.size()) + (period == 0 ? 1 : 0);
    const auto bits = period == 0 ? 0 : m_checkpoints.periods[period - 1].nextBits;
    for (const auto& raw : more) {
        const auto header = parseRaw(raw);
        const auto hash = bitcoin::headerHash(raw);
        if (header.previous != previous)
            return HeaderRefusal::BrokenLink;
        if (!hasWork(hash, header.bits))
            return HeaderRefusal::NoWork;
        if (bits != 0 && header.bits != bits)
            return HeaderRefusal::WrongBits;
        if (contradictsCheckpoint(height, hash))
            return HeaderRefusal::Checkpoint;
        previous = hash;
        ++height;
    }
    return HeaderRefusal::None;
}

HeaderRefusal HeaderChain::acceptPeriod(std::uint32_t period, std::vector<RawHeader> headers)
{
    if (period >= m_base / kPeriod || headers.size() != headersToFetch(period))
        return HeaderRefusal::BrokenLink;
    if (const auto refusal = checkPeriodPart(period, {}, headers); refusal != HeaderRefusal::None)
        return refusal;
    if (period == 0)
        headers.insert(headers.begin(), m_params.genesis.serialize());
    auto& row = m_periods[period];
    row.entries.clear();
    row.entries.reserve(kPeriod);
    for (const auto& raw : headers) {
        const auto header = parseRaw(raw);
        row.entries.push_back({bitcoin::headerHash(raw), header.time, header.bits});
    }
    row.raw = std::move(headers); // Until takeChanges() has written it.
    m_dirty.insert(period);
    return HeaderRefusal::None;
}

void HeaderChain::takeChanges(StorageBatch& batch)
{
    batch.removePeriodsFrom = m_removeFrom;
    m_removeFrom.reset();
    for (const auto period : m_dirty) {
        auto& row = m_periods[period];
        HeaderPeriodRow out;
        out.period = period;
        out.headers.reserve(row.raw.size() * sizeof(RawHeader));
        for (const auto& raw : row.raw)
            out.headers.insert(out.headers.end(), raw.begin(), raw.end());
        batch.headerPeriods.push_back(std::move(out));
        if (period < m_base / kPeriod)
            row.raw = {};
    }
    m_dirty.clear();
    if (!m_periods.empty())
        dropOldRaw();
    batch.staleHeaders.insert(batch.staleHeaders.end(), m_stale.begin(), m_stale.end());
    m_stale.clear();
}

void HeaderChain::restore(const std::vector<HeaderPeriodRow>& rows)
{
    std::map<std::uint32_t, std::vector<RawHeader>> periods;
    for (const auto& row : rows) {
        std::vector<RawHeader> headers(row.headers.size() / sizeof(RawHeader));
        if (row.headers.size() % sizeof(RawHeader) != 0 || headers.size() > kPeriod)
            continue;
        for (std::size_t i = 0; i < headers.size(); ++i) {
            std::copy_n(row.headers.begin() + static_cast<std::ptrdiff_t>(i * sizeof(RawHeader)),
                        sizeof(RawHeader), headers[i].begin());
        }
        periods[row.period] = std::move(headers);
    }
    bool lost = false;
    for (auto& [period, headers] : periods) {
        if (period < m_base / kPeriod) {
            if (period == 0 && !headers.empty())
                headers.erase(headers.begin()); // Genesis.
            (void)acceptPeriod(period, std::move(headers));
            m_periods[period].raw = {};
            continue;
        }
        const auto before = m_end;
        // Stored headers passed the clock's test when they came.
        const auto never = std::numeric_limits<std::int64_t>::max() / 2;
        const auto result = accept(headers, never, DeepReorganisations::Ask);
        lost = lost || m_end != period * kPeriod + headers.size() ||
               (m_end != before && result.outcome != HeadersOutcome::Extended);
        m_dirty.clear();
        dropOldRaw();
    }
    m_dirty.clear();
    if (lost && m_end > m_base) {
        // What does not link is replaced in the store as well.
        m_removeFrom = (m_end - 1) / kPeriod;
        m_dirty.insert((m_end - 1) / kPeriod);
    }
}

} // namespace coffer::lightnode
