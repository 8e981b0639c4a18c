// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <string>

namespace coffer::cli {

/// A result for a person: tables for lists, one line per member otherwise.
std::string render(const std::string& method, const base::Json& result);

} // namespace coffer::cli
