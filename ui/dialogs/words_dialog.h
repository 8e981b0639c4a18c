// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"
#include "ui/widgets/fitted_dialog.h"

class QPushButton;

namespace coffer::ui {

class InlineMessage;
class PageStack;
class SecretWordsView;
class WordsQuiz;

/// Shows the words of an existing wallet and, if wanted, checks that they are on paper.
class WordsDialog : public FittedDialog
{
    Q_OBJECT

public:
    WordsDialog(Session& session, api::Words words, QWidget* parent);

private:
    QWidget* buildWords();
    QWidget* buildQuiz();
    void check();

    Session& m_session;
    InlineMessage* m_message;
    PageStack* m_stack;
    SecretWordsView* m_words;
    QPushButton* m_reveal;
    WordsQuiz* m_quiz;
};

} // namespace coffer::ui
