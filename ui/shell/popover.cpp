// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/popover.h"

#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"

#include <QBoxLayout>
#include <QPainter>
#include <QScreen>

#include <algorithm>

namespace coffer::ui {

Popover::Popover(QWidget* parent)
    : QWidget(parent, Qt::Popup | Qt::FramelessWindowHint | Qt::NoDropShadowWindowHint)
    , m_column(new QVBoxLayout(this))
{
    setAttribute(Qt::WA_TranslucentBackground);
    m_column->setContentsMargins(16, 14, 16, 14);
    m_column->setSpacing(10);
}

void Popover::openBelow(const QWidget* anchor)
{
    adjustSize();
    const bool mirrored = anchor->layoutDirection() == Qt::RightToLeft;
    QPoint corner =
        anchor->mapToGlobal(mirrored ? QPoint(0, anchor->height() + 6)
                                     : QPoint(anchor->width() - width(), anchor->height() + 6));
    const QRect window(anchor->window()->mapToGlobal(QPoint()), anchor->window()->size());
    corner.setX(std::clamp(corner.x(), window.left() + 8,
                           std::max(window.left() + 8, window.right() - width() - 8)));
    move(corner);
    show();
    setFocus(Qt::PopupFocusReason);
    if (QWidget* first = nextInFocusChain(); first && isAncestorOf(first))
        first->setFocus(Qt::PopupFocusReason);
}

void Popover::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint::roundedRect(&painter, rect(), tokens().card, tokens().edge, paint::kCardRadius, 1);
}

} // namespace coffer::ui
