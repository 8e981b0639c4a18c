// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/argon2id.h"

#include <sodium.h>

namespace coffer::crypto {

using base::Error;
using base::ErrorCode;
using base::SecretBytes;

static_assert(kArgon2SaltSize == crypto_pwhash_argon2id_SALTBYTES);

base::Result<SecretBytes> argon2id(const SecretBytes& password, base::ByteView salt,
                                   Argon2Parameters parameters, std::size_t size)
{
    if (salt.size() != kArgon2SaltSize)
        return Error{ErrorCode::OutOfRange, "Argon2id salt is not 16 bytes"};
    if (parameters.passes < crypto_pwhash_argon2id_OPSLIMIT_MIN)
        return Error{ErrorCode::OutOfRange, "Argon2id without a pass"};
    if (parameters.memoryBytes < crypto_pwhash_argon2id_MEMLIMIT_MIN ||
        parameters.memoryBytes > crypto_pwhash_argon2id_MEMLIMIT_MAX)
        return Error{ErrorCode::OutOfRange, "Argon2id memory"};
    if (size < crypto_pwhash_argon2id_BYTES_MIN)
        return Error{ErrorCode::OutOfRange, "Argon2id result under 16 bytes"};

    static const int initialised = sodium_init(); // Chooses the implementation for this processor.
    ASSERT(initialised >= 0);
    auto out = SecretBytes::allocate(size);
    const auto text = password.reveal();
    const char* data = text.empty() ? "" : reinterpret_cast<const char*>(text.data());
    if (crypto_pwhash_argon2id(out.reveal().data(), size, data, text.size(), salt.data(),
                               parameters.passes, static_cast<std::size_t>(parameters.memoryBytes),
                               crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
        return Error{ErrorCode::TooLarge, "not enough memory for Argon2id"};
    return out;
}

} // namespace coffer::crypto
