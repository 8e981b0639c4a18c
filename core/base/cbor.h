// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::base {

/// Deterministic CBOR (RFC 8949, section 4.2.1), the subset that Coffer hashes, signs and seals:
/// integers, byte and text strings, arrays, maps with ascending keys, booleans, null, tags 2 and 3.
/// No floats, no indefinite lengths. The writer cannot produce and the reader refuses anything else,
/// so bytes that were read re-encode to the same bytes.
class CborWriter
{
public:
    void uint(std::uint64_t value);
    void integer(std::int64_t value);
    void bytes(ByteView value);
    void text(std::string_view value);
    void boolean(bool value);
    void null();
    void tag(std::uint64_t number);
    /// Exactly `count` items must follow.
    void beginArray(std::size_t count);
    /// Exactly `count` key-value pairs must follow, keys in ascending bytewise order of their encoding
    /// (for small unsigned integers: numeric order).
    void beginMap(std::size_t count);

    std::size_t size() const { return m_out.size(); }
    ByteView view() const { return m_out.view(); }
    Bytes take() { return m_out.take(); }

private:
    void head(std::uint8_t major, std::uint64_t value);
    ByteWriter m_out;
};

enum class CborType
{
    Uint,
    NegativeInteger,
    Bytes,
    Text,
    Array,
    Map,
    Tag,
    Boolean,
    Null,
    End
};

/// Pulls items from untrusted bytes in order. Errors are Malformed (or TooLarge for a count beyond what
/// the remaining bytes could hold). Map key order is checked by mapKeyUint()/mapKeyText().
class CborReader
{
public:
    explicit CborReader(ByteView bytes) : m_in(bytes) {}

    /// The type of the next item; End at the end of input.
    Result<CborType> peek() const;
    Result<std::uint64_t> uint();
    /// A Uint or NegativeInteger that fits 64 signed bits.
    Result<std::int64_t> integer();
    /// Views into the input.
    Result<ByteView> bytes();
    /// Valid UTF-8.
    Result<std::string_view> text();
    Result<bool> boolean();
    Result<void> null();
    Result<std::uint64_t> tag();
    Result<std::size_t> array();
    Result<std::size_t> map();
    template <std::size_t N>
    Result<ByteArray<N>> byteArray()
    {
        auto view = TRY(bytes());
        if (view.size() != N)
            return Error{ErrorCode::Malformed, "CBOR byte string of the wrong length"};
        ByteArray<N> out{};
        for (std::size_t i = 0; i < N; ++i)
            out[i] = view[i];
        return out;
    }
    /// Skips one whole item; nesting is bounded (16 levels).
    Result<void> skip();
    /// Malformed unless everything was read.
    Result<void> expectEnd() const;
    std::size_t position() const { return m_in.position(); }

private:
    struct Head
    {
        std::uint8_t major = 0;
        std::uint8_t minor = 0;
        std::uint64_t value = 0;
    };
    Result<Head> head();
    Result<void> skipItem(int depth);

    ByteReader m_in;
};

} // namespace coffer::base
