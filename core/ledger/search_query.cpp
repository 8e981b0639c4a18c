// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/search_query.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <chrono>

namespace coffer::ledger {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

using Comparison = SearchQuery::Comparison;

constexpr std::string_view kMinusSign = "\u2212";
constexpr std::size_t kMaxNumberDigits = 70; // With room to scale within 256 bits.
constexpr std::int64_t kMsPerDay = 86'400'000;

Error badQuery(const char* detail)
{
    return Error{ErrorCode::Malformed, detail};
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// "2026-11" or "2026-11-24".
std::optional<SearchQuery::Period> parsePeriod(std::string_view text, const SearchLocale& locale)
{
    if (text.size() != 7 && text.size() != 10)
        return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : !isDigit(text[i]))
            return std::nullopt;
    }
    const auto number = [text](std::size_t begin, std::size_t size) {
        int out = 0;
        for (const char c : text.substr(begin, size))
            out = out * 10 + (c - '0');
        return out;
    };
    using namespace std::chrono;
    const year_month month{year{number(0, 4)}, std::chrono::month{unsigned(number(5, 2))}};
    if (!month.ok())
        return std::nullopt;
    const bool whole = text.size() == 7;
    const year_month_day first = month / day{whole ? 1U : unsigned(number(8, 2))};
    if (!first.ok())
        return std::nullopt;
    const sys_days begin{first};
    const sys_days end = whole ? sys_days{(month + months{1}) / day{1}} : begin + days{1};
    const auto ms = [&locale](sys_days at) {
        const std::int64_t utcMs = at.time_since_epoch().count() * kMsPerDay;
        return locale.startOfDay ? locale.startOfDay(utcMs) : utcMs;
    };
    return SearchQuery::Period{ms(begin), ms(end)};
}

/// Whether '.' or ',' in this text must be meant as decimal (ux: amounts, one separator).
bool isDecimalSeparator(char separator, std::size_t before, std::size_t after, char first,
                        const money::NumberLocale& locale)
{
    if (static_cast<char32_t>(separator) == locale.decimal)
        return true;
    const bool canGroup = after == 3 && before >= 1 && before <= 3 && first != '0';
    return !canGroup || (separator == '.' && locale.group != U'.');
}

