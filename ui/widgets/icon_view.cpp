// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icon_view.h"

#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace coffer::ui {

IconView::IconView(const QString& name, IconColor color, int size, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_color(color)
    , m_size(size)
{
    setFixedSize(size, size);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void IconView::setIcon(const QString& name, IconColor color)
{
    m_name = name;
    m_color = color;
    update();
}

void IconView::paintEvent(QPaintEvent*)
{
    if (m_name.isEmpty())
        return;
    QPainter painter(this);
    icon(m_name, m_color).paint(&painter, rect());
}

void paintBadge(QPainter* painter, const QRectF& rect, const QString& iconName, IconColor color)
{
    const Tokens& t = tokens();
    QColor fill = t.hover;
    if (color == IconColor::Ok)
        fill = t.okBackground;
    else if (color == IconColor::Warn)
        fill = t.warnBackground;
    else if (color == IconColor::Danger)
        fill = t.dangerBackground;
    else if (color == IconColor::Accent)
        fill = t.infoBackground;
    paint::roundedRect(painter, rect, fill, QColor(), rect.width() / 2, 0);
    const int size = int(rect.width() * 0.5);
    const QRect place(int(rect.center().x()) - size / 2, int(rect.center().y()) - size / 2, size,
                      size);
    icon(iconName, color).paint(painter, place);
}

} // namespace coffer::ui
