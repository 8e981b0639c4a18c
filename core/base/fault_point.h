// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace coffer::base {

/// A place where tests let the process end at once, as `kill -9` would:
/// COFFER_DIE_AT=wallet.commit:3 ends it the third time it comes by. Does nothing in builds without
/// tests. One thread only.
void faultPoint(std::string_view name);

} // namespace coffer::base