std::optional<SearchQuery::Number> parseNumber(std::string_view text,
                                               const money::NumberLocale& locale)
{
    SearchQuery::Number out;
    bool negative = false;
    if (text.starts_with('+') || text.starts_with('-')) {
        out.hasSign = true;
        negative = text.front() == '-';
        text.remove_prefix(1);
    } else if (text.starts_with(kMinusSign)) {
        out.hasSign = true;
        negative = true;
        text.remove_prefix(kMinusSign.size());
    }
    const std::size_t point = std::min(text.find_first_of(".,"), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction =
        point == text.size() ? std::string_view() : text.substr(point + 1);
    const bool digitsOnly = std::all_of(whole.begin(), whole.end(), isDigit) &&
                            std::all_of(fraction.begin(), fraction.end(), isDigit);
    if (!digitsOnly || whole.empty() || (point < text.size() && fraction.empty()) ||
        whole.size() + fraction.size() > kMaxNumberDigits)
        return std::nullopt;
    if (point < text.size() &&
        !isDecimalSeparator(text[point], whole.size(), fraction.size(), whole.front(), locale))
        return std::nullopt;
    std::string digits = std::string(whole) + std::string(fraction);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    const auto amount = money::Amount::parse(digits);
    if (!amount)
        return std::nullopt;
    out.digits = negative ? amount->negated() : *amount;
    out.scale = static_cast<unsigned>(fraction.size());
    return out;
}

class Parser
{
public:
    Parser(std::string_view text, const SearchLocale& locale)
        : m_rest(text)
        , m_locale(locale)
    {
    }

    Result<SearchQuery> parse()
    {
        SearchQuery out;
        std::vector<SearchQuery::Term> terms;
        std::size_t count = 0;
        bool wantsTerm = false; // After "&" or "|".
        for (skipSpaces(); !m_rest.empty(); skipSpaces()) {
            if (m_rest.front() == '&' || m_rest.front() == '|') {
                if (terms.empty() || wantsTerm)
                    return badQuery("nothing before & or |");
                wantsTerm = true;
                if (m_rest.front() == '|')
                    out.alternatives.push_back(std::exchange(terms, {}));
                m_rest.remove_prefix(1);
                continue;
            }
            auto term = TRY(parseTerm());
            if (++count > kMaxSearchTerms)
                return Error{ErrorCode::TooLarge, "search with too many terms"};
            terms.push_back(std::move(term));
            wantsTerm = false;
        }
        if (wantsTerm)
            return badQuery("nothing after & or |");
        if (!terms.empty())
            out.alternatives.push_back(std::move(terms));
        return out;
    }

private:
    void skipSpaces()
    {
        while (!m_rest.empty()) {
            if (m_rest.front() == ' ' || m_rest.front() == '\t' || m_rest.front() == '\n' ||
                m_rest.front() == '\r')
                m_rest.remove_prefix(1);
            else if (m_rest.starts_with("\u3000"))
                m_rest.remove_prefix(3);
            else
                return;
        }
    }

    Comparison parseComparison()
    {
        struct Symbol
        {
            std::string_view text;
            Comparison comparison;
        };
        static constexpr Symbol kSymbols[] = {{">=", Comparison::GreaterOrEqual},
                                              {"<=", Comparison::LessOrEqual},
                                              {"!=", Comparison::NotEqual},
                                              {">", Comparison::Greater},
                                              {"<", Comparison::Less},
                                              {"=", Comparison::Equal}};
        for (const Symbol& symbol : kSymbols) {
            if (m_rest.starts_with(symbol.text)) {
                m_rest.remove_prefix(symbol.text.size());
                return symbol.comparison;
            }
        }
        return Comparison::Contains;
    }

    Result<std::string> parseQuoted()
    {
        m_rest.remove_prefix(1);
        const std::size_t end = m_rest.find('"');
        if (end == std::string_view::npos)
            return badQuery("a quote that is not closed");
        const std::string out(m_rest.substr(0, end));
        m_rest.remove_prefix(end + 1);
        if (out.empty())
            return badQuery("an empty quotation");
        return out;
    }

    std::string parseWord()
    {
        std::size_t end = 0;
        while (end < m_rest.size() && m_rest.find_first_of(" \t\r\n&|\"", end) != end &&
               !m_rest.substr(end).starts_with("\u3000"))
            ++end;
        std::string out(m_rest.substr(0, end));
        m_rest.remove_prefix(end);
        return out;
    }

    Result<SearchQuery::Term> parseTerm()
    {
        SearchQuery::Term out;
        out.comparison = parseComparison();
        skipSpaces();
        if (!m_rest.empty() && m_rest.front() == '"') {
            out.text = TRY(parseQuoted());
        } else {
            out.text = parseWord();
            if (out.text.empty())
                return badQuery("nothing after a comparison");
            const std::string plain = money::normaliseDigits(out.text);
            out.number = parseNumber(plain, m_locale.numbers);
            out.period = parsePeriod(plain, m_locale);
        }
        const bool ordering = out.comparison == Comparison::Greater ||
                              out.comparison == Comparison::Less ||
                              out.comparison == Comparison::GreaterOrEqual ||
                              out.comparison == Comparison::LessOrEqual;
        if (ordering && !out.number && !out.period)
            return badQuery("an amount or a date is needed after < and >");
        return out;
    }

    std::string_view m_rest;
    const SearchLocale& m_locale;
};

} // namespace

Result<SearchQuery> parseSearch(std::string_view text, const SearchLocale& locale)
{
    if (text.size() > kMaxSearchBytes)
        return Error{ErrorCode::TooLarge, "search is too long"};
    if (!base::isUtf8(base::viewOf(text)))
        return badQuery("search is not UTF-8");
    return Parser(text, locale).parse();
}

AmountThreshold::AmountThreshold(const SearchQuery::Number& number, const money::Currency& currency)
    : m_hasSign(number.hasSign)
{
    const unsigned decimals = currency.decimals();
    const unsigned exponent =
        decimals > number.scale ? decimals - number.scale : number.scale - decimals;
    const auto power = money::Amount::powerOfTen(exponent);
    ASSERT(power); // kMaxNumberDigits and the table's decimals are below the limit.
    if (decimals >= number.scale) {
        const auto scaled = number.digits.times(*power);
        m_isBeyond = !scaled;
        m_floor = scaled ? *scaled : number.digits;
        return;
    }
    const auto floor = number.digits.timesRatio(money::Amount(1), *power, money::Rounding::Down);
    ASSERT(floor);
    const auto back = floor->times(*power);
    ASSERT(back);
    m_floor = *floor;
    m_hasRest = *back != number.digits;
    if (m_hasRest && number.digits.isNegative()) {
        // Toward minus infinity, so that the rest always lies above.
        const auto below = floor->minus(money::Amount(1));
        ASSERT(below);
        m_floor = *below;
    }
}

std::strong_ordering AmountThreshold::compare(const money::Amount& amount) const
{
    if (m_isBeyond)
        return m_floor.isNegative() ? std::strong_ordering::greater : std::strong_ordering::less;
    const auto order = m_hasSign ? amount <=> m_floor : amount.compareSize(m_floor);
    return order == std::strong_ordering::equal && m_hasRest ? std::strong_ordering::less : order;
}

} // namespace coffer::ledger
