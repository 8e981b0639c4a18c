// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"

#include <string>

namespace coffer::engine {

/// What becomes of a secret file that others may read.
enum class ReadableByOthers
{
    Refused, ///< As ssh refuses such a key file.
    Logged   ///< Where there is only practice money.
};

/// Reads a secret (a password, words) from a file or FIFO that a client named, straight into
/// guarded memory. One trailing newline is dropped. At most 64 KiB; a FIFO that stays silent for 5
/// s is a Timeout. PermissionDenied when somebody else owns the file or others may write it.
base::Result<base::SecretBytes> readSecretFile(const std::string& path, ReadableByOthers others);

/// Writes a secret into an existing owner-only file or FIFO that a client named.
base::Result<void> writeSecretFile(const std::string& path, const base::SecretBytes& secret);

} // namespace coffer::engine
