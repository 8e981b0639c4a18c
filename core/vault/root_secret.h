// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"
#include "core/crypto/word_list.h"

namespace coffer::vault {

/// What becomes of a BIP39 passphrase.
enum class PassphraseMode : std::uint8_t
{
    None = 0,
    Stored = 1,          ///< Sealed under the spend key.
    AskedWhenSigning = 2 ///< Never in the file.
};

/// Where every key of a wallet comes from (BIP39).
struct RootSecret
{
    base::SecretBytes entropy; ///< 16, 20, 24, 28 or 32 bytes.
    crypto::WordListLanguage language = crypto::WordListLanguage::English;
    PassphraseMode passphraseMode = PassphraseMode::None;
    base::SecretBytes passphrase; ///< UTF-8; empty unless Stored.

    /// The seed of BIP32. `asked` is the passphrase in mode AskedWhenSigning (PasswordNeeded when
    /// it is not given there), ignored otherwise.
    base::Result<base::SecretBytes> seed(const base::SecretBytes* asked = nullptr) const;
};

/// Readable with the book key: enough to call a wrong passphrase "another wallet".
struct RootInfo
{
    base::ByteArray<4> fingerprint{}; ///< Of the master key, with the passphrase if there is one.
    crypto::WordListLanguage language = crypto::WordListLanguage::English;
    PassphraseMode passphraseMode = PassphraseMode::None;
    std::uint8_t wordCount = 0;

    bool operator==(const RootInfo&) const = default;
};

/// Always 512 bytes, so that its size says nothing. TooLarge for a passphrase over 256 bytes of
/// UTF-8; OutOfRange for entropy of another length.
base::Result<base::SecretBytes> encodeRoot(const RootSecret& root);
base::Result<RootSecret> decodeRoot(const base::SecretBytes& bytes);

base::Bytes encodeRootInfo(const RootInfo& info);
base::Result<RootInfo> decodeRootInfo(base::ByteView bytes);

} // namespace coffer::vault
