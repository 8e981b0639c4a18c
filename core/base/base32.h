// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::base {

/// RFC 4648, section 6, in lower case without padding: onion names.
std::string encodeBase32(ByteView bytes);
/// Malformed for another character (upper case too), an impossible length or leftover bits.
Result<Bytes> decodeBase32(std::string_view text);

} // namespace coffer::base
