// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"

#include <memory>
#include <string>

namespace coffer::cli {

/// An owner-only FIFO in the runtime folder: how this program hands a typed secret to the engine,
/// or gets one back, without it ever being in a message. Removed when destroyed.
class SecretPipe
{
public:
    static base::Result<std::unique_ptr<SecretPipe>> create(const std::string& folder);
    ~SecretPipe();
    SecretPipe(const SecretPipe&) = delete;
    SecretPipe& operator=(const SecretPipe&) = delete;

    const std::string& path() const { return m_path; }
    base::Result<void> write(const base::SecretBytes& secret);
    /// What the engine wrote; Timeout after two seconds.
    base::Result<base::SecretBytes> read();

private:
    SecretPipe(std::string path, int fd)
        : m_path(std::move(path))
        , m_fd(fd)
    {
    }

    std::string m_path;
    int m_fd;
};

/// Asks on the terminal without echo. NotFound when there is no terminal.
base::Result<base::SecretBytes> askSecret(const std::string& prompt);

/// A path the engine can open: absolute, and /dev/fd/N of this process spelled so that it works
/// elsewhere.
std::string pathForEngine(const std::string& path);

} // namespace coffer::cli
