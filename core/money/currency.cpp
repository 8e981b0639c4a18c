// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money/currency.h"

#include "core/base/json.h"

#include <unordered_map>

namespace coffer::money {

using base::Error;
using base::ErrorCode;
using base::Result;

/// Written by CMake (currency_data.cpp.in).
std::string_view currencyTableJson();

struct Currency::Row
{
    std::string code;
    std::string name;
    std::string symbol;
    std::string minorName;
    unsigned decimals = 0;
    CurrencyKind kind = CurrencyKind::None;
};

struct Currency::Table
{
    std::vector<Row> rows; ///< The first is XXX.
    std::unordered_map<std::string_view, const Row*> byCode;

    Table();
    const Row* at(std::string_view code) const
    {
        const auto found = byCode.find(code);
        ASSERT(found != byCode.end());
        return found->second;
    }
};

namespace {

constexpr unsigned kMaxDecimals = 30; // More is a mistake in the table.

CurrencyKind parseKind(const std::string& name)
{
    if (name == "bitcoin")
        return CurrencyKind::Bitcoin;
    if (name == "test_bitcoin")
        return CurrencyKind::TestBitcoin;
    if (name == "ether")
        return CurrencyKind::Ether;
    if (name == "fiat")
        return CurrencyKind::Fiat;
    ASSERT(name == "none");
    return CurrencyKind::None;
}

} // namespace

// The table is part of the program: a mistake in it is a programmer's, found by the first test.
Currency::Table::Table()
{
    const auto json = base::parseJson(currencyTableJson());
    ASSERT(json);
    for (const auto& item : (*json)["currencies"]) {
        const auto code = base::jsonString(item, "code");
        const auto name = base::jsonString(item, "name");
        const auto symbol = base::jsonString(item, "symbol");
        const auto minor = base::jsonOptionalString(item, "minor");
        const auto decimals = base::jsonInteger(item, "decimals");
        const auto kind = base::jsonString(item, "kind");
        ASSERT(code && name && symbol && minor && decimals && kind);
        ASSERT(*decimals >= 0 && *decimals <= kMaxDecimals);
        rows.push_back({*code, *name, *symbol, minor->value_or(""),
                        static_cast<unsigned>(*decimals), parseKind(*kind)});
    }
    for (const Row& row : rows) {
        const bool fresh = byCode.emplace(row.code, &row).second;
        ASSERT(fresh);
    }
    ASSERT(!rows.empty() && rows.front().code == "XXX");
}

const Currency::Table& Currency::table()
{
    static const Table s_table;
    return s_table;
}

Currency::Currency()
    : m_row(&table().rows.front())
{
}

Result<Currency> Currency::find(std::string_view code)
{
    const auto& byCode = table().byCode;
    const auto found = byCode.find(code);
    if (found == byCode.end())
        return Error{ErrorCode::NotFound, "no such currency"};
    return Currency(found->second);
}

Currency Currency::bitcoin()
{
    static const Row* s_row = table().at("BTC");
    return Currency(s_row);
}

Currency Currency::testBitcoin()
{
    static const Row* s_row = table().at("tBTC");
    return Currency(s_row);
}

Currency Currency::regtestBitcoin()
{
    static const Row* s_row = table().at("rBTC");
    return Currency(s_row);
}

std::vector<Currency> Currency::all()
{
    std::vector<Currency> out;
    for (std::size_t i = 1; i < table().rows.size(); ++i)
        out.push_back(Currency(&table().rows[i]));
    return out;
}

std::string_view Currency::code() const
{
    return m_row->code;
}

std::string_view Currency::name() const
{
    return m_row->name;
}

std::string_view Currency::symbol() const
{
    return m_row->symbol;
}

std::string_view Currency::minorName() const
{
    return m_row->minorName;
}

unsigned Currency::decimals() const
{
    return m_row->decimals;
}

CurrencyKind Currency::kind() const
{
    return m_row->kind;
}

bool Currency::isBitcoin() const
{
    return kind() == CurrencyKind::Bitcoin || kind() == CurrencyKind::TestBitcoin;
}

std::strong_ordering Currency::operator<=>(const Currency& other) const
{
    if (m_row == other.m_row)
        return std::strong_ordering::equal;
    return code() < other.code() ? std::strong_ordering::less : std::strong_ordering::greater;
}

Result<Money> add(const Money& first, const Money& second)
{
    if (first.currency != second.currency)
        return Error{ErrorCode::Conflict, "amounts of different currencies"};
    const auto sum = TRY(first.amount.plus(second.amount));
    return Money{sum, first.currency};
}

} // namespace coffer::money
