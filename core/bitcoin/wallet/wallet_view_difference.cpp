// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/wallet_view.h"

#include <algorithm>
#include <set>

namespace coffer::bitcoin {

std::vector<Txid> conflictsOf(const TxGraph& graph, const Txid& txid)
{
    std::vector<Txid> txids;
    const std::uint32_t number = graph.numberOf(txid);
    if (number == TxGraph::kUnknown)
        return txids;
    for (const std::uint32_t conflict : graph.nodes()[number].conflicts)
        txids.push_back(graph.nodes()[conflict].txid);
    std::sort(txids.begin(), txids.end());
    return txids;
}

std::vector<Txid> descendantsOf(const TxGraph& graph, const Txid& txid)
{
    std::vector<Txid> txids;
    const std::uint32_t number = graph.numberOf(txid);
    if (number == TxGraph::kUnknown)
        return txids;
    std::set<std::uint32_t> visited{number};
    std::vector<std::uint32_t> open{number};
    while (!open.empty()) {
        const std::uint32_t next = open.back();
        open.pop_back();
        for (const std::uint32_t child : graph.nodes()[next].children) {
            if (!visited.insert(child).second)
                continue;
            txids.push_back(graph.nodes()[child].txid);
            open.push_back(child);
        }
    }
    std::sort(txids.begin(), txids.end());
    return txids;
}

std::vector<Txid> unconfirmedAncestorsOf(const TxGraph& graph, const WalletView& view,
                                         const Txid& txid)
{
    std::vector<Txid> txids;
    const std::uint32_t number = graph.numberOf(txid);
    if (number == TxGraph::kUnknown)
        return txids;
    const auto isConfirmed = [&](const TxGraph::Node& node) {
        for (const Anchor& anchor : node.facts.anchors) {
            if (graph.chain().contains(anchor.height, anchor.block))
                return true;
        }
        const TransactionView* known = view.find(node.txid);
        return known && known->status == TransactionStatus::Confirmed;
    };
    std::set<std::uint32_t> visited{number};
    std::vector<std::uint32_t> open{number};
    while (!open.empty()) {
        const std::uint32_t next = open.back();
        open.pop_back();
        for (const TxGraph::Input& input : graph.nodes()[next].inputs) {
            if (input.parent == TxGraph::kUnknown || isConfirmed(graph.nodes()[input.parent]) ||
                !visited.insert(input.parent).second)
                continue;
            txids.push_back(graph.nodes()[input.parent].txid);
            open.push_back(input.parent);
        }
    }
    std::sort(txids.begin(), txids.end());
    return txids;
}

namespace {

/// What a transaction was or is; absent ones count as evicted.
TransactionStatus statusOf(const TransactionView* view)
{
    return view ? view->status : TransactionStatus::Evicted;
}

std::optional<ViewChangeKind> kindOf(const TransactionView* before, const TransactionView* after)
{
    const bool counted = before && before->counts();
    const bool counts = after && after->counts();
    if (!counted && !counts)
        return std::nullopt;
    if (!counts)
        return ViewChangeKind::Vanished;
    const bool confirmed = after->status == TransactionStatus::Confirmed;
    if (!counted)
        return confirmed ? ViewChangeKind::Confirmed : ViewChangeKind::Appeared;
    if (before->status != after->status)
        return confirmed ? ViewChangeKind::Confirmed : ViewChangeKind::Unconfirmed;
    if (confirmed && before->place->block != after->place->block)
        return ViewChangeKind::Reanchored;
    if (before->effects != after->effects)
        return ViewChangeKind::EffectChanged;
    return std::nullopt;
}

struct Ranked
{
    ViewChange change;
    std::tuple<int, std::uint32_t, std::uint32_t, std::int64_t> rank;
};

Ranked ranked(ViewChangeKind kind, const TransactionView* before, const TransactionView* after)
{
    const TransactionView& any = after ? *after : *before;
    Ranked entry;
    entry.change.txid = any.txid;
    entry.change.kind = kind;
    entry.change.before = statusOf(before);
    entry.change.after = statusOf(after);
    if (before && before->counts())
        entry.change.effectsBefore = before->effects;
    if (after && after->counts())
        entry.change.effectsAfter = after->effects;
    // What vanishes frees the coins that its successor spends.
    const int group = kind == ViewChangeKind::Vanished ? 0 : any.place ? 1 : 2;
    entry.rank = {group, any.place ? any.place->height : 0, any.place ? any.place->position : 0,
                  any.firstSeenMs.value_or(0)};
    return entry;
}

} // namespace

std::vector<ViewChange> difference(const WalletView& before, const WalletView& after)
{
    std::vector<Ranked> found;
    for (const TransactionView& now : after.transactions()) {
        const TransactionView* was = before.find(now.txid);
        if (const auto kind = kindOf(was, &now))
            found.push_back(ranked(*kind, was, &now));
    }
    for (const TransactionView& was : before.transactions()) {
        if (after.find(was.txid))
            continue;
        if (const auto kind = kindOf(&was, nullptr))
            found.push_back(ranked(*kind, &was, nullptr));
    }
    std::sort(found.begin(), found.end(), [](const Ranked& first, const Ranked& second) {
        return std::tie(first.rank, first.change.txid) < std::tie(second.rank, second.change.txid);
    });
    std::vector<ViewChange> changes;
    changes.reserve(found.size());
    for (Ranked& entry : found)
        changes.push_back(std::move(entry.change));
    return changes;
}

} // namespace coffer::bitcoin
