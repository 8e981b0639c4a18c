// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::bitcoin {

/// The name of a Tor v3 service: 56 characters of base32 and ".onion".
std::string onionName(const base::ByteArray<32>& key);
/// The key in such a name, either case. Malformed; BadChecksum; Unsupported for another version.
base::Result<base::ByteArray<32>> parseOnionName(std::string_view name);

} // namespace coffer::bitcoin
