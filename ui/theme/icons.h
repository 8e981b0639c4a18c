// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace coffer::ui {

/// Which colour an icon takes from the scheme; it follows a change of the scheme by itself.
enum class IconColor
{
    Text,
    Dim,
    Accent,
    Ok,
    Warn,
    Danger,
    White
};

/// An icon of resources/icons, drawn from its SVG at the size and scale it is shown in.
QIcon icon(const QString& name, IconColor color = IconColor::Text);
QColor colorOf(IconColor color);

} // namespace coffer::ui
