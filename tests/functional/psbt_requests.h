// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QString>

/// What the node's wallet is asked with when it makes a PSBT.
namespace coffer::test {

inline base::Json member(const std::string& name, base::Json value)
{
    base::Json out = base::Json::object();
    out[name] = std::move(value);
    return out;
}

inline base::Json pays(const QString& address, const char* bitcoins)
{
    return member(address.toStdString(), bitcoins);
}

inline base::Json coin(const std::string& txid, int output)
{
    auto out = member("txid", txid);
    out["vout"] = output;
    return out;
}

} // namespace coffer::test
