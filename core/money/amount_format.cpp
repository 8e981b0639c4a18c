// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money/amount_format.h"

namespace coffer::money {

using base::Result;

namespace {

constexpr std::string_view kNarrowSpace = "\u202F"; // Thin, and no line breaks inside an amount.
constexpr std::string_view kMinus = "\u2212";
constexpr std::string_view kIsolate = "\u2066";
constexpr std::string_view kPopIsolate = "\u2069";
constexpr std::string_view kRounded = "\u2248 ";
constexpr unsigned kLongFraction = 4; // From here on groups of three make decimals countable.
constexpr unsigned kMaxTinyPlaces = 40;

std::string utf8(char32_t c)
{
    std::string out;
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
    return out;
}

struct Digits
{
    std::string whole;
    std::string fraction;
};

/// Of the magnitude.
Digits split(const Amount& amount, unsigned decimals)
{
    std::string digits = amount.absolute().toString();
    if (digits.size() <= decimals)
        digits.insert(0, decimals + 1 - digits.size(), '0');
    return {digits.substr(0, digits.size() - decimals), digits.substr(digits.size() - decimals)};
}

std::string groupWhole(const std::string& digits, char32_t group)
{
    if (group == 0)
        return digits;
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0)
            out += utf8(group);
        out += digits[i];
    }
    return out;
}

std::string groupFraction(const std::string& digits)
{
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && i % 3 == 0)
            out += kNarrowSpace;
        out += digits[i];
    }
    return out;
}

std::string number(const Amount& amount, const Currency& currency, const AmountFormat& format)
{
    Digits digits = split(amount, currency.decimals());
    const bool crypto = currency.kind() != CurrencyKind::Fiat;
    if (format.decimals == Decimals::Trimmed && crypto) {
        while (digits.fraction.ends_with('0'))
            digits.fraction.pop_back();
    }
    std::string out = groupWhole(digits.whole, format.locale.group);
    if (digits.fraction.empty())
        return out;
    out += utf8(format.locale.decimal);
    out += currency.decimals() >= kLongFraction ? groupFraction(digits.fraction) : digits.fraction;
    return out;
}

std::string_view signOf(const Amount& amount, Sign sign)
{
    if (amount.isNegative())
        return kMinus;
    return sign == Sign::Explicit && !amount.isZero() ? "+" : "";
}

std::string finish(std::string text, const Currency& currency, const AmountFormat& format)
{
    const std::string_view unit = format.unit == Unit::Code
                                      ? currency.code()
                                      : (format.unit == Unit::Symbol ? currency.symbol() : "");
    if (!unit.empty()) {
        text += kNarrowSpace;
        text += unit;
    }
    if (format.isolates == Isolates::Around) {
        text.insert(0, kIsolate);
        text += kPopIsolate;
    }
    return text;
}

/// Two significant digits of an amount that rounds to no minor unit at all.
Result<std::string> tinyNumber(const Money& money, const Rate& rate, const AmountFormat& format)
{
    for (unsigned places = 1; places < kMaxTinyPlaces; ++places) {
        const auto power = TRY(Amount::powerOfTen(places));
        const auto numerator = TRY(rate.numerator().times(power));
        const auto scaled = TRY(
            money.amount.absolute().timesRatio(numerator, rate.denominator(), Rounding::HalfEven));
        if (scaled < Amount(10))
            continue;
        const Digits digits = split(scaled, rate.target().decimals() + places);
        return digits.whole + utf8(format.locale.decimal) + digits.fraction;
    }
    return std::string("0");
}

} // namespace

std::string toDecimal(const Amount& amount, const Currency& currency)
{
    const Digits digits = split(amount, currency.decimals());
    std::string out = amount.isNegative() ? "-" : "";
    out += digits.whole;
    if (!digits.fraction.empty())
        out += "." + digits.fraction;
    return out;
}

std::string formatAmount(const Money& money, const AmountFormat& format)
{
    std::string out(signOf(money.amount, format.sign));
    out += number(money.amount, money.currency, format);
    return finish(std::move(out), money.currency, format);
}

Result<std::string> formatConverted(const Money& money, const Rate& rate,
                                    const AmountFormat& format)
{
    const auto rounded = TRY(rate.convert(money, Rounding::HalfEven));
    const auto floor = TRY(rate.convert(money, Rounding::Down));
    const auto ceiling = TRY(rate.convert(money, Rounding::Up));
    if (floor == ceiling)
        return formatAmount(rounded, format);
    const std::string sign(signOf(money.amount, format.sign));
    if (rounded.amount.isZero()) {
        auto tiny = TRY(tinyNumber(money, rate, format));
        return finish("~" + sign + tiny, rate.target(), format);
    }
    std::string out(kRounded);
    out += sign + number(rounded.amount, rounded.currency, format);
    return finish(std::move(out), rounded.currency, format);
}

std::string_view hiddenAmount()
{
    return "\u2022\u2022\u2022\u2022";
}

} // namespace coffer::money
