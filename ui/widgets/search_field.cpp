// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_field.h"

#include "ui/theme/icons.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kNarrowest = 280;
constexpr int kBesideText = 96; // The magnifier, the cross that clears, the padding.

} // namespace

SearchField::SearchField(QWidget* parent)
    : QLineEdit(parent)
{
    setClearButtonEnabled(true);
    addAction(ui::icon(u"search"_s, IconColor::Dim), QLineEdit::LeadingPosition);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize SearchField::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(placeholderText());
    return {std::max(kNarrowest, text + kBesideText), QLineEdit::sizeHint().height()};
}

} // namespace coffer::ui
