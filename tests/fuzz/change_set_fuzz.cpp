// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Records decode to what encodes to the same bytes, and a graph takes any of them.

#include "core/bitcoin/wallet/tx_graph.h"

using namespace coffer::bitcoin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const coffer::base::ByteView input(data, size);
    if (const auto facts = decodeTransactionRecord(input)) {
        const auto bytes = encodeTransactionRecord(*facts);
        ASSERT(decodeTransactionRecord(bytes));
    }
    if (const auto points = decodeChainRecord(input))
        ASSERT(coffer::base::equal(encodeChainRecord(*points), input));
    if (const auto output = decodeOutputRecord(input))
        ASSERT(coffer::base::equal(encodeOutputRecord(output->first, output->second), input));
    const auto changes = decodeChangeSet(input);
    if (!changes)
        return 0;
    ASSERT(coffer::base::equal(encodeChangeSet(*changes), input));
    TxGraph graph((BlockHash()));
    const auto applied = graph.apply(*changes);
    if (!applied)
        return 0;
    TxGraph again((BlockHash()));
    ASSERT(again.apply(graph.all()));
    ASSERT(coffer::base::equal(encodeChangeSet(again.all()), encodeChangeSet(graph.all())));
    return 0;
}
