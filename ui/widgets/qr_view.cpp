// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/qr_view.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <qrcodegen.hpp>

#include <algorithm>

namespace coffer::ui {

namespace {

constexpr int kQuietZone = 4; // ISO/IEC 18004, 9.1.

} // namespace

QrView::QrView(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void QrView::setContent(const QString& text, const QString& accessibleName)
{
    using qrcodegen::QrCode;
    setAccessibleName(accessibleName);
    m_modules.clear();
    m_size = 0;
    if (!text.isEmpty()) {
        try { // A text too long for a code throws; the view then stays empty.
            const QrCode code = QrCode::encodeText(text.toUtf8().constData(), QrCode::Ecc::MEDIUM);
            m_size = code.getSize();
            m_modules.reserve(std::size_t(m_size) * std::size_t(m_size));
            for (int y = 0; y < m_size; ++y)
                for (int x = 0; x < m_size; ++x)
                    m_modules.push_back(code.getModule(x, y));
        } catch (const qrcodegen::data_too_long&) {
            m_size = 0;
        }
    }
    update();
}

void QrView::clear()
{
    setContent(QString(), QString());
}

void QrView::paintModules(QPainter* painter, int pixels, QPoint origin) const
{
    for (int y = 0; y < m_size; ++y)
        for (int x = 0; x < m_size; ++x)
            if (m_modules[std::size_t(y) * std::size_t(m_size) + std::size_t(x)])
                painter->fillRect(origin.x() + x * pixels, origin.y() + y * pixels, pixels, pixels,
                                  Qt::black);
}

QImage QrView::image(int pixelsPerModule) const
{
    const int side = (m_size + 2 * kQuietZone) * pixelsPerModule;
    QImage result(side, side, QImage::Format_RGB32);
    result.fill(Qt::white);
    QPainter painter(&result);
    paintModules(&painter, pixelsPerModule,
                 {kQuietZone * pixelsPerModule, kQuietZone * pixelsPerModule});
    return result;
}

void QrView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath surface;
    surface.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12);
    painter.fillPath(surface, Qt::white);
    painter.setPen(tokens().line);
    painter.drawPath(surface);
    if (m_size == 0)
        return;
    // Whole device pixels per module: a scaled code blurs.
    const qreal scale = devicePixelRatioF();
    const int side = int(std::min(width(), height()) * scale);
    const int pixels = std::max(1, side / (m_size + 2 * kQuietZone));
    const QImage code = image(pixels);
    QImage sharp = code;
    sharp.setDevicePixelRatio(scale);
    const QSizeF shown = QSizeF(code.size()) / scale;
    painter.setClipPath(surface);
    painter.drawImage(QPointF((width() - shown.width()) / 2, (height() - shown.height()) / 2),
                      sharp);
}

} // namespace coffer::ui
