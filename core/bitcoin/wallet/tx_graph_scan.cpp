// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/tx_graph_scan.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace coffer::bitcoin {

namespace {

using Touched = std::set<std::pair<AccountId, DescriptorRole>>;

/// Marks what a transaction pays to us; true if it pays us anything.
base::Result<bool> markOutputs(const Transaction& transaction, ScriptIndex& index,
                               std::vector<OwnedScript>& added, Touched& touched)
{
    bool pays = false;
    for (const TxOutput& output : transaction.outputs) {
        const auto owner = index.lookup(output.script);
        if (!owner)
            continue;
        pays = true;
        touched.insert({owner->account, owner->role});
        auto gained = TRY(index.markUsed(*owner));
        added.insert(added.end(), std::make_move_iterator(gained.begin()),
                     std::make_move_iterator(gained.end()));
    }
    return pays;
}

bool spendsOurs(const Transaction& transaction, const TxGraph& graph, const ScriptIndex& index)
{
    for (const TxInput& input : transaction.inputs) {
        const auto output = graph.output(input.previous);
        if (output && index.lookup(output->script))
            return true;
    }
    return false;
}

/// Whether it spends what another transaction of the graph spends too: only one of them can stay.
bool rivalsKnown(const Transaction& transaction, const TxGraph& graph)
{
    return std::ranges::any_of(transaction.inputs, [&](const TxInput& input) {
        return !graph.spendersOf(input.previous).empty();
    });
}

std::vector<DescriptorState> statesOf(const ScriptIndex& index, const Touched& touched)
{
    std::vector<DescriptorState> states;
    for (const auto& [account, role] : touched) {
        auto state = index.state(account, role);
        ASSERT(state);
        states.push_back(*state);
    }
    return states;
}

} // namespace

base::Result<BlockScan> scanBlock(const Block& block, const TxGraph& graph, ScriptIndex& index)
{
    BlockScan scan;
    Touched touched;
    std::vector<bool> relevant(block.transactions.size(), false);
    // A transaction late in the block can bring scripts into the window that an earlier one pays.
    for (std::size_t before = 1, gained = 0; gained != before;) {
        before = scan.added.size();
        for (std::size_t i = 0; i < block.transactions.size(); ++i) {
            const bool pays = TRY(markOutputs(block.transactions[i], index, scan.added, touched));
            if (pays)
                relevant[i] = true;
        }
        gained = scan.added.size();
    }

    std::unordered_set<OutPoint> ours;
    for (std::size_t i = 0; i < block.transactions.size(); ++i) {
        const Transaction& transaction = block.transactions[i];
        for (const TxInput& input : transaction.inputs) {
            if (ours.contains(input.previous))
                relevant[i] = true;
        }
        if (!relevant[i])
            relevant[i] = spendsOurs(transaction, graph, index) || rivalsKnown(transaction, graph);
        if (!relevant[i])
            continue;
        const Txid txid = transaction.txid();
        for (std::uint32_t output = 0; output < transaction.outputs.size(); ++output) {
            if (index.lookup(transaction.outputs[output].script))
                ours.insert({txid, output});
        }
        scan.transactions.push_back(
            {std::make_shared<const Transaction>(transaction), merkleBranch(block, i)});
    }
    scan.states = statesOf(index, touched);
    return scan;
}

base::Result<TransactionScan> scanTransaction(const Transaction& transaction, const TxGraph& graph,
                                              ScriptIndex& index)
{
    TransactionScan scan;
    Touched touched;
    for (std::size_t before = 1, gained = 0; gained != before;) {
        before = scan.added.size();
        const bool pays = TRY(markOutputs(transaction, index, scan.added, touched));
        scan.relevant = scan.relevant || pays;
        gained = scan.added.size();
    }
    scan.relevant = scan.relevant || spendsOurs(transaction, graph, index);
    scan.states = statesOf(index, touched);
    return scan;
}

base::Result<std::vector<OwnedScript>> markKnownUsed(const TxGraph& graph, ScriptIndex& index)
{
    std::vector<OwnedScript> added;
    Touched touched;
    for (const TxGraph::Node& node : graph.nodes()) {
        [[maybe_unused]] const bool pays =
            TRY(markOutputs(*node.facts.transaction, index, added, touched));
    }
    return added;
}

} // namespace coffer::bitcoin
