// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Gives moc a translation unit for the abstract objects.
#include "core/api/api.h"
