// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start/restore_flow.h"

#include "ui/async.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/secret/word_list.h"
#include "ui/secret/words_edit.h"
#include "ui/start/new_wallet_fields.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCheckBox>
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
    buildButtons(column);
}

void RestoreFlow::buildWords(QVBoxLayout* column)
{
    auto* row = makeRow();
    auto* label = new TextLabel(tr("Recovery words"), FontRole::BodyStrong);
    row->addWidget(label);
    row->addStretch(1);
    m_language = new QComboBox;
    identify(m_language, u"restore.language"_s, tr("Language of the words"));
    for (int i = 0; i < WordList::languageCount(); ++i)
        m_language->addItem(WordList::languageName(i));
    row->addWidget(m_language);
    column->addLayout(row);
    m_words = new WordsEdit(WordsEdit::Size::AllWords);
    identify(m_words, u"restore.words"_s, tr("Recovery words"));
    label->setBuddy(m_words);
    column->addWidget(m_words);
    m_count = dim(QString());
    column->addWidget(m_count);
    m_withPassphrase = new QCheckBox(tr("These words have a &passphrase"));
    identify(m_withPassphrase, u"restore.with_passphrase"_s, tr("These words have a passphrase"));
    column->addWidget(m_withPassphrase);
    m_passphrase = new PassphraseEdit;
    m_passphrase->setNames(u"restore.passphrase"_s, tr("Passphrase"));
    m_passphrase->hide();
    column->addWidget(m_passphrase);
    connect(m_withPassphrase, &QCheckBox::toggled, m_passphrase, &QWidget::setVisible);
    connect(m_language, &QComboBox::currentIndexChanged, m_words, &WordsEdit::setLanguage);
    connect(m_words, &WordsEdit::changed, this, &RestoreFlow::refreshCount);
    refreshCount();
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
    if (m_words)
        m_words->setFocus();
    else
        m_descriptor->setFocus();
}

void RestoreFlow::refreshCount()
{
    if (m_words->isComplete())
        m_count->setText(tr("%n words, all of them in the list.", nullptr, m_words->wordCount()));
    else
        m_count->setText(tr("Type the words, a space after each: 12, 15, 18, 21 or 24. So far: %n.",
                            nullptr, m_words->wordCount()));
    m_count->setTone(m_words->isComplete() ? Tone::Ok : Tone::Dim);
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
    if (m_words && !m_words->isComplete()) {
        m_message->show(MessageKind::Danger,
                        tr("The words are not complete, or one of them is not in the list."));
        m_words->setFocus();
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
    m_message->hide();
    m_working = true;
    m_start->setEnabled(false);
    m_progress->show();
    QFuture<base::Result<api::CreatedWallet>> future;
    if (m_words) {
        api::RestoreWallet request;
        request.name = m_fields->walletName();
        request.password = m_fields->password();
        request.mnemonic = m_words->copy();
        if (m_withPassphrase->isChecked())
            request.passphrase = m_passphrase->copy();
        request.birthdayMs = birthday();
        future = m_session.api().wallets->restore(std::move(request));
    } else {
        api::WatchWallet request;
        request.name = m_fields->walletName();
        request.password = m_fields->password();
        request.descriptor = m_descriptor->toPlainText().trimmed();
        request.birthdayMs = birthday();
        future = m_session.api().wallets->watch(std::move(request));
    }
    consume<api::CreatedWallet>(
        this, std::move(future),
        [this](base::Result<api::CreatedWallet> result) { answer(std::move(result)); });
}

void RestoreFlow::answer(base::Result<api::CreatedWallet> result)
{
    m_working = false;
    m_start->setEnabled(true);
    m_progress->hide();
    if (result) {
        m_fields->clear();
        if (m_words)
            m_words->clear();
        Q_EMIT finished(result->wallet);
        return;
    }
    if (m_words && result.error().code == base::ErrorCode::BadChecksum)
        m_message->show(MessageKind::Danger,
                        tr("All words are in the list, but together they are no wallet: one is "
                           "wrong or two are swapped. Compare them with the paper."));
    else
        m_message->showError(result.error());
}

} // namespace coffer::ui
