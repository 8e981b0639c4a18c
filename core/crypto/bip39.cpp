// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/bip39.h"

#include "core/crypto/hash.h"

#include <algorithm>

namespace coffer::crypto {

using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;
using base::SecretBytes;

namespace {

constexpr std::size_t kMinWords = 12;
constexpr std::size_t kMaxWords = 24;
constexpr std::size_t kBitsPerWord = 11;
constexpr unsigned kSeedRounds = 2048; // BIP39, "From mnemonic to seed".
constexpr std::size_t kSeedSize = 64;

/// A phrase has at most 24 words of some 10 letters, of up to 6 bytes each when decomposed; what is
/// far longer is something else and not worth the work.
constexpr std::size_t kMaxTextSize = 8192;

// What is left of white space when NFKD has turned all wide and no-break blanks and U+3000 into
// U+0020, and what invisibly comes along when a phrase is copied from a page.
constexpr std::array<std::string_view, 7> kWideSpaces{
    "\xc2\x85",     // U+0085 next line
    "\xe1\x9a\x80", // U+1680 Ogham space
    "\xe2\x80\xa8", // U+2028 line separator
    "\xe2\x80\xa9", // U+2029 paragraph separator
    "\xe2\x80\x8b", // U+200B zero width space
    "\xe2\x81\xa0", // U+2060 word joiner
    "\xef\xbb\xbf", // U+FEFF byte order mark
};

/// The length of the white space that a text begins with, 0 for none.
std::size_t spaceLength(ByteView text)
{
    if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r'))
        return 1;
    for (const auto space : kWideSpaces) {
        if (text.size() >= space.size() &&
            base::equal(text.first(space.size()), base::viewOf(space)))
            return space.size();
    }
    return 0;
}

/// Words as views into the folded text; beyond the most that a phrase may have only counted.
struct Words
{
    std::array<ByteView, kMaxWords> views;
    std::size_t count = 0;

