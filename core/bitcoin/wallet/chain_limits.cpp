// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/chain_limits.h"

#include <algorithm>

namespace coffer::bitcoin {

namespace {

using Number = std::uint32_t;
using Numbers = std::set<Number>;

enum class Towards
{
    Ancestors,
    Descendants,
    Both
};

/// Of the transactions of a wallet those that wait for a block, and how they hang together.
class Waiting
{
public:
    explicit Waiting(const WalletState& wallet)
        : m_wallet(wallet)
    {
    }

    /// What made these outputs and waits.
    Numbers creators(std::span<const OutPoint> inputs) const
    {
        Numbers found;
        for (const OutPoint& point : inputs) {
            const Number number = m_wallet.graph.numberOf(point.txid);
            if (waits(number))
                found.insert(number);
        }
        return found;
    }

    /// These and all their waiting relatives that way.
    Numbers closure(const Numbers& start, Towards towards) const
    {
        Numbers found = start;
        std::vector<Number> open(start.begin(), start.end());
        const auto visit = [&](Number number) {
            if (waits(number) && found.insert(number).second)
                open.push_back(number);
        };
        while (!open.empty()) {
            const TxGraph::Node& node = m_wallet.graph.nodes()[open.back()];
            open.pop_back();
            if (towards != Towards::Descendants) {
                for (const TxGraph::Input& input : node.inputs)
                    visit(input.parent);
            }
            if (towards != Towards::Ancestors) {
                for (const Number child : node.children)
                    visit(child);
            }
        }
        return found;
    }

    std::int64_t vsize(const Numbers& numbers) const
    {
        std::int64_t sum = 0;
        for (const Number number : numbers)
            sum += m_wallet.graph.nodes()[number].facts.transaction->vsize();
        return sum;
    }

private:
    bool waits(Number number) const
    {
        if (number == TxGraph::kUnknown)
            return false;
        const auto* known = m_wallet.view.find(m_wallet.graph.nodes()[number].txid);
        return known != nullptr && known->status == TransactionStatus::Unconfirmed;
    }

    const WalletState& m_wallet;
};

} // namespace

base::Result<void> checkChainLimits(const WalletState& wallet, std::span<const OutPoint> inputs,
                                    std::int64_t vsize)
{
    const Waiting waiting(wallet);
    const Numbers creators = waiting.creators(inputs);
    if (creators.empty())
        return {};
    const Numbers ancestors = waiting.closure(creators, Towards::Ancestors);
    const Numbers cluster = waiting.closure(creators, Towards::Both);
    const bool tooMany =
        ancestors.size() + 1 > kMaxAncestors || cluster.size() + 1 > kMaxCluster ||
        std::ranges::any_of(ancestors, [&](Number ancestor) {
            return waiting.closure({ancestor}, Towards::Descendants).size() + 1 > kMaxAncestors;
        });
    if (tooMany || waiting.vsize(cluster) + vsize > kMaxClusterVsize)
        return base::Error{base::ErrorCode::Rejected,
                           "these coins hang on too many unconfirmed transactions to be relayed: "
                           "wait for a block, or choose others"};
    return {};
}

} // namespace coffer::bitcoin
