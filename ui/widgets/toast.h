// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace coffer::ui {

class TextLabel;

/// A short message over the bottom of the window that goes away by itself.
class Toast : public QWidget
{
    Q_OBJECT

public:
    explicit Toast(QWidget* parent);

    void show(const QString& text);
    QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    TextLabel* m_text;
    QTimer m_timer;
};

} // namespace coffer::ui
