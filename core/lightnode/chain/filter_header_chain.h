// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/chain/checkpoints.h"
#include "core/lightnode/node_status.h"
#include "core/lightnode/stored_state.h"

#include <map>
#include <set>
#include <span>

namespace coffer::lightnode {

/// The filter headers from a checkpoint (or genesis) up, each with the level of its proof.
///
/// Who is believed is decided elsewhere (FilterHeaderSync); here every step can be undone:
/// cutAbove() goes back to any common point, and levels only ever say why a height is believed now.
class FilterHeaderChain
{
public:
    explicit FilterHeaderChain(const Checkpoints& checkpoints);

    /// Takes stored rows that reach from a checkpoint on; levels above the last checkpoint are
    /// kept.
    void restore(const std::vector<FilterHeaderRow>& rows);
    /// Forgets everything and starts above a checkpoint.
    void startAt(const FilterCheckpoint& checkpoint);

    /// The checkpoint's height: its own filter header is known.
    std::uint32_t baseHeight() const { return m_base; }
    std::uint32_t tipHeight() const { return m_base + static_cast<std::uint32_t>(m_count) - 1; }
    bool has(std::uint32_t height) const { return height >= m_base && height <= tipHeight(); }
    const bitcoin::Hash256& at(std::uint32_t height) const;
    ProofLevel levelAt(std::uint32_t height) const;
    /// The weakest level in the range; Proved for an empty one.
    ProofLevel weakest(std::uint32_t from, std::uint32_t to) const;

    /// Appends headers computed from filter hashes. False when the next checkpoint is reached and
    /// contradicted: the range since the last checkpoint is cut. Reaching it proves that range.
    bool append(std::span<const bitcoin::Hash256> hashes, ProofLevel level);
    /// Puts a section between two checkpoints below the base; false when it does not end there.
    bool prepend(const FilterCheckpoint& start, std::span<const bitcoin::Hash256> hashes);
    void cutAbove(std::uint32_t height);
    /// Raises heights in [base, to] to at least `level`, or lowers those in [from, tip] to it.
    void raiseLevels(std::uint32_t to, ProofLevel level);
    void lowerLevels(std::uint32_t from, ProofLevel level);

    void takeChanges(StorageBatch& batch);
    bool hasChanges() const { return !m_dirty.empty() || m_removeFrom; }
    /// Grows with every change of a header or level.
    std::uint64_t revision() const { return m_revision; }

private:
    struct Row
    {
        std::uint32_t firstHeight = 0;
        std::vector<bitcoin::Hash256> headers;
        base::Bytes levels;
    };

    Row& rowOf(std::uint32_t height) { return m_rows.at(height / kFilterHeaderRowHeights); }
    const Row& rowOf(std::uint32_t height) const
    {
        return m_rows.at(height / kFilterHeaderRowHeights);
    }
    void push(const bitcoin::Hash256& header, ProofLevel level);

    const Checkpoints& m_checkpoints;
    std::map<std::uint32_t, Row> m_rows;
    std::uint32_t m_base = 0;
    std::size_t m_count = 0;
    std::uint64_t m_revision = 0;
    std::set<std::uint32_t> m_dirty;
    std::optional<std::uint32_t> m_removeFrom;
};

} // namespace coffer::lightnode
