// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/bech32.h"

#include <algorithm>
#include <unordered_map>

namespace coffer::base {

namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumLength = 6;
constexpr std::uint32_t kBech32Constant = 1;           // BIP173
constexpr std::uint32_t kBech32mConstant = 0x2bc830a3; // BIP350

constexpr auto kValues = [] {
    std::array<std::int8_t, 128> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        values[static_cast<std::size_t>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    return values;
}();

std::uint32_t constantOf(Bech32Variant variant)
{
    return variant == Bech32Variant::Bech32 ? kBech32Constant : kBech32mConstant;
}

/// One step of the division by the generator (BIP173, "Checksum").
std::uint32_t polymodStep(std::uint32_t remainder, std::uint8_t value)
{
    constexpr std::array<std::uint32_t, 5> kGenerator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                      0x3d4233dd, 0x2a1462b3};
    const auto top = remainder >> 25;
    remainder = (remainder & 0x1ffffff) << 5 ^ value;
    for (std::size_t i = 0; i < kGenerator.size(); ++i) {
        if ((top >> i & 1) != 0)
            remainder ^= kGenerator[i];
    }
    return remainder;
}

std::uint32_t polymod(std::string_view prefix, ByteView values)
{
    std::uint32_t remainder = 1;
    for (const char c : prefix)
        remainder = polymodStep(remainder, static_cast<std::uint8_t>(c) >> 5);
    remainder = polymodStep(remainder, 0);
    for (const char c : prefix)
        remainder = polymodStep(remainder, c & 31);
    for (const auto value : values)
        remainder = polymodStep(remainder, value);
    return remainder;
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

char toLower(char c)
{
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

int valueOf(char c)
{
    return static_cast<unsigned char>(c) < 128 ? kValues[static_cast<std::size_t>(c)] : -1;
}

Error malformed(const char* what)
{
    return Error{ErrorCode::Malformed, what};
}

/// Text taken apart, checksum included and not yet checked.
struct Parts
{
    std::string prefix;
    std::string data;
};

Result<Parts> split(std::string_view text, std::size_t maxLength)
{
    if (text.size() > maxLength)
        return Error{ErrorCode::TooLarge, "Bech32 text too long"};
    for (const char c : text) {
        if (c < 33 || c > 126)
            return malformed("character that Bech32 cannot hold");
    }
    if (std::ranges::any_of(text, isUpper) && std::ranges::any_of(text, isLower))
        return malformed("Bech32 text in mixed case");
    const auto separator = text.rfind('1');
    if (separator == std::string_view::npos)
        return malformed("Bech32 text without a separator");
    if (separator == 0)
        return malformed("Bech32 text without a prefix");
    if (text.size() - separator - 1 < kChecksumLength)
        return malformed("Bech32 text too short for its checksum");
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), toLower);
    return Parts{lower.substr(0, separator), lower.substr(separator + 1)};
}

} // namespace

Result<std::string> toBech32(Bech32Variant variant, std::string_view prefix, ByteView values,
                             std::size_t maxLength)
{
    if (prefix.size() + 1 + values.size() + kChecksumLength > maxLength)
        return Error{ErrorCode::TooLarge, "Bech32 text too long"};
    const auto isPrefixCharacter = [](char c) { return c >= 33 && c <= 126 && !isUpper(c); };
    if (prefix.empty() || !std::ranges::all_of(prefix, isPrefixCharacter))
        return malformed("prefix that Bech32 cannot hold");
    if (std::ranges::any_of(values, [](std::uint8_t value) { return value > 31; }))
        return malformed("value beyond five bits");
    auto all = bytesOf(values);
    all.resize(values.size() + kChecksumLength);
    const auto checksum = polymod(prefix, all) ^ constantOf(variant);
    for (std::size_t i = 0; i < kChecksumLength; ++i)
        all[values.size() + i] = checksum >> (5 * (kChecksumLength - 1 - i)) & 31;
    std::string out(prefix);
    out += '1';
    for (const auto value : all)
        out += kAlphabet[value];
    return out;
}

Result<Bech32Text> parseBech32(std::string_view text, std::size_t maxLength)
{
    auto parts = TRY(split(text, maxLength));
    Bech32Text out;
    for (const char c : parts.data) {
        const int value = valueOf(c);
        if (value < 0)
            return malformed("character outside Bech32");
        out.values.push_back(static_cast<std::uint8_t>(value));
    }
    const auto remainder = polymod(parts.prefix, out.values);
    if (remainder != kBech32Constant && remainder != kBech32mConstant)
        return Error{ErrorCode::BadChecksum, "Bech32 checksum"};
    out.variant = remainder == kBech32Constant ? Bech32Variant::Bech32 : Bech32Variant::Bech32m;
    out.prefix = std::move(parts.prefix);
    out.values.resize(out.values.size() - kChecksumLength);
    return out;
}

namespace {

using Positions = std::vector<std::size_t>;

/// A wrong character changes the remainder by a pattern that depends on its place and on the
/// difference only (the code is linear), so all single changes fit in a table, and two changes are
/// two entries whose patterns cancel the remainder.
class ErrorLocator
{
public:
    explicit ErrorLocator(std::size_t length)
    {
        for (std::uint8_t difference = 1; difference < 32; ++difference) {
            std::uint32_t pattern = difference;
            for (std::size_t at = length; at-- > 0;) {
                m_positionOf.emplace(pattern, at);
                pattern = polymodStep(pattern, 0);
            }
        }
    }

