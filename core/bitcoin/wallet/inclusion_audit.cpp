// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/wallet/inclusion_audit.h"

#include "core/base/assert.h"

#include <algorithm>

namespace coffer::bitcoin {

namespace {

base::Result<void> verify(const TransactionView& transaction, const TxGraph& graph,
                          const BlockHeader& header)
{
    using base::Error;
    using base::ErrorCode;
    const auto& place = *transaction.place;
    if (header.hash() != place.block)
        return Error{ErrorCode::Unproved,
                     "the best chain has another block at height " + std::to_string(place.height)};
    const auto* facts = graph.find(transaction.txid);
    ASSERT(facts != nullptr); // The view is computed from this graph.
    const auto anchor = std::ranges::find(facts->anchors, place.block, &Anchor::block);
    if (anchor == facts->anchors.end())
        return Error{ErrorCode::Unproved, "no Merkle branch is stored for its block"};
    return verifyInclusion(*transaction.transaction, anchor->branch, header.merkleRoot);
}

} // namespace

InclusionAudit auditInclusions(const WalletView& view, const TxGraph& graph,
                               const HeaderSource& headers)
{
    InclusionAudit out;
    for (const auto& transaction : view.transactions()) {
        if (transaction.status != TransactionStatus::Confirmed)
            continue;
        const auto header = headers(transaction.place->height);
        if (!header) {
            ++out.unproved;
            continue;
        }
        if (const auto verified = verify(transaction, graph, *header); !verified)
            out.problems.push_back("transaction " + transaction.txid.toHex() + ": " +
                                   verified.error().detail);
        else
            ++out.proved;
    }
    return out;
}

} // namespace coffer::bitcoin
