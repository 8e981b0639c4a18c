// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/cbor.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace coffer::base {

namespace {

// RFC 8949, section 3.1.
constexpr std::uint8_t kUint = 0;
constexpr std::uint8_t kNegative = 1;
constexpr std::uint8_t kBytes = 2;
constexpr std::uint8_t kText = 3;
constexpr std::uint8_t kArray = 4;
constexpr std::uint8_t kMap = 5;
constexpr std::uint8_t kTag = 6;
constexpr std::uint8_t kSimple = 7;

// RFC 8949, section 3.3.
constexpr std::uint64_t kFalse = 20;
constexpr std::uint64_t kTrue = 21;
constexpr std::uint64_t kNull = 22;

// RFC 8949, section 3.4.3.
constexpr std::uint64_t kPositiveBignum = 2;
constexpr std::uint64_t kNegativeBignum = 3;

Error malformed(const char* what)
{
    return Error{ErrorCode::Malformed, what};
}

ByteView withoutLeadingZeros(ByteView number)
{
    const auto first = std::ranges::find_if(number, [](std::uint8_t byte) { return byte != 0; });
    return number.subspan(static_cast<std::size_t>(first - number.begin()));
}

/// What fits 64 bits has a shorter form, so as a bignum it is not deterministic.
bool isCanonicalBignum(ByteView number)
{
    return number.size() > 8 && number[0] != 0;
}

std::uint64_t fromBigEndian(ByteView number)
{
    std::uint64_t value = 0;
    for (const auto byte : number)
        value = (value << 8) | byte;
    return value;
}

/// magnitude - 1, which must not be zero.
Bytes decremented(ByteView magnitude)
{
    auto out = bytesOf(magnitude);
    for (std::size_t i = out.size(); i-- > 0;) {
        if (out[i]-- != 0)
            break;
    }
    return out;
}

} // namespace

// The order of keys is bytewise over their encodings (RFC 8949, section 4.2.1).
Result<void> CborNesting::item(CborItem kind, ByteView encoding)
{
    if (m_isTagged) {
        if (kind != CborItem::ByteString)
            return malformed("CBOR bignum tag without a byte string");
        m_isTagged = false;
        countItem();
        return {};
    }
    if (!keyIsNext()) {
        countItem();
        return {};
    }
    auto& level = m_levels[m_depth - 1];
    if (kind == CborItem::Null)
        return malformed("CBOR null as a map key");
    if (!level.lastKey.empty() && !std::ranges::lexicographical_compare(level.lastKey, encoding))
        return malformed("CBOR map keys not in ascending order");
    level.lastKey = bytesOf(encoding);
    level.keyIsNext = false;
    return {};
}

Result<void> CborNesting::open(CborItem kind, std::uint64_t count)
{
    if (m_isTagged)
        return malformed("CBOR bignum tag without a byte string");
    if (keyIsNext())
        return malformed("CBOR container as a map key");
    if (count == 0) {
        countItem();
        return {};
    }
    if (m_depth == kMaxDepth)
        return Error{ErrorCode::TooLarge, "CBOR nested too deeply"};
    m_levels[m_depth++] = {kind, count, kind == CborItem::Map, {}};
    return {};
}

Result<void> CborNesting::tag()
{
    if (m_isTagged)
        return malformed("CBOR bignum tag without a byte string");
    if (keyIsNext())
        return malformed("CBOR tag as a map key");
    m_isTagged = true;
    return {};
}

void CborNesting::countItem()
{
    // A complete container is itself an item of the one around it.
    while (m_depth > 0) {
        auto& level = m_levels[m_depth - 1];
        level.keyIsNext = level.kind == CborItem::Map;
        if (--level.missing > 0)
            return;
        --m_depth;
    }
}

void CborWriter::head(std::uint8_t major, std::uint64_t value)
{
    const auto high = static_cast<std::uint8_t>(major << 5);
    if (value < 24) {
        m_out.u8(static_cast<std::uint8_t>(high | value));
    } else if (value <= 0xff) {
        m_out.u8(high | 24);
        m_out.u8(static_cast<std::uint8_t>(value));
    } else if (value <= 0xffff) {
        m_out.u8(high | 25);
        m_out.u16be(static_cast<std::uint16_t>(value));
    } else if (value <= 0xffffffff) {
        m_out.u8(high | 26);
        m_out.u32be(static_cast<std::uint32_t>(value));
    } else {
        m_out.u8(high | 27);
        m_out.u64be(value);
    }
}

void CborWriter::completed(CborItem kind, std::size_t start)
{
    ASSERT(m_nesting.item(kind, m_out.view().subspan(start)));
}

void CborWriter::scalar(std::uint8_t major, std::uint64_t value)
{
    const auto start = size();
    head(major, value);
    completed(CborItem::Scalar, start);
}

void CborWriter::uint(std::uint64_t value)
{
    scalar(kUint, value);
}

