// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money/amount_parse.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace coffer::money {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kMaxTextBytes =
    256; // The longest amount with groups and wide digits is shorter.
constexpr std::size_t kMaxMachineText = 120;

// Zero of each script's digits that people write amounts with (Unicode category Nd).
constexpr std::array<char32_t, 21> kZeros = {
    U'0',      U'\u0660', U'\u06F0', U'\u07C0', U'\u0966', U'\u09E6', U'\u0A66',
    U'\u0AE6', U'\u0B66', U'\u0BE6', U'\u0C66', U'\u0CE6', U'\u0D66', U'\u0E50',
    U'\u0ED0', U'\u0F20', U'\u1040', U'\u17E0', U'\u1810', U'\uA8D0', U'\uFF10'};

std::optional<char> digitOf(char32_t c)
{
    for (const char32_t zero : kZeros) {
        if (c >= zero && c < zero + 10)
            return static_cast<char>('0' + (c - zero));
    }
    return std::nullopt;
}

bool isSpace(char32_t c)
{
    // Thin, figure, no-break, narrow no-break, ideographic and the like.
    return c == U' ' || c == U'\t' || c == U'\u00A0' || (c >= U'\u2000' && c <= U'\u200A') ||
           c == U'\u202F' || c == U'\u205F' || c == U'\u3000';
}

bool isInvisible(char32_t c)
{
    // Direction marks and isolates, which our own output carries.
    return c == U'\u200E' || c == U'\u200F' || c == U'\u061C' ||
           (c >= U'\u202A' && c <= U'\u202E') || (c >= U'\u2066' && c <= U'\u2069');
}

bool isApostrophe(char32_t c)
{
    return c == U'\'' || c == U'\u2019' || c == U'\u066C'; // Swiss; Arabic thousands separator.
}

/// Decodes UTF-8 that was checked before, without invisible characters.
std::u32string decode(std::string_view utf8)
{
    std::u32string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = lead < 0x80 ? 1 : (lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4));
        char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k)
            c = (c << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
        i += length;
        if (!isInvisible(c))
            out += c;
    }
    return out;
}

void encode(std::string& out, char32_t c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    const int tail = c < 0x800 ? 1 : (c < 0x10000 ? 2 : 3);
    const char32_t lead = tail == 1 ? 0xC0 : (tail == 2 ? 0xE0 : 0xF0);
    out += static_cast<char>(lead | (c >> (6 * tail)));
    for (int k = tail - 1; k >= 0; --k)
        out += static_cast<char>(0x80 | ((c >> (6 * k)) & 0x3F));
}

