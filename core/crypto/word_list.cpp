// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/word_list.h"

#include "core/crypto/unicode.h"

#include <algorithm>

namespace coffer::crypto {

using base::ByteView;

namespace {

#include "core/crypto/word_list_data.inc" // kWords_english and the others, by word_list_data.cmake.

struct Names
{
    std::string_view name;
    std::string_view text;
};

Names namesOf(WordListLanguage language)
{
    switch (language) {
    case WordListLanguage::English:
        return {"english", kWords_english};
    case WordListLanguage::ChineseSimplified:
        return {"chinese_simplified", kWords_chinese_simplified};
    case WordListLanguage::ChineseTraditional:
        return {"chinese_traditional", kWords_chinese_traditional};
    case WordListLanguage::Czech:
        return {"czech", kWords_czech};
    case WordListLanguage::French:
        return {"french", kWords_french};
    case WordListLanguage::Italian:
        return {"italian", kWords_italian};
    case WordListLanguage::Japanese:
        return {"japanese", kWords_japanese};
    case WordListLanguage::Korean:
        return {"korean", kWords_korean};
    case WordListLanguage::Portuguese:
        return {"portuguese", kWords_portuguese};
    case WordListLanguage::Spanish:
        return {"spanish", kWords_spanish};
    }
    base::assertionFailed("word list language", __FILE__, __LINE__);
}

/// A folded word and its place in the list.
struct FoldedWord
{
    std::string text;
    std::uint16_t index = 0;
};

std::string_view asText(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class WordList
{
public:
    explicit WordList(std::string_view text)
    {
        m_words.reserve(kWordListSize);
        while (!text.empty()) {
            const auto end = text.find('\n');
            ASSERT(end != std::string_view::npos);
            m_words.push_back(text.substr(0, end));
            text.remove_prefix(end + 1);
        }
        ASSERT(m_words.size() == kWordListSize);
        // The lists are not all sorted by their folded forms (Spanish, French, Japanese).
        m_folded.reserve(kWordListSize);
        for (const auto listed : m_words) {
            auto folded = nfkdFoldedPublic(listed);
            ASSERT(folded);
            m_folded.push_back({folded.take(), static_cast<std::uint16_t>(m_folded.size())});
        }
        std::ranges::sort(m_folded, {}, &FoldedWord::text);
    }

    std::string_view at(std::size_t index) const { return m_words[index]; }

    /// The folded words from the first that is not below `text`.
    std::span<const FoldedWord> from(std::string_view text) const
    {
        const auto begin =
            std::ranges::lower_bound(m_folded, text, {}, [](const FoldedWord& folded) {
                return std::string_view(folded.text);
            });
        return {begin, m_folded.end()};
    }

private:
    std::vector<std::string_view> m_words;
    std::vector<FoldedWord> m_folded;
};

const WordList& listOf(WordListLanguage language)
{
    static const auto lists = [] {
        std::vector<WordList> all;
        for (const auto each : kWordListLanguages)
            all.emplace_back(namesOf(each).text);
        return all;
    }();
    return lists[static_cast<std::size_t>(language)];
}

} // namespace

std::string_view wordListName(WordListLanguage language)
{
    return namesOf(language).name;
}

base::Result<WordListLanguage> parseWordListName(std::string_view name)
{
    for (const auto language : kWordListLanguages) {
        if (wordListName(language) == name)
            return language;
    }
    return base::Error{base::ErrorCode::NotFound, "no such word list"};
}

std::string_view word(WordListLanguage language, std::size_t index)
{
    ASSERT(index < kWordListSize);
    return listOf(language).at(index);
}

std::optional<std::uint16_t> findWord(WordListLanguage language, ByteView foldedWord)
{
    const auto candidates = listOf(language).from(asText(foldedWord));
    if (candidates.empty() || candidates.front().text != asText(foldedWord))
        return std::nullopt;
    return candidates.front().index;
}

std::vector<std::uint16_t> findWordsByPrefix(WordListLanguage language, ByteView foldedPrefix,
                                             std::size_t maximum)
{
    const auto prefix = asText(foldedPrefix);
    std::vector<std::uint16_t> found;
    std::size_t exact = 0;
    for (const auto& candidate : listOf(language).from(prefix)) {
        if (!candidate.text.starts_with(prefix))
            break;
        exact += candidate.text == prefix ? 1 : 0;
        found.push_back(candidate.index);
    }
    // An exact match sorts first and stays there.
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(exact), found.end());
    found.resize(std::min(found.size(), maximum));
    return found;
}

} // namespace coffer::crypto
