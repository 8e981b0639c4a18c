// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The header of a wallet file: what decodes is within bounds and encodes to the same bytes.

#include "core/vault/header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace coffer;
    const base::ByteView bytes(data, size);
    const auto header = vault::decodeHeader(bytes);
    if (header) {
        ASSERT(base::equal(vault::encodeHeader(*header), bytes));
        ASSERT(vault::checkBounds(header->slot.kdf.argon2, header->realm));
    }
    return 0;
}
