// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/settings_service.h"

#include "core/engine/core.h"

#include <utility>

namespace coffer::engine {

SettingsService::SettingsService(Core& core, QString path)
    : m_core(core)
    , m_store(std::move(path))
    , m_settings(m_store.load())
{
    m_settings.network = QString::fromStdString(core.networkName());
}

base::Result<void> SettingsService::set(api::SettingsSnapshot settings)
{
    settings.network = m_settings.network; // Chosen at start.
    TRY(m_store.save(settings));
    const auto before = std::exchange(m_settings, std::move(settings));
    m_core.node().settingsChanged(before);
    Q_EMIT m_core.settingsChanged(m_settings);
    return {};
}

} // namespace coffer::engine
