// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

/// What Qt's queues, futures and pool carry from thread to thread. Debian's Qt is not instrumented,
/// so the thread sanitizer cannot see its ordering: these say it in a language that it understands.
/// One for all: whoever takes sees everything that was handed over before.
namespace coffer::base {

namespace detail {
inline std::atomic<unsigned> handovers{0};
}

/// Before the queue.
inline void handOver()
{
    detail::handovers.fetch_add(1, std::memory_order_release);
}

/// First of all behind it.
inline void takeOver()
{
    static_cast<void>(detail::handovers.load(std::memory_order_acquire));
}

} // namespace coffer::base
