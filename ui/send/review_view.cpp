// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/send/review_view.h"

#include "ui/send/fee_chooser.h"
#include "ui/send/finding_list.h"
#include "ui/send/payment_look.h"
#include "ui/theme/style.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

ReviewView::ReviewView(Session& session, PaymentLook& look, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_look(look)
    , m_message(new InlineMessage)
    , m_grid(new FieldGrid)
    , m_findings(new FindingList(u"review"_s))
    , m_sign(new QPushButton(tr("&Sign…")))
{
    auto* column = makeColumn(this, 14);
    m_message->setObjectName(u"review.message"_s);
    column->addWidget(m_message);
    column->addWidget(new MaskNote(look, u"review"_s));
    connect(&look, &PaymentLook::changed, this, &ReviewView::rewrite);
    auto* card = new Card;
    card->column()->addWidget(m_grid);
    m_rateRow = buildRate();
    card->column()->addWidget(m_rateRow);
    column->addWidget(card);
    column->addWidget(m_findings);
    connect(m_findings, &FindingList::changed, this, &ReviewView::refreshSign);
    auto* row = makeRow(8);
    auto* back = new QPushButton(tr("&Back"));
    identify(back, u"review.back"_s, tr("Back"));
    connect(back, &QPushButton::clicked, this, &ReviewView::backRequested);
    auto* discard = new QPushButton(tr("&Discard"));
    identify(discard, u"review.discard"_s, tr("Discard"));
    connect(discard, &QPushButton::clicked, this, &ReviewView::discardRequested);
    identify(m_sign, u"review.sign"_s, tr("Sign"));
    setVariant(m_sign, ButtonVariant::Primary);
    connect(m_sign, &QPushButton::clicked, this, &ReviewView::signRequested);
    for (QPushButton* button : {back, discard, m_sign})
        button->setAutoDefault(false);
    row->addWidget(back);
    row->addStretch(1);
    row->addWidget(discard);
    row->addWidget(m_sign);
    column->addStretch(1); // The buttons stand at the lower edge, wherever the findings end.
    column->addSpacing(4);
    column->addLayout(row);
}

QWidget* ReviewView::buildRate()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    auto* label = new TextLabel(tr("Another fee rate (sat/vB)"), FontRole::Body, Tone::Dim);
    m_rate = new QLineEdit;
    identify(m_rate, u"review.rate"_s, tr("Another fee rate in sat/vB"));
    m_rate->setFixedWidth(96);
    m_rate->setMaxLength(9);
    label->setBuddy(m_rate);
    auto* apply = new QPushButton(tr("&Recalculate"));
    identify(apply, u"review.recalculate"_s, tr("Recalculate"));
    apply->setAutoDefault(false);
    connect(apply, &QPushButton::clicked, this, [this] {
        if (const auto rate = parseFeeRate(m_rate->text()))
            Q_EMIT rateRequested(*rate);
        else
            m_rate->setFocus();
    });
    row->addWidget(label);
    row->addWidget(m_rate);
    row->addWidget(apply);
    row->addStretch(1);
    box->hide();
    return box;
}

void ReviewView::show(const api::PreparedPayment& payment)
{
    m_message->hide();
    m_payment = payment;
    m_before.reset();
    fill();
}

/// The same payment in other clothes: what was acknowledged stays so.
void ReviewView::rewrite()
{
    if (!m_payment)
        return;
    const QStringList kept = acknowledged();
    fill();
    m_findings->acknowledge(kept);
}

void ReviewView::showChanged(const api::PreparedPayment& payment,
                             const api::PreparedPayment& before)
{
    m_payment = payment;
    m_before = before;
    fill();
    m_message->show(MessageKind::Warning,
                    tr("The numbers changed since you looked at them. Nothing was signed; check "
                       "what is marked."));
}

void ReviewView::clear()
{
    m_grid->clear();
    m_findings->clear();
    m_payment.reset();
    m_before.reset();
    m_message->hide();
    refreshSign();
}

void ReviewView::showError(const base::Error& error, ErrorScene scene)
{
    m_message->showError(error, scene);
}

/// A value, and a chip when it is another one than before.
QWidget* ReviewView::value(const QString& text, const QString& before, FontRole role)
{
    auto* label = new TextLabel(text, role);
    if (before.isEmpty() || before == text)
        return label;
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(label);
    row->addWidget(new Chip(tr("changed"), Chip::Look::Warning));
    auto* old = new TextLabel(tr("was %1").arg(before), FontRole::Amount, Tone::Dim);
    row->addWidget(old);
    row->addStretch(1);
    return box;
}

void ReviewView::fillPayees(const api::PreparedPayment& payment)
{
    int payees = 0;
    for (const auto& output : payment.outputs)
        payees += output.change ? 0 : 1;
    int number = 0;
    for (const auto& output : payment.outputs) {
        if (output.change)
            continue;
        ++number;
        auto* address = new AddressLabel(output.address);
        address->setObjectName(u"review.to%1"_s.arg(number));
        connect(address, &AddressLabel::copyRequested, &m_session, &Session::copyAddress);
        m_grid->addRow(payees > 1 ? tr("To %1").arg(number) : tr("To"), address);
        if (payees > 1)
            m_grid->addRow(QString(), new TextLabel(m_look.amount(output.amount, payment.currency),
                                                    FontRole::Amount));
    }
}

