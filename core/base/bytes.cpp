// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/bytes.h"

#include <algorithm>

namespace coffer::base {

ByteView viewOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Bytes bytesOf(ByteView view)
{
    return {view.begin(), view.end()};
}

Bytes bytesOf(std::string_view text)
{
    return bytesOf(viewOf(text));
}

Bytes concat(ByteView first, ByteView second)
{
    Bytes out;
    out.reserve(first.size() + second.size());
    out.insert(out.end(), first.begin(), first.end());
    out.insert(out.end(), second.begin(), second.end());
    return out;
}

bool equal(ByteView first, ByteView second)
{
    return std::ranges::equal(first, second);
}

namespace {

template <typename T>
T fromLittleEndian(ByteView bytes)
{
    T value = 0;
    for (std::size_t i = sizeof(T); i-- > 0;)
        value = static_cast<T>((static_cast<std::uint64_t>(value) << 8) | bytes[i]);
    return value;
}

template <typename T>
T fromBigEndian(ByteView bytes)
{
    T value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        value = static_cast<T>((static_cast<std::uint64_t>(value) << 8) | bytes[i]);
    return value;
}

template <typename T>
void appendLittleEndian(ByteWriter& out, T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i)
        out.u8(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
}

template <typename T>
void appendBigEndian(ByteWriter& out, T value)
{
    for (std::size_t i = sizeof(T); i-- > 0;)
        out.u8(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
}

} // namespace

Result<ByteView> ByteReader::take(std::size_t count)
{
    if (count > remaining())
        return Error{ErrorCode::Malformed, "unexpected end of data"};
    auto view = m_bytes.subspan(m_position, count);
    m_position += count;
    return view;
}

Result<void> ByteReader::skip(std::size_t count)
{
    TRY(take(count));
    return {};
}

Result<std::uint8_t> ByteReader::u8()
{
    auto view = TRY(take(1));
    return view[0];
}

Result<std::uint16_t> ByteReader::u16le()
{
    auto view = TRY(take(2));
    return fromLittleEndian<std::uint16_t>(view);
}

Result<std::uint16_t> ByteReader::u16be()
{
    auto view = TRY(take(2));
    return fromBigEndian<std::uint16_t>(view);
}

Result<std::uint32_t> ByteReader::u32le()
{
    auto view = TRY(take(4));
    return fromLittleEndian<std::uint32_t>(view);
}

Result<std::uint32_t> ByteReader::u32be()
{
    auto view = TRY(take(4));
    return fromBigEndian<std::uint32_t>(view);
}

Result<std::uint64_t> ByteReader::u64le()
{
    auto view = TRY(take(8));
    return fromLittleEndian<std::uint64_t>(view);
}

Result<std::uint64_t> ByteReader::u64be()
{
    auto view = TRY(take(8));
    return fromBigEndian<std::uint64_t>(view);
}

Result<std::uint64_t> ByteReader::compactSize(std::uint64_t maximum)
{
    const auto first = TRY(u8());
    std::uint64_t value = first;
    std::uint64_t smallest = 0;
    if (first == 0xfd) {
        value = TRY(u16le());
        smallest = 0xfd;
    } else if (first == 0xfe) {
        value = TRY(u32le());
        smallest = 0x10000;
    } else if (first == 0xff) {
        value = TRY(u64le());
        smallest = 0x100000000;
    }
    if (value < smallest)
        return Error{ErrorCode::Malformed, "non-canonical CompactSize"};
    if (value > maximum)
        return Error{ErrorCode::TooLarge, "CompactSize above its limit"};
    return value;
}

Result<void> ByteReader::expectEnd() const
{
    if (!atEnd())
        return Error{ErrorCode::Malformed, "trailing bytes"};
    return {};
}

void ByteWriter::u16le(std::uint16_t value)
{
    appendLittleEndian(*this, value);
}
void ByteWriter::u16be(std::uint16_t value)
{
    appendBigEndian(*this, value);
}
void ByteWriter::u32le(std::uint32_t value)
{
    appendLittleEndian(*this, value);
}
void ByteWriter::u32be(std::uint32_t value)
{
    appendBigEndian(*this, value);
}
void ByteWriter::u64le(std::uint64_t value)
{
    appendLittleEndian(*this, value);
}
void ByteWriter::u64be(std::uint64_t value)
{
    appendBigEndian(*this, value);
}

void ByteWriter::compactSize(std::uint64_t value)
{
    if (value < 0xfd) {
        u8(static_cast<std::uint8_t>(value));
    } else if (value <= 0xffff) {
        u8(0xfd);
        u16le(static_cast<std::uint16_t>(value));
    } else if (value <= 0xffffffff) {
        u8(0xfe);
        u32le(static_cast<std::uint32_t>(value));
    } else {
        u8(0xff);
        u64le(value);
    }
}

} // namespace coffer::base
