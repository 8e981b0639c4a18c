// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QFuture>
#include <QObject>

namespace coffer::api {

/// Light or dark.
enum class Theme
{
    System,
    Light,
    Dark
};

/// What applies to this installation; kept in settings.ini of the data directory.
struct SettingsSnapshot
{
    Theme theme = Theme::System;
    QString language;        ///< "", "en", "zh_CN"; empty: the system's.
    int autoLockMinutes = 5; ///< 1 to 60; 0 never.
    bool lockWhenMinimised = false;
    bool notifications = true; ///< Of the desktop; those inside the window are always there.
    bool discreet = false;     ///< Amounts are masked.
    QString unit = QStringLiteral("BTC"); ///< "BTC" or "sat".
    QStringList peers;                    ///< Own nodes, HOST:PORT.
    QString proxy;                        ///< socks5://host:port; empty: direct.
    bool offline = false;
    int fontPercent = 100; ///< 90 to 200.
    bool reducedMotion = false;
    bool swapGainColors = false; ///< Red for gains.
    QString lastWallet;
    QString network;
};

/// Reads and writes the settings. Changes apply at once.
class Settings : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual QFuture<base::Result<void>> set(SettingsSnapshot settings) = 0;
    virtual SettingsSnapshot snapshot() const = 0;

Q_SIGNALS:
    void snapshotChanged(const coffer::api::SettingsSnapshot& snapshot);
};

} // namespace coffer::api
