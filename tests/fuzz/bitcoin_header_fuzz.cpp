// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any 80 bytes are a header; compact targets round-trip; no difficulty rule breaks on any numbers.

#include "core/bitcoin/proof_of_work.h"

using namespace coffer;
using bitcoin::BlockHeader;
using bitcoin::Network;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView bytes(data, size);
    const auto header = BlockHeader::parse(bytes);
    ASSERT(static_cast<bool>(header) == (size == BlockHeader::kSize));
    if (!header)
        return 0;
    ASSERT(base::equal(header->serialize(), bytes));
    const auto target = bitcoin::expandCompact(header->bits);
    const auto work = bitcoin::workOf(header->bits);
    ASSERT(static_cast<bool>(target) == !work.isZero());
    for (const auto network :
         {Network::Main, Network::Testnet4, Network::Signet, Network::Regtest}) {
        const auto& params = bitcoin::paramsOf(network);
        if (bitcoin::checkProofOfWork(header->hash(), header->bits, params))
            ASSERT(target && *target <= params.powLimit);
        (void)bitcoin::checkVersion(header->version, header->nonce, params);
        (void)bitcoin::checkTimewarp(header->nonce, header->time, header->nonce, params);
        // A target that a quarter could round to nothing asks for more work than there is.
        if (params.noRetargeting || !target || *target > params.powLimit || target->bitLength() < 8)
            continue;
        const auto next = bitcoin::retarget(header->bits, header->time, header->nonce, params);
        const auto nextTarget = bitcoin::expandCompact(next);
        ASSERT(nextTarget && *nextTarget <= params.powLimit);
    }
    if (target) {
        // Writing rounds down and is stable from then on.
        const auto bits = bitcoin::compactFrom(*target);
        const auto again = bitcoin::expandCompact(bits);
        ASSERT(again && *again == *target && bitcoin::compactFrom(*again) == bits);
    }
    return 0;
}
