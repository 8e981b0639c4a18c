// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace coffer::ui {

/// Locks after idle time, and at once when the screen locks, the computer sleeps or the person
/// changes. Warns 20 seconds before.
class AutoLock : public QObject
{
    Q_OBJECT

public:
    static constexpr int kWarningSeconds = 20;

    explicit AutoLock(QObject* parent = nullptr);

    /// 1 to 60; 0 never.
    void setMinutes(int minutes);
    void start();
    void stop();
    /// The person is there.
    void touch();

Q_SIGNALS:
    /// Every second from 20 to 1; 0 when somebody came back.
    void warned(int secondsLeft);
    void lockNow();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private Q_SLOTS:
    void setScreenSaverActive(bool active);
    void setSleeping(bool going);
    void onLockSignal();

private:
    void check();
    void listen();

    int m_minutes = 5;
    bool m_warning = false;
    QElapsedTimer m_idle;
    QTimer m_timer;
};

} // namespace coffer::ui
