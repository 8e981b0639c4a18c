// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// An anchor file and an exported checkpoint, both of which others can write.

#include "core/vault/vault.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace coffer;
    static const auto s_secret = base::SecretBytes::allocate(32);
    const base::ByteView bytes(data, size);
    const auto anchor = vault::decodeAnchor(bytes, s_secret);
    if (anchor)
        ASSERT(base::equal(vault::encodeAnchor(*anchor, s_secret), bytes));
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto checkpoint = vault::parseCheckpoint(text);
    if (checkpoint) {
        const auto again = vault::parseCheckpoint(vault::toText(*checkpoint));
        ASSERT(again && *again == *checkpoint);
    }
    return 0;
}
