// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QString>
#include <QStringList>

#include <optional>

/// Reads parameters whose names and types checkParameters() has checked.
namespace coffer::engine {

/// Empty when absent.
QString textOf(const base::Json& parameters, const char* member);
QStringList listOf(const base::Json& parameters, const char* member);
/// A date or a time, in milliseconds. Malformed.
base::Result<std::optional<std::int64_t>> dateOf(const base::Json& parameters, const char* member);

} // namespace coffer::engine
