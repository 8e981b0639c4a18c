// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/bitcoin/block_filter.h"
#include "core/bitcoin/network.h"

#include <map>
#include <memory>

namespace coffer::test {

/// A block with what a filter peer serves for it.
struct ChainBlock
{
    bitcoin::Block block;
    bitcoin::BlockHash hash;
    base::Bytes raw;
    base::Bytes filter;
    bitcoin::FilterHeader filterHeader{};
};

/// A valid chain: mined here at the easiest difficulty, or read from the fixture. A value: copies
/// share their blocks, so a branch is a copy that was cut and mined on.
class ChainBuilder
{
public:
    explicit ChainBuilder(const bitcoin::NetworkParams& params);
    /// Blocks as in regtest/fixture.json ("block", "filter", "filter_header"), from genesis on.
    static ChainBuilder fromFixture(const base::Json& blocks);

    /// Mines one block that pays `outputs` in its coinbase and holds `transactions`. `salt` makes
    /// branches differ.
    void mine(std::vector<bitcoin::TxOutput> outputs = {},
              std::vector<bitcoin::Transaction> transactions = {}, std::uint32_t salt = 0);
    void mineMany(std::uint32_t count, std::uint32_t salt = 0);
    void appendFixture(const base::Json& blocks);
    void cutAbove(std::uint32_t height) { m_blocks.resize(height + 1); }

    std::uint32_t height() const { return static_cast<std::uint32_t>(m_blocks.size()) - 1; }
    const ChainBlock& at(std::uint32_t height) const { return *m_blocks[height]; }
    const ChainBlock& tip() const { return *m_blocks.back(); }
    std::optional<std::uint32_t> heightOf(const bitcoin::BlockHash& hash) const;
    const bitcoin::NetworkParams& params() const { return *m_params; }
    /// Seconds between blocks.
    void setSpacing(std::uint32_t seconds) { m_spacing = seconds; }
    /// Replaces what is served for a block, as a liar does; later filter headers follow.
    void forgeFilter(std::uint32_t height, base::Bytes filter);

private:
    const bitcoin::NetworkParams* m_params;
    std::vector<std::shared_ptr<const ChainBlock>> m_blocks;
    std::uint32_t m_spacing = 600;
};

/// An output script that belongs to nobody.
bitcoin::Script scriptNumber(std::uint64_t number);

} // namespace coffer::test
