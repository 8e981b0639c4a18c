// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace coffer::ui {

/// The two sets of colours.
enum class Scheme
{
    Light,
    Dark
};

/// The colours of one scheme. Every text pair reaches 4.5:1, edges and focus 3:1 (tokens_test).
struct Tokens
{
    QColor background;
    QColor card;
    QColor hover;
    QColor line; ///< Decorative only.
    QColor edge; ///< Edge of a control.
    QColor text;
    QColor dim;
    QColor accentFill; ///< White text on it.
    QColor accentText; ///< Also the focus ring.
    QColor ok;
    QColor warn;
    QColor danger;
    QColor okBackground;
    QColor warnBackground;
    QColor dangerBackground;
    QColor infoBackground;
    QColor dangerFill; ///< White text on it: the one destructive button of a dialog.
};

const Tokens& tokensOf(Scheme scheme);

/// WCAG 2.1 contrast ratio, 1 to 21.
qreal contrastRatio(const QColor& first, const QColor& second);

} // namespace coffer::ui
