// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever is read is written back to the same fields, and no role trips over it.

#include "core/bitcoin/psbt/psbt_roles.h"

using namespace coffer::bitcoin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const coffer::base::ByteView input(data, size);
    const auto text = Psbt::parseAny(input);
    static_cast<void>(text);
    auto psbt = Psbt::parse(input);
    if (!psbt)
        return 0;
    const auto again = Psbt::parse(psbt->serialize());
    ASSERT(again && *again == *psbt);
    ASSERT(psbt->unsignedTransaction() == again->unsignedTransaction());
    static_cast<void>(feeOf(*psbt));
    for (std::size_t i = 0; i < psbt->inputCount(); ++i)
        static_cast<void>(planSignature(*psbt, i));
    for (std::size_t i = 0; i < psbt->outputCount(); ++i)
        static_cast<void>(psbt->output(i));
    const std::vector<Psbt> both{*psbt, *again};
    const auto combined = combine(both);
    ASSERT(combined && *combined == *psbt);
    if (finalise(*psbt) == psbt->inputCount())
        static_cast<void>(extract(*psbt));
    const auto finalised = Psbt::parse(psbt->serialize());
    ASSERT(finalised);
    return 0;
}
