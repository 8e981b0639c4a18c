// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/rpc/rpc_parameters.h"

#include "core/base/clock.h"

namespace coffer::engine {

using base::Json;

QString textOf(const Json& parameters, const char* member)
{
    return parameters.contains(member)
               ? QString::fromStdString(parameters[member].get_ref<const std::string&>())
               : QString();
}

QStringList listOf(const Json& parameters, const char* member)
{
    QStringList out;
    if (parameters.contains(member)) {
        for (const auto& item : parameters[member])
            out.append(QString::fromStdString(item.get_ref<const std::string&>()));
    }
    return out;
}

base::Result<std::optional<std::int64_t>> dateOf(const Json& parameters, const char* member)
{
    if (!parameters.contains(member))
        return std::optional<std::int64_t>();
    auto ms = TRY(base::parseRfc3339(parameters[member].get_ref<const std::string&>()));
    return std::optional<std::int64_t>(ms);
}

} // namespace coffer::engine
