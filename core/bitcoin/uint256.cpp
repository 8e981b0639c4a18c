// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/uint256.h"

#include "core/base/assert.h"

#include <bit>

namespace coffer::bitcoin {

using base::ErrorCode;
using base::Result;

namespace {

__extension__ using Wide = unsigned __int128;

} // namespace

Uint256 Uint256::fromLittleEndian(const base::ByteArray<32>& bytes)
{
    Uint256 out;
    // Compilers make one load of each group of eight.
    for (std::size_t i = 0; i < 4; ++i) {
        const auto* b = bytes.data() + 8 * i;
        out.m_limbs[i] = std::uint64_t{b[0]} | std::uint64_t{b[1]} << 8 |
                         std::uint64_t{b[2]} << 16 | std::uint64_t{b[3]} << 24 |
                         std::uint64_t{b[4]} << 32 | std::uint64_t{b[5]} << 40 |
                         std::uint64_t{b[6]} << 48 | std::uint64_t{b[7]} << 56;
    }
    return out;
}

Result<Uint256> Uint256::parseHex(std::string_view text)
{
    if (text.empty() || text.size() > 64)
        return {ErrorCode::Malformed, "a 256-bit number has 1 to 64 hex digits"};
    std::string padded(64 - text.size(), '0');
    padded += text;
    auto bytes = TRY(base::parseHexArray<32>(padded));
    std::reverse(bytes.begin(), bytes.end());
    return fromLittleEndian(bytes);
}

base::ByteArray<32> Uint256::toLittleEndian() const
{
    base::ByteArray<32> out{};
    for (std::size_t i = 0; i < 32; ++i)
        out[i] = static_cast<std::uint8_t>(m_limbs[i / 8] >> (8 * (i % 8)));
    return out;
}

std::string Uint256::toHex() const
{
    return toReversedHex(toLittleEndian());
}

unsigned Uint256::bitLength() const
{
    for (std::size_t i = 4; i-- > 0;) {
        if (m_limbs[i] != 0)
            return static_cast<unsigned>(64 * i) +
                   static_cast<unsigned>(std::bit_width(m_limbs[i]));
    }
    return 0;
}

Uint256& Uint256::operator+=(const Uint256& other)
{
    Wide carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        carry += Wide{m_limbs[i]} + other.m_limbs[i];
        m_limbs[i] = static_cast<std::uint64_t>(carry);
        carry >>= 64;
    }
    return *this;
}

Uint256& Uint256::operator-=(const Uint256& other)
{
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const Wide difference = Wide{m_limbs[i]} - other.m_limbs[i] - borrow;
        m_limbs[i] = static_cast<std::uint64_t>(difference);
        borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
    }
    return *this;
}

Uint256& Uint256::operator*=(std::uint64_t factor)
{
    Wide carry = 0;
    for (auto& limb : m_limbs) {
        carry += Wide{limb} * factor;
        limb = static_cast<std::uint64_t>(carry);
        carry >>= 64;
    }
    return *this;
}

Uint256& Uint256::operator/=(const Uint256& divisor)
{
    ASSERT(!divisor.isZero());
    // Schoolbook in base 2: a division happens once in a period and for each new target, no more.
    Uint256 quotient;
    Uint256 rest;
    for (unsigned i = bitLength(); i-- > 0;) {
        // A divisor of 256 bits can make the rest pass 2^256 while shifting.
        const bool overflows = (rest.m_limbs[3] >> 63) != 0;
        rest <<= 1;
        rest.m_limbs[0] |= (m_limbs[i / 64] >> (i % 64)) & 1;
        if (overflows || rest >= divisor) {
            rest -= divisor;
            quotient.m_limbs[i / 64] |= std::uint64_t{1} << (i % 64);
        }
    }
    return *this = quotient;
}

Uint256& Uint256::operator<<=(unsigned bits)
{
    Uint256 out;
    const std::size_t limbs = bits / 64;
    const unsigned rest = bits % 64;
    for (std::size_t i = limbs; i < 4; ++i) {
        out.m_limbs[i] = m_limbs[i - limbs] << rest;
        if (rest != 0 && i > limbs)
            out.m_limbs[i] |= m_limbs[i - limbs - 1] >> (64 - rest);
    }
    return *this = out;
}

Uint256& Uint256::operator>>=(unsigned bits)
{
    Uint256 out;
    const std::size_t limbs = bits / 64;
    const unsigned rest = bits % 64;
    for (std::size_t i = 0; i + limbs < 4; ++i) {
        out.m_limbs[i] = m_limbs[i + limbs] >> rest;
        if (rest != 0 && i + limbs + 1 < 4)
            out.m_limbs[i] |= m_limbs[i + limbs + 1] << (64 - rest);
    }
    return *this = out;
}

Uint256 Uint256::operator~() const
{
    Uint256 out;
    for (std::size_t i = 0; i < 4; ++i)
        out.m_limbs[i] = ~m_limbs[i];
    return out;
}

} // namespace coffer::bitcoin
