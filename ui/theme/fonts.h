// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace coffer::ui {

/// What a text is for; sizes are 10, 12, 18 and 24 pt at 100 %.
enum class FontRole
{
    Body,       ///< 10 pt Inter.
    BodyStrong, ///< The same, semibold.
    Section,    ///< 12 pt semibold.
    Title,      ///< 18 pt semibold: the name of a page.
    Amount,     ///< 10 pt, tabular digits.
    AmountStrong,
    AmountSection, ///< 12 pt, tabular digits.
    AmountLarge,   ///< 24 pt, tabular digits.
    Address,       ///< 11 pt monospace with a slashed zero.
    AddressSmall   ///< 10 pt monospace.
};

/// The font of a role at the chosen text size.
QFont font(FontRole role);

} // namespace coffer::ui
