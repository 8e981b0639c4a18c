// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::base {

/// Whether an integer is below zero.
enum class CborSign
{
    Positive,
    Negative
};

/// An integer of up to 256 bits: sign and big-endian magnitude. Zero is Positive.
struct CborBigInteger
{
    CborSign sign = CborSign::Positive;
    ByteArray<32> magnitude{};
};

/// What the nesting check needs to know of an item.
enum class CborItem
{
    Scalar,     ///< An integer, text or boolean.
    ByteString, ///< A byte string: the only content of a tag.
    Null,       ///< Never a map key.
    Array,
    Map
};

/// Follows arrays and maps as items come by: how many are missing, and whether keys ascend. Writer
/// and reader share it, so that one cannot produce what the other refuses.
class CborNesting
{
public:
    static constexpr std::size_t kMaxDepth = 16; // Our own documents need five.

    /// An item that is neither array nor map nor tag was read or written, with this encoding.
    Result<void> item(CborItem kind, ByteView encoding);
    /// An array of `count` items or a map of `count` pairs begins.
    Result<void> open(CborItem kind, std::uint64_t count);
    /// A tag was read or written: its byte string must be next.
    Result<void> tag();

    bool isTagged() const { return m_isTagged; }
    std::size_t depth() const { return m_depth; }
    /// No container and no tag waits for more.
    bool isComplete() const { return m_depth == 0 && !m_isTagged; }

private:
    struct Level
    {
        CborItem kind = CborItem::Array;
        std::uint64_t missing = 0; // Items of an array, pairs of a map.
        bool keyIsNext = false;
        Bytes lastKey;
    };
    bool keyIsNext() const { return m_depth > 0 && m_levels[m_depth - 1].keyIsNext; }
    void countItem();

    std::array<Level, kMaxDepth> m_levels;
    std::size_t m_depth = 0;
    bool m_isTagged = false;
};

/// Deterministic CBOR (RFC 8949, section 4.2.1), the subset that Coffer hashes, signs and seals:
/// integers, byte and text strings, arrays, maps with ascending keys, booleans, null, tags 2 and 3.
/// No floats, no indefinite lengths. The writer cannot produce and the reader refuses anything
/// else, so bytes that were read re-encode to the same bytes.
///
/// The writer asserts what the reader refuses: keys out of order, a container left open, invalid
/// UTF-8, more than 16 levels.
class CborWriter
{
public:
    void uint(std::uint64_t value);
    void integer(std::int64_t value);
    /// Any integer of up to 256 bits in its only deterministic form: major type 0 or 1 where it
    /// fits 64 bits, else tag 2 or 3. The magnitude is big-endian, leading zeros are ignored.
    void bigInteger(CborSign sign, ByteView magnitude);
    void bytes(ByteView value);
    void text(std::string_view value);
    void boolean(bool value);
    void null();
    /// Tag 2 or 3; a byte string of more than 8 bytes without a leading zero must follow
    /// (smaller numbers have another form: see bigInteger()).
    void tag(std::uint64_t number);
    /// Exactly `count` items must follow.
    void beginArray(std::size_t count);
    /// Exactly `count` key-value pairs must follow, keys in ascending bytewise order of their
    /// encoding (for small unsigned integers: numeric order). A key is an integer, a string or a
    /// boolean.
    void beginMap(std::size_t count);

    std::size_t size() const { return m_out.size(); }
    ByteView view() const { return m_out.view(); }
    /// The encoding; every container must be complete.
    Bytes take();

private:
    void head(std::uint8_t major, std::uint64_t value);
    void scalar(std::uint8_t major, std::uint64_t value);
    void completed(CborItem kind, std::size_t start);

    ByteWriter m_out;
    CborNesting m_nesting;
};

/// What the next item is.
enum class CborType
{
    Uint,
    NegativeInteger,
    ByteString,
    TextString,
    Array,
    Map,
    Tag,
    Boolean,
    Null,
    End
};

/// Pulls items from untrusted bytes in order. Errors are Malformed, or TooLarge for a count beyond
/// what the remaining bytes could hold and for more than 16 levels. The order of map keys is
/// checked as they are read. After an error the reader is of no further use.
class CborReader
{
public:
    explicit CborReader(ByteView bytes)
        : m_bytes(bytes)
        , m_in(bytes)
    {
    }

    /// The type of the next item; End at the end of input.
    Result<CborType> peek() const;
    Result<std::uint64_t> uint();
    /// A Uint or NegativeInteger that fits 64 signed bits.
    Result<std::int64_t> integer();
    /// A Uint, NegativeInteger or Tag; more than 256 bits is TooLarge.
    Result<CborBigInteger> bigInteger();
    /// Views into the input.
    Result<ByteView> bytes();
    /// Valid UTF-8.
    Result<std::string_view> text();
    Result<bool> boolean();
    Result<void> null();
    /// Tag 2 or 3; bytes() must follow.
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
    /// Skips one whole item.
    Result<void> skip();
    /// Malformed unless everything was read and every container is complete.
    Result<void> expectEnd() const;
    std::size_t position() const { return m_in.position(); }

private:
    struct Head
    {
        std::uint8_t major = 0;
        std::uint64_t value = 0;
        std::size_t start = 0;
    };
    Result<Head> head();
    Result<Head> head(std::uint8_t major);
    Result<void> completed(CborItem kind, std::size_t start);
    Result<ByteView> string(std::uint8_t major, CborItem kind);
    Result<std::size_t> container(CborItem kind);
    Result<void> skipOne();

    ByteView m_bytes;
    ByteReader m_in;
    CborNesting m_nesting;
};

} // namespace coffer::base
