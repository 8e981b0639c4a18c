// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/address_label.h"

#include "ui/format.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace coffer::ui {

namespace {

constexpr int kGroup = 4;

} // namespace

AddressLabel::AddressLabel(const QString& address, QWidget* parent)
    : TextLabel(QString(), FontRole::Address, Tone::Normal, parent)
{
    setFocusPolicy(Qt::TabFocus);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAddress(address);
}

void AddressLabel::setAddress(const QString& address)
{
    m_address = address;
    setAccessibleName(address.isEmpty() ? tr("No address") : address);
    updateGeometry();
    update();
}

int AddressLabel::groupsPerLine(int width) const
{
    const int cell = fontMetrics().horizontalAdvance(u'0');
    return std::max(1, (width - 2 * kPadding + cell) / (cell * (kGroup + 1)));
}

int AddressLabel::firstLineCentre() const
{
    return kPadding + (fontMetrics().height() + 4) / 2;
}

int AddressLabel::heightForWidth(int width) const
{
    const int groups = std::max(1, int((m_address.size() + kGroup - 1) / kGroup));
    const int perLine = groupsPerLine(width);
    const int lines = (groups + perLine - 1) / perLine;
    return lines * (fontMetrics().height() + 4) + 2 * kPadding;
}

QSize AddressLabel::sizeHint() const
{
    const int groups = int((m_address.size() + kGroup - 1) / kGroup);
    const int cell = fontMetrics().horizontalAdvance(u'0');
    const int width = std::max(1, groups) * (kGroup + 1) * cell + 2 * kPadding;
    return {width, fontMetrics().height() + 4 + 2 * kPadding};
}

QSize AddressLabel::minimumSizeHint() const
{
    const int width = fontMetrics().horizontalAdvance(u'0') * (kGroup + 1) * 3;
    return {width, fontMetrics().height() + 4 + 2 * kPadding};
}

void AddressLabel::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        Q_EMIT copyRequested(m_address);
    else
        TextLabel::keyPressEvent(event);
}

void AddressLabel::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Copy address")), &QAction::triggered, this,
            [this] { Q_EMIT copyRequested(m_address); });
    menu->popup(event->globalPos());
}

/// Each group is drawn on its own, so that no font can join or move characters across groups.
void AddressLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // An address is never mirrored.
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::WindowText));
    const int cell = fontMetrics().horizontalAdvance(u'0');
    const int line = fontMetrics().height() + 4;
    const int perLine = groupsPerLine(width());
    const bool centred = alignment() & Qt::AlignHCenter;
    const int groups = int((m_address.size() + kGroup - 1) / kGroup);
    for (int i = 0; i < groups; ++i) {
        const int row = i / perLine;
        const int inRow = std::min(perLine, groups - row * perLine);
        const int last = int(m_address.size()) - (groups - 1) * kGroup;
        const bool holdsLast = row == (groups - 1) / perLine;
        const int used = (inRow * (kGroup + 1) - 1 - (holdsLast ? kGroup - last : 0)) * cell;
        const int start = centred ? std::max(kPadding, (width() - used) / 2) : kPadding;
        const QRect place(start + (i % perLine) * (kGroup + 1) * cell, kPadding + row * line,
                          cell * (kGroup + 1), line);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         m_address.mid(i * kGroup, kGroup));
    }
    if (hasFocus())
        paint::focusRing(&painter, rect(), 6);
}

} // namespace coffer::ui
