// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// No text crashes the reader of words; what it accepts is accepted again in its own writing, with
// the same entropy, and is among the candidates.

#include "core/crypto/bip39.h"

#include <algorithm>

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = base::SecretBytes::copyOf({data, size});
    const auto candidates = crypto::Mnemonic::candidates(text);
    const auto mnemonic = crypto::Mnemonic::parse(text);
    ASSERT(static_cast<bool>(mnemonic) == (candidates.size() == 1));
    for (const auto language : candidates) {
        const auto read = crypto::Mnemonic::parse(text, language);
        ASSERT(read);
        const auto again = crypto::Mnemonic::parse(read->toText(), language);
        ASSERT(again && again->entropy().equals(read->entropy()));
    }
    return 0;
}
