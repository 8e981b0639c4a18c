// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/block.h"
#include "core/bitcoin/network.h"
#include "core/lightnode/stored_state.h"

#include <memory>
#include <variant>
#include <vector>

namespace coffer::lightnode {

using JobId = std::uint64_t;
/// The caller's name for a set of scripts that are tested together.
using WatchId = std::uint64_t;

/// Scripts to look for and the heights (inclusive pairs, ascending) that they were not tested at.
struct MatchGroup
{
    WatchId watch = 0;
    std::shared_ptr<const std::vector<bitcoin::Script>> scripts;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> heights;
};

/// Tests consecutive filters against watched scripts.
struct MatchJob
{
    std::shared_ptr<const FilterSegment> filters;
    std::uint32_t fromHeight = 0;           ///< Inside the segment.
    std::vector<bitcoin::BlockHash> hashes; ///< Of the heights from `fromHeight` on.
    std::vector<MatchGroup> groups;
};

/// Parses a block and checks header hash, merkle root, witness commitment and weight.
struct BlockJob
{
    std::shared_ptr<const base::Bytes> bytes;
    bitcoin::BlockHash hash;
};

/// Work without state for the pool: owns its inputs, touches nothing else.
using Job = std::variant<MatchJob, BlockJob>;

/// Heights whose filter matched, and those whose filter cannot be decoded.
struct MatchResult
{
    std::vector<std::uint32_t> matched;
    std::vector<std::uint32_t> damaged;
};

/// Why a block was not taken.
enum class BlockRefusal
{
    None,
    Unreadable, ///< Truncated or not a block.
    OtherBlock,
    Unsound ///< Right header, wrong content: a lie.
};

/// The block, or why it was refused.
struct BlockResult
{
    std::shared_ptr<const bitcoin::Block> block; ///< Null: refused.
    BlockRefusal refusal = BlockRefusal::None;
    std::string detail;
};

using JobResult = std::variant<MatchResult, BlockResult>;

/// Runs on any thread.
JobResult run(const Job& job);

} // namespace coffer::lightnode
