// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_label.h"

#include "ui/format.h"
#include "ui/theme/theme.h"

namespace coffer::ui {

QColor colorOf(Tone tone)
{
    const Tokens& t = tokens();
    switch (tone) {
    case Tone::Normal:
        return t.text;
    case Tone::Dim:
        return t.dim;
    case Tone::Accent:
        return t.accentText;
    case Tone::Ok:
        return t.ok;
    case Tone::Warn:
        return t.warn;
    case Tone::Danger:
        return t.danger;
    }
    return t.text;
}

TextLabel::TextLabel(const QString& text, FontRole role, Tone tone, QWidget* parent)
    : QLabel(text, parent)
    , m_role(role)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    connect(&Theme::instance(), &Theme::changed, this, &TextLabel::applyTheme);
    applyTheme();
}

void TextLabel::setText(const QString& text)
{
    QLabel::setText(text);
    applyName();
}

void TextLabel::setTone(Tone tone)
{
    m_tone = tone;
    applyTheme();
}

void TextLabel::setWrap(Wrap wrap)
{
    setWordWrap(wrap == Wrap::On);
    if (wrap == Wrap::On) {
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    }
}

void TextLabel::setValueName(const QString& name)
{
    m_valueName = name;
    applyName();
}

void TextLabel::applyTheme()
{
    setFont(ui::font(m_role));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, colorOf(m_tone));
    setPalette(colors);
}

/// An accessible name replaces the text for screen readers, so it has to hold both.
void TextLabel::applyName()
{
    if (!m_valueName.isEmpty())
        setAccessibleName(m_valueName + u' ' + withoutIsolates(text()));
}

void identify(QWidget* widget, const QString& objectName, const QString& accessibleName)
{
    widget->setObjectName(objectName);
    widget->setAccessibleName(accessibleName);
}

} // namespace coffer::ui
