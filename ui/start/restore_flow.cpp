// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start/restore_flow.h"

#include "ui/async.h"
#include "ui/secret/phrase_fields.h"
#include "ui/secret/word_list.h"
#include "ui/start/new_wallet_fields.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kFirstYear = 2013; // BIP39 is from then: no words are older.

TextLabel* dim(const QString& text)
{
    auto* label = new TextLabel(text, FontRole::Body, Tone::Dim);
    label->setWrap(Wrap::On);
    return label;
}

} // namespace

RestoreFlow::RestoreFlow(Session& session, Kind kind, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_kind(kind)
    , m_prefix(kind == Kind::Words ? u"restore"_s : u"watch"_s)
    , m_message(new InlineMessage)
{
    auto* column = makeColumn(this, 10);
    m_message->setObjectName(m_prefix + u".message"_s);
    column->addWidget(m_message);
    if (kind == Kind::Words)
        buildWords(column);
    else
        buildWatch(column);
    buildBirthday(column);
    QStringList taken;
    for (const auto& wallet : session.wallets().wallets)
        taken << wallet.id;
    m_fields = new NewWalletFields(m_prefix, taken);
    column->addWidget(m_fields);
    connect(m_fields, &NewWalletFields::submitted, this, &RestoreFlow::start);
    buildButtons(column);
}

void RestoreFlow::buildWords(QVBoxLayout* column)
{
    m_phrase = new PhraseFields(m_prefix);
    column->addWidget(m_phrase);
    m_languageBox = new QWidget;
    auto* box = makeColumn(m_languageBox, 6);
    auto* label =
        new TextLabel(tr("In which language were they written down?"), FontRole::BodyStrong);
    m_language = new QComboBox;
    identify(m_language, u"restore.phrase_language"_s,
             tr("In which language were they written down?"));
    label->setBuddy(m_language);
    box->addWidget(label);
    box->addWidget(m_language);
    box->addWidget(dim(tr("Each language gives another wallet. If this one turns out to be empty, "
                          "restore again with the other.")));
    m_languageBox->hide();
    column->addWidget(m_languageBox);
    // Other words, other languages.
    connect(m_phrase, &PhraseFields::changed, m_languageBox, &QWidget::hide);
}

void RestoreFlow::buildWatch(QVBoxLayout* column)
{
    column->addWidget(dim(tr("A watch-only wallet sees balances and makes addresses. It cannot "
                             "spend, and no secret is needed.")));
    auto* label = new TextLabel(tr("Public key or descriptor"), FontRole::BodyStrong);
    column->addWidget(label);
    m_descriptor = new QPlainTextEdit;
    identify(m_descriptor, u"watch.descriptor"_s, tr("Public key or descriptor"));
    m_descriptor->setFont(ui::font(FontRole::AddressSmall));
    m_descriptor->setPlaceholderText(tr("xpub…, zpub… or wpkh([…]xpub…/<0;1>/*)"));
    m_descriptor->setTabChangesFocus(true);
    m_descriptor->setFixedHeight(96);
    label->setBuddy(m_descriptor);
    column->addWidget(m_descriptor);
}

void RestoreFlow::buildBirthday(QVBoxLayout* column)
{
    auto* label = new TextLabel(tr("First used in"), FontRole::BodyStrong);
    m_birthday = new QComboBox;
    identify(m_birthday, m_prefix + u".birthday"_s, tr("First used in"));
    m_birthday->addItem(tr("I do not know"), 0);
    for (int year = QDate::currentDate().year(); year >= kFirstYear; --year)
        m_birthday->addItem(QString::number(year), year);
    label->setBuddy(m_birthday);
    column->addWidget(label);
    column->addWidget(m_birthday);
    column->addWidget(dim(tr("Older blocks are not searched, which is much faster. When in doubt, "
                             "choose an earlier year.")));
    column->addSpacing(4);
}

void RestoreFlow::buildButtons(QVBoxLayout* column)
{
    m_progress = new QProgressBar;
    m_progress->setRange(0, 0);
    m_progress->setFixedHeight(8);
    identify(m_progress, m_prefix + u".progress"_s, tr("The wallet is being made"));
    m_progress->hide();
    column->addWidget(m_progress);
    auto* row = makeRow();
    auto* back = new QPushButton(tr("&Back"));
    identify(back, m_prefix + u".back"_s, tr("Back"));
    connect(back, &QPushButton::clicked, this, &RestoreFlow::cancelled);
    const QString text =
        m_kind == Kind::Words ? tr("&Restore wallet") : tr("&Add watch-only wallet");
    m_start = new QPushButton(text);
    identify(m_start, m_prefix + u".start"_s, QString(text).remove(u'&'));
    setVariant(m_start, ButtonVariant::Primary);
    connect(m_start, &QPushButton::clicked, this, &RestoreFlow::start);
    row->addWidget(back);
    row->addStretch(1);
    row->addWidget(m_start);
    column->addLayout(row);
}

void RestoreFlow::focusFirst()
{
    if (m_phrase)
        m_phrase->focusWords();
    else
        m_descriptor->setFocus();
}

bool RestoreFlow::hasDraft() const
{
    return m_fields->isTyped() || (m_phrase && !m_phrase->isEmpty()) ||
           (m_descriptor && !m_descriptor->toPlainText().trimmed().isEmpty());
}

std::optional<std::int64_t> RestoreFlow::birthday() const
{
    const int year = m_birthday->currentData().toInt();
    if (year == 0)
        return std::nullopt;
    return QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
}

void RestoreFlow::start()
{
    if (m_working)
        return;
    if (m_phrase && !m_phrase->isComplete()) {
        m_message->show(MessageKind::Danger,
                        tr("The words are not complete, or one of them is not in the list."));
        m_phrase->focusWords();
        return;
    }
    if (m_descriptor && m_descriptor->toPlainText().trimmed().isEmpty()) {
        m_message->show(MessageKind::Danger, tr("Paste the public key or descriptor first."));
        m_descriptor->setFocus();
        return;
    }
    if (!m_fields->isComplete()) {
        m_fields->showProblem();
        return;
    }
    if (m_phrase && !m_languageBox->isHidden()) {
        if (m_language->currentData().toString().isEmpty())
            m_language->setFocus();
        else
            restore(m_language->currentData().toString());
        return;
    }
    m_message->hide();
    if (!m_phrase) {
        watch();
        return;
    }
    setWork(Work::Running);
    consume<QStringList>(this, m_session.api().wallets->phraseLanguages(m_phrase->words()),
                         [this](base::Result<QStringList> result) {
                             if (!result)
                                 answer(result.error());
                             else if (result->size() == 1)
                                 restore(result->first());
                             else
                                 askLanguage(*result);
                         });
}

/// The same words are another wallet in each of these languages: only the person knows which.
void RestoreFlow::askLanguage(const QStringList& languages)
{
    setWork(Work::Idle);
    m_language->clear();
    m_language->addItem(tr("Choose…"), QString());
    for (const QString& name : languages)
        m_language->addItem(WordList::languageName(WordList::languageOf(name)), name);
    m_languageBox->show();
    m_message->show(MessageKind::Warning,
                    tr("These words are valid in more than one language. Choose the one they were "
                       "written down in."));
    m_language->setFocus();
}

void RestoreFlow::restore(const QString& language)
{
    api::RestoreWallet request;
    request.name = m_fields->walletName();
    request.password = m_fields->password();
    request.mnemonic = m_phrase->words();
    request.passphrase = m_phrase->passphrase();
    request.birthdayMs = birthday();
    request.language = language;
    wait(m_session.api().wallets->restore(std::move(request)));
}

void RestoreFlow::watch()
{
    api::WatchWallet request;
    request.name = m_fields->walletName();
    request.password = m_fields->password();
    request.descriptor = m_descriptor->toPlainText().trimmed();
    request.birthdayMs = birthday();
    wait(m_session.api().wallets->watch(std::move(request)));
}

void RestoreFlow::wait(QFuture<base::Result<api::CreatedWallet>> future)
{
    m_message->hide();
    setWork(Work::Running);
    consume<api::CreatedWallet>(
        this, std::move(future),
        [this](base::Result<api::CreatedWallet> result) { answer(std::move(result)); });
}

void RestoreFlow::setWork(Work work)
{
    m_working = work == Work::Running;
    m_start->setEnabled(!m_working);
    m_progress->setVisible(m_working);
}

void RestoreFlow::answer(base::Result<api::CreatedWallet> result)
{
    setWork(Work::Idle);
    if (result) {
        m_fields->clear();
        if (m_phrase)
            m_phrase->clear();
        Q_EMIT finished(result->wallet);
        return;
    }
    if (m_phrase && result.error().code == base::ErrorCode::BadChecksum)
        m_message->show(MessageKind::Danger,
                        tr("All words are in the list, but together they are no wallet: one is "
                           "wrong or two are swapped. Compare them with the paper."));
    else
        m_message->showError(result.error());
}

} // namespace coffer::ui
