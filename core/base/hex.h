// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::base {

/// Lower-case hex.
std::string toHex(ByteView bytes);
/// Either case; odd length or another character is Malformed.
Result<Bytes> parseHex(std::string_view text);
/// Exactly N bytes.
template <std::size_t N>
Result<ByteArray<N>> parseHexArray(std::string_view text)
{
    auto bytes = TRY(parseHex(text));
    if (bytes.size() != N)
        return Error{ErrorCode::Malformed, "wrong length in hex"};
    ByteArray<N> out{};
    for (std::size_t i = 0; i < N; ++i)
        out[i] = bytes[i];
    return out;
}

} // namespace coffer::base
