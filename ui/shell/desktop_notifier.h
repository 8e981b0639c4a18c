// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QObject>
#include <QTimer>

#include <map>

namespace coffer::ui {

/// Notifications of the desktop (org.freedesktop.Notifications). Payments that arrive together
/// become one. Without such a service nothing happens: the window has its own centre.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotifier(QObject* parent = nullptr);

    /// What of the notice is shown: discreet mode keeps amounts out of it.
    void notify(const Notice& notice, Visibility visibility);

Q_SIGNALS:
    /// The person clicked one of ours.
    void activated(const QString& wallet, const coffer::ui::Destination& destination);

private Q_SLOTS:
    void invoked(uint id, const QString& action);

private:
    void flush();
    void listen();

    Notice m_notice; ///< The newest of those that wait.
    QString m_text;
    std::map<uint, Notice> m_shown; ///< By the desktop's number; at most kMost.
    bool m_listening = false;
    int m_waiting = 0;
    QTimer m_timer;
};

} // namespace coffer::ui
