// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::base {

/// RFC 9285: what fits the alphanumeric mode of QR codes.
std::string toBase45(ByteView bytes);
/// Malformed for another character, an impossible length or a group beyond its bytes.
Result<Bytes> parseBase45(std::string_view text);

} // namespace coffer::base
