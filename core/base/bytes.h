// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coffer::base {

/// Public bytes. Secrets are SecretBytes.
using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
template <std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;

/// The bytes of a text, not copied.
ByteView viewOf(std::string_view text);
/// Copies a view.
Bytes bytesOf(ByteView view);
/// Copies a text's bytes.
Bytes bytesOf(std::string_view text);
/// Concatenates two views.
Bytes concat(ByteView first, ByteView second);
/// Equal length and content. Not constant-time: for public bytes only.
bool equal(ByteView first, ByteView second);

/// Reads integers and fields from untrusted bytes; every read is bounds-checked (Malformed).
class ByteReader
{
public:
    explicit ByteReader(ByteView bytes)
        : m_bytes(bytes)
    {
    }

    std::size_t remaining() const { return m_bytes.size() - m_position; }
    std::size_t position() const { return m_position; }
    bool atEnd() const { return remaining() == 0; }

    Result<std::uint8_t> u8();
    Result<std::uint16_t> u16le();
    Result<std::uint16_t> u16be();
    Result<std::uint32_t> u32le();
    Result<std::uint32_t> u32be();
    Result<std::uint64_t> u64le();
    Result<std::uint64_t> u64be();
    /// A view into the input, valid as long as the input is.
    Result<ByteView> take(std::size_t count);
    Result<void> skip(std::size_t count);

    template <std::size_t N>
    Result<ByteArray<N>> array()
    {
        auto view = TRY(take(N));
        ByteArray<N> out{};
        for (std::size_t i = 0; i < N; ++i)
            out[i] = view[i];
        return out;
    }

    /// Bitcoin's CompactSize (1, 3, 5 or 9 bytes). Non-canonical forms are Malformed;
    /// a value above `maximum` is TooLarge.
    Result<std::uint64_t> compactSize(std::uint64_t maximum);

    /// Fails with Malformed unless everything was read.
    Result<void> expectEnd() const;

private:
    ByteView m_bytes;
    std::size_t m_position = 0;
};

/// Appends integers and fields to a growing buffer of public bytes.
class ByteWriter
{
public:
    void u8(std::uint8_t value) { m_bytes.push_back(value); }
    void u16le(std::uint16_t value);
    void u16be(std::uint16_t value);
    void u32le(std::uint32_t value);
    void u32be(std::uint32_t value);
    void u64le(std::uint64_t value);
    void u64be(std::uint64_t value);
    void compactSize(std::uint64_t value);
    void append(ByteView bytes) { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }

    std::size_t size() const { return m_bytes.size(); }
    ByteView view() const { return m_bytes; }
    Bytes take() { return std::move(m_bytes); }

private:
    Bytes m_bytes;
};

} // namespace coffer::base
