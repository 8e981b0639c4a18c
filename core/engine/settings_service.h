// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/settings_store.h"

namespace coffer::engine {

class Core;

/// The settings of this installation, kept in memory and in settings.ini.
class SettingsService
{
public:
    SettingsService(Core& core, QString path);

    base::Result<void> set(api::SettingsSnapshot settings);
    const api::SettingsSnapshot& snapshot() const { return m_settings; }

private:
    Core& m_core;
    SettingsStore m_store;
    api::SettingsSnapshot m_settings;
};

} // namespace coffer::engine
