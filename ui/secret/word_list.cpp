// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secret/word_list.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

struct Language
{
    const char* file;
    const char16_t* name;
};

/// In the order of the bip39 languages of the api.
constexpr std::array<Language, 10> kLanguages{{
    {"english", u"English"},
    {"chinese_simplified", u"简体中文"},
    {"chinese_traditional", u"繁體中文"},
    {"czech", u"Čeština"},
    {"french", u"Français"},
    {"italian", u"Italiano"},
    {"japanese", u"日本語"},
    {"korean", u"한국어"},
    {"portuguese", u"Português"},
    {"spanish", u"Español"},
}};

} // namespace

WordList::WordList(int language)
{
    if (language < 0 || language >= languageCount())
        return;
    QFile file(u":/wordlists/"_s + QLatin1StringView(kLanguages[std::size_t(language)].file) +
               u".txt"_s);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    m_words.reserve(std::size_t(lines.size()));
    for (const QString& line : lines) // Key presses arrive composed, some lists are decomposed.
        m_words.push_back(line.trimmed().normalized(QString::NormalizationForm_C));
}

const WordList& WordList::of(int language)
{
    static std::array<std::unique_ptr<WordList>, kLanguages.size()> lists;
    static const WordList none(-1);
    if (language < 0 || language >= languageCount())
        return none;
    auto& list = lists[std::size_t(language)];
    if (!list)
        list.reset(new WordList(language));
    return *list;
}

int WordList::languageCount()
{
    return int(kLanguages.size());
}

int WordList::languageOf(const QString& name)
{
    for (std::size_t i = 0; i < kLanguages.size(); ++i)
        if (name == QLatin1StringView(kLanguages[i].file))
            return int(i);
    return -1;
}

QString WordList::languageName(int language)
{
    return QString::fromUtf16(kLanguages[std::size_t(language)].name);
}

int WordList::indexOf(QStringView word) const
{
    for (std::size_t i = 0; i < m_words.size(); ++i)
        if (m_words[i] == word)
            return int(i);
    return -1;
}

std::vector<int> WordList::startingWith(QStringView prefix, int limit) const
{
    std::vector<int> found;
    if (prefix.isEmpty())
        return found;
    for (std::size_t i = 0; i < m_words.size() && int(found.size()) < limit; ++i)
        if (m_words[i].startsWith(prefix))
            found.push_back(int(i));
    return found;
}

} // namespace coffer::ui
