// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/settings.h"

namespace coffer::engine {

/// settings.ini of a data directory. Values out of range are replaced by their defaults when read.
class SettingsStore
{
public:
    explicit SettingsStore(QString path)
        : m_path(std::move(path))
    {
    }

    api::SettingsSnapshot load() const;
    /// OutOfRange, Malformed (proxy, peer), ReadOnly.
    base::Result<void> save(const api::SettingsSnapshot& settings) const;

private:
    QString m_path;
};

} // namespace coffer::engine
