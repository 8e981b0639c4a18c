// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/fonts.h"

#include <QLabel>

namespace coffer::ui {

/// The colour of a text.
enum class Tone
{
    Normal,
    Dim,
    Accent,
    Ok,
    Warn,
    Danger
};

/// Whether a text may take several lines.
enum class Wrap
{
    Off,
    On
};

/// A text in one of the roles; follows the scheme and the text size.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(const QString& text, FontRole role = FontRole::Body,
                       Tone tone = Tone::Normal, QWidget* parent = nullptr);

    void setText(const QString& text);
    void setTone(Tone tone);
    void setWrap(Wrap wrap);
    /// What the value is, for screen readers: they hear "Total 0.5 BTC" instead of "0.5 BTC".
    void setValueName(const QString& name);

private:
    void applyTheme();
    void applyName();

    FontRole m_role;
    Tone m_tone;
    QString m_valueName;
};

/// Object name (`page.element`) and accessible name of a control, in one place.
void identify(QWidget* widget, const QString& objectName, const QString& accessibleName);

QColor colorOf(Tone tone);

} // namespace coffer::ui
