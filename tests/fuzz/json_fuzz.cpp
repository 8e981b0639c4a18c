// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// No text crashes the parser, and what it accepts stays the same when written and parsed again.

#include "core/base/json.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto json = base::parseJson(text);
    if (!json)
        return 0;
    const auto written = base::writeJson(*json);
    const auto again = base::parseJson(written);
    ASSERT(again);
    ASSERT(base::writeJson(*again) == written);
    return 0;
}
