// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/fees.h"
#include "core/lightnode/sync/peers.h"

namespace coffer::lightnode {

/// Fee rates without a server (bitcoin.md 4.13): what peers relay, and what the newest six blocks
/// paid on average. A compact block's coinbase is unproved, so the median over peers counts.
class FeeObserver
{
public:
    static constexpr std::uint32_t kBlocks = 6;
    static constexpr std::size_t kPeersPerBlock = 3;

    FeeObserver(Context& context, Peers& peers)
        : m_context(context)
        , m_peers(peers)
    {
    }

    void handle(Peer& peer, const CompactBlockMessage& message);
    /// A whole block is exact.
    void blockSeen(std::uint32_t height, const bitcoin::Block& block);
    void pump();
    FeeEstimates estimates();

private:
    struct Observed
    {
        bitcoin::BlockHash hash;
        std::set<PeerId> asked;
        std::map<PeerId, std::int64_t> rates; ///< Satoshi per 1,000 vB.
        std::optional<std::int64_t> exact;
    };

    std::optional<std::int64_t> rateOf(const Observed& observed) const;
    std::optional<std::int64_t> floor();
    std::int64_t averageRate(std::uint32_t height, std::int64_t coinbaseOutputs,
                             std::size_t transactions, std::int64_t vsize) const;

    Context& m_context;
    Peers& m_peers;
    std::map<std::uint32_t, Observed> m_blocks;
    std::int64_t m_observedUtc = 0;
};

} // namespace coffer::lightnode
