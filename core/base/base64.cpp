// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/base64.h"

namespace coffer::base {

namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto kValues = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        values[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    return values;
}();

} // namespace

std::string toBase64(ByteView bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8 | (i < count ? bytes[at + i] : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            out.push_back(i <= count ? kAlphabet[(group >> (18 - 6 * i)) & 63] : '=');
    }
    return out;
}

Result<Bytes> parseBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return Error{ErrorCode::Malformed, "base64 length is no multiple of four"};
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    Bytes out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    std::size_t at = 0;
    for (const char c : text.substr(0, text.size() - padding)) {
        const auto value = kValues[static_cast<std::uint8_t>(c)];
        if (value < 0)
            return Error{ErrorCode::Malformed, "character outside base64"};
        group = group << 6 | static_cast<std::uint32_t>(value);
        if (++at % 4 == 0) {
            for (int shift = 16; shift >= 0; shift -= 8)
                out.push_back(static_cast<std::uint8_t>(group >> shift));
            group = 0;
        }
    }
    if (padding > 0) {
        group <<= 6 * padding;
        if ((group & ((1U << (8 * padding)) - 1)) != 0)
            return Error{ErrorCode::Malformed, "leftover bits in base64"};
        out.push_back(static_cast<std::uint8_t>(group >> 16));
        if (padding == 1)
            out.push_back(static_cast<std::uint8_t>(group >> 8));
    }
    return out;
}

} // namespace coffer::base
