// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/amount_filter.h"

#include "ui/session.h"
#include "ui/shell/popover.h"
#include "ui/theme/style.h"
#include "ui/widgets/amount_edit.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kPopoverWidth = 320;

} // namespace

AmountFilter::AmountFilter(Session& session, const QString& objectName, QWidget* parent)
    : QComboBox(parent)
    , m_session(session)
    , m_popover(new Popover(this))
    , m_atLeast(new AmountEdit)
    , m_atMost(new AmountEdit)
    , m_hint(new TextLabel(QString(), FontRole::Body, Tone::Danger))
{
    identify(this, objectName, tr("Show amounts"));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    addItem(tr("Any amount"));
    build();
    for (AmountEdit* edit : {m_atLeast, m_atMost})
        connect(edit, &AmountEdit::amountChanged, this, [this] {
            refresh();
            Q_EMIT changed();
        });
    connect(&session, &Session::lookChanged, this, &AmountFilter::refresh);
    refresh();
}

void AmountFilter::build()
{
    identify(m_popover, objectName() + u".popover"_s, tr("Amounts to show"));
    m_popover->setFixedWidth(kPopoverWidth);
    const auto add = [this](AmountEdit* edit, const QString& label, const QString& name) {
        edit->setNames(objectName() + name, label);
        edit->setCurrency(m_currency);
        edit->field()->setPlaceholderText(tr("any"));
        auto* title = new TextLabel(label, FontRole::BodyStrong);
        title->setBuddy(edit->field());
        m_popover->column()->addWidget(title);
        m_popover->column()->addWidget(edit);
        connect(edit->field(), &QLineEdit::returnPressed, m_popover, &QWidget::hide);
    };
    add(m_atLeast, tr("At least"), u".at_least"_s);
    add(m_atMost, tr("At most"), u".at_most"_s);
    m_hint->setWrap(Wrap::On);
    m_hint->setText(tr("Nothing can be both: the first is larger than the second."));
    m_popover->column()->addWidget(m_hint);
    auto* row = makeRow();
    auto* any = new QPushButton(tr("Any amount"));
    identify(any, objectName() + u".any"_s, tr("Any amount"));
    setVariant(any, ButtonVariant::Link);
    auto* done = new QPushButton(tr("&Done"));
    identify(done, objectName() + u".done"_s, tr("Done"));
    for (QPushButton* button : {any, done})
        button->setAutoDefault(false);
    connect(any, &QPushButton::clicked, this, [this] {
        clear();
        m_popover->hide();
    });
    connect(done, &QPushButton::clicked, m_popover, &QWidget::hide);
    row->addWidget(any);
    row->addStretch(1);
    row->addWidget(done);
    m_popover->column()->addLayout(row);
}

const std::optional<money::Amount>& AmountFilter::atLeast() const
{
    return m_atLeast->amount();
}

const std::optional<money::Amount>& AmountFilter::atMost() const
{
    return m_atMost->amount();
}

void AmountFilter::setCurrency(const money::Currency& currency)
{
    m_currency = currency;
    m_atLeast->setCurrency(currency);
    m_atMost->setCurrency(currency);
    refresh();
}

void AmountFilter::clear()
{
    m_atLeast->clear();
    m_atMost->clear();
}

void AmountFilter::showPopup()
{
    m_popover->openBelow(this);
    m_atLeast->setFocus(Qt::PopupFocusReason);
}

/// There is nothing to turn to.
void AmountFilter::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void AmountFilter::refresh()
{
    for (AmountEdit* edit : {m_atLeast, m_atMost})
        edit->setUnit(m_session.settings().unit);
    const auto& low = atLeast();
    const auto& high = atMost();
    const auto text = [this](const money::Amount& amount) {
        return m_session.amount(amount, m_currency, money::Decimals::Trimmed);
    };
    QString shown = tr("Any amount");
    if (low && high)
        shown =
            tr("%1 to %2", "from the lowest to the highest amount").arg(text(*low), text(*high));
    else if (low)
        shown = tr("from %1", "the lowest amount").arg(text(*low));
    else if (high)
        shown = tr("up to %1", "the highest amount").arg(text(*high));
    setItemText(0, shown);
    m_hint->setVisible(low && high && *low > *high);
    m_popover->adjustSize();
    updateGeometry();
}

} // namespace coffer::ui
