// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Base64, base32 and base45: whatever is accepted is written again as the same text.

#include "core/base/base32.h"
#include "core/base/base45.h"
#include "core/base/base64.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto bytes = base::parseBase64(text))
        ASSERT(base::toBase64(*bytes) == text);
    if (const auto bytes = base::parseBase32(text))
        ASSERT(base::toBase32(*bytes) == text);
    if (const auto bytes = base::parseBase45(text))
        ASSERT(base::toBase45(*bytes) == text);
    return 0;
}
