// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/chain/filter_header_chain.h"

#include "core/bitcoin/block_filter.h"

#include <algorithm>

namespace coffer::lightnode {

using bitcoin::Hash256;

namespace {

constexpr std::uint32_t kRow = kFilterHeaderRowHeights;

ProofLevel asLevel(std::uint8_t byte)
{
    return byte <= static_cast<std::uint8_t>(ProofLevel::Proved) ? static_cast<ProofLevel>(byte)
                                                                 : ProofLevel::OneServer;
}

} // namespace

FilterHeaderChain::FilterHeaderChain(const Checkpoints& checkpoints)
    : m_checkpoints(checkpoints)
{
    startAt(checkpoints.filters.front());
    m_dirty.clear();
    m_removeFrom.reset();
}

void FilterHeaderChain::startAt(const FilterCheckpoint& checkpoint)
{
    m_rows.clear();
    m_dirty.clear();
    m_removeFrom = 0;
    m_base = checkpoint.height;
    m_count = 0;
    push(checkpoint.header, ProofLevel::Proved);
}

void FilterHeaderChain::push(const Hash256& header, ProofLevel level)
{
    const auto height = m_base + static_cast<std::uint32_t>(m_count);
    auto& row = m_rows[height / kRow];
    if (row.headers.empty())
        row.firstHeight = height;
    row.headers.push_back(header);
    row.levels.push_back(static_cast<std::uint8_t>(level));
    m_dirty.insert(height / kRow);
    ++m_revision;
    ++m_count;
}

const Hash256& FilterHeaderChain::at(std::uint32_t height) const
{
    ASSERT(has(height));
    const auto& row = rowOf(height);
    return row.headers[height - row.firstHeight];
}

ProofLevel FilterHeaderChain::levelAt(std::uint32_t height) const
{
    ASSERT(has(height));
    const auto& row = rowOf(height);
    return asLevel(row.levels[height - row.firstHeight]);
}

ProofLevel FilterHeaderChain::weakest(std::uint32_t from, std::uint32_t to) const
{
    auto weakest = ProofLevel::Proved;
    for (auto h = std::max(from, m_base); h <= to && h <= tipHeight();) {
        const auto& row = rowOf(h);
        const auto end = std::min<std::uint32_t>(
            to, row.firstHeight + static_cast<std::uint32_t>(row.headers.size()) - 1);
        for (; h <= end; ++h)
            weakest = std::min(weakest, asLevel(row.levels[h - row.firstHeight]));
    }
    return weakest;
}

bool FilterHeaderChain::append(std::span<const Hash256> hashes, ProofLevel level)
{
    for (const auto& hash : hashes) {
        const auto next = bitcoin::filterHeader(hash, at(tipHeight()));
        const auto height = tipHeight() + 1;
        const auto& checkpoint = m_checkpoints.filterAtOrBelow(height);
        if (checkpoint.height == height) {
            if (checkpoint.header != next) {
                cutAbove(std::max(m_base, m_checkpoints.filterAtOrBelow(height - 1).height));
                return false;
            }
            push(next, ProofLevel::Proved);
            raiseLevels(height, ProofLevel::Proved);
        } else {
            push(next, level);
        }
    }
    return true;
}

bool FilterHeaderChain::prepend(const FilterCheckpoint& start, std::span<const Hash256> hashes)
{
    if (start.height >= m_base || hashes.size() != m_base - start.height)
        return false;
    std::vector<Hash256> headers{start.header};
    for (const auto& hash : hashes)
        headers.push_back(bitcoin::filterHeader(hash, headers.back()));
    if (headers.back() != at(m_base))
        return false;
    headers.pop_back();
    for (std::size_t i = headers.size(); i-- > 0;) {
        const auto height = start.height + static_cast<std::uint32_t>(i);
        auto& row = m_rows[height / kRow];
        m_dirty.insert(height / kRow);
        const auto rowStart = std::max(height / kRow * kRow, start.height);
        // Whole rows at once: inserting one by one at the front would be quadratic.
        const auto first = static_cast<std::ptrdiff_t>(rowStart - start.height);
        const auto last = static_cast<std::ptrdiff_t>(i) + 1;
        row.headers.insert(row.headers.begin(), headers.begin() + first, headers.begin() + last);
        row.levels.insert(row.levels.begin(), static_cast<std::size_t>(last - first),
                          static_cast<std::uint8_t>(ProofLevel::Proved));
        row.firstHeight = rowStart;
        i = static_cast<std::size_t>(first);
    }
    m_count += headers.size();
    m_base = start.height;
    return true;
}

void FilterHeaderChain::cutAbove(std::uint32_t height)
{
    height = std::max(height, m_base);
    if (height >= tipHeight())
        return;
    const auto segment = height / kRow;
    m_rows.erase(m_rows.upper_bound(segment), m_rows.end());
    auto& row = m_rows.at(segment);
    row.headers.resize(height - row.firstHeight + 1);
    row.levels.resize(row.headers.size());
    m_count = height - m_base + 1;
    ++m_revision;
    m_removeFrom = std::min(m_removeFrom.value_or(segment), segment);
    m_dirty.erase(m_dirty.upper_bound(segment), m_dirty.end());
    m_dirty.insert(segment);
}

void FilterHeaderChain::raiseLevels(std::uint32_t to, ProofLevel level)
{
    // Below a whole row with nothing to raise there is nothing either: levels rise from the bottom.
    to = std::min(to, tipHeight());
    for (auto segment = to / kRow + 1; segment-- > m_base / kRow;) {
        auto& row = m_rows.at(segment);
        bool raised = false;
        for (std::size_t i = 0; i < row.levels.size(); ++i) {
            if (row.firstHeight + i <= to && asLevel(row.levels[i]) < level) {
                row.levels[i] = static_cast<std::uint8_t>(level);
                raised = true;
            }
        }
        if (!raised && segment != to / kRow)
            return;
        if (!raised)
            continue;
        ++m_revision;
        m_dirty.insert(segment);
    }
}

void FilterHeaderChain::lowerLevels(std::uint32_t from, ProofLevel level)
{
    for (auto h = std::max(from, m_base + 1); h <= tipHeight(); ++h) {
        auto& row = rowOf(h);
        auto& byte = row.levels[h - row.firstHeight];
        if (asLevel(byte) > level) {
            byte = static_cast<std::uint8_t>(level);
            ++m_revision;
            m_dirty.insert(h / kRow);
        }
    }
}

void FilterHeaderChain::takeChanges(StorageBatch& batch)
{
    batch.removeFilterHeadersFrom = m_removeFrom;
    m_removeFrom.reset();
    for (const auto segment : m_dirty) {
        const auto& row = m_rows.at(segment);
        FilterHeaderRow out;
        out.segment = segment;
        out.firstHeight = row.firstHeight;
        out.headers.reserve(row.headers.size() * 32);
        for (const auto& header : row.headers)
            out.headers.insert(out.headers.end(), header.begin(), header.end());
        out.levels = row.levels;
        batch.filterHeaders.push_back(std::move(out));
    }
    m_dirty.clear();
}

void FilterHeaderChain::restore(const std::vector<FilterHeaderRow>& rows)
{
    std::map<std::uint32_t, const FilterHeaderRow*> sorted;
    for (const auto& row : rows) {
        const bool sound = row.headers.size() == row.levels.size() * 32 && !row.levels.empty() &&
                           row.levels.size() <= kRow && row.firstHeight / kRow == row.segment &&
                           (row.firstHeight + row.levels.size() - 1) / kRow == row.segment;
        if (sound)
            sorted[row.segment] = &row;
    }
    if (sorted.empty())
        return;
    const auto& base = m_checkpoints.filterAtOrBelow(sorted.begin()->second->firstHeight);
    if (base.height != sorted.begin()->second->firstHeight) {
        m_removeFrom = 0; // Nothing to stand on.
        return;
    }
    startAt(base);
    m_removeFrom.reset();
    bool intact = true;
    std::uint32_t last = base.height;
    for (const auto& [segment, row] : sorted) {
        for (std::size_t i = 0; intact && i < row->levels.size(); ++i) {
            const auto height = row->firstHeight + static_cast<std::uint32_t>(i);
            Hash256 header{};
            std::copy_n(row->headers.begin() + static_cast<std::ptrdiff_t>(i * 32), 32,
                        header.begin());
            const auto& checkpoint = m_checkpoints.filterAtOrBelow(height);
            intact = (height == base.height || height == last + 1) &&
                     (checkpoint.height != height || checkpoint.header == header);
            if (intact && height > base.height)
                push(header, asLevel(row->levels[i]));
            if (intact)
                last = height;
        }
    }
    m_dirty.clear();
    if (!intact) {
        // Since the last checkpoint that still fits nothing can be trusted.
        const auto& good = m_checkpoints.filterAtOrBelow(last);
        cutAbove(std::max(good.height, m_base));
        m_removeFrom = tipHeight() / kRow;
        m_dirty.insert(tipHeight() / kRow);
    }
}

} // namespace coffer::lightnode
