// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/onion.h"

#include "core/base/base32.h"
#include "core/crypto/hash.h"

#include <algorithm>

namespace coffer::bitcoin {

using base::ErrorCode;
using base::Result;

namespace {

constexpr std::uint8_t kVersion = 3;
constexpr std::string_view kSuffix = ".onion";

/// rend-spec-v3, "Encoding onion addresses".
base::ByteArray<2> checksumOf(const base::ByteArray<32>& key)
{
    base::ByteWriter writer;
    writer.append(base::viewOf(".onion checksum"));
    writer.append(key);
    writer.u8(kVersion);
    const auto hash = crypto::sha3_256(writer.view());
    return {hash[0], hash[1]};
}

} // namespace

std::string onionName(const base::ByteArray<32>& key)
{
    base::ByteWriter writer;
    writer.append(key);
    writer.append(checksumOf(key));
    writer.u8(kVersion);
    return base::toBase32(writer.view()) + std::string(kSuffix);
}

Result<base::ByteArray<32>> parseOnionName(std::string_view name)
{
    std::string lower(name);
    for (auto& c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    if (lower.size() != 56 + kSuffix.size() || !lower.ends_with(kSuffix))
        return {ErrorCode::Malformed, "an onion name has 56 characters and .onion"};
    auto bytes = TRY(base::parseBase32(std::string_view(lower).substr(0, 56)));
    if (bytes.size() != 35)
        return {ErrorCode::Malformed, "an onion name has 56 characters and .onion"};
    if (bytes[34] != kVersion)
        return {ErrorCode::Unsupported, "an onion name of another version than 3"};
    base::ByteArray<32> key{};
    std::copy_n(bytes.begin(), 32, key.begin());
    const auto checksum = checksumOf(key);
    if (bytes[32] != checksum[0] || bytes[33] != checksum[1])
        return {ErrorCode::BadChecksum, "mistyped onion name"};
    return key;
}

} // namespace coffer::bitcoin
