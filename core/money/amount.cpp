// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money/amount.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <bit>

namespace coffer::money {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

// 512 bits hold the product of any two magnitudes; unchecked, since nothing here can leave them.
using Wide = boost::multiprecision::uint512_t;

constexpr std::size_t kMaxDigits = 78; // 2^256 has 78 decimal digits.
constexpr std::size_t kMagnitudeBytes = 32;

Error tooLarge()
{
    return Error{ErrorCode::OutOfRange, "amount beyond 256 bits"};
}

} // namespace

struct AmountArithmetic
{
    static Amount make(const Amount::Limbs& limbs, bool negative)
    {
        Amount out;
        out.m_limbs = limbs;
        out.m_negative = negative && !out.isZero();
        return out;
    }

    static Wide wide(const Amount& amount)
    {
        Wide out;
        import_bits(out, amount.m_limbs.begin(), amount.m_limbs.end(), 64, false);
        return out;
    }

    static Result<Amount> narrow(const Wide& magnitude, bool negative)
    {
        if (!magnitude.is_zero() && msb(magnitude) >= 256)
            return tooLarge();
        Amount::Limbs limbs{};
        export_bits(magnitude, limbs.begin(), 64, false);
        return make(limbs, negative);
    }

    static Result<Amount> sum(const Amount& a, const Amount& b, bool negateSecond)
    {
        const bool bNegative = b.m_negative != negateSecond;
        if (a.isShort() && b.isShort())
            return shortSum(a, b, bNegative);
        const Wide first = wide(a);
        const Wide second = wide(b);
        if (a.m_negative == bNegative)
            return narrow(Wide(first + second), bNegative);
        if (first >= second)
            return narrow(Wide(first - second), a.m_negative);
        return narrow(Wide(second - first), bNegative);
    }

private:
    static Amount shortSum(const Amount& a, const Amount& b, bool bNegative)
    {
        const std::uint64_t first = a.m_limbs[0];
        const std::uint64_t second = b.m_limbs[0];
        if (a.m_negative == bNegative) {
            const std::uint64_t low = first + second;
            return make({low, low < first ? 1U : 0U, 0, 0}, bNegative);
        }
        if (first >= second)
            return make({first - second, 0, 0, 0}, a.m_negative);
        return make({second - first, 0, 0, 0}, bNegative);
    }
};

Amount Amount::fromUnsigned(std::uint64_t minorUnits)
{
    return AmountArithmetic::make({minorUnits, 0, 0, 0}, false);
}

