// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/chain_rows.h"

namespace coffer::engine {

namespace {

storage::PeerRow toStorage(const lightnode::PeerRow& row)
{
    return {row.address,        row.services, row.lastSeen,      row.lastTried,
            row.successes,      row.failures, row.failuresInRow, row.handshakeMs,
            row.bytesPerSecond, row.source,   row.sourceGroup,   row.otherChainUntil,
            row.bannedUntil,    row.banReason};
}

lightnode::PeerRow toNode(const storage::PeerRow& row)
{
    return {row.address,        row.services, row.lastSeen,      row.lastTried,
            row.successes,      row.failures, row.failuresInRow, row.handshakeMs,
            row.bytesPerSecond, row.source,   row.sourceGroup,   row.otherChainUntil,
            row.bannedUntil,    row.banReason};
}

} // namespace

storage::ChainBatch toStorage(const lightnode::StorageBatch& batch)
{
    storage::ChainBatch out;
    for (const auto& row : batch.staleHeaders)
        out.staleHeaders.push_back({row.hash, row.height, row.header});
    out.removePeriodsFrom = batch.removePeriodsFrom;
    for (const auto& row : batch.headerPeriods)
        out.headerPeriods.push_back({row.period, row.headers});
    out.removeFilterHeadersFrom = batch.removeFilterHeadersFrom;
    for (const auto& row : batch.filterHeaders)
        out.filterHeaders.push_back({row.segment, row.firstHeight, row.headers, row.levels});
    out.removeFilters = batch.removeFilters;
    for (const auto& segment : batch.filters)
        out.filters.push_back({segment->segment, segment->firstHeight, segment->filters});
    out.removePeers = batch.removePeers;
    for (const auto& row : batch.peers)
        out.peers.push_back(toStorage(row));
    if (batch.scanState)
        out.scanState =
            storage::ScanStateRow{batch.scanState->filtersFrom, batch.scanState->reachedHeight,
                                  batch.scanState->reachedTime};
    return out;
}

lightnode::StoredState toNode(storage::ChainState state)
{
    lightnode::StoredState out;
    for (auto& row : state.headerPeriods)
        out.headerPeriods.push_back({row.period, std::move(row.headers)});
    for (auto& row : state.filterHeaders)
        out.filterHeaders.push_back(
            {row.segment, row.firstHeight, std::move(row.headers), std::move(row.levels)});
    for (const auto& info : state.filters)
        out.filters.push_back({info.segment, info.firstHeight, info.count, info.sizeBytes});
    for (const auto& row : state.staleHeaders)
        out.staleHeaders.push_back({row.hash, row.height, row.header});
    for (const auto& row : state.peers)
        out.peers.push_back(toNode(row));
    if (state.scanState)
        out.scanState =
            lightnode::ScanStateRow{state.scanState->filtersFrom, state.scanState->reachedHeight,
                                    state.scanState->reachedTime};
    return out;
}

lightnode::FilterSegment toNode(const storage::FilterSegmentData& data)
{
    lightnode::FilterSegment out;
    out.segment = data.info.segment;
    out.firstHeight = data.info.firstHeight;
    for (std::uint32_t i = 0; i < data.info.count; ++i)
        out.filters.push_back(base::bytesOf(data.filter(i)));
    return out;
}

} // namespace coffer::engine
