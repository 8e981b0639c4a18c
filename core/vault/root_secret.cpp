// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/root_secret.h"

#include "core/base/cbor.h"
#include "core/crypto/bip39.h"

#include <algorithm>

namespace coffer::vault {

using base::ByteReader;
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
constexpr std::size_t kPassphraseAt = 5 + kMaxEntropy + 1;

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

// Version, entropy size, language, mode, passphrase size (u16 LE at 36), entropy from 4.
Result<SecretBytes> encodeRoot(const RootSecret& root)
{
    if (!isEntropySize(root.entropy.size()))
        return Error{ErrorCode::OutOfRange, "entropy of another length than BIP39's"};
    const bool stored = root.passphraseMode == PassphraseMode::Stored;
    if (!stored && !root.passphrase.empty())
        return Error{ErrorCode::Usage, "a passphrase that is not to be stored"};
    if (root.passphrase.size() > kMaxPassphrase)
        return Error{ErrorCode::TooLarge, "passphrase too long"};
    auto out = SecretBytes::allocate(kRootBytes);
    const auto bytes = out.reveal();
    bytes[0] = kRootVersion;
    bytes[1] = static_cast<std::uint8_t>(root.entropy.size());
    bytes[2] = numberOf(root.language);
    bytes[3] = static_cast<std::uint8_t>(root.passphraseMode);
    const auto entropy = root.entropy.reveal();
    std::copy(entropy.begin(), entropy.end(), bytes.begin() + 4);
    bytes[4 + kMaxEntropy] = static_cast<std::uint8_t>(root.passphrase.size() & 0xff);
    bytes[5 + kMaxEntropy] = static_cast<std::uint8_t>(root.passphrase.size() >> 8);
    const auto passphrase = root.passphrase.reveal();
    std::copy(passphrase.begin(), passphrase.end(), bytes.begin() + kPassphraseAt);
    return out;
}

Result<RootSecret> decodeRoot(const SecretBytes& secret)
{
    const ByteView bytes = secret.reveal();
    if (bytes.size() != kRootBytes || !isEntropySize(bytes[1]))
        return Error{ErrorCode::Malformed, "root of the wrong form"};
    if (bytes[0] != kRootVersion)
        return Error{ErrorCode::VersionTooNew, "root of a newer form"};
    RootSecret root;
    root.language = TRY(languageOf(bytes[2]));
    root.passphraseMode = TRY(modeOf(bytes[3]));
    root.entropy = SecretBytes::copyOf(bytes.subspan(4, bytes[1]));
    const std::size_t size = bytes[4 + kMaxEntropy] | std::size_t{bytes[5 + kMaxEntropy]} << 8;
    if (size > kMaxPassphrase)
        return Error{ErrorCode::Malformed, "passphrase of the wrong length"};
    root.passphrase = SecretBytes::copyOf(bytes.subspan(kPassphraseAt, size));
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
