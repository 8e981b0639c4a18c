// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/movement_filter_bar.h"

#include "ui/session.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
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
    , m_kinds(new QButtonGroup(this))
    , m_account(new QComboBox)
    , m_period(new QComboBox)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const std::array<std::pair<QString, QString>, 4> kinds{{{u".filter_all"_s, tr("All")},
                                                            {u".filter_received"_s, tr("Received")},
                                                            {u".filter_sent"_s, tr("Sent")},
                                                            {u".filter_pending"_s, tr("Pending")}}};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        auto* chip = new QPushButton(kinds[i].second);
        identify(chip, prefix + kinds[i].first, tr("Show: %1").arg(kinds[i].second));
        chip->setCheckable(true);
        chip->setAutoDefault(false);
        setVariant(chip, ButtonVariant::Segment);
        m_kinds->addButton(chip, int(i));
        row->addWidget(chip);
    }
    m_kinds->button(All)->setChecked(true);
    identify(m_account, prefix + u".filter_account"_s, tr("Show an account"));
    identify(m_period, prefix + u".filter_period"_s, tr("Show a time"));
    m_period->addItem(tr("Any time"), int(AnyTime));
    m_period->addItem(tr("Last 7 days"), int(LastWeek));
    m_period->addItem(tr("Last 30 days"), int(LastMonth));
    m_period->addItem(tr("This year"), int(ThisYear));
    m_period->addItem(tr("Last year"), int(LastYear));
    row->addSpacing(6);
    row->addWidget(m_account);
    row->addWidget(m_period);
    row->addStretch(1);
    connect(m_kinds, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            Q_EMIT changed();
    });
    connect(m_account, &QComboBox::currentIndexChanged, this, &MovementFilterBar::changed);
    connect(m_period, &QComboBox::currentIndexChanged, this, &MovementFilterBar::changed);
    connect(&session, &Session::accountsChanged, this, &MovementFilterBar::refreshAccounts);
    refreshAccounts();
}

void MovementFilterBar::refreshAccounts()
{
    std::vector<std::pair<QString, QString>> items{{tr("All accounts"), QString()}};
    for (const auto& account : m_session.accounts().accounts)
        items.emplace_back(account.name, account.id);
    bool same = m_account->count() == int(items.size());
    for (int i = 0; same && i < m_account->count(); ++i)
        same = m_account->itemText(i) == items[std::size_t(i)].first &&
               m_account->itemData(i).toString() == items[std::size_t(i)].second;
    m_account->setVisible(items.size() > 2);
    if (same)
        return; // An open list would close.
    const QString kept = m_account->currentData().toString();
    {
        const QSignalBlocker blocker(m_account);
        m_account->clear();
        for (const auto& [text, id] : items)
            m_account->addItem(text, id);
        m_account->setCurrentIndex(std::max(0, m_account->findData(kept)));
    }
    if (m_account->currentData().toString() != kept)
        Q_EMIT changed();
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
    filter.account = m_account->currentData().toString();
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
    if (filter() == MovementFilter())
        return;
    {
        const QSignalBlocker kinds(m_kinds);
        const QSignalBlocker account(m_account);
        const QSignalBlocker period(m_period);
        m_kinds->button(All)->setChecked(true);
        m_account->setCurrentIndex(0);
        m_period->setCurrentIndex(0);
    }
    Q_EMIT changed();
}

} // namespace coffer::ui
