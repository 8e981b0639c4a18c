// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secret/secret_line.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace coffer::ui {

namespace {

bool continues(std::uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/// UTF-8 of one code point; returns its length.
std::size_t encode(char32_t c, std::array<std::uint8_t, 4>& out)
{
    const auto tail = [](char32_t bits) { return std::uint8_t(0x80 | (bits & 0x3F)); };
    if (c < 0x80) {
        out[0] = std::uint8_t(c);
        return 1;
    }
    if (c < 0x800) {
        out = {std::uint8_t(0xC0 | (c >> 6)), tail(c), 0, 0};
        return 2;
    }
    if (c < 0x10000) {
        out = {std::uint8_t(0xE0 | (c >> 12)), tail(c >> 6), tail(c), 0};
        return 3;
    }
    out = {std::uint8_t(0xF0 | (c >> 18)), tail(c >> 12), tail(c >> 6), tail(c)};
    return 4;
}

} // namespace

SecretLine::SecretLine()
    : m_buffer(base::SecretBytes::allocate(kCapacity))
{
}

base::ByteView SecretLine::view() const
{
    return m_buffer.reveal().first(m_size);
}

std::size_t SecretLine::previousStart(std::size_t offset) const
{
    const auto bytes = view();
    if (offset == 0)
        return 0;
    --offset;
    while (offset > 0 && continues(bytes[offset]))
        --offset;
    return offset;
}

std::size_t SecretLine::nextStart(std::size_t offset) const
{
    const auto bytes = view();
    if (offset >= m_size)
        return m_size;
    ++offset;
    while (offset < m_size && continues(bytes[offset]))
        ++offset;
    return offset;
}

void SecretLine::setCaret(std::size_t caret)
{
    m_caret = std::min(caret, m_size);
}

int SecretLine::charactersBefore(std::size_t offset) const
{
    const auto bytes = view();
    int count = 0;
    for (std::size_t i = 0; i < offset && i < m_size; ++i)
        count += continues(bytes[i]) ? 0 : 1;
    return count;
}

std::size_t SecretLine::offsetOf(int character) const
{
    std::size_t offset = 0;
    for (int i = 0; i < character && offset < m_size; ++i)
        offset = nextStart(offset);
    return offset;
}

void SecretLine::insert(QStringView text)
{
    auto bytes = m_buffer.reveal();
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        if (c < 0x20 || c == 0x7F)
            continue;
        std::array<std::uint8_t, 4> encoded{};
        const std::size_t length = encode(c, encoded);
        const base::WipeGuard guard(encoded);
        if (m_size + length > kCapacity)
            return;
        std::memmove(bytes.data() + m_caret + length, bytes.data() + m_caret, m_size - m_caret);
        std::memcpy(bytes.data() + m_caret, encoded.data(), length);
        m_size += length;
        m_caret += length;
    }
}

void SecretLine::eraseRange(std::size_t start, std::size_t end)
{
    end = std::min(end, m_size);
    if (start >= end)
        return;
    auto bytes = m_buffer.reveal();
    std::memmove(bytes.data() + start, bytes.data() + end, m_size - end);
    base::wipe(bytes.subspan(m_size - (end - start), end - start));
    m_size -= end - start;
    if (m_caret >= end)
        m_caret -= end - start;
    else if (m_caret > start)
        m_caret = start;
}

void SecretLine::erasePrevious()
{
    eraseRange(previousStart(m_caret), m_caret);
}

void SecretLine::eraseNext()
{
    eraseRange(m_caret, nextStart(m_caret));
}

void SecretLine::moveCaret(int characters)
{
    for (; characters < 0; ++characters)
        m_caret = previousStart(m_caret);
    for (; characters > 0; --characters)
        m_caret = nextStart(m_caret);
}

void SecretLine::clear()
{
    base::wipe(m_buffer.reveal());
    m_size = 0;
    m_caret = 0;
}

base::SecretBytes SecretLine::copy() const
{
    return base::SecretBytes::copyOf(view());
}

bool SecretLine::equals(const SecretLine& other) const
{
    return copy().equals(other.copy());
}

} // namespace coffer::ui