Result<Amount> Amount::parse(std::string_view decimal)
{
    const bool negative = decimal.starts_with('-');
    const std::string_view digits = negative ? decimal.substr(1) : decimal;
    if (digits.empty() ||
        !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return Error{ErrorCode::Malformed, "amount is not a whole number"};
    if (digits.front() == '0' && (digits.size() > 1 || negative))
        return Error{ErrorCode::Malformed, "amount with a superfluous zero"};
    if (digits.size() > kMaxDigits)
        return tooLarge();
    if (digits.size() < 20) { // 10^19 - 1 fits 64 bits.
        std::uint64_t value = 0;
        for (const char c : digits)
            value = value * 10 + static_cast<std::uint64_t>(c - '0');
        return AmountArithmetic::make({value, 0, 0, 0}, negative);
    }
    return AmountArithmetic::narrow(Wide(std::string(digits)), negative);
}

Result<Amount> Amount::fromBigEndian(base::ByteView magnitude)
{
    if (magnitude.size() > kMagnitudeBytes)
        return tooLarge();
    Limbs limbs{};
    for (std::size_t i = 0; i < magnitude.size(); ++i) {
        const std::uint64_t byte = magnitude[magnitude.size() - 1 - i];
        limbs[i / 8] |= byte << (8 * (i % 8));
    }
    return AmountArithmetic::make(limbs, false);
}

std::string Amount::toString() const
{
    std::string digits =
        isShort() ? std::to_string(m_limbs[0]) : AmountArithmetic::wide(*this).str();
    return m_negative ? "-" + digits : digits;
}

Result<std::int64_t> Amount::toInt64() const
{
    constexpr std::uint64_t kLimit = std::uint64_t{1} << 63;
    if (!isShort() || m_limbs[0] > kLimit || (!m_negative && m_limbs[0] == kLimit))
        return Error{ErrorCode::OutOfRange, "amount beyond 64 bits"};
    return static_cast<std::int64_t>(m_negative ? 0 - m_limbs[0] : m_limbs[0]);
}

base::Bytes Amount::magnitudeBigEndian() const
{
    base::Bytes out;
    for (std::size_t i = kMagnitudeBytes; i-- > 0;) {
        const auto byte = static_cast<std::uint8_t>(m_limbs[i / 8] >> (8 * (i % 8)));
        if (byte != 0 || !out.empty())
            out.push_back(byte);
    }
    return out;
}

unsigned Amount::bitLength() const
{
    for (std::size_t i = m_limbs.size(); i-- > 0;) {
        if (m_limbs[i] != 0)
            return static_cast<unsigned>(64 * i) +
                   static_cast<unsigned>(std::bit_width(m_limbs[i]));
    }
    return 0;
}

Amount Amount::negated() const
{
    return AmountArithmetic::make(m_limbs, !m_negative);
}

Amount Amount::absolute() const
{
    return AmountArithmetic::make(m_limbs, false);
}

Result<Amount> Amount::plus(const Amount& other) const
{
    return AmountArithmetic::sum(*this, other, false);
}

Result<Amount> Amount::minus(const Amount& other) const
{
    return AmountArithmetic::sum(*this, other, true);
}

Result<Amount> Amount::times(const Amount& factor) const
{
    const Wide product = AmountArithmetic::wide(*this) * AmountArithmetic::wide(factor);
    return AmountArithmetic::narrow(product, m_negative != factor.m_negative);
}

Result<Amount> Amount::timesRatio(const Amount& numerator, const Amount& denominator,
                                  Rounding rounding) const
{
    if (denominator.isZero())
        return Error{ErrorCode::OutOfRange, "division by zero"};
    const Wide product = AmountArithmetic::wide(*this) * AmountArithmetic::wide(numerator);
    const Wide divisor = AmountArithmetic::wide(denominator);
    Wide quotient;
    Wide rest;
    divide_qr(product, divisor, quotient, rest);
    // rest < divisor < 2^256, so doubling stays within 512 bits.
    const Wide twice = rest * 2;
    const bool up = (rounding == Rounding::Up && !rest.is_zero()) ||
                    (rounding == Rounding::HalfEven &&
                     (twice > divisor || (twice == divisor && bit_test(quotient, 0))));
    if (up)
        ++quotient; // Cannot wrap: a quotient of 2^512 - 1 has no rest (divisor 1).
    const bool negative = (m_negative != numerator.m_negative) != denominator.m_negative;
    return AmountArithmetic::narrow(quotient, negative);
}

std::strong_ordering Amount::operator<=>(const Amount& other) const
{
    if (m_negative != other.m_negative)
        return m_negative ? std::strong_ordering::less : std::strong_ordering::greater;
    return m_negative ? other.compareSize(*this) : compareSize(other);
}

void Amount::encode(base::CborWriter& out) const
{
    if (isShort() && !m_negative) {
        out.uint(m_limbs[0]);
        return;
    }
    out.bigInteger(m_negative ? base::CborSign::Negative : base::CborSign::Positive,
                   magnitudeBigEndian());
}

Result<Amount> Amount::decode(base::CborReader& in)
{
    const auto value = TRY(in.bigInteger());
    Limbs limbs{};
    for (std::size_t i = 0; i < kMagnitudeBytes; ++i) {
        auto& limb = limbs[3 - i / 8];
        limb = (limb << 8) | value.magnitude[i];
    }
    return AmountArithmetic::make(limbs, value.sign == base::CborSign::Negative);
}

Result<Amount> Amount::powerOfTen(unsigned exponent)
{
    if (exponent >= kMaxDigits)
        return tooLarge();
    return AmountArithmetic::narrow(
        boost::multiprecision::pow(boost::multiprecision::uint512_t(10), exponent), false);
}

} // namespace coffer::money
