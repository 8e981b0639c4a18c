// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/block.h"
#include "core/bitcoin/wallet/script_index.h"
#include "core/bitcoin/wallet/tx_graph.h"

namespace coffer::bitcoin {

/// What a block means to the wallet.
struct BlockScan
{
    std::vector<BlockTransaction> transactions; ///< In the block's order.
    std::vector<OwnedScript> added; ///< Window growth: to be tested against earlier blocks too.
    std::vector<DescriptorState> states; ///< Of descriptors whose last used index moved.
};

/// Finds what pays or spends ours, growing the window inside the block until nothing is added
/// (bitcoin.md 4.10 a), so that a payment to a script which the same block brought into the window
/// is found. Also what takes away an input of a payment that we know: it has failed. The block's
/// structure was checked by the node.
base::Result<BlockScan> scanBlock(const Block& block, const TxGraph& graph, ScriptIndex& index);

/// Whether an unconfirmed transaction pays to or spends from us; marks its scripts as used.
struct TransactionScan
{
    bool relevant = false;
    std::vector<OwnedScript> added;
    std::vector<DescriptorState> states;
};
base::Result<TransactionScan> scanTransaction(const Transaction& transaction, const TxGraph& graph,
                                              ScriptIndex& index);

/// After a start: what the stored graph says about used scripts.
base::Result<std::vector<OwnedScript>> markKnownUsed(const TxGraph& graph, ScriptIndex& index);

} // namespace coffer::bitcoin
