// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What reads survives being written, and a wallet's fold of it stays within its bounds.
#include "core/transport/network_log_record.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView bytes(data, size);
    const auto rows = transport::decodeNetworkLog(bytes);
    if (!rows)
        return 0;
    const auto again = transport::decodeNetworkLog(transport::encodeNetworkLog(*rows));
    ASSERT(again && *again == *rows);
    transport::StoredNetworkLog log;
    ASSERT(log.apply(bytes));
    ASSERT(log.rows().size() <= transport::StoredNetworkLog::kMaxRows);
    std::deque<transport::OutboundRequest> live;
    for (const auto& row : *rows)
        live.push_back(row.request);
    const auto due = log.due(live, 0);
    ASSERT(log.apply(transport::encodeNetworkLog(due)));
    return 0;
}