void ReviewView::fill()
{
    const api::PreparedPayment& payment = *m_payment;
    m_grid->clear();
    const auto* account = m_session.account(payment.account);
    m_grid->addRow(tr("From"),
                   new TextLabel(account ? u"%1 · %2"_s.arg(account->name,
                                                            networkText(m_session.node().network))
                                         : payment.account));
    if (!payment.replaces.isEmpty())
        m_grid->addRow(tr("Replaces"),
                       new TextLabel(shortId(payment.replaces), FontRole::AddressSmall));
    fillPayees(payment);
    fillNumbers(payment);
    if (!payment.inputs.isEmpty())
        m_grid->addRow(tr("Coins used"), new TextLabel(QString::number(payment.inputs.size())));
    if (!payment.label.isEmpty())
        m_grid->addRow(tr("Label"), new TextLabel(payment.label));
    m_rateRow->setVisible(!payment.replaces.isEmpty());
    m_findings->show(payment.findings, m_look.look(), payment.currency);
    fillLeft(payment);
}

void ReviewView::fillNumbers(const api::PreparedPayment& payment)
{
    const auto amount = [&](const money::Amount& number) {
        return m_look.amount(number, payment.currency);
    };
    const auto cell = [&](money::Amount api::PreparedPayment::*member, FontRole role) {
        // Masked numbers look alike, so what changed is told by the numbers themselves.
        const bool differs = m_before && (*m_before).*member != payment.*member;
        return value(amount(payment.*member), differs ? amount((*m_before).*member) : QString(),
                     role);
    };
    m_grid->addRow(tr("You send"), cell(&api::PreparedPayment::amount, FontRole::Amount));
    QString rate = feeRateText(payment.feeRateMilliSatPerVb);
    if (payment.targetBlocks > 0)
        rate += u", "_s + tr("~%n block(s)", nullptr, payment.targetBlocks);
    else if (payment.replaces.isEmpty())
        rate += u", "_s + tr("your own rate");
    auto* fee = new QWidget;
    auto* feeRow = new QHBoxLayout(fee);
    feeRow->setContentsMargins(0, 0, 0, 0);
    feeRow->setSpacing(10);
    feeRow->addWidget(cell(&api::PreparedPayment::fee, FontRole::Amount));
    auto* rateText = new TextLabel(u"·  "_s + rate);
    rateText->setObjectName(u"review.fee_rate"_s);
    feeRow->addWidget(rateText);
    feeRow->addStretch(1);
    m_grid->addRow(tr("Network fee"), fee);
    m_grid->addRow(tr("Total"), cell(&api::PreparedPayment::total, FontRole::AmountStrong));
    m_grid->addRow(tr("Balance after"),
                   cell(&api::PreparedPayment::balanceAfter, FontRole::Amount));
}

QString ReviewView::leftText(const api::LeftCoins& left, const money::Currency& currency) const
{
    QString text;
    switch (left.reason) {
    case api::LeftReason::Frozen:
        text = tr("%n frozen coin(s)", nullptr, left.count);
        break;
    case api::LeftReason::Immature:
        text = tr("%n mined coin(s) that need more blocks", nullptr, left.count);
        break;
    case api::LeftReason::Reserved:
        text = tr("%n coin(s) held by another payment", nullptr, left.count);
        break;
    case api::LeftReason::Unconfirmed:
        text = tr("%n coin(s) that wait for their first block", nullptr, left.count);
        break;
    case api::LeftReason::Uneconomical:
        text = tr("%n coin(s) that cost more than they hold", nullptr, left.count);
        break;
    }
    return tr("%1: %2", "coins and their amount").arg(text, m_look.amount(left.amount, currency));
}

void ReviewView::fillLeft(const api::PreparedPayment& payment)
{
    if (payment.left.empty())
        return;
    QString text = tr("“Everything” leaves behind:");
    for (const auto& left : payment.left)
        text += u"\n• "_s + leftText(left, payment.currency);
    auto* message = new InlineMessage(MessageKind::Info, text);
    message->setObjectName(u"review.left"_s);
    m_findings->append(message);
}

bool ReviewView::allAcknowledged() const
{
    return m_findings->allAcknowledged();
}

QStringList ReviewView::acknowledged() const
{
    return m_findings->acknowledged();
}

void ReviewView::refreshSign()
{
    m_sign->setEnabled(allAcknowledged() && !m_look.isMasked());
    QString hint;
    if (m_look.isMasked())
        hint = tr("Show the amounts first.");
    else if (!allAcknowledged())
        hint = tr("Tick the boxes under the dangers first.");
    m_sign->setToolTip(hint);
}

} // namespace coffer::ui
