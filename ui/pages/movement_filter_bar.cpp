// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/movement_filter_bar.h"

#include "ui/pages/amount_filter.h"
#include "ui/session.h"
#include "ui/theme/style.h"
#include "ui/widgets/choices.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/text_label.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateTime>
#include <QPushButton>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

enum Period
{
    AnyTime,
    LastWeek,
    LastMonth,
    ThisYear,
    LastYear
};

std::int64_t startOf(const QDate& day)
{
    return day.startOfDay().toMSecsSinceEpoch();
}

} // namespace

MovementFilterBar::MovementFilterBar(Session& session, const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_prefix(prefix)
    , m_kinds(new QButtonGroup(this))
    , m_type(new QComboBox)
    , m_account(new QComboBox)
    , m_currency(new QComboBox)
    , m_period(new QComboBox)
    , m_amount(new AmountFilter(session, prefix + u".filter_amount"_s))
{
    new FlowLayout(6, this);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    buildKinds();
    identify(m_type, prefix + u".filter_type"_s, tr("Show a type"));
    identify(m_account, prefix + u".filter_account"_s, tr("Show an account"));
    identify(m_currency, prefix + u".filter_currency"_s, tr("Show a currency"));
    identify(m_period, prefix + u".filter_period"_s, tr("Show a time"));
    m_type->addItem(tr("Any type"), QString());
    for (const QString& kind : {u"receive"_s, u"send"_s, u"self"_s, u"coinbase"_s})
        m_type->addItem(movementText(kind), kind);
    m_period->addItem(tr("Any time"), int(AnyTime));
    m_period->addItem(tr("Last 7 days"), int(LastWeek));
    m_period->addItem(tr("Last 30 days"), int(LastMonth));
    m_period->addItem(tr("This year"), int(ThisYear));
    m_period->addItem(tr("Last year"), int(LastYear));
    for (QComboBox* box : {m_type, m_account, m_currency, m_period}) {
        layout()->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            if (!m_clearing)
                Q_EMIT changed();
        });
    }
    layout()->addWidget(m_amount);
    connect(m_currency, &QComboBox::currentIndexChanged, this,
            &MovementFilterBar::refreshAmountCurrency);
    connect(m_amount, &AmountFilter::changed, this, [this] {
        if (!m_clearing)
            Q_EMIT changed();
    });
    connect(&session, &Session::accountsChanged, this, &MovementFilterBar::refreshAccounts);
    refreshAccounts();
}

void MovementFilterBar::buildKinds()
{
    const std::array<std::pair<QString, QString>, 4> kinds{{{u".filter_all"_s, tr("All")},
                                                            {u".filter_received"_s, tr("Received")},
                                                            {u".filter_sent"_s, tr("Sent")},
                                                            {u".filter_pending"_s, tr("Pending")}}};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        auto* chip = new QPushButton(kinds[i].second);
        identify(chip, m_prefix + kinds[i].first, tr("Show: %1").arg(kinds[i].second));
        chip->setCheckable(true);
        chip->setAutoDefault(false);
        setVariant(chip, ButtonVariant::Segment);
        m_kinds->addButton(chip, int(i));
        layout()->addWidget(chip);
    }
    m_kinds->button(All)->setChecked(true);
    tabToChosen(m_kinds);
    connect(m_kinds, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on && !m_clearing)
            Q_EMIT changed();
    });
}

/// An open list would close: nothing is done unless something is new.
void MovementFilterBar::setItems(QComboBox* box,
                                 const std::vector<std::pair<QString, QString>>& items)
{
    box->setVisible(items.size() > 2); // "All" and one are no choice.
    bool same = box->count() == int(items.size());
    for (int i = 0; same && i < box->count(); ++i)
        same = box->itemText(i) == items[std::size_t(i)].first &&
               box->itemData(i).toString() == items[std::size_t(i)].second;
    if (same)
        return;
    const QString kept = box->currentData().toString();
    {
        const QSignalBlocker blocker(box);
        box->clear();
        for (const auto& [text, id] : items)
            box->addItem(text, id);
        box->setCurrentIndex(std::max(0, box->findData(kept)));
    }
    if (box->currentData().toString() != kept)
        Q_EMIT changed();
}

void MovementFilterBar::refreshAccounts()
{
    std::vector<std::pair<QString, QString>> items{{tr("All accounts"), QString()}};
    for (const auto& account : m_session.accounts().accounts)
        items.emplace_back(account.name, account.id);
    setItems(m_account, items);
    refreshCurrencies();
}

void MovementFilterBar::refreshCurrencies()
{
    std::vector<std::pair<QString, QString>> items{{tr("All currencies"), QString()}};
    for (const auto& account : m_session.accounts().accounts) {
        const QString code = unitText(account.currency, u"BTC"_s);
        const std::pair<QString, QString> item(code, code);
        if (std::find(items.begin(), items.end(), item) == items.end())
            items.push_back(item);
    }
    setItems(m_currency, items);
    refreshAmountCurrency();
}

/// The one that was chosen, or that of the first account.
void MovementFilterBar::refreshAmountCurrency()
{
    const auto& accounts = m_session.accounts().accounts;
    if (const auto chosen =
            money::Currency::find(m_currency->currentData().toString().toStdString()))
        m_amount->setCurrency(*chosen);
    else if (!accounts.empty())
        m_amount->setCurrency(accounts.front().currency);
}

MovementFilter MovementFilterBar::filter() const
{
    MovementFilter filter;
    switch (m_kinds->checkedId()) {
    case Received:
        filter.direction = api::Direction::In;
        break;
    case Sent:
        filter.direction = api::Direction::Out;
        break;
    case Pending:
        filter.statuses = {api::EntryStatus::Pending};
        break;
    default:
        break;
    }
    if (const QString kind = m_type->currentData().toString(); !kind.isEmpty())
        filter.kinds = {kind};
    filter.account = m_account->currentData().toString();
    if (const auto chosen =
            money::Currency::find(m_currency->currentData().toString().toStdString()))
        filter.currency = *chosen;
    filter.atLeast = m_amount->atLeast();
    filter.atMost = m_amount->atMost();
    if (filter.atLeast || filter.atMost)
        filter.currency = m_amount->currency(); // A number means nothing without it.
    const QDate today = QDate::currentDate();
    switch (m_period->currentData().toInt()) {
    case LastWeek:
        filter.fromMs = startOf(today.addDays(-6));
        break;
    case LastMonth:
        filter.fromMs = startOf(today.addDays(-29));
        break;
    case ThisYear:
        filter.fromMs = startOf(QDate(today.year(), 1, 1));
        break;
    case LastYear:
        filter.fromMs = startOf(QDate(today.year() - 1, 1, 1));
        filter.untilMs = startOf(QDate(today.year(), 1, 1));
        break;
    default:
        break;
    }
    return filter;
}

/// One change for all of it.
void MovementFilterBar::clear()
{
    const MovementFilter before = filter();
    m_clearing = true;
    m_kinds->button(All)->setChecked(true);
    for (QComboBox* box : {m_type, m_account, m_currency, m_period})
        box->setCurrentIndex(0);
    m_amount->clear();
    m_clearing = false;
    if (filter() != before)
        Q_EMIT changed();
}

} // namespace coffer::ui
