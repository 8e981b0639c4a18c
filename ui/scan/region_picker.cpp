// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scan/region_picker.h"

#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace coffer::ui {

RegionPicker::RegionPicker(const QPixmap& screen)
    : m_screen(screen)
{
    setWindowFlags(Qt::Window | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint);
    setAttribute(Qt::WA_DeleteOnClose);
    setCursor(Qt::CrossCursor);
    setFocusPolicy(Qt::StrongFocus);
    identify(this, u"scan.region_picker"_s, tr("Choose the part of the screen with the code"));
}

void RegionPicker::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.drawPixmap(rect(), m_screen);
    painter.fillRect(rect(), QColor(0, 0, 0, 110));
    const QRect chosen = QRect(m_start, m_end).normalized();
    if (m_dragging && chosen.isValid()) {
        const qreal scale = m_screen.width() / qreal(width());
        painter.drawPixmap(chosen, m_screen,
                           QRect(chosen.topLeft() * scale, chosen.size() * scale));
        painter.setPen(QPen(tokens().accentFill, 2));
        painter.drawRect(chosen);
        return;
    }
    painter.setPen(Qt::white);
    painter.drawText(rect(), Qt::AlignCenter, tr("Drag over the code. Esc: back."));
}

void RegionPicker::mousePressEvent(QMouseEvent* event)
{
    m_start = m_end = event->position().toPoint();
    m_dragging = true;
}

void RegionPicker::mouseMoveEvent(QMouseEvent* event)
{
    m_end = event->position().toPoint();
    update();
}

void RegionPicker::mouseReleaseEvent(QMouseEvent* event)
{
    m_end = event->position().toPoint();
    m_dragging = false;
    const QRect chosen = QRect(m_start, m_end).normalized();
    const qreal scale = m_screen.width() / qreal(width());
    if (chosen.width() > 8 && chosen.height() > 8)
        Q_EMIT picked(
            m_screen.copy(QRect(chosen.topLeft() * scale, chosen.size() * scale)).toImage());
    else
        Q_EMIT cancelled();
    close();
}

void RegionPicker::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape)
        return;
    Q_EMIT cancelled();
    close();
}

} // namespace coffer::ui
