// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes as a filter: refused or matched without leaving it; any scripts as a set: all found
// again.

#include "core/bitcoin/block_filter.h"

using namespace coffer;
using bitcoin::BlockFilter;
using bitcoin::BlockHash;
using bitcoin::Script;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView bytes(data, size);
    // The bytes as scripts: each takes as many as its first byte says.
    std::vector<Script> scripts;
    for (std::size_t at = 0; at < size;) {
        const auto count = std::min<std::size_t>(std::size_t{1} + data[at] % 40, size - at);
        scripts.push_back(base::bytesOf(bytes.subspan(at, count)));
        at += count;
    }
    const auto any = bitcoin::matchAny(BlockHash(), bytes, scripts);
    const auto each = bitcoin::matchEach(BlockHash(), bytes, scripts);
    if (any && each)
        ASSERT(*any == !each->empty());
    ASSERT(!each || bitcoin::filterElementCount(bytes));

    const auto filter = BlockFilter::build(BlockHash(), scripts);
    const auto found = bitcoin::matchEach(filter.block, filter.encoded, scripts);
    ASSERT(found && found->size() == scripts.size());
    return 0;
}
