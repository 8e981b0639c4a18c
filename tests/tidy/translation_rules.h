// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/tidy/text_rules.h"

namespace coffer::tidy {

/// A translation must not be able to move money: it holds no address, URL or number that its source
/// lacks, keeps the place markers, and none is unfinished.
Findings checkTranslation(const QString& path, const QString& text);

} // namespace coffer::tidy
