// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secret/words_quiz.h"

#include "ui/secret/secret_words_view.h"
#include "ui/secret/words_edit.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

WordsQuiz::WordsQuiz(const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_prefix(prefix)
{
    auto* column = makeColumn(this, 8);
    auto* lead = new TextLabel(tr("Type three of the words from your paper."));
    lead->setWrap(Wrap::On);
    column->addWidget(lead);
    for (std::size_t i = 0; i < 3; ++i) {
        m_questions[i] = new TextLabel(QString(), FontRole::BodyStrong);
        m_answers[i] = new WordsEdit(WordsEdit::Size::OneWord);
        identify(m_answers[i], prefix + u".answer%1"_s.arg(i + 1), tr("Word %1").arg(i + 1));
        m_questions[i]->setBuddy(m_answers[i]);
        column->addWidget(m_questions[i]);
        column->addWidget(m_answers[i]);
        if (i < 2)
            connect(m_answers[i], &WordsEdit::submitted, this,
                    [this, i] { m_answers[i + 1]->setFocus(Qt::TabFocusReason); });
    }
    connect(m_answers[2], &WordsEdit::submitted, this, &WordsQuiz::submitted);
}

void WordsQuiz::start(const SecretWordsView& words)
{
    std::vector<int> positions(std::size_t(std::max(words.wordCount(), 3)));
    for (std::size_t i = 0; i < positions.size(); ++i)
        positions[i] = int(i);
    std::shuffle(positions.begin(), positions.end(), *QRandomGenerator::system());
    std::sort(positions.begin(), positions.begin() + 3);
    for (std::size_t i = 0; i < 3; ++i) {
        m_positions[i] = positions[i];
        m_questions[i]->setText(tr("Word number %1").arg(positions[i] + 1));
        m_answers[i]->setAccessibleName(tr("Word number %1").arg(positions[i] + 1));
        m_answers[i]->setLanguage(words.language());
        m_answers[i]->clear();
    }
}

int WordsQuiz::wrongNumber(const SecretWordsView& words)
{
    for (std::size_t i = 0; i < 3; ++i)
        if (m_answers[i]->wordIndex(0) < 0 ||
            m_answers[i]->wordIndex(0) != words.wordIndex(m_positions[i])) {
            m_answers[i]->setFocus();
            return m_positions[i] + 1;
        }
    return 0;
}

void WordsQuiz::clear()
{
    for (WordsEdit* answer : m_answers)
        answer->clear();
}

void WordsQuiz::focusFirst()
{
    m_answers[0]->setFocus();
}

} // namespace coffer::ui
