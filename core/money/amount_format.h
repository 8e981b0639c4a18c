// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money/amount_parse.h"
#include "core/money/rate.h"

#include <string>

namespace coffer::money {

/// Main units for machines: "-0.00015000", all decimals of the currency, never grouped.
std::string toDecimal(const Amount& amount, const Currency& currency);

/// How many decimals are shown.
enum class Decimals
{
    Full,   ///< Review and details: every place.
    Trimmed ///< Lists: crypto without trailing zeros, fiat as always.
};

/// Which signs are shown.
enum class Sign
{
    Negative, ///< Only a minus.
    Explicit  ///< Also a plus on income.
};

/// How the currency is named after the number.
enum class Unit
{
    None,
    Code, ///< "0.5 BTC"
    Symbol
};

/// Whether direction isolates surround the text.
enum class Isolates
{
    None,  ///< Copying, accessible text, files.
    Around ///< U+2066 ... U+2069, so that right-to-left text does not reorder it.
};

/// How an amount is written for people.
struct AmountFormat
{
    NumberLocale locale;
    Decimals decimals = Decimals::Full;
    Sign sign = Sign::Negative;
    Unit unit = Unit::Code;
    Isolates isolates = Isolates::None;
};

/// For people: locale grouping, bitcoin's decimals in groups of three ("0.012 500 00"), the unit
/// after U+202F, minus as U+2212.
std::string formatAmount(const Money& money, const AmountFormat& format);

/// What `money` is worth by `rate`: "≈ 12.30 EUR" when rounded, "~0.0039 EUR" below one minor unit.
base::Result<std::string> formatConverted(const Money& money, const Rate& rate,
                                          const AmountFormat& format);

/// What stands for an amount in discreet mode: the same width for every amount.
std::string_view hiddenAmount();

} // namespace coffer::money
