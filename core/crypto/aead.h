// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/secret_bytes.h"

namespace coffer::crypto {

// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03). Sealed: nonce (24) || ciphertext || tag (16),
// with a fresh random nonce, so that one key may seal any number of records. Keys have 32 bytes.

inline constexpr std::size_t kAeadKeySize = 32;
inline constexpr std::size_t kAeadNonceSize = 24;
inline constexpr std::size_t kAeadTagSize = 16;
inline constexpr std::size_t kAeadOverhead = kAeadNonceSize + kAeadTagSize;

/// Encrypts public bytes that are to be private on disk, and binds them to the associated data.
base::Bytes seal(const base::SecretBytes& key, base::ByteView associatedData,
                 base::ByteView plaintext, base::Random& random);
/// Damaged when key, associated data or any bit differs.
base::Result<base::Bytes> open(const base::SecretBytes& key, base::ByteView associatedData,
                               base::ByteView sealed);

/// The same for secrets: plaintext never leaves guarded memory.
base::Bytes sealSecret(const base::SecretBytes& key, base::ByteView associatedData,
                       const base::SecretBytes& plaintext, base::Random& random);
base::Result<base::SecretBytes> openSecret(const base::SecretBytes& key,
                                           base::ByteView associatedData, base::ByteView sealed);

} // namespace coffer::crypto
