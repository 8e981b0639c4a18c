// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// No input makes the reader read outside it, and what it accepts is written again byte for byte:
// nothing has two forms.

#include "tests/core/base/cbor_copy.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView input(data, size);
    const auto copy = test::copyCbor(input);
    if (copy)
        ASSERT(base::equal(*copy, input));
    base::CborReader skipping(input);
    const bool skips = skipping.skip() && skipping.expectEnd();
    ASSERT(skips || !copy); // Skipping accepts at least what reading does.
    return 0;
}
