// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money/amount.h"

#include <compare>
#include <span>
#include <string_view>
#include <vector>

namespace coffer::money {

/// What a currency's money is made of.
enum class CurrencyKind
{
    None,        ///< ISO 4217 "XXX": no currency; what a default Currency is.
    Bitcoin,     ///< Coins of the real network.
    TestBitcoin, ///< "tBTC" (testnet4, signet) and "rBTC" (regtest): worthless, never added to BTC.
    Ether,
    Fiat
};

/// A currency of the table `resources/currencies.json`: a small value, cheap to copy and compare.
/// Its number of decimals never changes, since entries hold whole minor units.
class Currency
{
public:
    /// "XXX": no currency.
    Currency();
    /// By exact code ("BTC", "tBTC", "EUR"); NotFound otherwise.
    static base::Result<Currency> find(std::string_view code);
    static Currency bitcoin();
    static Currency testBitcoin();
    static Currency regtestBitcoin();
    /// The whole table without XXX, in its order.
    static std::vector<Currency> all();

    std::string_view code() const;
    std::string_view name() const;
    /// The sign people write ("€", "$", "₿"); several currencies may share one.
    std::string_view symbol() const;
    /// The name of one minor unit where people use it ("sat"); empty otherwise.
    std::string_view minorName() const;
    unsigned decimals() const;
    CurrencyKind kind() const;
    bool isBitcoin() const;

    bool operator==(const Currency& other) const = default;
    /// By code.
    std::strong_ordering operator<=>(const Currency& other) const;

private:
    struct Row;
    struct Table;
    explicit Currency(const Row* row)
        : m_row(row)
    {
    }
    static const Table& table();

    const Row* m_row; ///< In the table, which lives as long as the process.
};

/// An amount and what it is an amount of.
struct Money
{
    Amount amount;
    Currency currency;

    bool operator==(const Money& other) const = default;
};

/// Conflict when the currencies differ.
base::Result<Money> add(const Money& first, const Money& second);

} // namespace coffer::money
