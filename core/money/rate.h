// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money/currency.h"

#include <cstdint>

namespace coffer::money {

/// Where a number comes from, strongest first (ARCHITECTURE.md, "Every number carries its proof").
enum class Source
{
    Proved,
    OwnNode,
    Quorum,
    OneServer,
    Device,
    Service
};

/// As JSON shows it: "proved", "own_node", "quorum", "one_server", "device", "service".
std::string_view sourceName(Source source);
base::Result<Source> parseSource(std::string_view name);

/// What one currency costs in another, as a fraction of minor units: `numerator` minor units of
/// `target` for `denominator` minor units of `origin`. With its source and the time it was true.
class Rate
{
public:
    /// Both parts must be positive (OutOfRange) and the currencies different (Conflict).
    static base::Result<Rate> create(Currency origin, Currency target, Amount numerator,
                                     Amount denominator, Source source, std::int64_t atMs);
    /// From a price as services quote it: "61234.56" main units of `target` for one main unit of
    /// `origin`; any number of decimals up to 30.
    static base::Result<Rate> fromPrice(Currency origin, Currency target, std::string_view price,
                                        Source source, std::int64_t atMs);

    const Currency& origin() const { return m_origin; }
    const Currency& target() const { return m_target; }
    const Amount& numerator() const { return m_numerator; }
    const Amount& denominator() const { return m_denominator; }
    Source source() const { return m_source; }
    std::int64_t atMs() const { return m_atMs; }
    /// Not negative even if the clock went back.
    std::int64_t ageMs(std::int64_t nowMs) const;
    Rate inverse() const;

    /// Conflict when `money` is not in the origin currency.
    base::Result<Money> convert(const Money& money, Rounding rounding) const;

    bool operator==(const Rate& other) const = default;

private:
    Rate() = default;

    Currency m_origin;
    Currency m_target;
    Amount m_numerator;
    Amount m_denominator;
    Source m_source = Source::OneServer;
    std::int64_t m_atMs = 0;
};

} // namespace coffer::money
