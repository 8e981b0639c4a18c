// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/base45.h"

namespace coffer::base {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
static_assert(kAlphabet.size() == 45);

} // namespace

// RFC 9285, section 4: two bytes as three digits, the least significant first; a last single byte
// as two.
std::string toBase45(ByteView bytes)
{
    std::string out;
    out.reserve((bytes.size() + 1) / 2 * 3);
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        const bool isPair = at + 1 < bytes.size();
        unsigned value = isPair ? bytes[at] * 256U + bytes[at + 1] : bytes[at];
        for (int digit = 0; digit < (isPair ? 3 : 2); ++digit) {
            out.push_back(kAlphabet[value % 45]);
            value /= 45;
        }
    }
    return out;
}

Result<Bytes> parseBase45(std::string_view text)
{
    if (text.size() % 3 == 1)
        return Error{ErrorCode::Malformed, "impossible length of base45"};
    Bytes out;
    out.reserve(text.size() / 3 * 2 + 1);
    for (std::size_t at = 0; at < text.size(); at += 3) {
        const auto group = text.substr(at, 3);
        unsigned value = 0;
        for (std::size_t i = group.size(); i-- > 0;) {
            const auto digit = kAlphabet.find(group[i]);
            if (digit == std::string_view::npos)
                return Error{ErrorCode::Malformed, "character outside base45"};
            value = value * 45 + static_cast<unsigned>(digit);
        }
        if (value > (group.size() == 3 ? 0xffffU : 0xffU))
            return Error{ErrorCode::Malformed, "base45 group beyond its bytes"};
        if (group.size() == 3)
            out.push_back(static_cast<std::uint8_t>(value >> 8));
        out.push_back(static_cast<std::uint8_t>(value));
    }
    return out;
}

} // namespace coffer::base
