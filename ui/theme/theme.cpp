// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPalette>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr auto kPortalService = "org.freedesktop.portal.Desktop";
constexpr auto kPortalPath = "/org/freedesktop/portal/desktop";
constexpr auto kPortalInterface = "org.freedesktop.portal.Settings";
constexpr auto kAppearance = "org.freedesktop.appearance";

QPalette paletteOf(const Tokens& tokens)
{
    QPalette palette;
    palette.setColor(QPalette::Window, tokens.background);
    palette.setColor(QPalette::WindowText, tokens.text);
    palette.setColor(QPalette::Base, tokens.card);
    palette.setColor(QPalette::AlternateBase, tokens.hover);
    palette.setColor(QPalette::Text, tokens.text);
    palette.setColor(QPalette::PlaceholderText, tokens.dim);
    palette.setColor(QPalette::Button, tokens.card);
    palette.setColor(QPalette::ButtonText, tokens.text);
    palette.setColor(QPalette::BrightText, tokens.danger);
    palette.setColor(QPalette::Highlight, tokens.accentFill);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, tokens.accentText);
    palette.setColor(QPalette::LinkVisited, tokens.accentText);
    palette.setColor(QPalette::ToolTipBase, tokens.card);
    palette.setColor(QPalette::ToolTipText, tokens.text);
    palette.setColor(QPalette::Light, tokens.card);
    palette.setColor(QPalette::Midlight, tokens.hover);
    palette.setColor(QPalette::Mid, tokens.line);
    palette.setColor(QPalette::Dark, tokens.edge);
    palette.setColor(QPalette::Shadow, tokens.edge);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, tokens.dim);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, tokens.hover);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, tokens.dim);
    return palette;
}

} // namespace

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

const Tokens& tokens()
{
    return Theme::instance().tokens();
}

void Theme::install(QApplication& application)
{
    application.setStyle(new CofferStyle);
    askPortal();
    apply();
}

void Theme::setChoice(SchemeChoice choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::setFontPercent(int percent)
{
    percent = std::clamp(percent, 90, 200);
    if (m_fontPercent == percent)
        return;
    m_fontPercent = percent;
    apply();
}

/// Qt before 6.5 does not know the system's colour scheme: the portal does.
void Theme::askPortal()
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(QString(), QLatin1StringView(kPortalPath), QLatin1StringView(kPortalInterface),
                u"SettingChanged"_s, this, SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    auto message = QDBusMessage::createMethodCall(QLatin1StringView(kPortalService),
                                                  QLatin1StringView(kPortalPath),
                                                  QLatin1StringView(kPortalInterface), u"Read"_s);
    message << QString::fromLatin1(kAppearance) << u"color-scheme"_s;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid())
            onPortalSetting(QString::fromLatin1(kAppearance), u"color-scheme"_s, reply.value());
    });
}

void Theme::onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group != QLatin1StringView(kAppearance) || key != "color-scheme"_L1)
        return;
    QVariant inner = value.variant();
    if (inner.canConvert<QDBusVariant>())
        inner = inner.value<QDBusVariant>().variant();
    m_systemScheme = inner.toUInt() == 1 ? Scheme::Dark : Scheme::Light; // 1: prefer dark
    apply();
}

void Theme::apply()
{
    m_scheme = m_choice == SchemeChoice::System
                   ? m_systemScheme
                   : (m_choice == SchemeChoice::Dark ? Scheme::Dark : Scheme::Light);
    const QPalette palette = paletteOf(tokens());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QApplication::setFont(font(FontRole::Body));
    QToolTip::setFont(font(FontRole::Body));
    Q_EMIT changed();
}

} // namespace coffer::ui
