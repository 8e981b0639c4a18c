// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lightnode/sync/fee_observer.h"

#include "core/bitcoin/proof_of_work.h"

#include <algorithm>

namespace coffer::lightnode {

namespace {

constexpr std::size_t kFullBlock = 1'000;       // Fewer transactions: there was room.
constexpr std::int64_t kUsualVsize = 1'000'000; // Of a full block.
constexpr std::int64_t kSmallestFloor = 1'000;  // 1 sat/vB; less only with a warning.
constexpr std::int64_t kHighest = 500'000;      // 500 sat/vB.
constexpr std::size_t kNextBlockSpan = 3;

std::int64_t median(std::vector<std::int64_t> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

std::int64_t FeeObserver::averageRate(std::uint32_t height, std::int64_t coinbaseOutputs,
                                      std::size_t transactions, std::int64_t vsize) const
{
    if (transactions < kFullBlock)
        return 0;
    const auto fees = coinbaseOutputs - bitcoin::subsidyAt(height, m_context.params);
    return std::clamp<std::int64_t>(fees, 0, bitcoin::kMaxMoney / 1000) * 1000 / vsize;
}

void FeeObserver::handle(Peer& peer, const CompactBlockMessage& message)
{
    const auto hash = message.header.hash();
    for (auto& [height, observed] : m_blocks) {
        if (observed.hash != hash || !observed.asked.contains(peer.id))
            continue;
        if (message.prefilled.empty() || message.prefilled[0].index != 0 ||
            !message.prefilled[0].transaction.isCoinbase())
            return;
        const auto sum = message.prefilled[0].transaction.outputSum();
        if (!sum)
            return;
        const auto count = message.shortIds.size() + message.prefilled.size();
        observed.rates[peer.id] = averageRate(height, *sum, count, kUsualVsize);
        m_observedUtc = m_context.now.utcSeconds;
        m_context.fact(FeesObserved{});
        return;
    }
}

void FeeObserver::blockSeen(std::uint32_t height, const bitcoin::Block& block)
{
    const auto found = m_blocks.find(height);
    if (found == m_blocks.end() || found->second.hash != block.header.hash())
        return;
    const auto sum = block.transactions[0].outputSum();
    if (!sum)
        return;
    const auto vsize = (block.weight() + 3) / 4;
    found->second.exact = averageRate(height, *sum, block.transactions.size(), vsize);
    m_observedUtc = m_context.now.utcSeconds;
    m_context.fact(FeesObserved{});
}

std::optional<std::int64_t> FeeObserver::rateOf(const Observed& observed) const
{
    if (observed.exact)
        return observed.exact;
    if (observed.rates.empty())
        return std::nullopt;
    std::vector<std::int64_t> rates;
    for (const auto& [peer, rate] : observed.rates)
        rates.push_back(rate);
    return median(std::move(rates));
}

void FeeObserver::pump()
{
    const auto tip = m_context.headers.tipHeight();
    if (tip < static_cast<std::int64_t>(kBlocks))
        return;
    const auto lowest = static_cast<std::uint32_t>(tip) + 1 - kBlocks;
    std::erase_if(m_blocks, [&](const auto& entry) {
        return entry.first < lowest ||
               !m_context.headers.isOnBestChain(entry.first, entry.second.hash);
    });
    for (auto height = lowest; height <= static_cast<std::uint32_t>(tip); ++height) {
        auto& observed = m_blocks[height];
        if (observed.hash.isZero())
            observed.hash = *m_context.headers.hashAt(height);
        if (observed.exact)
            continue;
        for (auto* peer : m_peers.usable()) {
            if (observed.asked.size() >= kPeersPerBlock)
                break;
            if (peer->provedHeight < static_cast<std::int64_t>(height) ||
                !observed.asked.insert(peer->id).second)
                continue;
            m_peers.send(*peer,
                         GetDataMessage{{{static_cast<std::uint32_t>(InventoryType::CompactBlock),
                                          observed.hash.bytes()}}});
        }
    }
}

std::optional<std::int64_t> FeeObserver::floor()
{
    std::vector<std::int64_t> rates;
    for (const auto* peer : m_peers.usable()) {
        if (peer->feeFilter >= 0)
            rates.push_back(peer->feeFilter);
    }
    if (rates.empty())
        return std::nullopt;
    std::sort(rates.begin(), rates.end());
    return std::clamp(rates[rates.size() * 3 / 4], kSmallestFloor, kHighest);
}

FeeEstimates FeeObserver::estimates()
{
    FeeEstimates out;
    out.floor = floor();
    out.observedUtc = m_observedUtc;
    std::vector<std::int64_t> newestFirst;
    for (auto it = m_blocks.rbegin(); it != m_blocks.rend(); ++it) {
        if (const auto rate = rateOf(it->second))
            newestFirst.push_back(*rate);
    }
    out.blocks = static_cast<std::uint32_t>(newestFirst.size());
    if (!out.floor)
        return out;
    const auto bounded = [&](std::int64_t rate) { return std::clamp(rate, *out.floor, kHighest); };
    out.day = bounded(*out.floor * 3 / 2);
    if (newestFirst.empty())
        return out;
    const auto count = std::min(kNextBlockSpan, newestFirst.size());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += newestFirst[i];
    out.nextBlock = bounded(sum / static_cast<std::int64_t>(count) * 8 / 10);
    out.halfHour = bounded(median(newestFirst) / 2);
    return out;
}

} // namespace coffer::lightnode
