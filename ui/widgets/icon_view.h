// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QWidget>

namespace coffer::ui {

/// Shows one icon at a fixed size; decorative, so it is not in the accessibility tree's way.
class IconView : public QWidget
{
    Q_OBJECT

public:
    IconView(const QString& name, IconColor color, int size, QWidget* parent = nullptr);
    void setIcon(const QString& name, IconColor color);

    QSize sizeHint() const override { return {m_size, m_size}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    IconColor m_color;
    int m_size;
};

/// Round surface with an icon in it, for list rows and empty states.
void paintBadge(QPainter* painter, const QRectF& rect, const QString& iconName, IconColor color);

} // namespace coffer::ui
