// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/secret_bytes.h"
#include "core/crypto/hash.h"

namespace coffer::vault {

// Secrets of several fields, put together and taken apart without leaving guarded memory. The only
// place in core/vault that calls reveal(). Private to core/vault.

base::SecretBytes randomSecret(base::Random& random, std::size_t size);
/// Public bytes, then the secret, then zeros up to `size`.
base::SecretBytes joined(base::ByteView prefix, const base::SecretBytes& secret, std::size_t size);
base::SecretBytes joined(const base::SecretBytes& first, const base::SecretBytes& second);
/// A field; offset and size lie inside.
base::SecretBytes partOf(const base::SecretBytes& secret, std::size_t offset, std::size_t size);
/// A field that is not secret.
base::Bytes publicPartOf(const base::SecretBytes& secret, std::size_t offset, std::size_t size);
bool isZeroFrom(const base::SecretBytes& secret, std::size_t offset);
/// SHA-256 of label and secret: safe to show when the secret is blinded.
crypto::Hash256 commitmentTo(std::string_view label, const base::SecretBytes& secret);
/// HMAC-SHA-256 of the content under HKDF-SHA-256(secret, label).
crypto::Hash256 macUnder(const base::SecretBytes& secret, std::string_view label,
                         base::ByteView content);

} // namespace coffer::vault
