// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// ASSERT(condition): always on, only for programmer errors; input is never asserted.

#ifdef NDEBUG
#undef NDEBUG // Release builds keep their assertions.
#endif

namespace coffer::base {

/// Prints the place and aborts.
[[noreturn]] void assertionFailed(const char* condition, const char* file, int line);

} // namespace coffer::base

#define ASSERT(condition)                                                                          \
    (static_cast<bool>(condition)                                                                  \
         ? static_cast<void>(0)                                                                    \
         : ::coffer::base::assertionFailed(#condition, __FILE__, __LINE__))
