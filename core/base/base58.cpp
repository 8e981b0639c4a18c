// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/base58.h"

#include <sodium.h>

#include <algorithm>

namespace coffer::base {

namespace {

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t kChecksumSize = 4;

/// Value of each character, -1 outside the alphabet.
constexpr auto kValues = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        values[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    return values;
}();

std::size_t countLeading(ByteView bytes, std::uint8_t wanted)
{
    const auto end = std::ranges::find_if(bytes, [&](std::uint8_t b) { return b != wanted; });
    return static_cast<std::size_t>(end - bytes.begin());
}

/// More than log(256) / log(58) = 1.366 digits for each byte.
std::size_t encodedBound(std::size_t size)
{
    return size * 138 / 100 + 1;
}

/// Writes the text to the end of `out` (encodedBound bytes, zero) and returns where it begins. The
/// caller chooses the memory, so that public and secret text share this.
std::size_t encodeInto(std::span<std::uint8_t> out, ByteView bytes)
{
    const auto zeros = countLeading(bytes, 0);
    std::size_t length = 0;
    for (const auto byte : bytes.subspan(zeros)) {
        unsigned carry = byte;
        std::size_t i = 0;
        for (; carry != 0 || i < length; ++i) {
            auto& digit = out[out.size() - 1 - i];
            carry += 256U * digit;
            digit = static_cast<std::uint8_t>(carry % 58);
            carry /= 58;
        }
        length = i;
    }
    const auto begin = out.size() - length - zeros;
    for (auto& digit : out.subspan(begin))
        digit = static_cast<std::uint8_t>(kAlphabet[digit]);
    return begin;
}

/// Writes the bytes to the end of `out` (as long as the text, zero) and returns where they begin.
Result<std::size_t> decodeInto(std::span<std::uint8_t> out, ByteView text)
{
    const auto zeros = countLeading(text, static_cast<std::uint8_t>(kAlphabet[0]));
    std::size_t length = 0;
    for (const auto character : text.subspan(zeros)) {
        const auto value = kValues[character];
        if (value < 0)
            return Error{ErrorCode::Malformed, "character outside Base58"};
        auto carry = static_cast<unsigned>(value);
        std::size_t i = 0;
        for (; carry != 0 || i < length; ++i) {
            auto& byte = out[out.size() - 1 - i];
            carry += 58U * byte;
            byte = static_cast<std::uint8_t>(carry);
            carry >>= 8;
        }
        length = i;
    }
    return out.size() - length - zeros;
}

Result<void> checkLength(std::size_t length)
{
    if (length > kMaxBase58Length)
        return Error{ErrorCode::TooLarge, "Base58 text too long"};
    return {};
}

ByteArray<kChecksumSize> checksum(ByteView payload)
{
    ByteArray<crypto_hash_sha256_BYTES> hash{};
    const WipeGuard guard(hash);
    crypto_hash_sha256(hash.data(), payload.data(), payload.size());
    crypto_hash_sha256(hash.data(), hash.data(), hash.size());
    return {hash[0], hash[1], hash[2], hash[3]};
}

/// The payload in front of a checksum that fits it.
Result<ByteView> verifyChecksum(ByteView bytes)
{
    if (bytes.size() < kChecksumSize)
        return Error{ErrorCode::Malformed, "Base58Check text too short"};
    const auto payload = bytes.first(bytes.size() - kChecksumSize);
    if (!equal(bytes.last(kChecksumSize), checksum(payload)))
        return Error{ErrorCode::BadChecksum, "Base58Check checksum"};
    return payload;
}

} // namespace

std::string toBase58(ByteView bytes)
{
    Bytes out(encodedBound(bytes.size()));
    const auto begin = encodeInto(out, bytes);
    return {out.begin() + static_cast<std::ptrdiff_t>(begin), out.end()};
}

Result<Bytes> parseBase58(std::string_view text)
{
    TRY(checkLength(text.size()));
    Bytes out(text.size());
    const auto begin = TRY(decodeInto(out, viewOf(text)));
    return bytesOf(ByteView(out).subspan(begin));
}

std::string toBase58Check(ByteView payload)
{
    return toBase58(concat(payload, checksum(payload)));
}

Result<Bytes> parseBase58Check(std::string_view text)
{
    auto bytes = TRY(parseBase58(text));
    const auto payload = TRY(verifyChecksum(bytes));
    bytes.resize(payload.size());
    return bytes;
}

SecretBytes toBase58CheckSecret(const SecretBytes& payload)
{
    auto checked = SecretBytes::allocate(payload.size() + kChecksumSize);
    std::ranges::copy(payload.reveal(), checked.reveal().begin());
    std::ranges::copy(checksum(payload.reveal()), checked.reveal().last(kChecksumSize).begin());
    auto out = SecretBytes::allocate(encodedBound(checked.size()));
    const auto begin = encodeInto(out.reveal(), checked.reveal());
    return SecretBytes::copyOf(out.reveal().subspan(begin));
}

Result<SecretBytes> parseBase58CheckSecret(const SecretBytes& text)
{
    TRY(checkLength(text.size()));
    auto out = SecretBytes::allocate(text.size());
    const auto begin = TRY(decodeInto(out.reveal(), text.reveal()));
    const auto payload = TRY(verifyChecksum(out.reveal().subspan(begin)));
    return SecretBytes::copyOf(payload);
}

} // namespace coffer::base
