// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace coffer::base {

/// RFC 4648, section 4, with padding.
std::string toBase64(ByteView bytes);
/// Strict: Malformed for white space, missing or surplus padding and leftover bits.
Result<Bytes> parseBase64(std::string_view text);

} // namespace coffer::base
