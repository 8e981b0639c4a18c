// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/secret_bytes.h"

#include <sodium.h>

#include <atomic>
#include <cstring>
#include <utility>

namespace coffer::base {

namespace {

std::atomic<bool> s_memoryIsLocked{true};

std::uint8_t* allocateGuarded(std::size_t size)
{
    static const int initialised = sodium_init();
    ASSERT(initialised >= 0);
    auto* data = static_cast<std::uint8_t*>(sodium_malloc(size));
    ASSERT(data != nullptr);
    // sodium_malloc locks by itself but hides a failure; asking again tells.
    if (sodium_mlock(data, size) != 0)
        s_memoryIsLocked.store(false);
    return data;
}

} // namespace

SecretBytes SecretBytes::allocate(std::size_t size)
{
    SecretBytes out;
    if (size > 0) {
        out.m_data = allocateGuarded(size);
        out.m_size = size;
        std::memset(out.m_data, 0, size);
    }
    return out;
}

SecretBytes SecretBytes::random(std::size_t size)
{
    auto out = allocate(size);
    if (size > 0)
        randombytes_buf(out.m_data, size);
    return out;
}

SecretBytes SecretBytes::copyOf(ByteView source)
{
    auto out = allocate(source.size());
    if (!source.empty())
        std::memcpy(out.m_data, source.data(), source.size());
    return out;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept
{
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    clear();
}

bool SecretBytes::equals(const SecretBytes& other) const
{
    if (m_size != other.m_size)
        return false;
    return m_size == 0 || sodium_memcmp(m_data, other.m_data, m_size) == 0;
}

SecretBytes SecretBytes::clone() const
{
    return copyOf(reveal());
}

void SecretBytes::clear()
{
    if (m_data != nullptr) {
        sodium_free(m_data); // Wipes before it releases.
        m_data = nullptr;
        m_size = 0;
    }
}

bool SecretBytes::memoryIsLocked()
{
    return s_memoryIsLocked.load();
}

void wipe(std::span<std::uint8_t> memory)
{
    if (!memory.empty())
        sodium_memzero(memory.data(), memory.size());
}

} // namespace coffer::base
