// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/words_dialog.h"

#include "ui/async.h"
#include "ui/secret/secret_words_view.h"
#include "ui/secret/words_quiz.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_stack.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

WordsDialog::WordsDialog(Session& session, api::Words words, QWidget* parent)
    : FittedDialog(660, parent)
    , m_session(session)
    , m_message(new InlineMessage)
    , m_stack(new PageStack)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Recovery words"));
    identify(this, u"words.dialog"_s, tr("Recovery words"));
    auto* column = makeColumn(this, 12);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(tr("Recovery words"), FontRole::Section));
    m_message->setObjectName(u"words.message"_s);
    column->addWidget(m_message);
    column->addWidget(m_stack);
    m_stack->addWidget(buildWords());
    m_stack->addWidget(buildQuiz());
    m_words->setWords(std::move(words));
}

QWidget* WordsDialog::buildWords()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 12);
    auto* text = new TextLabel(tr("Whoever has these words has the money. Write them on paper, in "
                                  "this order. No photograph, no cloud."));
    text->setWrap(Wrap::On);
    column->addWidget(text);
    m_words = new SecretWordsView;
    m_words->setObjectName(u"words.words"_s);
    column->addWidget(m_words);
    auto* row = makeRow();
    m_reveal = new QPushButton(ui::icon(u"eye"_s), tr("&Reveal the words"));
    identify(m_reveal, u"words.reveal"_s, tr("Reveal the words"));
    m_reveal->setCheckable(true);
    connect(m_reveal, &QPushButton::toggled, this, [this](bool on) {
        m_words->setCover(on ? SecretWordsView::Cover::Off : SecretWordsView::Cover::On);
    });
    connect(m_words, &SecretWordsView::coverChanged, this,
            [this] { m_reveal->setChecked(m_words->cover() == SecretWordsView::Cover::Off); });
    auto* close = new QPushButton(tr("&Close"));
    identify(close, u"words.close"_s, tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto* written = new QPushButton(tr("I have &written them down"));
    identify(written, u"words.written"_s, tr("I have written them down"));
    setVariant(written, ButtonVariant::Primary);
    connect(written, &QPushButton::clicked, this, [this] {
        m_words->setCover(SecretWordsView::Cover::On);
        m_quiz->start(*m_words);
        m_stack->setCurrentIndex(1);
        m_quiz->focusFirst();
    });
    for (QPushButton* button : {m_reveal, close, written})
        button->setAutoDefault(false);
    row->addWidget(m_reveal);
    row->addStretch(1);
    row->addWidget(close);
    row->addWidget(written);
    column->addLayout(row);
    return page;
}

QWidget* WordsDialog::buildQuiz()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 12);
    m_quiz = new WordsQuiz(u"words"_s);
    column->addWidget(m_quiz);
    connect(m_quiz, &WordsQuiz::submitted, this, &WordsDialog::check);
    auto* row = makeRow();
    auto* back = new QPushButton(tr("&Show the words again"));
    identify(back, u"words.again"_s, tr("Show the words again"));
    connect(back, &QPushButton::clicked, this, [this] { m_stack->setCurrentIndex(0); });
    auto* done = new QPushButton(tr("&Check"));
    identify(done, u"words.check"_s, tr("Check"));
    setVariant(done, ButtonVariant::Primary);
    connect(done, &QPushButton::clicked, this, &WordsDialog::check);
    back->setAutoDefault(false);
    done->setAutoDefault(false);
    row->addWidget(back);
    row->addStretch(1);
    row->addWidget(done);
    column->addLayout(row);
    column->addStretch(1);
    return page;
}

void WordsDialog::check()
{
    if (const int wrong = m_quiz->wrongNumber(*m_words)) {
        m_message->show(MessageKind::Danger,
                        tr("Word number %1 is not the one of this wallet. Compare with your paper.")
                            .arg(wrong));
        return;
    }
    consume<void>(this, m_session.api().wallets->markBackedUp(m_session.wallet()),
                  [this](base::Result<void> result) {
                      if (!result) {
                          m_message->showError(result.error());
                          return;
                      }
                      m_session.say(tr("The words are written down and checked."));
                      accept();
                  });
}

} // namespace coffer::ui
