// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

class QWidget;

namespace coffer::ui {

/// Asks for passwords and a place, writes a backup file, says what is in it.
void openBackupDialog(Session& session, QWidget* parent);

/// Asks for a backup file and its password, says what is in it.
void openVerifyBackupDialog(Session& session, QWidget* parent);

} // namespace coffer::ui
