// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/sign_view.h"

#include "ui/error_text.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/send/payment_look.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/mnemonic.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

SignView::SignView(Session& session, PaymentLook& look, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_look(look)
    , m_grid(new FieldGrid)
    , m_message(new InlineMessage)
    , m_password(new PassphraseEdit)
    , m_passphraseLabel(new TextLabel(tr("Passphrase of the words"), FontRole::BodyStrong))
    , m_passphrase(new PassphraseEdit)
    , m_progress(new QProgressBar)
    , m_back(new QPushButton(tr("&Back")))
    , m_sign(new QPushButton(ui::icon(u"send"_s, IconColor::White), tr("&Sign and send")))
{
    setMaximumWidth(620);
    auto* column = makeColumn(this, 14);
    column->addWidget(new MaskNote(look, u"sign"_s));
    connect(&look, &PaymentLook::changed, this, [this] {
        fill();
        refresh();
    });
    auto* card = new Card;
    card->column()->addWidget(m_grid);
    card->column()->addWidget(new Separator);
    auto* label = new TextLabel(tr("Password of the wallet"), FontRole::BodyStrong);
    label->setBuddy(m_password);
    m_password->setNames(u"sign.password"_s, tr("Password of the wallet"));
    m_passphrase->setNames(u"sign.passphrase"_s, tr("Passphrase of the words"));
    m_passphraseLabel->setBuddy(m_passphrase);
    card->column()->addWidget(label);
    card->column()->addWidget(m_password);
    card->column()->addWidget(m_passphraseLabel);
    card->column()->addWidget(m_passphrase);
    auto* note = new TextLabel(tr("The key is opened for this one signature and closed again."),
                               FontRole::Body, Tone::Dim);
    note->setWrap(Wrap::On);
    card->column()->addWidget(note);
    m_message->setObjectName(u"sign.message"_s);
    card->column()->addWidget(m_message);
    m_progress->setRange(0, 0);
    m_progress->setFixedHeight(8);
    identify(m_progress, u"sign.progress"_s, tr("Signing"));
    m_progress->hide();
    card->column()->addWidget(m_progress);
    column->addWidget(card);
    identify(m_back, u"sign.back"_s, tr("Back"));
    identify(m_sign, u"sign.confirm"_s, tr("Sign and send"));
    setVariant(m_sign, ButtonVariant::Primary);
    m_sign->setAutoDefault(false);
    m_back->setAutoDefault(false);
    auto* row = makeRow();
    row->addWidget(m_back);
    row->addStretch(1);
    row->addWidget(m_sign);
    column->addLayout(row);
    column->addStretch(1);
    connect(m_back, &QPushButton::clicked, this, &SignView::backRequested);
    connect(m_sign, &QPushButton::clicked, this, &SignView::confirmRequested);
    connect(m_password, &PassphraseEdit::changed, this, &SignView::refresh);
    connect(m_password, &PassphraseEdit::submitted, m_sign, [this] {
        if (m_passphrase->isVisible())
            m_passphrase->setFocus(Qt::TabFocusReason);
        else
            m_sign->setFocus(Qt::TabFocusReason);
    });
    connect(m_passphrase, &PassphraseEdit::submitted, m_sign,
            [this] { m_sign->setFocus(Qt::TabFocusReason); });
    refresh();
}

void SignView::fill()
{
    if (!m_payment)
        return;
    const api::PreparedPayment& payment = *m_payment;
    m_grid->clear();
    int number = 0;
    for (const auto& output : payment.outputs) {
        if (output.change && payment.outputs.size() > 1)
            continue;
        auto* address = new AddressLabel(output.address);
        address->setObjectName(u"sign.to%1"_s.arg(++number));
        connect(address, &AddressLabel::copyRequested, &m_session, &Session::copyAddress);
        m_grid->addRow(tr("To"), address);
    }
    m_grid->addRow(
        m_purpose == Purpose::Psbt ? tr("Leaves your wallet") : tr("Total"),
        new TextLabel(m_look.amount(payment.total, payment.currency), FontRole::AmountStrong));
}

QString SignView::signText() const
{
    return m_purpose == Purpose::Psbt ? tr("&Sign") : tr("&Sign and send");
}

void SignView::show(const api::PreparedPayment& payment, Purpose purpose)
{
    m_payment = payment;
    m_purpose = purpose;
    m_sign->setIcon(
        ui::icon(purpose == Purpose::Psbt ? u"key-round"_s : u"send"_s, IconColor::White));
    m_sign->setAccessibleName(withoutMnemonic(signText()));
    fill();
    m_passphrase->setVisible(payment.needsPassphrase);
    m_passphraseLabel->setVisible(payment.needsPassphrase);
    m_message->hide();
    setWork(Work::Idle);
    m_password->setFocus(Qt::OtherFocusReason);
}

void SignView::clear()
{
    m_password->clear();
    m_passphrase->clear();
    m_payment.reset();
    m_message->hide();
    setWork(Work::Idle);
}

base::SecretBytes SignView::password() const
{
    return m_password->copy();
}
base::SecretBytes SignView::passphrase() const
{
    return m_passphrase->copy();
}

void SignView::setWork(Work work)
{
    m_work = work;
    m_progress->setVisible(work == Work::Running);
    m_sign->setText(work == Work::Running ? tr("Signing…") : signText());
    m_back->setEnabled(work == Work::Idle);
    m_password->setEnabled(work == Work::Idle);
    refresh();
}

void SignView::refresh()
{
    m_sign->setEnabled(m_work == Work::Idle && !m_password->isEmpty() && !m_look.isMasked());
}

void SignView::showError(const base::Error& error)
{
    setWork(Work::Idle);
    if (error.code == base::ErrorCode::WrongPassword) {
        m_password->clear();
        m_password->setWrong(errorText(error.code));
        m_message->show(MessageKind::Danger, errorText(error.code, ErrorScene::BeforeSigning));
        m_password->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_message->showError(error, ErrorScene::Sending);
}

} // namespace coffer::ui
