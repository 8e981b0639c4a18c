// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QWidget>

namespace coffer::ui {

/// A cross-hair over a picture of the whole screen (X11): drag a rectangle, Esc gives up.
class RegionPicker : public QWidget
{
    Q_OBJECT

public:
    explicit RegionPicker(const QPixmap& screen);

Q_SIGNALS:
    void picked(const QImage& image);
    void cancelled();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QPixmap m_screen;
    QPoint m_start;
    QPoint m_end;
    bool m_dragging = false;
};

} // namespace coffer::ui
