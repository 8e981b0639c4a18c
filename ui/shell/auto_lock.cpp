// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/auto_lock.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QEvent>

using namespace Qt::StringLiterals;

namespace coffer::ui {

AutoLock::AutoLock(QObject* parent)
    : QObject(parent)
{
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &AutoLock::check);
    listen();
}

void AutoLock::setMinutes(int minutes)
{
    m_minutes = minutes;
    touch();
}

void AutoLock::start()
{
    m_idle.start();
    m_timer.start();
    QCoreApplication::instance()->installEventFilter(this);
}

void AutoLock::stop()
{
    m_timer.stop();
    QCoreApplication::instance()->removeEventFilter(this);
    touch();
}

void AutoLock::touch()
{
    m_idle.start();
    if (m_warning) {
        m_warning = false;
        Q_EMIT warned(0);
    }
}

void AutoLock::check()
{
    if (m_minutes <= 0)
        return;
    const qint64 left = qint64(m_minutes) * 60 - m_idle.elapsed() / 1000;
    if (left <= 0) {
        m_warning = false;
        Q_EMIT warned(0);
        Q_EMIT lockNow();
    } else if (left <= kWarningSeconds) {
        m_warning = true;
        Q_EMIT warned(int(left));
    }
}

bool AutoLock::eventFilter(QObject*, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
        touch();
        break;
    default:
        break;
    }
    return false;
}

/// The names under which desktops announce it.
void AutoLock::listen()
{
    auto session = QDBusConnection::sessionBus();
    if (session.isConnected())
        for (const char* name :
             {"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.xfce.ScreenSaver",
              "org.mate.ScreenSaver", "org.cinnamon.ScreenSaver"})
            session.connect(QString(), QString(), QLatin1StringView(name), u"ActiveChanged"_s, this,
                            SLOT(setScreenSaverActive(bool)));
    auto system = QDBusConnection::systemBus();
    if (!system.isConnected())
        return;
    system.connect(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                   u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s, this,
                   SLOT(setSleeping(bool)));
    system.connect(u"org.freedesktop.login1"_s, QString(), u"org.freedesktop.login1.Session"_s,
                   u"Lock"_s, this, SLOT(onLockSignal()));
}

void AutoLock::setScreenSaverActive(bool active)
{
    if (active)
        Q_EMIT lockNow();
}

void AutoLock::setSleeping(bool going)
{
    if (going)
        Q_EMIT lockNow();
}

void AutoLock::onLockSignal()
{
    Q_EMIT lockNow();
}

} // namespace coffer::ui
