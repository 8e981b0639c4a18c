// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start/create_flow.h"

#include "ui/async.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/secret/secret_words_view.h"
#include "ui/secret/words_quiz.h"
#include "ui/start/new_wallet_fields.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_stack.h"
#include "ui/widgets/step_indicator.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

QStringList namesOf(const api::WalletsSnapshot& snapshot)
{
    QStringList names;
    for (const auto& wallet : snapshot.wallets)
        names << wallet.id;
    return names;
}

TextLabel* wrapped(const QString& text, Tone tone = Tone::Dim)
{
    auto* label = new TextLabel(text, FontRole::Body, tone);
    label->setWrap(Wrap::On);
    return label;
}

} // namespace

CreateFlow::CreateFlow(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_steps(new StepIndicator({tr("Password"), tr("Words"), tr("Check"), tr("Done")}))
    , m_message(new InlineMessage)
    , m_stack(new PageStack)
{
    auto* column = makeColumn(this, 16);
    column->addWidget(m_steps, 0, Qt::AlignHCenter);
    m_message->setObjectName(u"create.message"_s);
    column->addWidget(m_message);
    column->addWidget(m_stack);
    m_stack->addWidget(buildPassword());
    m_stack->addWidget(buildWords());
    m_stack->addWidget(buildQuiz());
    m_stack->addWidget(buildDone());
    setStep(Step::Password);
}

CreateFlow::~CreateFlow() = default;

QWidget* CreateFlow::buildPassword()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 10);
    m_fields = new NewWalletFields(u"create"_s, namesOf(m_session.wallets()));
    column->addWidget(m_fields);
    connect(m_fields, &NewWalletFields::submitted, this, &CreateFlow::create);
    column->addWidget(new TextLabel(tr("Recovery words"), FontRole::BodyStrong));
    auto* words = makeRow(20);
    m_twelve = new QRadioButton(tr("1&2 words"));
    m_twentyFour = new QRadioButton(tr("2&4 words"));
    identify(m_twelve, u"create.words12"_s, tr("12 words"));
    identify(m_twentyFour, u"create.words24"_s, tr("24 words"));
    m_twelve->setChecked(true);
    words->addWidget(m_twelve);
    words->addWidget(m_twentyFour);
    words->addStretch(1);
    column->addLayout(words);
    m_withPassphrase = new QCheckBox(tr("Add a &passphrase to the words (advanced)"));
    identify(m_withPassphrase, u"create.with_passphrase"_s, tr("Add a passphrase to the words"));
    column->addWidget(m_withPassphrase);
    m_passphraseBox = new QWidget;
    auto* box = makeColumn(m_passphraseBox, 6);
    m_passphrase = new PassphraseEdit;
    m_passphrase->setNames(u"create.passphrase"_s, tr("Passphrase"));
    box->addWidget(m_passphrase);
    m_passphraseAgain = new PassphraseEdit;
    m_passphraseAgain->setNames(u"create.passphrase_again"_s, tr("Repeat the passphrase"));
    box->addWidget(new TextLabel(tr("Repeat the passphrase"), FontRole::BodyStrong));
    box->addWidget(m_passphraseAgain);
    m_passphraseHint = new TextLabel(QString(), FontRole::Body, Tone::Danger);
    m_passphraseHint->hide();
    box->addWidget(m_passphraseHint);
    box->addWidget(wrapped(tr("The words alone will not restore the wallet: this passphrase is "
                              "needed too. Write it down, but not beside the words.")));
    m_passphraseBox->hide();
    column->addWidget(m_passphraseBox);
    connect(m_withPassphrase, &QCheckBox::toggled, m_passphraseBox, &QWidget::setVisible);
    m_progress = new QProgressBar;
    m_progress->setRange(0, 0);
    m_progress->setFixedHeight(8);
    identify(m_progress, u"create.progress"_s, tr("The wallet is being made"));
    m_progress->hide();
    column->addWidget(m_progress);
    auto* row = makeRow();
    auto* back = new QPushButton(tr("&Back"));
    identify(back, u"create.back"_s, tr("Back"));
    connect(back, &QPushButton::clicked, this, &CreateFlow::cancelled);
    m_create = new QPushButton(tr("&Create wallet"));
    identify(m_create, u"create.create"_s, tr("Create wallet"));
    setVariant(m_create, ButtonVariant::Primary);
    connect(m_create, &QPushButton::clicked, this, &CreateFlow::create);
    row->addWidget(back);
    row->addStretch(1);
    row->addWidget(m_create);
    column->addLayout(row);
    return page;
}

