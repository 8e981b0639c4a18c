// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/hash_id.h"

namespace coffer::bitcoin {

std::string toReversedHex(const Hash256& hash)
{
    Hash256 reversed = hash;
    std::reverse(reversed.begin(), reversed.end());
    return base::toHex(reversed);
}

base::Result<Hash256> parseReversedHex(std::string_view text)
{
    auto hash = TRY(base::parseHexArray<32>(text));
    std::reverse(hash.begin(), hash.end());
    return hash;
}

} // namespace coffer::bitcoin
