// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/desktop_notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QVariantMap>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kGatherMs = 1500; // Payments of one block arrive together.
constexpr int kShownMs = 8000;

} // namespace

DesktopNotifier::DesktopNotifier(QObject* parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kGatherMs);
    connect(&m_timer, &QTimer::timeout, this, &DesktopNotifier::flush);
}

void DesktopNotifier::notify(const QString& title, const QString& text)
{
    m_title = title;
    m_text = text;
    ++m_waiting;
    if (!m_timer.isActive())
        m_timer.start();
}

void DesktopNotifier::flush()
{
    if (m_waiting > 1) {
        m_title = tr("%n new movement(s)", nullptr, m_waiting);
        m_text = tr("Open Coffer to see them.");
    }
    m_waiting = 0;
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    auto message = QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s,
                                                  u"/org/freedesktop/Notifications"_s,
                                                  u"org.freedesktop.Notifications"_s, u"Notify"_s);
    message << u"Coffer"_s << uint(0) << u"coffer"_s << m_title << m_text << QStringList()
            << QVariantMap() << kShownMs;
    bus.asyncCall(message, 2000);
}

} // namespace coffer::ui