void CborWriter::integer(std::int64_t value)
{
    const auto bits = static_cast<std::uint64_t>(value);
    // A negative number stands as -1 - value, which is the complement.
    if (value < 0)
        scalar(kNegative, ~bits);
    else
        scalar(kUint, bits);
}

void CborWriter::bigInteger(CborSign sign, ByteView magnitude)
{
    auto number = withoutLeadingZeros(magnitude);
    ASSERT(number.size() <= 32);
    ASSERT(!number.empty() || sign == CborSign::Positive);
    Bytes argument;
    if (sign == CborSign::Negative) {
        argument = decremented(number);
        number = withoutLeadingZeros(argument);
    }
    if (number.size() <= 8) {
        scalar(sign == CborSign::Positive ? kUint : kNegative, fromBigEndian(number));
        return;
    }
    tag(sign == CborSign::Positive ? kPositiveBignum : kNegativeBignum);
    bytes(number);
}

void CborWriter::bytes(ByteView value)
{
    ASSERT(!m_nesting.isTagged() || isCanonicalBignum(value));
    const auto start = size();
    head(kBytes, value.size());
    m_out.append(value);
    completed(CborItem::ByteString, start);
}

void CborWriter::text(std::string_view value)
{
    ASSERT(isUtf8(viewOf(value)));
    const auto start = size();
    head(kText, value.size());
    m_out.append(viewOf(value));
    completed(CborItem::Scalar, start);
}

void CborWriter::boolean(bool value)
{
    scalar(kSimple, value ? kTrue : kFalse);
}

void CborWriter::null()
{
    const auto start = size();
    head(kSimple, kNull);
    completed(CborItem::Null, start);
}

void CborWriter::tag(std::uint64_t number)
{
    ASSERT(number == kPositiveBignum || number == kNegativeBignum);
    ASSERT(m_nesting.tag());
    head(kTag, number);
}

void CborWriter::beginArray(std::size_t count)
{
    head(kArray, count);
    ASSERT(m_nesting.open(CborItem::Array, count));
}

void CborWriter::beginMap(std::size_t count)
{
    head(kMap, count);
    ASSERT(m_nesting.open(CborItem::Map, count));
}

Bytes CborWriter::take()
{
    ASSERT(m_nesting.isComplete());
    return m_out.take();
}

Result<CborReader::Head> CborReader::head()
{
    Head out;
    out.start = m_in.position();
    const auto first = TRY(m_in.u8());
    out.major = first >> 5;
    const auto information = static_cast<std::uint8_t>(first & 0x1f);
    std::uint64_t smallest = 0;
    if (information < 24) {
        out.value = information;
    } else if (information == 24) {
        out.value = TRY(m_in.u8());
        smallest = 24;
    } else if (information == 25) {
        out.value = TRY(m_in.u16be());
        smallest = 0x100;
    } else if (information == 26) {
        out.value = TRY(m_in.u32be());
        smallest = 0x10000;
    } else if (information == 27) {
        out.value = TRY(m_in.u64be());
        smallest = 0x100000000;
    } else {
        return malformed("CBOR of indefinite length or with reserved bits");
    }
    if (out.major == kSimple) {
        if (information < kFalse || information > kNull)
            return malformed("CBOR float or simple value that Coffer does not use");
    } else if (out.value < smallest) {
        return malformed("CBOR number not in its shortest form");
    }
    if (out.major == kTag && out.value != kPositiveBignum && out.value != kNegativeBignum)
        return malformed("CBOR tag that Coffer does not use");
    return out;
}

Result<CborReader::Head> CborReader::head(std::uint8_t major)
{
    auto out = TRY(head());
    if (out.major != major)
        return malformed("CBOR item of another type than expected");
    return out;
}

Result<void> CborReader::completed(CborItem kind, std::size_t start)
{
    return m_nesting.item(kind, m_bytes.subspan(start, m_in.position() - start));
}

Result<CborType> CborReader::peek() const
{
    if (m_in.atEnd())
        return CborType::End;
    auto ahead = *this;
    const auto next = TRY(ahead.head());
    switch (next.major) {
    case kUint:
        return CborType::Uint;
    case kNegative:
        return CborType::NegativeInteger;
    case kBytes:
        return CborType::ByteString;
    case kText:
        return CborType::TextString;
    case kArray:
        return CborType::Array;
    case kMap:
        return CborType::Map;
    case kTag:
        return CborType::Tag;
    default:
        return next.value == kNull ? CborType::Null : CborType::Boolean;
    }
}

Result<std::uint64_t> CborReader::uint()
{
    const auto item = TRY(head(kUint));
    TRY(completed(CborItem::Scalar, item.start));
    return item.value;
}

