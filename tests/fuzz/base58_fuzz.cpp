// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever Base58 accepts is written again as the same text; the public and the secret reader
// agree.

#include "core/base/base58.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto bytes = base::parseBase58(text);
    if (bytes)
        ASSERT(base::toBase58(*bytes) == text);
    const auto payload = base::parseBase58Check(text);
    const auto secret = base::parseBase58CheckSecret(base::SecretBytes::copyOf({data, size}));
    ASSERT(static_cast<bool>(payload) == static_cast<bool>(secret));
    if (payload) {
        ASSERT(base::equal(*payload, secret->reveal()));
        ASSERT(base::toBase58Check(*payload) == text);
    }
    return 0;
}
