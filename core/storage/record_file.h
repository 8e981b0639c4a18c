// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/database.h"

#include <functional>

namespace coffer::storage {

/// One sealed record as it lies in the file.
struct SealedRecord
{
    std::uint64_t sequence = 0; ///< From 1.
    base::Bytes sealed;
};

/// The SQL part of a wallet file: a header stored twice, append-only sealed records, and the sealed
/// head that is replaced with every commit. Knows no keys: what is in the blobs is core/vault's.
class RecordFile
{
public:
    static constexpr std::uint32_t kApplicationId = 0x436f6672; // "Cofr"
    static constexpr std::uint32_t kVersion = 1;
    static constexpr std::size_t kMaxHeaderBytes = 64 * 1024; // A real one has about 400.

    using Sink = std::function<base::Result<void>(std::uint64_t sequence, base::ByteView sealed)>;

    /// Writes header, the records that `fill` gives to its sink, and the head that it returns, in
    /// one transaction. AlreadyExists; after any error there is no file.
    static base::Result<RecordFile>
    create(const std::string& path, base::ByteView header,
           const std::function<base::Result<base::Bytes>(const Sink& sink)>& fill);
    /// Holds the file exclusively (InUse names it); ReadOnly when file or folder cannot be written
    /// and `access` wants to.
    static base::Result<RecordFile> open(const std::string& path, Access access);

    /// The header whose checksum holds. Damaged when none does or both do and differ.
    base::Result<base::Bytes> header();
    base::Result<base::Bytes> head();
    /// Ascending by sequence. Stops at the first error of `visit`.
    base::Result<void>
    forEach(const std::function<base::Result<void>(std::uint64_t sequence, base::ByteView sealed)>&
                visit);
    base::Result<base::Bytes> record(std::uint64_t sequence);
    /// All of it or nothing; durable when it returns. DiskFull leaves the file as it was and may be
    /// tried again; after Io nothing more is written.
    base::Result<void> append(std::span<const SealedRecord> records, base::ByteView head);
    /// Closes and makes sure that no sidecar remains.
    base::Result<void> close();

    /// True when one of the two header copies was damaged.
    bool headerCopyDamaged() const { return m_headerCopyDamaged; }
    Access access() const { return m_database.access(); }
    bool poisoned() const { return m_database.poisoned(); }
    const std::string& path() const { return m_database.path(); }

private:
    explicit RecordFile(Database database)
        : m_database(std::move(database))
    {
    }

    Database m_database;
    bool m_headerCopyDamaged = false;
};

} // namespace coffer::storage
