// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace coffer::base {

/// How much a line of the log matters.
enum class LogLevel
{
    Debug,
    Info,
    Warning,
    Error
};

/// Writes one line to stderr ("2026-11-24T07:07:53Z warning lightnode: ..."). Never a secret, never
/// an address of the person. Thread-safe; Debug is dropped unless COFFER_LOG=debug.
void log(LogLevel level, std::string_view topic, std::string_view message);

} // namespace coffer::base
