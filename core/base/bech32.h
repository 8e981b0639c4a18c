// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <optional>

namespace coffer::base {

/// Which constant the checksum ends in: BIP173 or BIP350.
enum class Bech32Variant
{
    Bech32,
    Bech32m
};

/// What a Bech32 text says: prefix in lower case and the five-bit values without the checksum.
struct Bech32Text
{
    Bech32Variant variant = Bech32Variant::Bech32;
    std::string prefix;
    Bytes values;
};

/// BIP173: beyond 90 characters the checksum finds less.
inline constexpr std::size_t kBech32MaxLength = 90;
/// BIP352: silent payment addresses.
inline constexpr std::size_t kBech32LongMaxLength = 1023;

/// Lower case. Values below 32 and a prefix of lower-case printable ASCII, or Malformed; TooLarge.
Result<std::string> toBech32(Bech32Variant variant, std::string_view prefix, ByteView values,
                             std::size_t maxLength = kBech32MaxLength);
/// All upper or all lower case. Malformed, TooLarge beyond `maxLength`, BadChecksum: then
/// locateBech32Errors() may say where.
Result<Bech32Text> parseBech32(std::string_view text, std::size_t maxLength = kBech32MaxLength);

/// Positions, ascending, of up to two characters that are probably wrong in a text that fails its
/// checksum; empty when it cannot be told. Never what should stand there: a person must look at the
/// original (BIP173, "Error correction"). Characters of the prefix are not looked for.
std::vector<std::size_t> locateBech32Errors(std::string_view text,
                                            std::size_t maxLength = kBech32MaxLength);

/// Bytes as five-bit values, padded with zeros.
Bytes toFiveBitValues(ByteView bytes);
/// Malformed when five or more bits are left over, or one that is not zero.
Result<Bytes> fromFiveBitValues(ByteView values);

/// A segwit address of any network and version.
struct SegwitAddress
{
    std::string prefix;
    int version = 0; // 0 to 16
    Bytes program;   // 2 to 40 bytes; 20 or 32 in version 0
};

/// Version 0 as Bech32, 1 to 16 as Bech32m; OutOfRange for a version or length that does not exist.
Result<std::string> toSegwitAddress(const SegwitAddress& address);
/// BadChecksum also for the checksum of the other variant; Malformed for padding; OutOfRange as
/// above.
Result<SegwitAddress> parseSegwitAddress(std::string_view text);

} // namespace coffer::base
