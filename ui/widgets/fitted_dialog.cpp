// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fitted_dialog.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QLayout>

#include <algorithm>

namespace coffer::ui {

namespace {

constexpr int kWidestDialog = 860; // Inside the smallest window.

} // namespace

FittedDialog::FittedDialog(int width, QWidget* parent)
    : QDialog(parent)
{
    setFixedWidth(
        std::min(width * std::max(100, Theme::instance().fontPercent()) / 100, kWidestDialog));
}

bool FittedDialog::event(QEvent* event)
{
    if (event->type() == QEvent::Show)
        fit(); // Before the first picture.
    const bool done = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return done;
}

void FittedDialog::fit()
{
    if (!layout())
        return;
    layout()->activate();
    const int wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width())
                                                     : layout()->totalSizeHint().height();
    if (wanted > 0 && wanted != height())
        setFixedHeight(wanted);
}

} // namespace coffer::ui
