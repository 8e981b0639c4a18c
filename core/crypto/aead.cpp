// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/aead.h"

#include <sodium.h>

namespace coffer::crypto {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;

static_assert(kAeadKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kAeadNonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kAeadTagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);

namespace {

Result<void> openInto(std::span<std::uint8_t> plaintext, const SecretBytes& key,
                      ByteView associatedData, ByteView sealed)
{
    const auto nonce = sealed.first(kAeadNonceSize);
    const auto ciphertext = sealed.subspan(kAeadNonceSize);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            plaintext.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
            associatedData.data(), associatedData.size(), nonce.data(), key.reveal().data()) != 0)
        return Error{ErrorCode::Damaged, "sealed bytes do not fit their key"};
    return {};
}

Result<std::size_t> plaintextSize(const SecretBytes& key, ByteView sealed)
{
    ASSERT(key.size() == kAeadKeySize);
    if (sealed.size() < kAeadOverhead)
        return Error{ErrorCode::Damaged, "sealed bytes too short"};
    return sealed.size() - kAeadOverhead;
}

} // namespace

Bytes seal(const SecretBytes& key, ByteView associatedData, ByteView plaintext,
           base::Random& random)
{
    ASSERT(key.size() == kAeadKeySize);
    Bytes out(plaintext.size() + kAeadOverhead);
    const std::span<std::uint8_t> nonce(out.data(), kAeadNonceSize);
    random.fill(nonce);
    ASSERT(crypto_aead_xchacha20poly1305_ietf_encrypt(
               out.data() + kAeadNonceSize, nullptr, plaintext.data(), plaintext.size(),
               associatedData.data(), associatedData.size(), nullptr, nonce.data(),
               key.reveal().data()) == 0);
    return out;
}

Result<Bytes> open(const SecretBytes& key, ByteView associatedData, ByteView sealed)
{
    const auto size = TRY(plaintextSize(key, sealed));
    Bytes out(size);
    TRY(openInto(out, key, associatedData, sealed));
    return out;
}

Bytes sealSecret(const SecretBytes& key, ByteView associatedData, const SecretBytes& plaintext,
                 base::Random& random)
{
    return seal(key, associatedData, plaintext.reveal(), random);
}

Result<SecretBytes> openSecret(const SecretBytes& key, ByteView associatedData, ByteView sealed)
{
    const auto size = TRY(plaintextSize(key, sealed));
    auto out = SecretBytes::allocate(size);
    TRY(openInto(out.reveal(), key, associatedData, sealed));
    return out;
}

} // namespace coffer::crypto
