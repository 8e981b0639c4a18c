// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/signing/signer.h"

namespace coffer::signing {

// Only the engine's thread starts signers, so plain counters suffice.

SignId nextSignId()
{
    static SignId s_last = 0;
    return ++s_last;
}

PromptId nextPromptId()
{
    static PromptId s_last = 0;
    return ++s_last;
}

} // namespace coffer::signing
