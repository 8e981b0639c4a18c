// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/base32.h"

namespace coffer::base {

namespace {

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

} // namespace

std::string toBase32(ByteView bytes)
{
    std::string out;
    out.reserve((bytes.size() * 8 + 4) / 5);
    unsigned buffer = 0;
    unsigned bits = 0;
    for (const auto byte : bytes) {
        buffer = (buffer << 8 | byte) & 0xfff; // At most four bits wait.
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out.push_back(kAlphabet[(buffer >> bits) & 31]);
        }
    }
    if (bits > 0)
        out.push_back(kAlphabet[(buffer << (5 - bits)) & 31]);
    return out;
}

Result<Bytes> parseBase32(std::string_view text)
{
    Bytes out;
    out.reserve(text.size() * 5 / 8);
    unsigned buffer = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const auto value = kAlphabet.find(c);
        if (value == std::string_view::npos)
            return Error{ErrorCode::Malformed, "character outside base32"};
        buffer = (buffer << 5 | static_cast<unsigned>(value)) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::uint8_t>(buffer >> bits));
        }
    }
    // A whole character or more left over: no number of bytes has this length.
    if (bits >= 5)
        return Error{ErrorCode::Malformed, "impossible length of base32"};
    if ((buffer & ((1U << bits) - 1)) != 0)
        return Error{ErrorCode::Malformed, "leftover bits in base32"};
    return out;
}

} // namespace coffer::base
