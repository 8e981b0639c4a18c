// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QObject>

class QApplication;
class QDBusVariant;

namespace coffer::ui {

/// What the person chose; System follows the desktop.
enum class SchemeChoice
{
    System,
    Light,
    Dark
};

/// Whether anything may move.
enum class Motion
{
    Normal,
    Reduced
};

/// The look that applies now: scheme, text size, motion. Lives as long as the program.
class Theme : public QObject
{
    Q_OBJECT

public:
    static Theme& instance();

    /// Installs style, fonts and palette.
    void install(QApplication& application);

    const Tokens& tokens() const { return tokensOf(m_scheme); }
    Scheme scheme() const { return m_scheme; }
    void setChoice(SchemeChoice choice);
    int fontPercent() const { return m_fontPercent; }
    /// 90 to 200.
    void setFontPercent(int percent);
    Motion motion() const { return m_motion; }
    void setMotion(Motion motion) { m_motion = motion; }

Q_SIGNALS:
    /// Colours or text sizes are others now.
    void changed();

private Q_SLOTS:
    void onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    Theme() = default;
    void askPortal();
    void apply();

    SchemeChoice m_choice = SchemeChoice::System;
    Scheme m_systemScheme = Scheme::Light;
    Scheme m_scheme = Scheme::Light;
    int m_fontPercent = 100;
    Motion m_motion = Motion::Normal;
};

/// Short for Theme::instance().tokens().
const Tokens& tokens();

} // namespace coffer::ui
