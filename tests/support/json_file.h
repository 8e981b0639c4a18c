// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Apart from test.h, because a compilation that sees the JSON library takes a second more.

#include "core/base/json.h"
#include "tests/support/test.h"

namespace coffer::test {

/// A JSON vector file below tests/data.
inline base::Json jsonFile(const char* path)
{
    auto json = base::parseJson(dataFile(path), 64);
    ASSERT(json);
    return json.take();
}

} // namespace coffer::test
