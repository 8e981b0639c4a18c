// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>
#include <QStringList>

class QPainter;

namespace coffer::ui {

/// A payment request on paper: the code, the whole address and what was asked for.
struct RequestSheet
{
    QString title;     ///< "Only send BTC on Bitcoin".
    QImage code;       ///< Many pixels a module: viewers of PDF files smooth pictures.
    QString address;   ///< As it is, without spaces.
    QStringList lines; ///< Amount, label: one a line.
};

/// Paints it black on white into `page`, at any resolution.
void paintRequest(QPainter* painter, const QRectF& page, const RequestSheet& sheet);

} // namespace coffer::ui
