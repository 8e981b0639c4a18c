// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/amount.h"

#include <charconv>

namespace coffer::bitcoin {

using base::ErrorCode;
using base::Result;

Result<std::int64_t> addMoney(std::int64_t first, std::int64_t second)
{
    if (!isMoney(first) || !isMoney(second) || !isMoney(first + second))
        return {ErrorCode::OutOfRange, "amount above 21 million bitcoin or below zero"};
    return first + second;
}

Result<std::int64_t> parseBtc(std::string_view text)
{
    constexpr int kPlaces = 8;
    constexpr std::size_t kMaxDigits = 16; // 21,000,000.00000000
    std::int64_t value = 0;
    std::size_t digits = 0;
    int places = -1; // Before the point.
    for (const char c : text) {
        if (c == '.') {
            if (places >= 0)
                return {ErrorCode::Malformed, "two decimal points in an amount"};
            places = 0;
            continue;
        }
        if (c < '0' || c > '9')
            return {ErrorCode::Malformed, "an amount holds only digits and a point"};
        if (places == kPlaces)
            return {ErrorCode::Malformed, "more than eight decimal places in an amount"};
        if (places >= 0)
            ++places;
        // Leading zeros do not count, so that "000.1" cannot overflow either.
        if (value != 0 && ++digits > kMaxDigits)
            return {ErrorCode::OutOfRange, "amount above 21 million bitcoin"};
        value = value * 10 + (c - '0');
    }
    if (text.empty() || text == ".")
        return {ErrorCode::Malformed, "empty amount"};
    if (text.front() == '.' || text.back() == '.')
        return {ErrorCode::Malformed, "an amount needs digits on both sides of its point"};
    for (int i = places < 0 ? 0 : places; i < kPlaces; ++i) {
        if (value > kMaxMoney)
            break;
        value *= 10;
    }
    if (!isMoney(value))
        return {ErrorCode::OutOfRange, "amount above 21 million bitcoin"};
    return value;
}

std::string formatBtc(std::int64_t satoshi)
{
    // The magnitude as unsigned, so that the smallest number has one too.
    const auto magnitude =
        satoshi < 0 ? 0 - static_cast<std::uint64_t>(satoshi) : static_cast<std::uint64_t>(satoshi);
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof(digits), magnitude).ptr;
    std::string text(digits, end);
    if (text.size() < 9)
        text.insert(0, 9 - text.size(), '0');
    text.insert(text.size() - 8, 1, '.');
    if (satoshi < 0)
        text.insert(0, 1, '-');
    return text;
}

} // namespace coffer::bitcoin
