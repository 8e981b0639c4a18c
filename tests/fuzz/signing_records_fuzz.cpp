// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Policies, counters and reviews decode to what encodes to the same bytes.

#include "core/signing/reviewed_payment.h"
#include "core/signing/spend_policy.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView input(data, size);
    if (const auto policy = signing::decodePolicy(input))
        ASSERT(base::equal(signing::encodePolicy(*policy), input));
    if (const auto counters = signing::decodeCounters(input))
        ASSERT(base::equal(signing::encodeCounters(*counters), input));
    if (const auto reviewed = signing::decodeReviewed(input))
        ASSERT(base::equal(signing::encodeReviewed(*reviewed), input));
    return 0;
}
