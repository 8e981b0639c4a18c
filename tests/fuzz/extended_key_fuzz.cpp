// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Extended keys and paths: what is accepted is written again as the same text, and no text is both
// halves.

#include "core/crypto/bip32.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto open = crypto::ExtendedPublicKey::parse(text);
    if (open)
        ASSERT(open->toString() == text);
    const auto secret = crypto::ExtendedPrivateKey::parse(base::SecretBytes::copyOf({data, size}));
    ASSERT(!open || !secret);
    if (secret)
        ASSERT(base::equal(secret->toSecretText().reveal(), base::viewOf(text)));
    if (const auto path = crypto::parsePath(text)) {
        const auto again = crypto::parsePath(crypto::formatPath(*path));
        ASSERT(again && *again == *path);
    }
    return 0;
}
