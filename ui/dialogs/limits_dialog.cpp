// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/limits_dialog.h"

#include "ui/async.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/send/fee_chooser.h"
#include "ui/theme/style.h"
#include "ui/widgets/amount_edit.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

/// "12.4" from 12400, as parseFeeRate() reads it.
QString rateText(std::int64_t milliSatPerVb)
{
    QString text = QString::number(milliSatPerVb / 1000);
    QString fraction = QString::number(milliSatPerVb % 1000).rightJustified(3, u'0');
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    return fraction.isEmpty() ? text : text + u'.' + fraction;
}

TextLabel* wrapped(const QString& text, Tone tone = Tone::Dim)
{
    auto* label = new TextLabel(text, FontRole::Body, tone);
    label->setWrap(Wrap::On);
    return label;
}

} // namespace

LimitsDialog::LimitsDialog(Session& session, QWidget* parent)
    : FittedDialog(600, parent)
    , m_session(session)
    , m_message(new InlineMessage)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Limits"));
    identify(this, u"limits.dialog"_s, tr("Limits"));
    auto* column = makeColumn(this, 8);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(tr("Limits"), FontRole::Section));
    column->addWidget(wrapped(tr("Every signature of this wallet keeps them, in the window and on "
                                 "the command line. Allowing more needs the password.")));
    buildAmounts(column);
    buildPayees(column);
    m_message->setObjectName(u"limits.message"_s);
    column->addWidget(m_message);
    buildPassword(column);
    buildButtons(column);
    load();
}

AmountEdit* LimitsDialog::addAmount(QVBoxLayout* column, const QString& label, const QString& name)
{
    auto* edit = new AmountEdit;
    edit->setNames(name, label);
    edit->setUnit(m_session.settings().unit);
    auto* title = new TextLabel(label, FontRole::BodyStrong);
    title->setBuddy(edit->field());
    column->addWidget(title);
    column->addWidget(edit);
    return edit;
}

void LimitsDialog::buildAmounts(QVBoxLayout* column)
{
    auto* row = makeRow(20);
    auto* left = makeColumn(nullptr, 6);
    auto* right = makeColumn(nullptr, 6);
    m_perPayment = addAmount(left, tr("Most per payment, with its fee"), u"limits.per_payment"_s);
    m_perDay = addAmount(right, tr("Most in 24 hours"), u"limits.per_day"_s);
    m_maxFee = addAmount(left, tr("Highest fee"), u"limits.max_fee"_s);
    m_maxRate = new QLineEdit;
    identify(m_maxRate, u"limits.max_fee_rate"_s, tr("Highest fee rate (sat/vB)"));
    auto* title = new TextLabel(tr("Highest fee rate (sat/vB)"), FontRole::BodyStrong);
    title->setBuddy(m_maxRate);
    right->addWidget(title);
    right->addWidget(m_maxRate);
    left->addStretch(1);
    right->addStretch(1);
    row->addLayout(left, 1);
    row->addLayout(right, 1);
    column->addLayout(row);
    m_spent = wrapped(QString());
    m_spent->setObjectName(u"limits.spent"_s);
    column->addWidget(m_spent);
}

void LimitsDialog::buildPayees(QVBoxLayout* column)
{
    auto* label = new TextLabel(tr("Only these addresses may be paid"), FontRole::BodyStrong);
    m_payees = new QPlainTextEdit;
    identify(m_payees, u"limits.payees"_s, tr("Only these addresses may be paid"));
    m_payees->setFont(ui::font(FontRole::AddressSmall));
    m_payees->setPlaceholderText(tr("One address a line. Empty: anybody may be paid."));
    m_payees->setTabChangesFocus(true);
    m_payees->setFixedHeight(84);
    label->setBuddy(m_payees);
    column->addWidget(label);
    column->addWidget(m_payees);
    m_frozen = new QCheckBox(tr("&Freeze: sign nothing until this is off again"));
    identify(m_frozen, u"limits.frozen"_s, tr("Freeze: sign nothing until this is off again"));
    column->addWidget(m_frozen);
}

void LimitsDialog::buildPassword(QVBoxLayout* column)
{
    m_passwordBox = new QWidget;
    auto* box = makeColumn(m_passwordBox, 6);
    auto* label = new TextLabel(tr("Password of the wallet"), FontRole::BodyStrong);
    m_password = new PassphraseEdit;
    m_password->setNames(u"limits.password"_s, tr("Password of the wallet"));
    label->setBuddy(m_password);
    box->addWidget(label);
    box->addWidget(m_password);
    m_passwordBox->hide();
    column->addWidget(m_passwordBox);
    connect(m_password, &PassphraseEdit::submitted, this, &LimitsDialog::run);
}

