// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cbor.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace coffer::money {

/// Which way a division that leaves a rest goes. There is no default: someone bears the rest.
enum class Rounding
{
    Down, ///< Toward zero.
    Up,   ///< Away from zero.
    HalfEven
};

/// A whole number of minor units: a sign and 256 bits. What does not fit is OutOfRange, never
/// wrapped, never rounded and never thrown.
class Amount
{
public:
    constexpr Amount() = default;
    explicit constexpr Amount(std::int64_t minorUnits)
        : m_limbs{minorUnits < 0 ? 0 - static_cast<std::uint64_t>(minorUnits)
                                 : static_cast<std::uint64_t>(minorUnits),
                  0, 0, 0}
        , m_negative(minorUnits < 0)
    {
    }
    static Amount fromUnsigned(std::uint64_t minorUnits);
    /// Decimal minor units as JSON and SQL columns hold them: "-"? digits, no leading zeros, no
    /// "-0".
    static base::Result<Amount> parse(std::string_view decimal);
    /// Big-endian magnitude, up to 32 bytes.
    static base::Result<Amount> fromBigEndian(base::ByteView magnitude);

    std::string toString() const;
    base::Result<std::int64_t> toInt64() const;
    /// Big-endian magnitude without leading zeros; empty for zero.
    base::Bytes magnitudeBigEndian() const;
    /// Bits of the magnitude: 0 for zero.
    unsigned bitLength() const;

    constexpr bool isZero() const
    {
        return (m_limbs[0] | m_limbs[1] | m_limbs[2] | m_limbs[3]) == 0;
    }
    constexpr bool isNegative() const { return m_negative; }
    /// -1, 0 or 1.
    constexpr int sign() const { return isZero() ? 0 : (m_negative ? -1 : 1); }
    Amount negated() const;
    Amount absolute() const;

    base::Result<Amount> plus(const Amount& other) const;
    base::Result<Amount> minus(const Amount& other) const;
    base::Result<Amount> times(const Amount& factor) const;
    /// this * numerator / denominator with a 512-bit intermediate. A zero denominator is
    /// OutOfRange.
    base::Result<Amount> timesRatio(const Amount& numerator, const Amount& denominator,
                                    Rounding rounding) const;

    bool operator==(const Amount& other) const = default;
    std::strong_ordering operator<=>(const Amount& other) const;
    /// Of the magnitudes alone.
    std::strong_ordering compareSize(const Amount& other) const
    {
        for (std::size_t i = m_limbs.size(); i-- > 0;) {
            if (m_limbs[i] != other.m_limbs[i])
                return m_limbs[i] <=> other.m_limbs[i];
        }
        return std::strong_ordering::equal;
    }

    /// A CBOR integer where one of 64 bits holds it, else the shortest bignum (tag 2 or 3).
    void encode(base::CborWriter& out) const;
    static base::Result<Amount> decode(base::CborReader& in);

    /// 10^exponent; exponents above 77 are OutOfRange.
    static base::Result<Amount> powerOfTen(unsigned exponent);

private:
    using Limbs = std::array<std::uint64_t, 4>;
    bool isShort() const { return (m_limbs[1] | m_limbs[2] | m_limbs[3]) == 0; }
    friend struct AmountArithmetic;

    Limbs m_limbs{}; ///< Least significant first.
    bool m_negative = false;
};

} // namespace coffer::money
