// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/request_sheet.h"

#include "ui/format.h"
#include "ui/theme/fonts.h"

#include <QPainter>

#include <algorithm>

namespace coffer::ui {

namespace {

/// Draws centred text of this height in pixels and returns where it ends.
qreal drawCentred(QPainter* painter, const QRectF& place, FontRole role, qreal height,
                  const QString& text)
{
    QFont font = ui::font(role);
    font.setPixelSize(std::max(1, int(height)));
    painter->setFont(font);
    QRectF used;
    painter->drawText(place, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text, &used);
    return used.bottom();
}

} // namespace

void paintRequest(QPainter* painter, const QRectF& page, const RequestSheet& sheet)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(page, Qt::white);
    painter->setPen(Qt::black);
    const qreal unit = std::min(page.width(), page.height()) / 100;
    const QRectF area = page.adjusted(6 * unit, 6 * unit, -6 * unit, -6 * unit);
    QRectF rest = area;
    rest.setTop(drawCentred(painter, rest, FontRole::Section, 3.6 * unit, sheet.title) + 4 * unit);
    if (!sheet.code.isNull()) {
        const qreal side = 52 * unit;
        const QRectF place(area.center().x() - side / 2, rest.top(), side, side);
        painter->drawImage(place, sheet.code);
        rest.setTop(place.bottom() + 4 * unit);
    }
    rest.setTop(
        drawCentred(painter, rest, FontRole::Address, 2.9 * unit, groupedAddress(sheet.address)) +
        3 * unit);
    for (const QString& line : sheet.lines)
        rest.setTop(drawCentred(painter, rest, FontRole::Body, 2.9 * unit, line) + 1.5 * unit);
    painter->restore();
}

} // namespace coffer::ui
