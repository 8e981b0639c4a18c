// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/random.h"

#include <sodium.h>

namespace coffer::base {

std::uint64_t Random::u64()
{
    ByteArray<8> bytes{};
    fill(bytes);
    std::uint64_t value = 0;
    for (const auto byte : bytes)
        value = (value << 8) | byte;
    return value;
}

std::uint64_t Random::below(std::uint64_t bound)
{
    ASSERT(bound > 0);
    // Rejection keeps the result uniform.
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    std::uint64_t value = u64();
    while (value >= limit)
        value = u64();
    return value % bound;
}

void SystemRandom::fill(std::span<std::uint8_t> out)
{
    static const int initialised = sodium_init();
    ASSERT(initialised >= 0);
    randombytes_buf(out.data(), out.size());
}

void SeededRandom::fill(std::span<std::uint8_t> out)
{
    // splitmix64 (Steele, Lea, Flood 2014).
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i % 8 == 0) {
            m_state += 0x9e3779b97f4a7c15;
            word = m_state;
            word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
            word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
            word ^= word >> 31;
        }
        out[i] = static_cast<std::uint8_t>(word >> (8 * (i % 8)));
    }
}

} // namespace coffer::base
