// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sidebar.h"

#include "ui/shell/nav_button.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choices.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QKeyEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kFull = 216;
constexpr int kIcons = 64;

} // namespace

Sidebar::Sidebar(QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 12, 10, 12);
    column->setSpacing(2);
    m_group->setExclusive(true);
    const auto key = [](Qt::Key number) { return QKeySequence(Qt::CTRL | number); };
    column->addWidget(add(PageId::Overview, u"layout-dashboard"_s, tr("Overview"),
                          u"sidebar.overview"_s, key(Qt::Key_1)));
    column->addWidget(
        add(PageId::Accounts, u"wallet"_s, tr("Accounts"), u"sidebar.accounts"_s, key(Qt::Key_2)));
    column->addWidget(add(PageId::Send, u"send"_s, tr("Send"), u"sidebar.send"_s, key(Qt::Key_3)));
    column->addWidget(
        add(PageId::Receive, u"qr-code"_s, tr("Receive"), u"sidebar.receive"_s, key(Qt::Key_4)));
    column->addWidget(
        add(PageId::Activity, u"list"_s, tr("Activity"), u"sidebar.activity"_s, key(Qt::Key_5)));
    column->addStretch(1);
    column->addWidget(
        add(PageId::Network, u"server"_s, tr("Network"), u"sidebar.network"_s, key(Qt::Key_9)));
    column->addWidget(add(PageId::Settings, u"settings"_s, tr("Settings"), u"sidebar.settings"_s,
                          key(Qt::Key_0)));
    tabToChosen(m_group);
    setWidth(Width::Full);
}

QToolButton* Sidebar::add(PageId page, const QString& iconName, const QString& text,
                          const QString& objectName, const QKeySequence& keys)
{
    auto* button = new NavButton(iconName, text);
    identify(button, objectName, text);
    button->setToolTip(u"%1 (%2)"_s.arg(text, keys.toString(QKeySequence::NativeText)));
    m_group->addButton(button);
    connect(button, &QToolButton::toggled, this, [this, page](bool on) {
        if (on)
            Q_EMIT chosen(page);
    });
    m_entries.push_back({page, iconName, button});
    return button;
}

void Sidebar::setCurrent(PageId page)
{
    for (const Entry& entry : m_entries)
        if (entry.page == page && !entry.button->isChecked()) {
            const QSignalBlocker blocker(entry.button);
            entry.button->setChecked(true);
        }
    update();
    for (const Entry& entry : m_entries)
        entry.button->update();
}

void Sidebar::setWidth(Width width)
{
    m_width = width;
    for (const Entry& entry : m_entries)
        static_cast<NavButton*>(entry.button)
            ->setTextVisible(width == Width::Full ? NavButton::Text::Shown
                                                  : NavButton::Text::Hidden);
    setFixedWidth(width == Width::Full ? kFull : kIcons);
}

/// Arrows walk inside, Tab leaves.
void Sidebar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Up && event->key() != Qt::Key_Down) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int count = int(m_entries.size());
    for (int i = 0; i < count; ++i)
        if (m_entries[std::size_t(i)].button->hasFocus()) {
            const int next = (i + (event->key() == Qt::Key_Down ? 1 : count - 1)) % count;
            m_entries[std::size_t(next)].button->setFocus(Qt::TabFocusReason);
            return;
        }
}

} // namespace coffer::ui
