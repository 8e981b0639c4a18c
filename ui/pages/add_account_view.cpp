// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_account_view.h"

#include "ui/async.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kFirstYear = 2009; // Of Bitcoin.

} // namespace

AddAccountView::AddAccountView(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_message(new InlineMessage)
    , m_type(new QComboBox)
    , m_hint(new TextLabel(QString(), FontRole::Body, Tone::Dim))
    , m_name(new QLineEdit)
    , m_descriptorLabel(new TextLabel(tr("Public key or descriptor"), FontRole::BodyStrong))
    , m_descriptor(new QPlainTextEdit)
    , m_birthday(new QComboBox)
    , m_passwordLabel(new TextLabel(tr("Password of the wallet"), FontRole::BodyStrong))
    , m_password(new PassphraseEdit)
    , m_add(new QPushButton(tr("&Add account")))
{
    auto* outer = makeColumn(this, 0);
    auto* card = new Card;
    card->setMaximumWidth(620);
    auto* column = card->column();
    column->setSpacing(8);
    m_message->setObjectName(u"add_account.message"_s);
    column->addWidget(m_message);
    const auto add = [column](TextLabel* label, QWidget* field) {
        label->setBuddy(field);
        column->addWidget(label);
        column->addWidget(field);
    };
    identify(m_type, u"add_account.type"_s, tr("Kind of account"));
    add(new TextLabel(tr("Kind of account"), FontRole::BodyStrong), m_type);
    m_hint->setWrap(Wrap::On);
    column->addWidget(m_hint);
    column->addSpacing(4);
    identify(m_name, u"add_account.name"_s, tr("Name"));
    m_name->setMaxLength(60);
    m_name->setPlaceholderText(tr("Savings, business, …"));
    add(new TextLabel(tr("Name"), FontRole::BodyStrong), m_name);
    identify(m_descriptor, u"add_account.descriptor"_s, tr("Public key or descriptor"));
    m_descriptor->setFont(ui::font(FontRole::AddressSmall));
    m_descriptor->setTabChangesFocus(true);
    m_descriptor->setFixedHeight(96);
    add(m_descriptorLabel, m_descriptor);
    identify(m_birthday, u"add_account.birthday"_s, tr("First used in"));
    add(new TextLabel(tr("First used in"), FontRole::BodyStrong), m_birthday);
    auto* birthdayHint = new TextLabel(
        tr("Blocks that are older are not searched for its payments."), FontRole::Body, Tone::Dim);
    birthdayHint->setWrap(Wrap::On);
    column->addWidget(birthdayHint);
    m_password->setNames(u"add_account.password"_s, tr("Password of the wallet"));
    add(m_passwordLabel, m_password);
    auto* row = makeRow();
    auto* cancel = new QPushButton(tr("&Cancel"));
    identify(cancel, u"add_account.cancel"_s, tr("Cancel"));
    identify(m_add, u"add_account.add"_s, tr("Add account"));
    setVariant(m_add, ButtonVariant::Primary);
    row->addWidget(cancel);
    row->addStretch(1);
    row->addWidget(m_add);
    column->addSpacing(8);
    column->addLayout(row);
    outer->addWidget(card);
    outer->addStretch(1);
    connect(cancel, &QPushButton::clicked, this, &AddAccountView::cancelled);
    connect(m_add, &QPushButton::clicked, this, &AddAccountView::add);
    connect(m_type, &QComboBox::currentIndexChanged, this, &AddAccountView::refresh);
    connect(m_password, &PassphraseEdit::changed, this, &AddAccountView::refresh);
    connect(m_descriptor, &QPlainTextEdit::textChanged, this, &AddAccountView::refresh);
    begin();
}

void AddAccountView::begin()
{
    const auto wallet = m_session.walletInfo();
    const QSignalBlocker blocker(m_type);
    m_type->clear();
    if (!wallet || !wallet->watchOnly)
        for (const auto type : {api::AccountType::Bip84, api::AccountType::Bip86,
                                api::AccountType::Bip49, api::AccountType::Bip44})
            m_type->addItem(accountTypeText(type), int(type));
    m_type->addItem(tr("Watch-only"), int(api::AccountType::Descriptor));
    m_birthday->clear();
    m_birthday->addItem(tr("It is new, or I do not know"), 0);
    for (int year = QDate::currentDate().year(); year >= kFirstYear; --year)
        m_birthday->addItem(QString::number(year), year);
    m_name->clear();
    m_descriptor->clear();
    m_password->clear();
    m_message->hide();
    refresh();
    m_type->setFocus();
}

std::optional<std::int64_t> AddAccountView::birthday() const
{
    const int year = m_birthday->currentData().toInt();
    if (year == 0)
        return std::nullopt;
    return QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
}

bool AddAccountView::watching() const
{
    return m_type->currentData().toInt() == int(api::AccountType::Descriptor);
}

void AddAccountView::refresh()
{
    switch (api::AccountType(m_type->currentData().toInt())) {
    case api::AccountType::Bip84:
        m_hint->setText(tr("Recommended: low fees, understood everywhere (bc1q…)."));
        break;
    case api::AccountType::Bip86:
        m_hint->setText(tr("Newest kind, good privacy for later features (bc1p…)."));
        break;
    case api::AccountType::Bip49:
        m_hint->setText(tr("For senders that do not know newer addresses (3…)."));
        break;
    case api::AccountType::Bip44:
        m_hint->setText(tr("Oldest kind, highest fees (1…). Only for old wallets."));
        break;
    case api::AccountType::Descriptor:
        m_hint->setText(tr("Sees balances and makes addresses; cannot spend."));
        break;
    }
    m_descriptorLabel->setVisible(watching());
    m_descriptor->setVisible(watching());
    m_passwordLabel->setVisible(!watching());
    m_password->setVisible(!watching());
    m_add->setEnabled(watching() ? !m_descriptor->toPlainText().trimmed().isEmpty()
                                 : !m_password->isEmpty());
}

void AddAccountView::add()
{
    api::AddAccount request;
    request.type = api::AccountType(m_type->currentData().toInt());
    request.name = m_name->text().trimmed();
    request.birthdayMs = birthday();
    if (watching())
        request.descriptor = m_descriptor->toPlainText().trimmed();
    else
        request.password = m_password->copy();
    m_add->setEnabled(false);
    m_message->hide();
    consume<api::AccountInfo>(this,
                              m_session.api().accounts->add(m_session.wallet(), std::move(request)),
                              [this](base::Result<api::AccountInfo> result) {
                                  m_password->clear();
                                  refresh();
                                  if (result)
                                      Q_EMIT added(result->id);
                                  else
                                      m_message->showError(result.error());
                              });
}

} // namespace coffer::ui
