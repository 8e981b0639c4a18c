// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/count_button.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace coffer::ui {

CountButton::CountButton(const QString& iconName, QWidget* parent)
    : QToolButton(parent)
{
    setIcon(ui::icon(iconName));
    setIconSize({20, 20});
    setFocusPolicy(Qt::StrongFocus);
    setVariant(this, ButtonVariant::Quiet);
}

void CountButton::setCount(int count)
{
    m_count = count;
    update();
}

void CountButton::paintEvent(QPaintEvent* event)
{
    QToolButton::paintEvent(event);
    if (m_count <= 0)
        return;
    QPainter painter(this);
    const QRectF spot(width() / 2.0 + 1, 3, 17, 17);
    paint::roundedRect(&painter, spot, tokens().accentFill, tokens().background, 8.5, 1);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.8);
    painter.setFont(small);
    painter.setPen(Qt::white);
    painter.drawText(spot, Qt::AlignCenter, m_count > 9 ? u"9+"_s : QString::number(m_count));
}

} // namespace coffer::ui