QWidget* CreateFlow::buildWords()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 12);
    column->addWidget(wrapped(tr("Write these words on paper, in this order, and keep it where "
                                 "nobody else looks. They are the wallet: whoever has them has the "
                                 "money, and without them a lost computer is lost money."),
                              Tone::Normal));
    m_words = new SecretWordsView;
    m_words->setObjectName(u"create.words"_s);
    column->addWidget(m_words);
    auto* row = makeRow();
    m_reveal = new QPushButton(ui::icon(u"eye"_s), tr("&Reveal the words"));
    identify(m_reveal, u"create.reveal"_s, tr("Reveal the words"));
    m_reveal->setCheckable(true);
    row->addWidget(m_reveal);
    row->addStretch(1);
    column->addLayout(row);
    connect(m_reveal, &QPushButton::toggled, this, [this](bool on) {
        m_words->setCover(on ? SecretWordsView::Cover::Off : SecretWordsView::Cover::On);
        m_toQuiz->setEnabled(true);
    });
    connect(m_words, &SecretWordsView::coverChanged, this, [this] {
        const bool open = m_words->cover() == SecretWordsView::Cover::Off;
        m_reveal->setChecked(open);
        m_reveal->setText(open ? tr("&Hide the words") : tr("&Reveal the words"));
        m_reveal->setIcon(ui::icon(open ? u"eye-off"_s : u"eye"_s));
    });
    column->addWidget(wrapped(tr("No photograph, no cloud, no message. Nobody who helps you needs "
                                 "them.")));
    auto* buttons = makeRow();
    auto* later = new QPushButton(tr("&Later"));
    identify(later, u"create.later"_s, tr("Later"));
    setVariant(later, ButtonVariant::Link);
    connect(later, &QPushButton::clicked, this, [this] {
        m_steps->setSkipped({int(Step::Words), int(Step::Quiz)});
        setStep(Step::Done);
    });
    m_toQuiz = new QPushButton(tr("I have &written them down"));
    identify(m_toQuiz, u"create.written"_s, tr("I have written them down"));
    setVariant(m_toQuiz, ButtonVariant::Primary);
    m_toQuiz->setEnabled(false);
    connect(m_toQuiz, &QPushButton::clicked, this, &CreateFlow::startQuiz);
    buttons->addWidget(later);
    buttons->addStretch(1);
    buttons->addWidget(m_toQuiz);
    column->addLayout(buttons);
    return page;
}

QWidget* CreateFlow::buildQuiz()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 10);
    m_quiz = new WordsQuiz(u"create"_s);
    column->addWidget(m_quiz);
    connect(m_quiz, &WordsQuiz::submitted, this, &CreateFlow::checkQuiz);
    auto* row = makeRow();
    auto* back = new QPushButton(tr("&Show the words again"));
    identify(back, u"create.again"_s, tr("Show the words again"));
    connect(back, &QPushButton::clicked, this, [this] { setStep(Step::Words); });
    auto* check = new QPushButton(tr("&Check"));
    identify(check, u"create.check"_s, tr("Check"));
    setVariant(check, ButtonVariant::Primary);
    connect(check, &QPushButton::clicked, this, &CreateFlow::checkQuiz);
    row->addWidget(back);
    row->addStretch(1);
    row->addWidget(check);
    column->addLayout(row);
    return page;
}

QWidget* CreateFlow::buildDone()
{
    auto* page = new QWidget;
    auto* column = makeColumn(page, 16);
    column->addStretch(1);
    column->addWidget(new IconView(u"circle-check"_s, IconColor::Ok, 48), 0, Qt::AlignHCenter);
    auto* title = new TextLabel(tr("The wallet is ready"), FontRole::Section);
    title->setAlignment(Qt::AlignHCenter);
    column->addWidget(title);
    auto* text = wrapped(tr("Your node fetches the chain in the background. You can receive at "
                            "once; balances appear as they are proved."));
    text->setAlignment(Qt::AlignHCenter);
    column->addWidget(text);
    auto* row = makeRow();
    row->addStretch(1);
    auto* look = new QPushButton(tr("&Look around"));
    identify(look, u"create.look"_s, tr("Look around"));
    connect(look, &QPushButton::clicked, this, [this] { Q_EMIT finished(m_wallet); });
    auto* receive = new QPushButton(ui::icon(u"qr-code"_s, IconColor::White), tr("&Receive"));
    identify(receive, u"create.receive"_s, tr("Receive"));
    setVariant(receive, ButtonVariant::Primary);
    connect(receive, &QPushButton::clicked, this, [this] {
        Session* session = &m_session;
        Q_EMIT finished(m_wallet); // This page is gone afterwards.
        QTimer::singleShot(0, session, [session] {
            session->goTo({PageId::Receive, {}, {}, {}, {}});
        });
    });
    row->addWidget(look);
    row->addWidget(receive);
    row->addStretch(1);
    column->addLayout(row);
    column->addStretch(2);
    return page;
}