std::u32string_view trim(std::u32string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

Error malformed(const char* detail)
{
    return Error{ErrorCode::Malformed, detail};
}

/// digits without point, of which the last `decimals` are a fraction.
struct Number
{
    std::string digits;
    std::size_t decimals = 0;
};

Result<Amount> scale(const Number& number, unsigned decimals)
{
    if (number.decimals > decimals)
        return Error{ErrorCode::OutOfRange, "more decimals than the currency has"};
    std::string digits = number.digits + std::string(decimals - number.decimals, '0');
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    return Amount::parse(digits);
}

struct Parts
{
    std::u32string_view before;
    std::u32string_view number; ///< From the first digit (or a point before it) to the last.
    std::u32string_view after;
};

bool isPoint(char32_t c)
{
    return c == U'.' || c == U',' || c == U'\u066B' || c == U'\uFF0E' || c == U'\uFF0C';
}

/// '.' or ','; the Arabic decimal separator as it is.
char32_t plainPoint(char32_t c)
{
    if (c == U'\uFF0E')
        return U'.';
    return c == U'\uFF0C' ? U',' : c;
}

Result<Parts> split(std::u32string_view text)
{
    const auto isDigit = [](char32_t c) { return digitOf(c).has_value(); };
    const auto first = std::find_if(text.begin(), text.end(), isDigit);
    if (first == text.end())
        return malformed("no number");
    auto begin = static_cast<std::size_t>(first - text.begin());
    std::size_t end = text.size();
    while (!isDigit(text[end - 1]))
        --end;
    if (begin > 0 && isPoint(text[begin - 1])) { // ".5"
        --begin;
        // "Rs.500" is 500 or 0.500: the point belongs to nobody for certain.
        if (begin > 0 && !isSpace(text[begin - 1]))
            return malformed("a point between unit and number");
    }
    if (end < text.size() && isPoint(text[end])) // "5."
        ++end;
    return Parts{trim(text.substr(0, begin)), text.substr(begin, end - begin),
                 trim(text.substr(end))};
}

char32_t lower(char32_t c)
{
    return c >= U'A' && c <= U'Z' ? c + 32 : c;
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = static_cast<char>(lower(static_cast<unsigned char>(c)));
    return out;
}

struct UnitOf
{
    Currency currency;
    bool minor = false; ///< Whole minor units: "500 sat".

    bool operator==(const UnitOf&) const = default;
};

bool namesMinor(const std::string& unit, const Currency& currency)
{
    const auto name = currency.minorName();
    return !name.empty() && (unit == name || unit == std::string(name) + "s");
}

Result<UnitOf> findUnit(std::u32string_view unit, const Currency& expected)
{
    std::string text;
    for (const char32_t c : unit)
        encode(text, c);
    const std::string small = lowered(text);
    if (namesMinor(small, expected))
        return UnitOf{expected, true};
    if (text == expected.symbol())
        return UnitOf{expected, false};
    std::vector<Currency> signs;
    for (const Currency& currency : Currency::all()) {
        if (lowered(currency.code()) == small)
            return UnitOf{currency, false};
        if (namesMinor(small, currency))
            return UnitOf{currency, true};
        if (currency.symbol() == text)
            signs.push_back(currency);
    }
    if (signs.empty())
        return malformed("unknown unit");
    if (signs.size() > 1)
        return Error{ErrorCode::Conflict, "several currencies share this sign"};
    return UnitOf{signs.front(), false};
}

Result<std::optional<UnitOf>> unitOf(const Parts& parts, const Currency& expected)
{
    std::optional<UnitOf> found;
    for (const auto side : {parts.before, parts.after}) {
        if (side.empty())
            continue;
        const auto unit = TRY(findUnit(side, expected));
        if (found && *found != unit)
            return Error{ErrorCode::Conflict, "two different units"};
        found = unit;
    }
    return found;
}

/// One run of digits and the separator in front of it.
struct Run
{
    char32_t separator = 0; ///< 0 for the first; U' ' for spaces; U'\'' for apostrophes.
    std::string digits;
};

Result<std::vector<Run>> runsOf(std::u32string_view number)
{
    std::vector<Run> runs(1);
    bool fresh = true; // No digit since the last separator.
    for (const char32_t c : number) {
        if (const auto digit = digitOf(c)) {
            runs.back().digits += *digit;
            fresh = false;
            continue;
        }
        char32_t separator = 0;
        if (isSpace(c))
            separator = U' ';
        else if (isApostrophe(c))
            separator = U'\'';
        else if (isPoint(c))
            separator = plainPoint(c);
        else
            return malformed("not a digit"); // Signs, exponents, letters.
        if (fresh && runs.size() > 1)
            return malformed("two separators in a row");
        if (fresh && separator != U'.' && separator != U',' && separator != U'\u066B')
            return malformed("a number that begins with a space");
        runs.push_back({separator, ""});
        fresh = true;
    }
    return runs;
}

/// The digits of runs[0, end) if their sizes are those of groups: 1-3, then threes; or 1-2, then
/// twos and a final three (Indian).
std::optional<std::string> grouped(const std::vector<Run>& runs, std::size_t end,
                                   char32_t separator)
{
    std::string out = runs[0].digits;
    if (end > 1 && (out.empty() || out.front() == '0'))
        return std::nullopt;
    bool threes = out.size() <= 3;
    bool twos = out.size() <= 2;
    for (std::size_t i = 1; i < end; ++i) {
        const std::size_t size = runs[i].digits.size();
        if (runs[i].separator != separator)
            return std::nullopt;
        threes = threes && size == 3;
        twos = twos && size == (i + 1 == end ? 3U : 2U);
        out += runs[i].digits;
    }
    if (end > 1 && !threes && !twos)
        return std::nullopt;
    return out;
}

/// The digits after the point: groups of three, the last may be shorter, separated by spaces.
std::optional<std::string> fractionOf(const std::vector<Run>& runs, std::size_t begin)
{
    std::string out = runs[begin].digits;
    for (std::size_t i = begin + 1; i < runs.size(); ++i) {
        const std::size_t size = runs[i].digits.size();
        if (runs[i].separator != U' ' || runs[i - 1].digits.size() != 3 || size == 0 || size > 3)
            return std::nullopt;
        out += runs[i].digits;
    }
    return out;
}

/// Reads the point in front of run `point` as decimal; point == runs.size(): there is none.
std::optional<Number> readWith(const std::vector<Run>& runs, std::size_t point)
{
    const char32_t decimal = point < runs.size() ? runs[point].separator : 0;
    const char32_t group = point > 1 ? runs[1].separator : 0;
    if (group != 0 && group == decimal)
        return std::nullopt;
    const auto whole = grouped(runs, point, group);
    if (!whole)
        return std::nullopt;
    if (point == runs.size())
        return Number{*whole, 0};
    const auto fraction = fractionOf(runs, point);
    if (!fraction || (whole->empty() && fraction->empty()))
        return std::nullopt;
    return Number{*whole + *fraction, fraction->size()};
}

bool canBeDecimal(char32_t separator)
{
    return separator == U'.' || separator == U',' || separator == U'\u066B';
}

/// All that a person may have meant: at most one reading with a decimal point and one without.
std::vector<Number> readingsOf(const std::vector<Run>& runs, const NumberLocale& locale)
{
    std::vector<Number> out;
    std::optional<std::size_t> point; // The last separator that may be decimal.
    std::size_t sameCount = 0;
    for (std::size_t i = 1; i < runs.size(); ++i) {
        if (canBeDecimal(runs[i].separator))
            point = i;
    }
    for (std::size_t i = 1; point && i < runs.size(); ++i)
        sameCount += runs[i].separator == runs[*point].separator ? 1 : 0;
    if (point && sameCount == 1) {
        if (const auto number = readWith(runs, *point))
            out.push_back(*number);
        // Certain if it is the locale's own; Arabic has a sign of its own for it.
        const char32_t separator = runs[*point].separator;
        if (separator == plainPoint(locale.decimal) || separator == U'\u066B')
            return out;
    }
    if (const auto number = readWith(runs, runs.size()))
        out.push_back(*number);
    return out;
}

} // namespace

