// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <string>

namespace coffer::crypto {

/// The ten lists of BIP39.
enum class WordListLanguage
{
    English,
    ChineseSimplified,
    ChineseTraditional,
    Czech,
    French,
    Italian,
    Japanese,
    Korean,
    Portuguese,
    Spanish
};

inline constexpr std::array kWordListLanguages{WordListLanguage::English,
                                               WordListLanguage::ChineseSimplified,
                                               WordListLanguage::ChineseTraditional,
                                               WordListLanguage::Czech,
                                               WordListLanguage::French,
                                               WordListLanguage::Italian,
                                               WordListLanguage::Japanese,
                                               WordListLanguage::Korean,
                                               WordListLanguage::Portuguese,
                                               WordListLanguage::Spanish};

inline constexpr std::size_t kWordListSize = 2048;

/// A stable name: "english", "chinese_simplified" ...
std::string_view wordListName(WordListLanguage language);
base::Result<WordListLanguage> parseWordListName(std::string_view name);

/// The word as its list writes it; index below 2048.
std::string_view word(WordListLanguage language, std::size_t index);

/// The index of a word that is NFKD and folded already (see unicode.h).
std::optional<std::uint16_t> findWord(WordListLanguage language, base::ByteView foldedWord);

/// Indexes of the words that begin with a prefix (NFKD, folded), in the list's order, at most
/// `maximum`; a word that equals the prefix comes first. For completion: four letters are enough in
/// English.
std::vector<std::uint16_t> findWordsByPrefix(WordListLanguage language, base::ByteView foldedPrefix,
                                             std::size_t maximum);

} // namespace coffer::crypto
