// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/stack_wipe.h"

#include <sodium.h>

namespace coffer::crypto {

namespace {

// Not inlined: the array must lie where the frames of `work` lay, below our caller's.
[[gnu::noinline]] void overwriteStackBelow()
{
    unsigned char region[kWipedStackBytes];
    sodium_memzero(region, sizeof region);
}

} // namespace

[[gnu::noinline]] void callAndWipeStack(void (*work)(void*), void* argument)
{
    work(argument);
    overwriteStackBelow();
    asm volatile("" ::: "memory"); // Keeps the last call from becoming a jump out of this frame.
}

} // namespace coffer::crypto
