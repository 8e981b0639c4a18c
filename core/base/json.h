// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace coffer::base {

/// Keys keep the order in which they were written.
using Json = nlohmann::ordered_json;

/// Parses untrusted JSON: duplicate keys, trailing bytes, NaN, more than `maxDepth` levels and
/// numbers that do not fit are refused (Malformed, TooLarge). The only place that calls nlohmann's
/// parser.
Result<Json> parseJson(std::string_view text, int maxDepth = 32);

/// Reads a member with a wanted type; Malformed names the key.
Result<std::string> jsonString(const Json& object, std::string_view key);
Result<std::int64_t> jsonInteger(const Json& object, std::string_view key);
Result<bool> jsonBoolean(const Json& object, std::string_view key);
/// Absent or null is nullopt; another type is Malformed.
Result<std::optional<std::string>> jsonOptionalString(const Json& object, std::string_view key);
Result<std::optional<std::int64_t>> jsonOptionalInteger(const Json& object, std::string_view key);
Result<std::optional<bool>> jsonOptionalBoolean(const Json& object, std::string_view key);

/// Text without line breaks; invalid UTF-8 is replaced.
std::string writeJson(const Json& value);

} // namespace coffer::base
