// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever Bech32 accepts is written again as the same text in lower case, and a hint never points
// outside the text.

#include "core/base/bech32.h"

#include <algorithm>

using namespace coffer;

namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    for (auto& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto decoded = base::parseBech32(text, base::kBech32LongMaxLength);
    if (decoded) {
        const auto again = base::toBech32(decoded->variant, decoded->prefix, decoded->values,
                                          base::kBech32LongMaxLength);
        ASSERT(again && *again == lower(text));
    }
    if (const auto address = base::parseSegwitAddress(text)) {
        const auto again = base::toSegwitAddress(*address);
        ASSERT(again && *again == lower(text));
    }
    const auto hints = base::locateBech32Errors(text);
    ASSERT(hints.size() <= 2 && std::ranges::all_of(hints, [&](auto at) { return at < size; }));
    ASSERT(hints.empty() || !base::parseBech32(text));
    return 0;
}