void CreateFlow::setStep(Step step)
{
    m_step = step;
    m_message->hide();
    m_steps->setCurrent(int(step));
    m_stack->setCurrentIndex(int(step));
    m_words->setCover(SecretWordsView::Cover::On);
    if (step == Step::Done) {
        m_words->clear();
        m_quiz->clear();
    }
    focusFirst();
}

void CreateFlow::focusFirst()
{
    switch (m_step) {
    case Step::Password:
        m_fields->focusName();
        break;
    case Step::Words:
        m_reveal->setFocus();
        break;
    case Step::Quiz:
        m_quiz->focusFirst();
        break;
    case Step::Done:
        break;
    }
}

bool CreateFlow::stepBack()
{
    if (m_step != Step::Quiz)
        return false;
    setStep(Step::Words);
    return true;
}

bool CreateFlow::hasDraft() const
{
    return m_step == Step::Password && (m_fields->isTyped() || !m_passphrase->isEmpty());
}

void CreateFlow::setWork(Work work)
{
    m_working = work == Work::Running;
    m_create->setEnabled(!m_working);
    m_create->setText(m_working ? tr("Creating…") : tr("&Create wallet"));
    m_progress->setVisible(m_working);
}

void CreateFlow::fail(const base::Error& error)
{
    setWork(Work::Idle);
    m_message->showError(error);
}

/// A slip here would make words that never restore this wallet.
bool CreateFlow::passphraseIsSure()
{
    const bool empty = m_passphrase->isEmpty();
    const bool same = m_passphrase->matches(*m_passphraseAgain);
    m_passphraseHint->setText(empty ? tr("Enter the passphrase, or go without one.")
                                    : tr("The two are different."));
    m_passphraseHint->setVisible(empty || !same);
    if (empty)
        m_passphrase->setFocus();
    else if (!same)
        m_passphraseAgain->setFocus();
    return !empty && same;
}

void CreateFlow::create()
{
    if (m_working)
        return;
    if (!m_fields->isComplete()) {
        m_fields->showProblem();
        return;
    }
    if (m_withPassphrase->isChecked() && !passphraseIsSure())
        return;
    m_message->hide();
    api::CreateWallet request;
    request.name = m_fields->walletName();
    request.password = m_fields->password();
    request.words = m_twentyFour->isChecked() ? 24 : 12;
    if (m_withPassphrase->isChecked())
        request.passphrase = m_passphrase->copy();
    setWork(Work::Running);
    consume<api::CreatedWallet>(this, m_session.api().wallets->create(std::move(request)),
                                [this](base::Result<api::CreatedWallet> result) {
                                    if (!result) {
                                        fail(result.error());
                                        return;
                                    }
                                    m_wallet = result->wallet;
                                    showWords(m_fields->password());
                                });
}

void CreateFlow::showWords(base::SecretBytes password)
{
    consume<api::Words>(this, m_session.api().wallets->revealWords(m_wallet, std::move(password)),
                        [this](base::Result<api::Words> result) {
                            setWork(Work::Idle);
                            m_fields->clear();
                            m_passphrase->clear();
                            if (!result) { // The wallet is there; its words wait in Settings.
                                setStep(Step::Done);
                                fail(result.error());
                                return;
                            }
                            m_words->setWords(result.take());
                            setStep(Step::Words);
                        });
}

void CreateFlow::startQuiz()
{
    m_quiz->start(*m_words);
    setStep(Step::Quiz);
}

void CreateFlow::checkQuiz()
{
    if (const int wrong = m_quiz->wrongNumber(*m_words)) {
        m_message->show(MessageKind::Danger,
                        tr("Word number %1 is not the one of this wallet. Compare with your paper.")
                            .arg(wrong));
        return;
    }
    consume<void>(this, m_session.api().wallets->markBackedUp(m_wallet),
                  [this](base::Result<void> result) {
                      if (result)
                          setStep(Step::Done);
                      else
                          fail(result.error());
                  });
}

} // namespace coffer::ui
