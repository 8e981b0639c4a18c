// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QButtonGroup;

namespace coffer::ui {

/// Tab comes to the chosen one of an exclusive group and leaves it again; arrows choose another. Qt
/// itself begins with the first one. Call it when the group is complete.
void tabToChosen(QButtonGroup* group);

} // namespace coffer::ui
