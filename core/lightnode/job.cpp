// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/job.h"

#include "core/bitcoin/block_filter.h"

namespace coffer::lightnode {

namespace {

bool covers(const MatchGroup& group, std::uint32_t height)
{
    for (const auto& [from, to] : group.heights) {
        if (height >= from && height <= to)
            return true;
    }
    return false;
}

MatchResult match(const MatchJob& job)
{
    MatchResult out;
    std::vector<bool> active;
    std::vector<bitcoin::Script> scripts;
    for (std::size_t i = 0; i < job.hashes.size(); ++i) {
        const auto height = job.fromHeight + static_cast<std::uint32_t>(i);
        const auto& filter = job.filters->filters[height - job.filters->firstHeight];
        std::vector<bool> wanted;
        wanted.reserve(job.groups.size());
        for (const auto& group : job.groups)
            wanted.push_back(covers(group, height));
        if (wanted != active) {
            // Rebuilt only where a group's heights begin or end.
            active = wanted;
            scripts.clear();
            for (std::size_t g = 0; g < job.groups.size(); ++g) {
                if (active[g])
                    scripts.insert(scripts.end(), job.groups[g].scripts->begin(),
                                   job.groups[g].scripts->end());
            }
        }
        if (scripts.empty())
            continue;
        const auto found = bitcoin::matchAny(job.hashes[i], filter, scripts);
        if (!found)
            out.damaged.push_back(height);
        else if (*found)
            out.matched.push_back(height);
    }
    return out;
}

BlockResult check(const BlockJob& job)
{
    auto parsed = bitcoin::Block::parse(*job.bytes);
    if (!parsed)
        return {nullptr, BlockRefusal::Unreadable, parsed.error().detail};
    auto block = std::make_shared<bitcoin::Block>(parsed.take());
    if (block->header.hash() != job.hash)
        return {nullptr, BlockRefusal::OtherBlock, "another block than asked for"};
    if (const auto sound = block->checkStructure(); !sound)
        return {nullptr, BlockRefusal::Unsound, sound.error().detail};
    return {std::move(block), BlockRefusal::None, {}};
}

} // namespace

JobResult run(const Job& job)
{
    if (const auto* filters = std::get_if<MatchJob>(&job))
        return match(*filters);
    return check(std::get<BlockJob>(job));
}

} // namespace coffer::lightnode
