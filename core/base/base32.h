// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::base {

/// RFC 4648, section 6, in lower case without padding: onion names.
std::string toBase32(ByteView bytes);
/// Malformed for another character (upper case too), an impossible length or leftover bits.
Result<Bytes> parseBase32(std::string_view text);

} // namespace coffer::base
