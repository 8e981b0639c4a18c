// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes: a block is refused or written back bit for bit, and its branches lead to its root.

#include "core/bitcoin/block_filter.h"
#include "core/bitcoin/merkle.h"

using namespace coffer;
using bitcoin::Block;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView bytes(data, size);
    const auto block = Block::parse(bytes);
    if (!block)
        return 0;
    ASSERT(base::equal(block->serialize(), bytes));
    ASSERT(block->weight() >= static_cast<std::int64_t>(size));
    const auto valid = block->checkStructure();
    const auto root = bitcoin::merkleRootOf(*block);
    if (valid)
        ASSERT(root && *root == block->header.merkleRoot);
    if (root && !block->transactions.empty()) {
        const auto index = data[size - 1] % block->transactions.size();
        const auto branch = bitcoin::merkleBranch(*block, index);
        ASSERT(bitcoin::rootFromBranch(block->transactions[index].txid(), branch) == *root);
    }
    const auto scripts = bitcoin::filterOutputScripts(*block);
    const auto filter = bitcoin::BlockFilter::build(*block, {});
    const auto found = bitcoin::matchEach(filter.block, filter.encoded, scripts);
    ASSERT(found && found->size() == scripts.size());
    return 0;
}
