// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money/rate.h"

#include <algorithm>
#include <array>
#include <string>

namespace coffer::money {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::array<std::string_view, 6> kSourceNames = {"proved",     "own_node", "quorum",
                                                          "one_server", "device",   "service"};
constexpr std::size_t kMaxPriceDecimals = 30;
constexpr std::size_t kMaxPriceDigits = 60;

bool isDigits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string_view sourceName(Source source)
{
    return kSourceNames.at(static_cast<std::size_t>(source));
}

Result<Source> parseSource(std::string_view name)
{
    const auto found = std::find(kSourceNames.begin(), kSourceNames.end(), name);
    if (found == kSourceNames.end())
        return Error{ErrorCode::Malformed, "unknown source"};
    return static_cast<Source>(found - kSourceNames.begin());
}

Result<Rate> Rate::create(Currency origin, Currency target, Amount numerator, Amount denominator,
                          Source source, std::int64_t atMs)
{
    if (origin == target)
        return Error{ErrorCode::Conflict, "a rate between a currency and itself"};
    if (numerator.sign() <= 0 || denominator.sign() <= 0)
        return Error{ErrorCode::OutOfRange, "a rate that is not positive"};
    Rate out;
    out.m_origin = origin;
    out.m_target = target;
    out.m_numerator = numerator;
    out.m_denominator = denominator;
    out.m_source = source;
    out.m_atMs = atMs;
    return out;
}

Result<Rate> Rate::fromPrice(Currency origin, Currency target, std::string_view price,
                             Source source, std::int64_t atMs)
{
    const auto point = price.find('.');
    const std::string_view whole = price.substr(0, point);
    std::string_view fraction = point == std::string_view::npos ? "" : price.substr(point + 1);
    if (!isDigits(whole) || (point != std::string_view::npos && !isDigits(fraction)))
        return Error{ErrorCode::Malformed, "price is not a decimal number"};
    while (fraction.ends_with('0'))
        fraction.remove_suffix(1);
    if (fraction.size() > kMaxPriceDecimals || price.size() > kMaxPriceDigits)
        return Error{ErrorCode::TooLarge, "price with too many digits"};
    std::string digits = std::string(whole) + std::string(fraction);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    const auto value = TRY(Amount::parse(digits));
    // price = value / 10^decimals main units; times 10^target / 10^origin for minor units.
    const auto up = TRY(Amount::powerOfTen(target.decimals()));
    const auto down =
        TRY(Amount::powerOfTen(static_cast<unsigned>(fraction.size()) + origin.decimals()));
    const auto numerator = TRY(value.times(up));
    return create(origin, target, numerator, down, source, atMs);
}

std::int64_t Rate::ageMs(std::int64_t nowMs) const
{
    return std::max<std::int64_t>(0, nowMs - m_atMs);
}

Rate Rate::inverse() const
{
    Rate out = *this;
    std::swap(out.m_origin, out.m_target);
    std::swap(out.m_numerator, out.m_denominator);
    return out;
}

Result<Money> Rate::convert(const Money& money, Rounding rounding) const
{
    if (money.currency != m_origin)
        return Error{ErrorCode::Conflict, "the rate is for another currency"};
    const auto amount = TRY(money.amount.timesRatio(m_numerator, m_denominator, rounding));
    return Money{amount, m_target};
}

} // namespace coffer::money
