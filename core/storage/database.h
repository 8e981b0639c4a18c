// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <memory>

namespace coffer::storage {

/// Whether a file may be changed.
enum class Access
{
    ReadWrite,
    ReadOnly
};

/// How SQLite keeps a commit atomic.
enum class Journal
{
    Truncate, ///< One file at rest, held exclusively: the wallet.
    Wal       ///< Public chain data: one connection writes and checkpoints.
};

/// What a database file must be. The schema has to equal `schema` byte for byte.
struct DatabaseFormat
{
    std::uint32_t applicationId = 0;
    std::uint32_t version = 0;
    Journal journal = Journal::Truncate;
    std::vector<std::string_view> schema; ///< CREATE statements, in order.
};

/// What opening does about a file that is there, or is not.
enum class OpenMode
{
    Existing,  ///< NotFound when there is none.
    CreateNew, ///< AlreadyExists when there is one.
    CreateIfMissing
};

class Database;

/// A prepared statement. Dies before its database.
class Statement
{
public:
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    ~Statement();

    /// Positions count from 0. Blobs and texts are copied.
    void bind(int position, std::int64_t value);
    void bind(int position, base::ByteView value);
    void bind(int position, std::string_view value);

    enum class Step
    {
        Row,
        Done
    };
    /// The first call runs the statement with what was bound; the next ones fetch.
    base::Result<Step> step();
    /// Runs a statement that gives no rows, and makes it ready for the next binding.
    base::Result<void> run();
    void reset();

    std::int64_t integer(int column) const;
    /// Valid until the next step() or blob() of the same column number.
    base::ByteView blob(int column);
    std::string text(int column) const;

private:
    friend class Database;
    struct Impl;
    explicit Statement(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// One connection to one SQLite file, used on the thread that opened it.
///
/// Pragmas are set and read back. After an error that leaves the state of the disk unknown (any
/// fsync or commit error but a full disk) the database is poisoned: every later write is Io,
/// because a retried fsync may falsely succeed.
class Database
{
public:
    /// NotFound, AlreadyExists, InUse, ReadOnly, DiskFull, Damaged, VersionTooNew,
    /// PermissionDenied, Io.
    static base::Result<Database> open(const std::string& path, const DatabaseFormat& format,
                                       OpenMode mode, Access access);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    base::Result<Statement> prepare(std::string_view sql);
    /// One statement without parameters and rows.
    base::Result<void> execute(std::string_view sql);
    /// Moves committed pages from the write-ahead log into the file, as far as readers allow.
    base::Result<void> checkpoint();
    /// Removes sidecar files and closes. Errors name a sidecar that remains.
    base::Result<void> close();

    Access access() const;
    bool poisoned() const;
    const std::string& path() const;

private:
    friend class Transaction;
    friend class Statement;
    struct Impl;
    explicit Database(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// All or nothing: rolls back unless commit() succeeded.
class Transaction
{
public:
    /// ReadOnly, Io (poisoned), InUse.
    static base::Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// Durable when it returns without an error.
    base::Result<void> commit();

private:
    explicit Transaction(Database& database)
        : m_database(&database)
    {
    }
    Database* m_database;
};

} // namespace coffer::storage