Result<Amount> parseDecimal(std::string_view text, const Currency& currency)
{
    if (text.size() > kMaxMachineText)
        return Error{ErrorCode::TooLarge, "amount with too many digits"};
    const auto isDigits = [](std::string_view part) {
        return !part.empty() &&
               std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
    if (!isDigits(whole) || (point != std::string_view::npos && !isDigits(fraction)))
        return malformed("amount is not a decimal number");
    if (whole.size() > 1 && whole.front() == '0')
        return malformed("amount with a superfluous zero");
    return scale({std::string(whole) + std::string(fraction), fraction.size()},
                 currency.decimals());
}

Result<ParsedAmount> parseHumanAmount(std::string_view utf8, const Currency& expected,
                                      const NumberLocale& locale)
{
    if (utf8.size() > kMaxTextBytes)
        return Error{ErrorCode::TooLarge, "amount with too many characters"};
    if (!base::isUtf8(base::viewOf(utf8)))
        return malformed("amount is not UTF-8");
    const std::u32string text = decode(utf8);
    const auto parts = TRY(split(trim(text)));
    const auto unit = TRY(unitOf(parts, expected));
    const auto runs = TRY(runsOf(parts.number));
    const auto numbers = readingsOf(runs, locale);
    if (numbers.empty())
        return malformed("groups of the wrong size");

    ParsedAmount out;
    out.unitGiven = unit.has_value();
    const Currency currency = unit ? unit->currency : expected;
    const unsigned decimals = unit && unit->minor ? 0 : currency.decimals();
    std::optional<Error> failed;
    for (const Number& number : numbers) {
        const auto amount = scale(number, decimals);
        if (amount)
            out.readings.push_back({*amount, currency});
        else if (!failed)
            failed = amount.error();
    }
    // A reading that the currency cannot have is none: what remains is certain.
    if (out.readings.empty())
        return *failed;
    return out;
}

std::string normaliseDigits(std::string_view utf8)
{
    if (!base::isUtf8(base::viewOf(utf8)))
        return std::string(utf8);
    std::string out;
    for (const char32_t c : decode(utf8)) {
        if (const auto digit = digitOf(c))
            out += *digit;
        else
            encode(out, c);
    }
    return out;
}

} // namespace coffer::money
