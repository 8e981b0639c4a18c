// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace coffer::ui {

/// Notifications of the desktop (org.freedesktop.Notifications). Payments that arrive together
/// become one. Without such a service nothing happens: the window has its own centre.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotifier(QObject* parent = nullptr);

    /// `text` must already respect discreet mode.
    void notify(const QString& title, const QString& text);

private:
    void flush();

    QString m_title;
    QString m_text;
    int m_waiting = 0;
    QTimer m_timer;
};

} // namespace coffer::ui