Result<std::int64_t> CborReader::integer()
{
    const auto item = TRY(head());
    if (item.major != kUint && item.major != kNegative)
        return malformed("CBOR item of another type than expected");
    if (item.value > static_cast<std::uint64_t>(INT64_MAX))
        return malformed("CBOR integer beyond 64 signed bits");
    TRY(completed(CborItem::Scalar, item.start));
    const auto value = static_cast<std::int64_t>(item.value);
    return item.major == kUint ? value : -1 - value;
}

Result<CborBigInteger> CborReader::bigInteger()
{
    const auto item = TRY(head());
    Bytes number;
    bool isNegative = item.major == kNegative;
    if (item.major == kTag) {
        TRY(m_nesting.tag());
        isNegative = item.value == kNegativeBignum;
        const auto content = TRY(bytes());
        number = bytesOf(content);
    } else if (item.major == kUint || item.major == kNegative) {
        TRY(completed(CborItem::Scalar, item.start));
        ByteWriter argument;
        argument.u64be(item.value);
        number = argument.take();
    } else {
        return malformed("CBOR item of another type than expected");
    }
    CborBigInteger out;
    if (number.size() > out.magnitude.size())
        return Error{ErrorCode::TooLarge, "CBOR integer of more than 256 bits"};
    std::ranges::copy_backward(number, out.magnitude.end());
    if (isNegative) {
        out.sign = CborSign::Negative;
        // -1 - n: the magnitude is n + 1, which may need a 257th bit.
        std::size_t i = out.magnitude.size();
        while (i > 0 && ++out.magnitude[i - 1] == 0)
            --i;
        if (i == 0)
            return Error{ErrorCode::TooLarge, "CBOR integer of more than 256 bits"};
    }
    return out;
}

Result<ByteView> CborReader::string(std::uint8_t major, CborItem kind)
{
    const auto item = TRY(head(major));
    if (item.value > m_in.remaining())
        return malformed("CBOR string longer than the input");
    auto content = TRY(m_in.take(static_cast<std::size_t>(item.value)));
    if (m_nesting.isTagged() && !isCanonicalBignum(content))
        return malformed("CBOR bignum not in its shortest form");
    TRY(completed(kind, item.start));
    return content;
}

Result<ByteView> CborReader::bytes()
{
    return string(kBytes, CborItem::ByteString);
}

Result<std::string_view> CborReader::text()
{
    auto content = TRY(string(kText, CborItem::Scalar));
    if (!isUtf8(content))
        return malformed("CBOR text that is not UTF-8");
    return std::string_view(reinterpret_cast<const char*>(content.data()), content.size());
}

Result<bool> CborReader::boolean()
{
    const auto item = TRY(head(kSimple));
    if (item.value == kNull)
        return malformed("CBOR item of another type than expected");
    TRY(completed(CborItem::Scalar, item.start));
    return item.value == kTrue;
}

Result<void> CborReader::null()
{
    const auto item = TRY(head(kSimple));
    if (item.value != kNull)
        return malformed("CBOR item of another type than expected");
    return completed(CborItem::Null, item.start);
}

Result<std::uint64_t> CborReader::tag()
{
    const auto item = TRY(head(kTag));
    TRY(m_nesting.tag());
    return item.value;
}

Result<std::size_t> CborReader::container(CborItem kind)
{
    const auto item = TRY(head(kind == CborItem::Map ? kMap : kArray));
    // Every item takes at least one byte, so a count is no reason to allocate more than was sent.
    const std::size_t itemsForEach = kind == CborItem::Map ? 2 : 1;
    if (item.value > m_in.remaining() / itemsForEach)
        return Error{ErrorCode::TooLarge, "CBOR count beyond what the input can hold"};
    TRY(m_nesting.open(kind, item.value));
    return static_cast<std::size_t>(item.value);
}

Result<std::size_t> CborReader::array()
{
    return container(CborItem::Array);
}

Result<std::size_t> CborReader::map()
{
    return container(CborItem::Map);
}

Result<void> CborReader::skipOne()
{
    const auto type = TRY(peek());
    switch (type) {
    case CborType::Uint:
    case CborType::NegativeInteger: {
        const auto item = TRY(head());
        return completed(CborItem::Scalar, item.start);
    }
    case CborType::ByteString:
        TRY(bytes());
        return {};
    case CborType::TextString:
        TRY(text());
        return {};
    case CborType::Array:
        TRY(array());
        return {};
    case CborType::Map:
        TRY(map());
        return {};
    case CborType::Tag:
        TRY(tag());
        return {};
    case CborType::Boolean:
        TRY(boolean());
        return {};
    case CborType::Null:
        return null();
    case CborType::End:
        break;
    }
    return malformed("unexpected end of data");
}

Result<void> CborReader::skip()
{
    const auto depth = m_nesting.depth();
    do
        TRY(skipOne());
    while (m_nesting.depth() > depth || m_nesting.isTagged());
    return {};
}

Result<void> CborReader::expectEnd() const
{
    if (!m_nesting.isComplete())
        return malformed("CBOR ends inside an item");
    return m_in.expectEnd();
}

} // namespace coffer::base