void LimitsDialog::buildButtons(QVBoxLayout* column)
{
    auto* row = makeRow();
    auto* cancel = new QPushButton(tr("&Cancel"));
    identify(cancel, u"limits.cancel"_s, tr("Cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_action = new QPushButton(tr("&Save limits"));
    identify(m_action, u"limits.save"_s, tr("Save limits"));
    setVariant(m_action, ButtonVariant::Primary);
    m_action->setAutoDefault(false);
    m_action->setEnabled(false); // Until it is known what they are now.
    connect(m_action, &QPushButton::clicked, this, &LimitsDialog::run);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_action);
    column->addSpacing(4);
    column->addLayout(row);
}

void LimitsDialog::load()
{
    consume<api::SpendPolicyInfo>(this, m_session.api().payments->policy(m_session.wallet()),
                                  [this](base::Result<api::SpendPolicyInfo> result) {
                                      if (!result) {
                                          m_message->showError(result.error());
                                          return;
                                      }
                                      show(*result);
                                      m_action->setEnabled(true);
                                      m_perPayment->field()->setFocus();
                                  });
}

void LimitsDialog::show(const api::SpendPolicyInfo& policy)
{
    m_policy = policy;
    const auto fill = [&](AmountEdit* edit, const std::optional<money::Amount>& amount) {
        edit->setCurrency(policy.currency);
        if (amount)
            edit->setAmount(*amount);
        else
            edit->clear();
    };
    fill(m_perPayment, policy.perPayment);
    fill(m_perDay, policy.perDay);
    fill(m_maxFee, policy.maxFee);
    for (AmountEdit* edit : {m_perPayment, m_perDay})
        edit->field()->setPlaceholderText(tr("no limit"));
    m_maxRate->setText(rateText(policy.maxFeeRateMilliSatPerVb));
    m_payees->setPlainText(policy.allowedPayees.join(u'\n'));
    m_frozen->setChecked(policy.state == api::SigningState::Frozen);
    const QString spent = m_session.amount(policy.spent, policy.currency);
    m_spent->setText(policy.left ? tr("In the last 24 hours: %1. Left today: %2.")
                                       .arg(spent, m_session.amount(*policy.left, policy.currency))
                                 : tr("In the last 24 hours: %1.").arg(spent));
}

bool LimitsDialog::readLimit(AmountEdit* edit, const std::optional<money::Amount>& now,
                             api::LimitChange& change)
{
    if (edit->state() == AmountEdit::State::Empty) {
        if (now)
            change.kind = api::LimitChange::Kind::Remove;
        return true;
    }
    if (edit->state() != AmountEdit::State::Valid) {
        edit->field()->setFocus();
        return false;
    }
    if (!now || *edit->amount() != *now) {
        change.kind = api::LimitChange::Kind::Set;
        change.amount = *edit->amount();
    }
    return true;
}

bool LimitsDialog::read(api::PolicyChange& change)
{
    if (!readLimit(m_perPayment, m_policy.perPayment, change.perPayment) ||
        !readLimit(m_perDay, m_policy.perDay, change.perDay)) {
        m_message->show(MessageKind::Danger, tr("This is no amount yet. Nothing was changed."));
        return false;
    }
    if (!m_maxFee->amount()) {
        m_message->show(MessageKind::Danger, tr("There is always a highest fee: enter one."));
        m_maxFee->field()->setFocus();
        return false;
    }
    if (*m_maxFee->amount() != m_policy.maxFee)
        change.maxFee = m_maxFee->amount();
    const auto rate = parseFeeRate(m_maxRate->text());
    if (!rate) {
        m_message->show(MessageKind::Danger,
                        tr("Write the fee rate as a number of sat/vB, such as 50."));
        m_maxRate->setFocus();
        return false;
    }
    if (*rate != m_policy.maxFeeRateMilliSatPerVb)
        change.maxFeeRateMilliSatPerVb = rate;
    const auto state =
        m_frozen->isChecked() ? api::SigningState::Frozen : api::SigningState::Active;
    if (state != m_policy.state)
        change.state = state;
    readPayees(change);
    return true;
}

void LimitsDialog::readPayees(api::PolicyChange& change) const
{
    QStringList wanted;
    for (const QString& line : m_payees->toPlainText().split(u'\n')) {
        QString address = line;
        address.remove(u' ');
        if (!address.trimmed().isEmpty())
            wanted << address.trimmed();
    }
    if (wanted.isEmpty()) {
        if (!m_policy.allowedPayees.isEmpty())
            change.list = api::PolicyChange::List::Clear;
        return;
    }
    for (const QString& address : wanted)
        if (!m_policy.allowedPayees.contains(address))
            change.allow << address;
    for (const QString& address : m_policy.allowedPayees)
        if (!wanted.contains(address))
            change.disallow << address;
}

void LimitsDialog::run()
{
    if (!m_action->isEnabled())
        return;
    api::PolicyChange change;
    change.wallet = m_session.wallet();
    if (!read(change))
        return;
    if (!m_passwordBox->isHidden())
        change.password = m_password->copy();
    m_message->hide();
    m_action->setEnabled(false);
    consume<api::SpendPolicyInfo>(
        this, m_session.api().payments->changePolicy(std::move(change)),
        [this](base::Result<api::SpendPolicyInfo> result) { answer(std::move(result)); });
}

void LimitsDialog::answer(base::Result<api::SpendPolicyInfo> result)
{
    m_action->setEnabled(true);
    if (result) {
        m_session.say(tr("The limits are saved."));
        accept();
        return;
    }
    using base::ErrorCode;
    const auto code = result.error().code;
    if (code == ErrorCode::PasswordNeeded) {
        m_passwordBox->show();
        m_message->show(MessageKind::Info,
                        tr("This allows more than before: it needs the password."));
        m_password->setFocus();
    } else if (code == ErrorCode::WrongPassword) {
        m_message->showError(result.error());
        m_password->clear();
        m_password->setFocus();
    } else if (code == ErrorCode::Malformed || code == ErrorCode::BadChecksum ||
               code == ErrorCode::WrongNetwork) {
        m_message->show(MessageKind::Danger, tr("One of the addresses cannot be read, or is of "
                                                "another network. Nothing was changed."));
        m_payees->setFocus();
    } else {
        m_message->showError(result.error());
    }
}

} // namespace coffer::ui
