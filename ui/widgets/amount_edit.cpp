// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/amount_edit.h"

#include "core/money/amount_format.h"
#include "core/money/amount_parse.h"
#include "ui/format.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace coffer::ui {

AmountEdit::AmountEdit(QWidget* parent)
    : QWidget(parent)
    , m_edit(new QLineEdit)
    , m_unitLabel(new TextLabel(QString(), FontRole::Body, Tone::Dim))
    , m_hint(new TextLabel(QString(), FontRole::Body, Tone::Danger))
    , m_choices(new QWidget)
    , m_first(new QPushButton)
    , m_second(new QPushButton)
{
    m_edit->setLayoutDirection(Qt::LeftToRight);
    m_edit->setFont(ui::font(FontRole::Amount));
    connect(&Theme::instance(), &Theme::changed, m_edit,
            [this] { m_edit->setFont(ui::font(FontRole::Amount)); });
    m_edit->setMaxLength(64);
    m_edit->setPlaceholderText(u"0"_s);
    auto* row = makeRow();
    row->addWidget(m_edit, 1);
    row->addWidget(m_unitLabel);
    auto* choices = new QHBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->addWidget(new TextLabel(tr("Do you mean"), FontRole::Body, Tone::Warn));
    for (QPushButton* button : {m_first, m_second}) {
        setVariant(button, ButtonVariant::Segment);
        choices->addWidget(button);
    }
    choices->addStretch();
    auto* column = makeColumn(this, 6);
    column->addLayout(row);
    column->addWidget(m_choices);
    column->addWidget(m_hint);
    m_choices->hide();
    m_hint->hide();
    m_hint->setWrap(Wrap::On);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &AmountEdit::read);
    connect(m_first, &QPushButton::clicked, this, [this] { setAmount(m_readings.at(0).amount); });
    connect(m_second, &QPushButton::clicked, this, [this] { setAmount(m_readings.at(1).amount); });
}

void AmountEdit::setNames(const QString& prefix, const QString& accessibleName)
{
    setObjectName(prefix + u".box"_s);
    identify(m_edit, prefix, accessibleName);
    identify(m_first, prefix + u".first_reading"_s, tr("First reading"));
    identify(m_second, prefix + u".second_reading"_s, tr("Second reading"));
}

void AmountEdit::setCurrency(const money::Currency& currency)
{
    if (currency == m_currency)
        return; // Who listens to amountChanged() may set it again.
    m_currency = currency;
    m_unitLabel->setText(unitText(m_currency, m_unit));
    read();
}

void AmountEdit::setUnit(const QString& unit)
{
    if (unit == m_unit)
        return;
    const auto kept = m_amount;
    m_unit = unit;
    m_unitLabel->setText(unitText(m_currency, m_unit));
    if (kept)
        setAmount(*kept);
    else
        read();
}

void AmountEdit::setAmount(const money::Amount& amount)
{
    if (m_unit == "sat"_L1 && m_currency.isBitcoin()) {
        m_edit->setText(QString::fromStdString(amount.toString()));
    } else {
        money::AmountFormat format;
        format.locale.decimal = numberLocale().decimal;
        format.locale.group = 0;
        format.decimals = money::Decimals::Trimmed;
        format.unit = money::Unit::None;
        QString text = QString::fromStdString(money::formatAmount({amount, m_currency}, format));
        text.removeIf([](QChar c) { return c.isSpace(); });
        m_edit->setText(text);
    }
    // What was set is meant exactly, however the text could be read.
    if (m_amount != amount)
        finish(State::Valid, amount, {});
}

void AmountEdit::clear()
{
    m_edit->clear();
}

/// A bare number in satoshi mode means satoshis: core/money reads the unit from the text.
QString AmountEdit::typedWithUnit() const
{
    const QString text = m_edit->text().trimmed();
    if (m_unit != "sat"_L1 || !m_currency.isBitcoin())
        return text;
    for (const QChar c : text)
        if (c.isLetter())
            return text;
    return text + u' ' + unitText(m_currency, m_unit);
}

void AmountEdit::read()
{
    m_choices->hide();
    if (m_edit->text().trimmed().isEmpty()) {
        finish(State::Empty, std::nullopt, {});
        return;
    }
    const std::string text = typedWithUnit().toStdString();
    auto parsed = money::parseHumanAmount(text, m_currency, numberLocale());
    if (!parsed) {
        QString problem = tr("This is not an amount.");
        if (parsed.error().code == base::ErrorCode::OutOfRange)
            problem = tr("Too many decimals or too large: %1 has %n decimals.", nullptr,
                         int(m_currency.decimals()))
                          .arg(unitText(m_currency, u"BTC"_s));
        finish(State::Invalid, std::nullopt, problem);
        return;
    }
    if (parsed->readings.front().currency != m_currency) {
        finish(State::Invalid, std::nullopt,
               tr("The amount is in another currency than the account."));
        return;
    }
    if (parsed->readings.size() > 1) {
        offer(parsed->readings);
        return;
    }
    finish(State::Valid, parsed->readings.front().amount, {});
}

void AmountEdit::offer(const std::vector<money::Money>& readings)
{
    m_readings = readings;
    AmountLook look;
    look.unit = m_unit;
    look.decimals = money::Decimals::Trimmed;
    m_first->setText(amountText(readings[0].amount, readings[0].currency, look));
    m_second->setText(amountText(readings[1].amount, readings[1].currency, look));
    m_first->setAccessibleName(withoutIsolates(m_first->text()));
    m_second->setAccessibleName(withoutIsolates(m_second->text()));
    m_choices->show();
    finish(State::Ambiguous, std::nullopt, {});
}

void AmountEdit::finish(State state, std::optional<money::Amount> amount, const QString& problem)
{
    if (state != State::Ambiguous)
        m_choices->hide();
    m_state = state;
    m_amount = std::move(amount);
    m_problem = problem;
    m_hint->setText(problem);
    m_hint->setVisible(!problem.isEmpty());
    m_edit->setAccessibleDescription(problem);
    m_edit->setProperty("wrong", !problem.isEmpty());
    m_edit->update();
    Q_EMIT amountChanged();
}

} // namespace coffer::ui
