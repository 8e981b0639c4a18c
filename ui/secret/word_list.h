// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace coffer::ui {

/// A published BIP39 word list: public text, embedded as a resource.
class WordList
{
public:
    /// Index into bip39 languages; 0 is English. An unknown one gives an empty list.
    static const WordList& of(int language);
    static int languageCount();
    /// In its own language: "English", "日本語".
    static QString languageName(int language);
    /// From the name that the api uses ("english"); -1 when there is none.
    static int languageOf(const QString& name);

    int size() const { return int(m_words.size()); }
    const QString& word(int index) const { return m_words[std::size_t(index)]; }
    /// -1 when it is not in the list.
    int indexOf(QStringView word) const;
    /// Up to `limit` indexes of words that begin with `prefix`.
    std::vector<int> startingWith(QStringView prefix, int limit) const;

private:
    explicit WordList(int language);

    std::vector<QString> m_words;
};

} // namespace coffer::ui
