// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/unicode.h"
#include "core/crypto/word_list.h"

#include <vector>

namespace coffer::crypto {

/// The words of a wallet (BIP39) as indexes into a public word list; never kept as text.
///
/// What a person types may be in any case, in any Unicode form and with any white space (U+3000
/// too). Errors of parse: Malformed for a wrong number of words, a word of no list or bytes that
/// are not UTF-8 (the detail names the place, never the word); BadChecksum; Unsupported for an
/// Electrum seed; Rejected when the phrase is valid in several languages: ask candidates(), then
/// the person, then parse again with the answer. All of it inside withStackWiped().
class Mnemonic
{
public:
    /// 16, 20, 24, 28 or 32 bytes; else OutOfRange.
    static base::Result<Mnemonic>
    fromEntropy(const base::SecretBytes& entropy,
                WordListLanguage language = WordListLanguage::English);
    static base::Result<Mnemonic> parse(const base::SecretBytes& utf8Text);
    static base::Result<Mnemonic> parse(const base::SecretBytes& utf8Text,
                                        WordListLanguage language);
    /// Every language in which the phrase is valid: words and checksum. Mostly one; none when parse
    /// would fail otherwise than with Rejected.
    static std::vector<WordListLanguage> candidates(const base::SecretBytes& utf8Text);

    WordListLanguage language() const { return m_language; }
    /// 12, 15, 18, 21 or 24.
    std::size_t wordCount() const { return m_indexes.size() / 2; }
    std::uint16_t wordIndex(std::size_t position) const;
    /// A view into the public list: which view was asked for is the secret.
    std::string_view word(std::size_t position) const;

    /// The phrase as lists write it, separated by a blank, in Japanese by U+3000.
    base::SecretBytes toText() const;
    base::SecretBytes entropy() const;
    /// 64 bytes; the passphrase is UTF-8 in any form (Malformed if it is not UTF-8), often empty.
    base::Result<base::SecretBytes> toSeed(const base::SecretBytes& passphrase) const;
    Mnemonic clone() const { return Mnemonic(m_language, m_indexes.clone()); }

private:
    Mnemonic(WordListLanguage language, base::SecretBytes indexes)
        : m_language(language)
        , m_indexes(std::move(indexes))
    {
    }

    WordListLanguage m_language;
    base::SecretBytes m_indexes; // Big-endian, two bytes each.
};

} // namespace coffer::crypto
