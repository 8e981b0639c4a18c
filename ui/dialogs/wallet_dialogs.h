// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

class QWidget;

namespace coffer::ui {

/// A new name for the open wallet and its file.
void openRenameWalletDialog(Session& session, QWidget* parent);
/// Password and typed name, twice where nothing else would bring the money back.
void openDeleteWalletDialog(Session& session, QWidget* parent);

} // namespace coffer::ui
