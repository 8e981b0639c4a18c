// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money/currency.h"

#include <string_view>
#include <vector>

namespace coffer::money {

/// How a place writes numbers. The caller takes it from its locale; core knows no locales.
struct NumberLocale
{
    char32_t decimal = U'.';
    char32_t group = U','; ///< 0: no grouping.
};

/// The machine form of the command line and of protocols: main units, "0.00015". Digits and at most
/// one point with digits on both sides; no sign, exponent, grouping, spaces or superfluous leading
/// zeros (Malformed); not more decimals than the currency has (OutOfRange).
base::Result<Amount> parseDecimal(std::string_view text, const Currency& currency);

/// What a person may have meant. One reading, or two where the text is ambiguous ("1,234"): then
/// the person chooses, since a guess would be wrong by a factor of 1000.
struct ParsedAmount
{
    std::vector<Money> readings; ///< 1 or 2, the reading as decimal first.
    bool unitGiven = false; ///< The text named its currency ("0.5 BTC", "€ 12,30", "500 sat").
};

/// The human form: digits of any script, "." and ",", spaces of all widths, apostrophes, a code,
/// sign or minor unit before or after. Without a unit the amount is in `expected`.
///
/// One separator is the decimal one if it is the locale's, or if it cannot group. Errors: Malformed
/// (no number, a sign, an exponent, an unknown unit, groups of the wrong size), OutOfRange (more
/// decimals than the currency has, or too large), Conflict (a sign that several currencies share,
/// none of them expected, or two different units), TooLarge (a text no amount can have).
base::Result<ParsedAmount> parseHumanAmount(std::string_view utf8, const Currency& expected,
                                            const NumberLocale& locale);

/// Text with digits of other scripts (Arabic-Indic, full-width, ...) as ASCII digits.
std::string normaliseDigits(std::string_view utf8);

} // namespace coffer::money
