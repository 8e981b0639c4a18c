// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <array>

namespace coffer::ui {

class SecretWordsView;
class TextLabel;
class WordsEdit;

/// Asks for three of the words, to see that they are on paper.
class WordsQuiz : public QWidget
{
    Q_OBJECT

public:
    /// `prefix` begins the object names: `<prefix>.answer1` to 3.
    explicit WordsQuiz(const QString& prefix, QWidget* parent = nullptr);

    void start(const SecretWordsView& words);
    /// 0 when all three are right, else the number of the word that is not.
    int wrongNumber(const SecretWordsView& words);
    void clear();
    void focusFirst();

Q_SIGNALS:
    void submitted();

private:
    QString m_prefix;
    std::array<TextLabel*, 3> m_questions{};
    std::array<WordsEdit*, 3> m_answers{};
    std::array<int, 3> m_positions{};
};

} // namespace coffer::ui
