// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/desktop_notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kGatherMs = 1500; // Payments of one block arrive together.
constexpr int kShownMs = 8000;
constexpr std::size_t kMost = 20; // Of clicks that are waited for.
constexpr auto kService = "org.freedesktop.Notifications";
constexpr auto kPath = "/org/freedesktop/Notifications";

} // namespace

DesktopNotifier::DesktopNotifier(QObject* parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kGatherMs);
    connect(&m_timer, &QTimer::timeout, this, &DesktopNotifier::flush);
}

void DesktopNotifier::notify(const Notice& notice, Visibility visibility)
{
    const bool discreet = visibility == Visibility::Hidden && !notice.discreetText.isEmpty();
    m_notice = notice;
    m_text = discreet ? notice.discreetText : withoutIsolates(notice.text);
    ++m_waiting;
    if (!m_timer.isActive())
        m_timer.start();
}

void DesktopNotifier::flush()
{
    if (m_waiting > 1) {
        m_notice.title = tr("%n new movement(s)", nullptr, m_waiting);
        m_text = tr("Open Coffer to see them.");
        m_notice.destination.txid.clear(); // The list shows them all.
    }
    m_waiting = 0;
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    listen();
    auto message =
        QDBusMessage::createMethodCall(QString::fromLatin1(kService), QString::fromLatin1(kPath),
                                       QString::fromLatin1(kService), u"Notify"_s);
    const QStringList actions{u"default"_s, tr("Show")};
    message << u"Coffer"_s << uint(0) << u"coffer"_s << m_notice.title << m_text << actions
            << QVariantMap() << kShownMs;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, shown = m_notice] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        if (!reply.isValid())
            return;
        m_shown[reply.value()] = shown;
        if (m_shown.size() > kMost)
            m_shown.erase(m_shown.begin());
    });
}

void DesktopNotifier::listen()
{
    if (m_listening)
        return;
    m_listening = true;
    QDBusConnection::sessionBus().connect(QString::fromLatin1(kService), QString::fromLatin1(kPath),
                                          QString::fromLatin1(kService), u"ActionInvoked"_s, this,
                                          SLOT(invoked(uint, QString)));
}

/// Numbers of other programs come by as well.
void DesktopNotifier::invoked(uint id, const QString& action)
{
    const auto found = m_shown.find(id);
    if (found == m_shown.end() || action != "default"_L1)
        return;
    const Notice notice = found->second;
    m_shown.erase(found);
    Q_EMIT activated(notice.wallet, notice.destination);
}

} // namespace coffer::ui
