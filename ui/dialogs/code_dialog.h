// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/fitted_dialog.h"

namespace coffer::ui {

class Session;

/// A code as large as the window allows, with the address below it: for somebody with a camera on
/// the other side of the table.
class CodeDialog : public FittedDialog
{
    Q_OBJECT

public:
    /// `content` is what the code holds.
    CodeDialog(Session& session, const QString& content, const QString& address,
               const QString& caption, QWidget* parent);
};

} // namespace coffer::ui