    void add(ByteView view)
    {
        if (count < kMaxWords)
            views[count] = view;
        ++count;
    }
    std::span<const ByteView> all() const
    {
        return std::span(views).first(std::min(count, kMaxWords));
    }
};

Words splitWords(ByteView text)
{
    Words words;
    std::size_t begin = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto space = spaceLength(text.subspan(at));
        if (space == 0) {
            ++at;
            continue;
        }
        if (at > begin)
            words.add(text.subspan(begin, at - begin));
        at += space;
        begin = at;
    }
    if (text.size() > begin)
        words.add(text.subspan(begin));
    return words;
}

bool isWordCount(std::size_t count)
{
    return count >= kMinWords && count <= kMaxWords && count % 3 == 0;
}

void setWordIndex(SecretBytes& indexes, std::size_t position, std::uint16_t index)
{
    indexes.reveal()[2 * position] = static_cast<std::uint8_t>(index >> 8);
    indexes.reveal()[2 * position + 1] = static_cast<std::uint8_t>(index);
}

bool bitOf(const SecretBytes& indexes, std::size_t bit)
{
    const auto word = bit / kBitsPerWord;
    const auto shift = kBitsPerWord - 1 - bit % kBitsPerWord;
    const auto index = indexes.reveal()[2 * word] << 8 | indexes.reveal()[2 * word + 1];
    return (index >> shift & 1) != 0;
}

// BIP39, "Generating the mnemonic": a checksum bit for every 32 bits of entropy.
std::size_t entropySizeOf(std::size_t wordCount)
{
    return wordCount / 3 * 4;
}

std::size_t checksumBitsOf(std::size_t entropySize)
{
    return entropySize / 4;
}

SecretBytes entropyOf(const SecretBytes& indexes)
{
    auto entropy = SecretBytes::allocate(entropySizeOf(indexes.size() / 2));
    for (std::size_t bit = 0; bit < entropy.size() * 8; ++bit) {
        auto& byte = entropy.reveal()[bit / 8];
        byte = static_cast<std::uint8_t>(byte << 1 | (bitOf(indexes, bit) ? 1 : 0));
    }
    return entropy;
}

SecretBytes indexesOf(const SecretBytes& entropy)
{
    const auto hash = sha256Secret(entropy.reveal());
    const auto entropyBits = entropy.size() * 8;
    const auto wordCount = (entropyBits + checksumBitsOf(entropy.size())) / kBitsPerWord;
    auto indexes = SecretBytes::allocate(2 * wordCount);
    for (std::size_t word = 0; word < wordCount; ++word) {
        std::uint16_t index = 0;
        for (std::size_t i = 0; i < kBitsPerWord; ++i) {
            const auto bit = word * kBitsPerWord + i;
            const auto& source = bit < entropyBits ? entropy : hash;
            const auto at = bit < entropyBits ? bit : bit - entropyBits;
            const auto value = source.reveal()[at / 8] >> (7 - at % 8) & 1;
            index = static_cast<std::uint16_t>(index << 1 | value);
        }
        setWordIndex(indexes, word, index);
    }
    return indexes;
}

bool isChecksumRight(const SecretBytes& indexes)
{
    return indexesOf(entropyOf(indexes)).equals(indexes);
}

/// A phrase read in one language.
struct Reading
{
    WordListLanguage language = WordListLanguage::English;
    SecretBytes indexes;
};

/// Writes the indexes of the words into `indexes` up to the first that the list does not have, and
/// returns how many there are.
std::size_t lookUp(std::span<const ByteView> words, WordListLanguage language, SecretBytes& indexes)
{
    std::size_t known = 0;
    for (const auto view : words) {
        const auto index = findWord(language, view);
        if (!index)
            break;
        setWordIndex(indexes, known++, *index);
    }
    return known;
}

bool isCjk(ByteView text, std::size_t at)
{
    // The first two bytes of UTF-8 are enough for whole blocks: U+1100 to U+11FF (Hangul letters,
    // into which NFKD takes syllables apart), U+3000 to U+9FFF and U+AC00 to U+DFFF and U+F900 to
    // U+FAFF.
    const auto first = text[at];
    const auto second = at + 1 < text.size() ? text[at + 1] : std::uint8_t{0};
    if (first == 0xe1)
        return second >= 0x84 && second <= 0x87;
    return (first >= 0xe3 && first <= 0xed) || (first == 0xef && second >= 0xa4 && second <= 0xab);
}

/// Electrum's own format (its lib "mnemonic", is_new_seed): the first bits of an HMAC over the
/// text, without marks, in single blanks, and with none between two CJK characters.
bool isElectrumSeed(const SecretBytes& utf8Text)
{
    const auto bare = nfkdFoldedBare(utf8Text);
    if (!bare || bare->empty())
        return false;
    const auto words = splitWords(bare->reveal());
    auto text = SecretBytes::allocate(bare->size() + words.count);
    std::size_t size = 0;
    bool endsInCjk = false;
    for (const auto view : words.all()) {
        if (size > 0 && !(endsInCjk && isCjk(view, 0)))
            text.reveal()[size++] = ' ';
        std::ranges::copy(view, text.reveal().subspan(size).begin());
        size += view.size();
        auto last = view.size() - 1;
        while (last > 0 && (view[last] & 0xc0) == 0x80)
            --last;
        endsInCjk = isCjk(view, last);
    }
    const auto mac = hmacSha512(base::viewOf("Seed version"), text.reveal().first(size));
    // 01 standard, 100 segwit, 101 two-factor, 102 two-factor segwit.
    const auto bytes = mac.reveal();
    return bytes[0] == 0x01 || (bytes[0] == 0x10 && bytes[1] >> 4 <= 2);
}

/// All languages in which every word is known and the checksum is right; or why there is none.
Result<std::vector<Reading>> readingsOf(const SecretBytes& utf8Text,
                                        std::span<const WordListLanguage> languages)
{
    if (utf8Text.size() > kMaxTextSize)
        return Error{ErrorCode::Malformed, "too long for a phrase of words"};
    const auto text = TRY(nfkdFolded(utf8Text));
    const auto words = splitWords(text.reveal());
    std::vector<Reading> valid;
    std::size_t known = 0;
    // One buffer for all languages: guarded memory is slow to come by.
    auto indexes = SecretBytes::allocate(2 * words.all().size());
    for (const auto language : languages) {
        const auto found = lookUp(words.all(), language, indexes);
        known = std::max(known, found);
        if (isWordCount(words.count) && found == words.count && isChecksumRight(indexes))
            valid.push_back({language, indexes.clone()});
    }
    if (!valid.empty())
        return valid;
    // Electrum takes its words from the same lists; one phrase in 216 would look like its seed by
    // chance, so a phrase with an unknown word is not asked.
    const bool allKnown = words.count > 0 && known == words.all().size();
    if (allKnown && isElectrumSeed(utf8Text))
        return Error{ErrorCode::Unsupported, "a seed in Electrum's own format"};
    if (!isWordCount(words.count))
        return Error{ErrorCode::Malformed,
                     "a phrase has 12, 15, 18, 21 or 24 words, not " + std::to_string(words.count)};
    if (!allKnown)
        return Error{ErrorCode::Malformed,
                     "word " + std::to_string(known + 1) + " is not in the word list"};
    return Error{ErrorCode::BadChecksum, "the words do not fit together"};
}

} // namespace

