// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

namespace coffer::base {

/// The work is quadratic, so untrusted text is bounded: our longest is an extended key (111
/// characters).
inline constexpr std::size_t kMaxBase58Length = 512;

std::string toBase58(ByteView bytes);
/// Malformed for a character outside the alphabet, TooLarge above kMaxBase58Length.
Result<Bytes> parseBase58(std::string_view text);

/// With the first four bytes of SHA-256(SHA-256(payload)) behind the payload.
std::string toBase58Check(ByteView payload);
/// The payload; BadChecksum when it was mistyped, Malformed when there is no room for a checksum.
Result<Bytes> parseBase58Check(std::string_view text);

/// The same for private keys: text and payload stay in guarded memory.
SecretBytes toBase58CheckSecret(const SecretBytes& payload);
Result<SecretBytes> parseBase58CheckSecret(const SecretBytes& text);

} // namespace coffer::base
