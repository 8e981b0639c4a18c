// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace coffer::bench {

/// Says on stdout when a window has been painted for the first time and how much memory is then
/// resident, and ends the program.
class FirstPaint : public QObject
{
public:
    explicit FirstPaint(QWidget& window) { window.installEventFilter(this); }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (!m_done && event->type() == QEvent::Paint) {
            m_done = true;
            // Behind the painting of the children.
            QTimer::singleShot(0, this, &FirstPaint::tell);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void tell()
    {
        std::puts("painted");
        QFile status(QStringLiteral("/proc/self/status"));
        if (status.open(QIODevice::ReadOnly)) {
            for (const auto& line : status.readAll().split('\n')) {
                if (line.startsWith("VmRSS:") || line.startsWith("RssAnon:"))
                    std::puts(line.constData());
            }
        }
        std::fflush(stdout);
        QCoreApplication::quit();
    }

    bool m_done = false;
};

} // namespace coffer::bench
