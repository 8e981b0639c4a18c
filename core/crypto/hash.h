// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"

#include <memory>

namespace coffer::crypto {

using Hash160 = base::ByteArray<20>;
using Hash256 = base::ByteArray<32>;
using Hash512 = base::ByteArray<64>;

// Of public bytes: the state that a hash leaves behind is not wiped.
Hash256 sha256(base::ByteView bytes);
/// SHA-256 twice, as Bitcoin does.
Hash256 sha256d(base::ByteView bytes);
Hash512 sha512(base::ByteView bytes);
Hash160 ripemd160(base::ByteView bytes);
/// RIPEMD-160 of SHA-256.
Hash160 hash160(base::ByteView bytes);
Hash256 sha3_256(base::ByteView bytes);
/// BIP340: SHA-256(SHA-256(tag) || SHA-256(tag) || bytes).
Hash256 taggedHash(std::string_view tag, base::ByteView bytes);

/// SHA-256 of public bytes that come in pieces.
class Sha256
{
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    void update(base::ByteView bytes);
    /// The hash; the object then begins anew.
    Hash256 finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// Keyed and secret: intermediates are wiped.
/// SHA-256 of secret bytes.
base::SecretBytes sha256Secret(base::ByteView secret);
Hash256 hmacSha256(base::ByteView key, base::ByteView data);
base::SecretBytes hmacSha512(base::ByteView key, base::ByteView data);
/// PKCS #5 (RFC 8018, section 5.2); at least one round.
base::SecretBytes pbkdf2HmacSha512(base::ByteView password, base::ByteView salt, unsigned rounds,
                                   std::size_t size);
/// RFC 5869; the key is not empty, `size` is 1 to 8160.
base::SecretBytes hkdfSha256(base::ByteView key, base::ByteView salt, base::ByteView info,
                             std::size_t size);

} // namespace coffer::crypto
