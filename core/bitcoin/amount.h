// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Amounts inside core/bitcoin are 64-bit satoshi between 0 and kMaxMoney; money::Amount at the
/// border.

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace coffer::bitcoin {

inline constexpr std::int64_t kCoin = 100'000'000;
inline constexpr std::int64_t kMaxMoney = 21'000'000 * kCoin;

/// True for 0 ... kMaxMoney.
constexpr bool isMoney(std::int64_t satoshi)
{
    return satoshi >= 0 && satoshi <= kMaxMoney;
}

/// The sum of two amounts; OutOfRange unless both and the sum are money.
base::Result<std::int64_t> addMoney(std::int64_t first, std::int64_t second);

/// Decimal bitcoin to satoshi by integers only: digits, at most one point, at most eight places, no
/// sign, exponent, comma or space (Malformed); above 21 million is OutOfRange.
base::Result<std::int64_t> parseBtc(std::string_view text);

/// Always with eight places: "0.00015000". Negative amounts carry a minus.
std::string formatBtc(std::int64_t satoshi);

} // namespace coffer::bitcoin
