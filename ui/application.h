// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QApplication;

namespace coffer::ui {

/// Fonts, style, palette and icons of the whole program. Call once, before the first widget.
void setUpApplication(QApplication& application);

/// Installs the texts of a language ("", "en", "zh_CN"; empty: the system's). Widgets that exist
/// already keep their texts.
void setLanguage(const QString& language);

} // namespace coffer::ui