Result<Mnemonic> Mnemonic::fromEntropy(const SecretBytes& entropy, WordListLanguage language)
{
    if (entropy.size() < 16 || entropy.size() > 32 || entropy.size() % 4 != 0)
        return Error{ErrorCode::OutOfRange, "entropy has 16, 20, 24, 28 or 32 bytes"};
    return Mnemonic(language, indexesOf(entropy));
}

Result<Mnemonic> Mnemonic::parse(const SecretBytes& utf8Text)
{
    auto valid = TRY(readingsOf(utf8Text, kWordListLanguages));
    if (valid.size() > 1)
        return Error{ErrorCode::Rejected, "the phrase is valid in more than one language"};
    return Mnemonic(valid.front().language, std::move(valid.front().indexes));
}

Result<Mnemonic> Mnemonic::parse(const SecretBytes& utf8Text, WordListLanguage language)
{
    auto valid = TRY(readingsOf(utf8Text, std::span(&language, 1)));
    return Mnemonic(language, std::move(valid.front().indexes));
}

std::vector<WordListLanguage> Mnemonic::candidates(const SecretBytes& utf8Text)
{
    std::vector<WordListLanguage> out;
    const auto valid = readingsOf(utf8Text, kWordListLanguages);
    if (valid) {
        for (const auto& each : *valid)
            out.push_back(each.language);
    }
    return out;
}

std::uint16_t Mnemonic::wordIndex(std::size_t position) const
{
    ASSERT(position < wordCount());
    const auto bytes = m_indexes.reveal();
    return static_cast<std::uint16_t>(bytes[2 * position] << 8 | bytes[2 * position + 1]);
}

std::string_view Mnemonic::word(std::size_t position) const
{
    return crypto::word(m_language, wordIndex(position));
}

SecretBytes Mnemonic::toText() const
{
    const std::string_view separator =
        m_language == WordListLanguage::Japanese ? "\xe3\x80\x80" : " ";
    std::size_t size = separator.size() * (wordCount() - 1);
    for (std::size_t i = 0; i < wordCount(); ++i)
        size += word(i).size();
    auto out = SecretBytes::allocate(size);
    auto at = out.reveal().begin();
    for (std::size_t i = 0; i < wordCount(); ++i) {
        if (i > 0)
            at = std::ranges::copy(base::viewOf(separator), at).out;
        at = std::ranges::copy(base::viewOf(word(i)), at).out;
    }
    return out;
}

SecretBytes Mnemonic::entropy() const
{
    return entropyOf(m_indexes);
}

Result<SecretBytes> Mnemonic::toSeed(const SecretBytes& passphrase) const
{
    const auto password = TRY(nfkd(toText()));
    const auto suffix = TRY(nfkd(passphrase));
    const auto prefix = base::viewOf("mnemonic");
    auto salt = SecretBytes::allocate(prefix.size() + suffix.size());
    const auto at = std::ranges::copy(prefix, salt.reveal().begin()).out;
    std::ranges::copy(suffix.reveal(), at);
    return pbkdf2HmacSha512(password.reveal(), salt.reveal(), kSeedRounds, kSeedSize);
}

} // namespace coffer::crypto
