// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "ui/session.h"

#include <QWidget>

class QCheckBox;
class QProgressBar;
class QPushButton;
class QRadioButton;

namespace coffer::ui {

class InlineMessage;
class NewWalletFields;
class PageStack;
class PassphraseEdit;
class SecretWordsView;
class StepIndicator;
class TextLabel;
class WordsQuiz;

/// Create a wallet: password, words, a quiz of three of them, done.
class CreateFlow : public QWidget
{
    Q_OBJECT

public:
    enum class Step
    {
        Password,
        Words,
        Quiz,
        Done
    };

    explicit CreateFlow(Session& session, QWidget* parent = nullptr);
    ~CreateFlow() override;

    Step step() const { return m_step; }
    /// A wallet exists, but its owner is not through yet.
    bool isBusy() const { return m_working || (m_step != Step::Password && m_step != Step::Done); }
    void focusFirst();
    /// Back to the first step of a new wallet.
    bool stepBack();
    /// Leaving would lose what was typed.
    bool hasDraft() const;

Q_SIGNALS:
    void finished(const QString& wallet);
    void cancelled();

private:
    QWidget* buildPassword();
    QWidget* buildWords();
    QWidget* buildQuiz();
    QWidget* buildDone();
    void setStep(Step step);
    void create();
    bool passphraseIsSure();
    void showWords(base::SecretBytes password);
    void startQuiz();
    void checkQuiz();
    enum class Work
    {
        Idle,
        Running
    };
    void setWork(Work work);
    void fail(const base::Error& error);

    Session& m_session;
    Step m_step = Step::Password;
    bool m_working = false;
    QString m_wallet;
    StepIndicator* m_steps;
    InlineMessage* m_message;
    PageStack* m_stack;
    NewWalletFields* m_fields;
    QRadioButton* m_twelve;
    QRadioButton* m_twentyFour;
    QCheckBox* m_withPassphrase;
    QWidget* m_passphraseBox;
    PassphraseEdit* m_passphrase;
    PassphraseEdit* m_passphraseAgain = nullptr;
    TextLabel* m_passphraseHint = nullptr;
    QPushButton* m_create;
    QProgressBar* m_progress;
    SecretWordsView* m_words;
    QPushButton* m_reveal;
    QPushButton* m_toQuiz;
    WordsQuiz* m_quiz;
};

} // namespace coffer::ui
