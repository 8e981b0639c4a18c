// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/root_secret.h"

#include "core/base/cbor.h"
#include "core/crypto/bip39.h"
#include "core/vault/secret_parts.h"

#include <algorithm>

namespace coffer::vault {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;
using crypto::WordListLanguage;

namespace {

constexpr std::size_t kRootBytes = 512;
constexpr std::uint8_t kRootVersion = 1;
constexpr std::size_t kMaxEntropy = 32;
constexpr std::size_t kMaxPassphrase = 256; // Hardware wallets stop at 50 to 100.
constexpr std::size_t kPassphraseSizeAt = 4 + kMaxEntropy;

struct LanguageNumber
{
    WordListLanguage language;
    std::uint8_t number;
};

// Stable for ever: they lie in files.
constexpr LanguageNumber kLanguages[] = {{WordListLanguage::English, 0},
                                         {WordListLanguage::ChineseSimplified, 1},
                                         {WordListLanguage::ChineseTraditional, 2},
                                         {WordListLanguage::Czech, 3},
                                         {WordListLanguage::French, 4},
                                         {WordListLanguage::Italian, 5},
                                         {WordListLanguage::Japanese, 6},
                                         {WordListLanguage::Korean, 7},
                                         {WordListLanguage::Portuguese, 8},
                                         {WordListLanguage::Spanish, 9}};

std::uint8_t numberOf(WordListLanguage language)
{
    for (const auto& entry : kLanguages) {
        if (entry.language == language)
            return entry.number;
    }
    ASSERT(!"a word list without a number");
    return 0;
}

Result<WordListLanguage> languageOf(std::uint64_t number)
{
    for (const auto& entry : kLanguages) {
        if (entry.number == number)
            return entry.language;
    }
    return Error{ErrorCode::Unsupported, "word list unknown here"};
}

Result<PassphraseMode> modeOf(std::uint64_t number)
{
    if (number > static_cast<std::uint64_t>(PassphraseMode::AskedWhenSigning))
        return Error{ErrorCode::Unsupported, "passphrase mode unknown here"};
    return static_cast<PassphraseMode>(number);
}

bool isEntropySize(std::size_t size)
{
    return size >= 16 && size <= kMaxEntropy && size % 4 == 0;
}

} // namespace

Result<SecretBytes> RootSecret::seed(const SecretBytes* asked) const
{
    const SecretBytes none;
    const SecretBytes* used = &none;
    if (passphraseMode == PassphraseMode::Stored)
        used = &passphrase;
    if (passphraseMode == PassphraseMode::AskedWhenSigning) {
        if (!asked)
            return Error{ErrorCode::PasswordNeeded, "this wallet asks for its passphrase"};
        used = asked;
    }
    auto words = TRY(crypto::Mnemonic::fromEntropy(entropy, language));
    return words.toSeed(*used);
}

Result<SecretBytes> encodeRoot(const RootSecret& root)
{
    if (!isEntropySize(root.entropy.size()))
        return Error{ErrorCode::OutOfRange, "entropy of another length than BIP39's"};
    const bool stored = root.passphraseMode == PassphraseMode::Stored;
    if (!stored && !root.passphrase.empty())
        return Error{ErrorCode::Usage, "a passphrase that is not to be stored"};
    if (root.passphrase.size() > kMaxPassphrase)
        return Error{ErrorCode::TooLarge, "passphrase too long"};
    const base::ByteArray<4> front{kRootVersion, static_cast<std::uint8_t>(root.entropy.size()),
                                   numberOf(root.language),
                                   static_cast<std::uint8_t>(root.passphraseMode)};
    const base::ByteArray<2> size{static_cast<std::uint8_t>(root.passphrase.size() & 0xff),
                                  static_cast<std::uint8_t>(root.passphrase.size() >> 8)};
    return joined(joined(front, root.entropy, kPassphraseSizeAt),
                  joined(size, root.passphrase, kRootBytes - kPassphraseSizeAt));
}

Result<RootSecret> decodeRoot(const SecretBytes& secret)
{
    if (secret.size() != kRootBytes)
        return Error{ErrorCode::Malformed, "root of the wrong form"};
    const auto front = publicPartOf(secret, 0, 4);
    if (front[0] > kRootVersion)
        return Error{ErrorCode::VersionTooNew, "root of a newer form"};
    if (front[0] != kRootVersion || !isEntropySize(front[1]))
        return Error{ErrorCode::Malformed, "root of the wrong form"};
    RootSecret root;
    root.language = TRY(languageOf(front[2]));
    root.passphraseMode = TRY(modeOf(front[3]));
    root.entropy = partOf(secret, front.size(), front[1]);
    const auto sizeBytes = publicPartOf(secret, kPassphraseSizeAt, 2);
    const std::size_t size = sizeBytes[0] | std::size_t{sizeBytes[1]} << 8;
    if (size > kMaxPassphrase)
        return Error{ErrorCode::Malformed, "passphrase of the wrong length"};
    root.passphrase = partOf(secret, kPassphraseSizeAt + 2, size);
    return root;
}

Bytes encodeRootInfo(const RootInfo& info)
{
    base::CborWriter out;
    out.beginMap(4);
    out.uint(1);
    out.bytes(info.fingerprint);
    out.uint(2);
    out.uint(numberOf(info.language));
    out.uint(3);
    out.uint(static_cast<std::uint64_t>(info.passphraseMode));
    out.uint(4);
    out.uint(info.wordCount);
    return out.take();
}

Result<RootInfo> decodeRootInfo(ByteView bytes)
{
    base::CborReader in(bytes);
    const auto expectKey = [&](std::uint64_t wanted) -> Result<void> {
        auto key = TRY(in.uint());
        if (key != wanted)
            return Error{ErrorCode::Malformed, "unexpected field"};
        return {};
    };
    auto count = TRY(in.map());
    if (count != 4)
        return Error{ErrorCode::Malformed, "root information with unknown fields"};
    RootInfo info;
    TRY(expectKey(1));
    info.fingerprint = TRY(in.byteArray<4>());
    TRY(expectKey(2));
    auto language = TRY(in.uint());
    info.language = TRY(languageOf(language));
    TRY(expectKey(3));
    auto mode = TRY(in.uint());
    info.passphraseMode = TRY(modeOf(mode));
    TRY(expectKey(4));
    auto words = TRY(in.uint());
    if (words > 24)
        return Error{ErrorCode::OutOfRange, "more words than BIP39 has"};
    info.wordCount = static_cast<std::uint8_t>(words);
    TRY(in.expectEnd());
    return info;
}

} // namespace coffer::vault
