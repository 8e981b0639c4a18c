// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include <algorithm>
#include <cmath>

namespace coffer::ui {

const Tokens& tokensOf(Scheme scheme)
{
    static const Tokens light{
        .background = QColor(0xF5, 0xF6, 0xF8),
        .card = QColor(0xFF, 0xFF, 0xFF),
        .hover = QColor(0xE9, 0xED, 0xF5),
        .line = QColor(0xD5, 0xD9, 0xE0),
        .edge = QColor(0x86, 0x8E, 0x9C),
        .text = QColor(0x16, 0x18, 0x1D),
        .dim = QColor(0x5B, 0x64, 0x72),
        .accentFill = QColor(0x25, 0x63, 0xEB),
        .accentText = QColor(0x1D, 0x4E, 0xD8),
        .ok = QColor(0x15, 0x80, 0x3D),
        .warn = QColor(0xB4, 0x53, 0x09),
        .danger = QColor(0xB9, 0x1C, 0x1C),
        .okBackground = QColor(0xDC, 0xFC, 0xE7),
        .warnBackground = QColor(0xFE, 0xF3, 0xC7),
        .dangerBackground = QColor(0xFE, 0xE2, 0xE2),
        .infoBackground = QColor(0xDB, 0xEA, 0xFE),
        .dangerFill = QColor(0xB9, 0x1C, 0x1C),
    };
    static const Tokens dark{
        .background = QColor(0x16, 0x18, 0x1D),
        .card = QColor(0x1E, 0x21, 0x28),
        .hover = QColor(0x26, 0x2B, 0x34),
        .line = QColor(0x32, 0x38, 0x43),
        .edge = QColor(0x6F, 0x78, 0x88),
        .text = QColor(0xE8, 0xEA, 0xED),
        .dim = QColor(0x9A, 0xA3, 0xB2),
        .accentFill = QColor(0x25, 0x63, 0xEB),
        .accentText = QColor(0x60, 0xA5, 0xFA),
        .ok = QColor(0x4A, 0xDE, 0x80),
        .warn = QColor(0xFB, 0xBF, 0x24),
        .danger = QColor(0xF8, 0x71, 0x71),
        .okBackground = QColor(0x12, 0x30, 0x1F),
        .warnBackground = QColor(0x3A, 0x2A, 0x0B),
        .dangerBackground = QColor(0x3F, 0x1A, 0x1C),
        .infoBackground = QColor(0x16, 0x29, 0x4A),
        .dangerFill = QColor(0xB9, 0x1C, 0x1C),
    };
    return scheme == Scheme::Light ? light : dark;
}

namespace {

qreal linear(qreal channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

qreal luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

} // namespace

qreal contrastRatio(const QColor& first, const QColor& second)
{
    const qreal a = luminance(first);
    const qreal b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace coffer::ui
