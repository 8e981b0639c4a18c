// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace coffer::storage {

/// One engine per data directory: holds `<folder>/lock` as long as it lives. The system releases it
/// when the process ends, however it ends.
class DirectoryLock
{
public:
    /// InUse names the process that holds it. Creates the folder when it is missing.
    static base::Result<DirectoryLock> acquire(const std::string& folder);
    DirectoryLock(DirectoryLock&& other) noexcept;
    DirectoryLock& operator=(DirectoryLock&& other) noexcept;
    ~DirectoryLock();

private:
    explicit DirectoryLock(std::intptr_t handle)
        : m_handle(handle)
    {
    }
    void release();

    std::intptr_t m_handle; ///< -1: none.
};

} // namespace coffer::storage
