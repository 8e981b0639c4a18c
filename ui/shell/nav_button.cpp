// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/nav_button.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyleOptionToolButton>

#include <algorithm>

namespace coffer::ui {

NavButton::NavButton(const QString& iconName, const QString& text, QWidget* parent)
    : QToolButton(parent)
    , m_iconName(iconName)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setVariant(this, ButtonVariant::Navigation);
}

void NavButton::setTextVisible(Text text)
{
    m_text = text;
    update();
}

QSize NavButton::sizeHint() const
{
    return {180, std::max(38, fontMetrics().height() + 20)};
}

/// Up and Down belong to the sidebar.
void NavButton::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        event->ignore();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QToolButton::keyPressEvent(event);
}

void NavButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    style()->drawPrimitive(QStyle::PE_PanelButtonTool, &option, &painter, this);
    const bool current = isChecked();
    const int size = 20;
    const int left = m_text == Text::Shown ? 12 : (width() - size) / 2;
    const QRect place(left, height() / 2 - size / 2, size, size);
    ui::icon(m_iconName, current ? IconColor::Accent : IconColor::Text)
        .paint(&painter, QStyle::visualRect(layoutDirection(), rect(), place));
    if (m_text == Text::Hidden)
        return;
    painter.setPen(current ? tokens().accentText : tokens().text);
    const QRect text(44, 0, width() - 50, height());
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), text),
                     Qt::AlignVCenter | Qt::AlignLeading,
                     fontMetrics().elidedText(QToolButton::text(), Qt::ElideRight, text.width()));
}

} // namespace coffer::ui
