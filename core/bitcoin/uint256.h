// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/hash_id.h"

namespace coffer::bitcoin {

/// 256-bit unsigned number for targets and work; wraps like a machine integer, never throws.
///
/// Money is not counted in it. Own code, because a header is compared a million times a second and
/// Boost's type would drag its templates into every file that knows a network.
class Uint256
{
public:
    constexpr Uint256() = default;
    // Numbers convert: `Uint256 work = 0; work += workOf(bits);` reads as arithmetic.
    constexpr Uint256(std::uint64_t value)
        : m_limbs{value, 0, 0, 0}
    {
    }

    /// 32 bytes, least significant first: the internal order of a hash.
    static Uint256 fromLittleEndian(const base::ByteArray<32>& bytes);
    /// Up to 64 hex digits, most significant first; Malformed.
    static base::Result<Uint256> parseHex(std::string_view text);
    base::ByteArray<32> toLittleEndian() const;
    /// 64 hex digits, most significant first.
    std::string toHex() const;

    constexpr bool isZero() const
    {
        return (m_limbs[0] | m_limbs[1] | m_limbs[2] | m_limbs[3]) == 0;
    }
    /// Position of the highest set bit plus one; 0 for zero.
    unsigned bitLength() const;
    constexpr std::uint64_t low64() const { return m_limbs[0]; }

    Uint256& operator+=(const Uint256& other);
    Uint256& operator-=(const Uint256& other);
    /// Times a small number (a time span).
    Uint256& operator*=(std::uint64_t factor);
    /// Divides; a zero divisor is a programmer error.
    Uint256& operator/=(const Uint256& divisor);
    Uint256& operator<<=(unsigned bits);
    Uint256& operator>>=(unsigned bits);
    Uint256 operator~() const;

    friend Uint256 operator+(Uint256 a, const Uint256& b) { return a += b; }
    friend Uint256 operator-(Uint256 a, const Uint256& b) { return a -= b; }
    friend Uint256 operator*(Uint256 a, std::uint64_t b) { return a *= b; }
    friend Uint256 operator/(Uint256 a, const Uint256& b) { return a /= b; }
    friend Uint256 operator<<(Uint256 a, unsigned bits) { return a <<= bits; }
    friend Uint256 operator>>(Uint256 a, unsigned bits) { return a >>= bits; }

    friend constexpr bool operator==(const Uint256&, const Uint256&) = default;
    friend constexpr std::strong_ordering operator<=>(const Uint256& a, const Uint256& b)
    {
        for (std::size_t i = 4; i-- > 0;) {
            if (a.m_limbs[i] != b.m_limbs[i])
                return a.m_limbs[i] <=> b.m_limbs[i];
        }
        return std::strong_ordering::equal;
    }

private:
    /// Least significant first.
    std::array<std::uint64_t, 4> m_limbs{};
};

} // namespace coffer::bitcoin