    /// Places within the data; empty when no change of one or two characters explains the
    /// remainder, or more than one does (possible only beyond the 89 characters that the code is
    /// made for).
    Positions locate(std::uint32_t remainder) const
    {
        if (const auto single = m_positionOf.find(remainder); single != m_positionOf.end())
            return {single->second};
        Positions found;
        for (const auto& [pattern, first] : m_positionOf) {
            const auto other = m_positionOf.find(pattern ^ remainder);
            if (other == m_positionOf.end() || other->second <= first)
                continue;
            if (!found.empty())
                return {};
            found = {first, other->second};
        }
        return found;
    }

private:
    std::unordered_map<std::uint32_t, std::size_t> m_positionOf;
};

} // namespace

Positions locateBech32Errors(std::string_view text, std::size_t maxLength)
{
    const auto parts = split(text, maxLength);
    if (!parts)
        return {};
    const auto dataBegin = parts->prefix.size() + 1;
    Positions strangers;
    Bytes values;
    for (std::size_t i = 0; i < parts->data.size(); ++i) {
        const int value = valueOf(parts->data[i]);
        if (value < 0)
            strangers.push_back(dataBegin + i);
        else
            values.push_back(static_cast<std::uint8_t>(value));
    }
    // Outside the alphabet is wrong for certain.
    if (!strangers.empty())
        return strangers.size() <= 2 ? strangers : Positions();

    const auto remainder = polymod(parts->prefix, values);
    if (remainder == kBech32Constant || remainder == kBech32mConstant)
        return {};
    const ErrorLocator locator(values.size());
    auto bech32 = locator.locate(remainder ^ kBech32Constant);
    auto bech32m = locator.locate(remainder ^ kBech32mConstant);
    // Which variant was meant is unknown: fewer mistakes are likelier, a tie tells nothing.
    if (!bech32.empty() && bech32.size() == bech32m.size())
        return {};
    auto& likely =
        bech32m.empty() || (!bech32.empty() && bech32.size() < bech32m.size()) ? bech32 : bech32m;
    for (auto& position : likely)
        position += dataBegin;
    return likely;
}

Bytes toFiveBitValues(ByteView bytes)
{
    Bytes out;
    out.reserve((bytes.size() * 8 + 4) / 5);
    unsigned buffer = 0;
    unsigned bits = 0;
    for (const auto byte : bytes) {
        buffer = (buffer << 8 | byte) & 0xfff; // At most four bits wait.
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out.push_back(buffer >> bits & 31);
        }
    }
    if (bits > 0)
        out.push_back(buffer << (5 - bits) & 31);
    return out;
}

Result<Bytes> fromFiveBitValues(ByteView values)
{
    Bytes out;
    out.reserve(values.size() * 5 / 8);
    unsigned buffer = 0;
    unsigned bits = 0;
    for (const auto value : values) {
        if (value > 31)
            return malformed("value beyond five bits");
        buffer = (buffer << 5 | value) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::uint8_t>(buffer >> bits));
        }
    }
    if (bits >= 5 || (buffer & ((1U << bits) - 1)) != 0)
        return malformed("wrong padding of five-bit values");
    return out;
}

namespace {

// BIP141, "Witness program"; BIP173, "Segwit address format".
Result<void> checkProgram(int version, std::size_t size)
{
    if (version < 0 || version > 16)
        return Error{ErrorCode::OutOfRange, "witness version beyond 16"};
    if (size < 2 || size > 40)
        return Error{ErrorCode::OutOfRange, "witness program of impossible length"};
    if (version == 0 && size != 20 && size != 32)
        return Error{ErrorCode::OutOfRange, "witness program of version 0 of the wrong length"};
    return {};
}

Bech32Variant variantOf(int version)
{
    return version == 0 ? Bech32Variant::Bech32 : Bech32Variant::Bech32m;
}

} // namespace

Result<std::string> toSegwitAddress(const SegwitAddress& address)
{
    TRY(checkProgram(address.version, address.program.size()));
    Bytes values{static_cast<std::uint8_t>(address.version)};
    const auto program = toFiveBitValues(address.program);
    values.insert(values.end(), program.begin(), program.end());
    return toBech32(variantOf(address.version), address.prefix, values);
}

Result<SegwitAddress> parseSegwitAddress(std::string_view text)
{
    auto decoded = TRY(parseBech32(text));
    if (decoded.values.empty())
        return malformed("segwit address without a version");
    SegwitAddress out;
    out.version = decoded.values[0];
    if (decoded.variant != variantOf(out.version))
        return Error{ErrorCode::BadChecksum, "checksum of the other Bech32 variant"};
    out.program = TRY(fromFiveBitValues(ByteView(decoded.values).subspan(1)));
    TRY(checkProgram(out.version, out.program.size()));
    out.prefix = std::move(decoded.prefix);
    return out;
}

} // namespace coffer::base
