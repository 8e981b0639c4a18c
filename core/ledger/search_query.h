// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/entry.h"
#include "core/money/amount_parse.h"

#include <compare>
#include <functional>
#include <string_view>
#include <vector>

namespace coffer::ledger {

/// A search, in disjunctive form: any of `alternatives`, each all of its terms.
///
///   search      = all *("|" all)
///   all         = term *(["&"] term)
///   term        = comparison (amount | date | text) | text
///   comparison  = ">" | "<" | ">=" | "<=" | "=" | "!="
///   amount      = digits with one decimal separator; with a sign the signed amount counts, without
///                 one its size
///   date        = "2026-11" | "2026-11-24", the whole span of it
///   text        = word or "several words"; ">" and "<" need an amount or a date
///
/// A bare word that reads as an amount or a date also matches as text.
struct SearchQuery
{
    enum class Comparison
    {
        Contains, ///< A bare word.
        Greater,
        Less,
        GreaterOrEqual,
        LessOrEqual,
        Equal,
        NotEqual
    };

    /// digits * 10^-scale main units.
    struct Number
    {
        money::Amount digits;
        unsigned scale = 0;
        bool hasSign = false;
    };
    struct Period
    {
        std::int64_t beginMs = 0;
        std::int64_t endMs = 0; ///< Exclusive.
    };
    struct Term
    {
        Comparison comparison = Comparison::Contains;
        std::string text; ///< As typed, without quotes; never empty.
        std::optional<Number> number;
        std::optional<Period> period;
    };

    std::vector<std::vector<Term>> alternatives; ///< Empty: everything.
};

/// Where the person is: what days are and how numbers are written.
struct SearchLocale
{
    money::NumberLocale numbers;
    /// When the day begins there that begins at `utcMs` in Greenwich; empty: days are UTC's. A day
    /// in summer has another offset than one in winter.
    std::function<std::int64_t(std::int64_t utcMs)> startOfDay;
};

inline constexpr std::size_t kMaxSearchBytes = 512;
inline constexpr std::size_t kMaxSearchTerms = 32;

/// Malformed names what is missing (an operand, an amount or date after ">", a closing quote);
/// TooLarge.
base::Result<SearchQuery> parseSearch(std::string_view text, const SearchLocale& locale);

/// A number of the query in minor units of one currency: made once, compared often.
class AmountThreshold
{
public:
    AmountThreshold(const SearchQuery::Number& number, const money::Currency& currency);

    /// Sizes are compared unless the number has a sign.
    std::strong_ordering compare(const money::Amount& amount) const;

private:
    money::Amount m_floor; ///< The number, its fraction of a minor unit cut off.
    bool m_hasRest = false;
    bool m_hasSign = false;
    bool m_isBeyond = false; ///< Larger than any amount.
};

} // namespace coffer::ledger
