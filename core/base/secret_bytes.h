// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::base {

/// Secret bytes: passwords, words, entropy, seeds, private and symmetric keys.
///
/// Move-only, in guarded memory of libsodium (own pages, locked where the system allows, wiped on
/// release). Pages each: fine for dozens alive, wrong for thousands: derive, use, drop. Never in a
/// QString, QByteArray, std::string, QVariant, signal or log. `reveal()` is the one door out.
class SecretBytes
{
public:
    SecretBytes() = default;
    /// Zero-filled.
    static SecretBytes allocate(std::size_t size);
    /// Filled from the system's generator.
    static SecretBytes random(std::size_t size);
    /// Copies; the caller wipes the source (see wipe()).
    static SecretBytes copyOf(ByteView source);

    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    /// Constant-time for equal lengths.
    bool equals(const SecretBytes& other) const;
    SecretBytes clone() const;
    /// Wipes and releases now.
    void clear();

    /// The one greppable door. The span dies with this object.
    ByteView reveal() const { return {m_data, m_size}; }
    std::span<std::uint8_t> reveal() { return {m_data, m_size}; }

    /// False once any allocation could not be locked into memory: a visible warning, not silence.
    static bool memoryIsLocked();

private:
    std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
};

/// Overwrites memory that held a secret; the compiler cannot remove it.
void wipe(std::span<std::uint8_t> memory);

/// Calls `wipe` on a buffer when the scope ends: for stack intermediates.
class WipeGuard
{
public:
    explicit WipeGuard(std::span<std::uint8_t> memory)
        : m_memory(memory)
    {
    }
    ~WipeGuard() { wipe(m_memory); }
    WipeGuard(const WipeGuard&) = delete;
    WipeGuard& operator=(const WipeGuard&) = delete;

private:
    std::span<std::uint8_t> m_memory;
};

} // namespace coffer::base
