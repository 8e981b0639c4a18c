// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/settings_store.h"

#include "core/lightnode/wire/peer_address.h"
#include "core/transport/tcp_connection.h"

#include <QSettings>

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;

namespace {

constexpr int kMaxPeers = 16;

QString themeName(api::Theme theme)
{
    switch (theme) {
    case api::Theme::System:
        return QStringLiteral("system");
    case api::Theme::Light:
        return QStringLiteral("light");
    case api::Theme::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

api::Theme themeOf(const QString& name)
{
    if (name == QStringLiteral("light"))
        return api::Theme::Light;
    if (name == QStringLiteral("dark"))
        return api::Theme::Dark;
    return api::Theme::System;
}

int within(const QVariant& value, int low, int high, int otherwise)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    return isNumber && number >= low && number <= high ? number : otherwise;
}

} // namespace

api::SettingsSnapshot SettingsStore::load() const
{
    const QSettings file(m_path, QSettings::IniFormat);
    const api::SettingsSnapshot defaults;
    api::SettingsSnapshot out;
    out.theme = themeOf(file.value(QStringLiteral("window/theme")).toString());
    out.language = file.value(QStringLiteral("window/language")).toString();
    out.autoLockMinutes = within(file.value(QStringLiteral("security/auto_lock_minutes")), 0, 60,
                                 defaults.autoLockMinutes);
    out.lockWhenMinimised = file.value(QStringLiteral("security/lock_when_minimised")).toBool();
    out.notifications =
        file.value(QStringLiteral("window/notifications"), defaults.notifications).toBool();
    out.discreet = file.value(QStringLiteral("window/discreet")).toBool();
    out.unit = file.value(QStringLiteral("window/unit")).toString() == QStringLiteral("sat")
                   ? QStringLiteral("sat")
                   : defaults.unit;
    for (const auto& peer : file.value(QStringLiteral("node/peers")).toStringList()) {
        if (lightnode::parsePeerAddress(peer.toStdString(), 1) && out.peers.size() < kMaxPeers)
            out.peers.append(peer);
    }
    const auto proxy = file.value(QStringLiteral("node/proxy")).toString();
    if (transport::parseProxy(proxy))
        out.proxy = proxy;
    out.offline = file.value(QStringLiteral("node/offline")).toBool();
    out.fontPercent =
        within(file.value(QStringLiteral("window/font_percent")), 90, 200, defaults.fontPercent);
    out.reducedMotion = file.value(QStringLiteral("window/reduced_motion")).toBool();
    out.swapGainColors = file.value(QStringLiteral("window/swap_gain_colors")).toBool();
    out.lastWallet = file.value(QStringLiteral("window/last_wallet")).toString();
    return out;
}

base::Result<void> SettingsStore::save(const api::SettingsSnapshot& settings) const
{
    if (settings.autoLockMinutes < 0 || settings.autoLockMinutes > 60)
        return Error{ErrorCode::OutOfRange, "auto-lock is 0 to 60 minutes"};
    if (settings.fontPercent < 90 || settings.fontPercent > 200)
        return Error{ErrorCode::OutOfRange, "text size is 90 to 200 percent"};
    if (settings.peers.size() > kMaxPeers)
        return Error{ErrorCode::OutOfRange, "too many own nodes"};
    for (const auto& peer : settings.peers)
        TRY(lightnode::parsePeerAddress(peer.toStdString(), 1));
    if (!settings.proxy.isEmpty())
        TRY(transport::parseProxy(settings.proxy));
    QSettings file(m_path, QSettings::IniFormat);
    file.setValue(QStringLiteral("window/theme"), themeName(settings.theme));
    file.setValue(QStringLiteral("window/language"), settings.language);
    file.setValue(QStringLiteral("security/auto_lock_minutes"), settings.autoLockMinutes);
    file.setValue(QStringLiteral("security/lock_when_minimised"), settings.lockWhenMinimised);
    file.setValue(QStringLiteral("window/notifications"), settings.notifications);
    file.setValue(QStringLiteral("window/discreet"), settings.discreet);
    file.setValue(QStringLiteral("window/unit"), settings.unit);
    file.setValue(QStringLiteral("node/peers"), settings.peers);
    file.setValue(QStringLiteral("node/proxy"), settings.proxy);
    file.setValue(QStringLiteral("node/offline"), settings.offline);
    file.setValue(QStringLiteral("window/font_percent"), settings.fontPercent);
    file.setValue(QStringLiteral("window/reduced_motion"), settings.reducedMotion);
    file.setValue(QStringLiteral("window/swap_gain_colors"), settings.swapGainColors);
    file.setValue(QStringLiteral("window/last_wallet"), settings.lastWallet);
    file.sync();
    if (file.status() != QSettings::NoError)
        return Error{ErrorCode::ReadOnly, "settings.ini cannot be written"};
    return {};
}

} // namespace coffer::engine
