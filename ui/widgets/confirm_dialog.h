// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/fitted_dialog.h"

namespace coffer::ui {

/// One question whose one purpose is something that cannot be taken back. Opened with open().
class ConfirmDialog : public FittedDialog
{
    Q_OBJECT

public:
    ConfirmDialog(const QString& title, const QString& text, const QString& action,
                  const QString& objectName, QWidget* parent);
};

} // namespace coffer::ui
