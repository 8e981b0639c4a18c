// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/database.h"

#include "core/storage/durable_file.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <atomic>
#include <map>

namespace coffer::storage {

using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

// SQLite's primary result codes (sqlite.org/rescode.html); extended ones share the low byte.
constexpr int kError = 1;
constexpr int kPerm = 3;
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kReadOnly = 8;
constexpr int kIoErr = 10;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kCantOpen = 14;
constexpr int kSchema = 17;
constexpr int kTooBig = 18;
constexpr int kConstraint = 19;
constexpr int kMismatch = 20;
constexpr int kFormat = 24;
constexpr int kNotADatabase = 26;

constexpr const char* kSidecars[] = {"-journal", "-wal", "-shm"};

QString qtText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

ErrorCode codeOf(int native)
{
    switch (native & 0xff) {
    case kFull:
        return ErrorCode::DiskFull;
    case kReadOnly:
        return ErrorCode::ReadOnly;
    case kBusy:
    case kLocked:
        return ErrorCode::InUse;
    case kCorrupt:
    case kNotADatabase:
    case kFormat:
    case kMismatch:
        return ErrorCode::Damaged;
    case kPerm:
    case kCantOpen:
        return ErrorCode::PermissionDenied;
    case kTooBig:
        return ErrorCode::TooLarge;
    case kConstraint:
        return ErrorCode::Conflict;
    case kError:
    case kSchema:
        return ErrorCode::Internal;
    default:
        return ErrorCode::Io;
    }
}

} // namespace

struct Database::Impl
{
    QString name;
    QSqlDatabase connection;
    std::string path;
    DatabaseFormat format;
    Access access = Access::ReadWrite;
    bool poisoned = false;

    ~Impl() { disconnect(); }

    void disconnect()
    {
        if (name.isEmpty())
            return;
        connection.close();
        connection = QSqlDatabase();
        QSqlDatabase::removeDatabase(name);
        name.clear();
    }

    Error failed(const QSqlError& error, std::string_view what)
    {
        bool isNumber = false;
        const int native = error.nativeErrorCode().toInt(&isNumber);
        const auto code = isNumber ? codeOf(native) : ErrorCode::Io;
        // Only a full disk says for sure that nothing was half written.
        if (access == Access::ReadWrite && code == ErrorCode::Io)
            poisoned = true;
        return Error{code, path + ": " + std::string(what) + ": SQLite error " +
                               std::to_string(native) + ", " + error.databaseText().toStdString()};
    }

    Result<void> execute(std::string_view sql)
    {
        QSqlQuery query(connection);
        query.setForwardOnly(true);
        if (!query.exec(qtText(sql)))
            return failed(query.lastError(), sql);
        return {};
    }

    Result<QVariant> value(std::string_view sql)
    {
        QSqlQuery query(connection);
        query.setForwardOnly(true);
        if (!query.exec(qtText(sql)))
            return failed(query.lastError(), sql);
        if (!query.next()) {
            if (query.lastError().isValid())
                return failed(query.lastError(), sql);
            return QVariant();
        }
        return query.value(0);
    }

    Result<void> pragma(std::string_view pragmaName, std::string_view wanted,
                        std::string_view readBack)
    {
        TRY(execute("PRAGMA " + std::string(pragmaName) + " = " + std::string(wanted)));
        auto got = TRY(value("PRAGMA " + std::string(pragmaName)));
        if (got.toString().toStdString() != readBack)
            return Error{ErrorCode::Io, path + ": SQLite refuses " + std::string(pragmaName) +
                                            " = " + std::string(wanted)};
        return {};
    }

    Result<void> connect(bool isNew);
    Result<void> setPragmas();
    Result<void> lock();
    Result<void> setJournal();
    Result<void> writeSchema();
    Result<void> checkFormat();
    bool sidecarRemains(std::string& which) const;
};

Result<void> Database::Impl::connect(bool isNew)
{
    // Unique for the life of the process: a name belongs to the thread that made it.
    static std::atomic<std::uint64_t> s_counter{0};
    name = QStringLiteral("coffer-%1").arg(++s_counter);
    connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=0");
    if (access == Access::ReadOnly)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    connection.setConnectOptions(options);
    connection.setDatabaseName(qtText(path));
    if (!connection.open())
        return failed(connection.lastError(), "open");
    TRY(setPragmas());
    TRY(lock());
    if (isNew) {
        TRY(setJournal());
        return writeSchema();
    }
    TRY(checkFormat());
    return setJournal();
}

Result<void> Database::Impl::setPragmas()
{
    TRY(pragma("locking_mode", "EXCLUSIVE", "exclusive"));
    TRY(pragma("trusted_schema", "OFF", "0"));
    TRY(pragma("cell_size_check", "ON", "1"));
    TRY(execute("PRAGMA mmap_size = 0")); // Builds without mmap give nothing to read back.
    TRY(pragma("foreign_keys", "ON", "1"));
    TRY(pragma("temp_store", "MEMORY", "2"));
    TRY(pragma("synchronous", "FULL", "2"));
    TRY(pragma("fullfsync", "ON", "1"));
    TRY(pragma("checkpoint_fullfsync", "ON", "1"));
    if (format.journal == Journal::Truncate)
        TRY(pragma("secure_delete", "ON", "1"));
    return {};
}

Result<void> Database::Impl::lock()
{
    // In exclusive locking mode the lock stays after the commit; nothing is written.
    if (access == Access::ReadOnly) {
        TRY(value("SELECT count(*) FROM sqlite_schema"));
        return {};
    }
    TRY(execute("BEGIN EXCLUSIVE"));
    return execute("COMMIT");
}

Result<void> Database::Impl::setJournal()
{
    if (access == Access::ReadOnly)
        return {};
    const bool wal = format.journal == Journal::Wal;
    auto mode = TRY(value(wal ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = TRUNCATE"));
    if (mode.toString() != (wal ? QStringLiteral("wal") : QStringLiteral("truncate")))
        return Error{ErrorCode::Io, path + ": SQLite refuses the journal mode"};
    if (wal)
        TRY(pragma("wal_autocheckpoint", "0", "0"));
    return {};
}

Result<void> Database::Impl::writeSchema()
{
    TRY(execute("BEGIN IMMEDIATE"));
    TRY(execute("PRAGMA application_id = " + std::to_string(format.applicationId)));
    TRY(execute("PRAGMA user_version = " + std::to_string(format.version)));
    for (const auto statement : format.schema)
        TRY(execute(statement));
    return execute("COMMIT");
}

Result<void> Database::Impl::checkFormat()
{
    auto application = TRY(value("PRAGMA application_id"));
    if (static_cast<std::uint32_t>(application.toInt()) != format.applicationId)
        return Error{ErrorCode::Damaged, path + " is not a file of this kind"};
    auto version = TRY(value("PRAGMA user_version"));
    const auto found = static_cast<std::uint32_t>(version.toInt());
    if (found > format.version)
        return Error{ErrorCode::VersionTooNew, path + " has format " + std::to_string(found)};
    if (found < format.version)
        return Error{ErrorCode::Damaged, path + " has no format number"};

    QSqlQuery query(connection);
    query.setForwardOnly(true);
    if (!query.exec(
            QStringLiteral("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid")))
        return failed(query.lastError(), "schema");
    const Error differs{ErrorCode::Damaged, path + ": the schema is not ours"};
    std::size_t row = 0;
    while (query.next()) {
        if (row == format.schema.size())
            return differs;
        constexpr std::string_view kPrefix = "CREATE TABLE ";
        const auto sql = format.schema[row++];
        ASSERT(sql.starts_with(kPrefix));
        const auto table = sql.substr(kPrefix.size(), sql.find('(') - kPrefix.size());
        if (query.value(0).toString() != QStringLiteral("table") ||
            query.value(1).toString() != qtText(table) ||
            query.value(2).toString() != qtText(table) || query.value(3).toString() != qtText(sql))
            return differs;
    }
    if (query.lastError().isValid())
        return failed(query.lastError(), "schema");
    if (row != format.schema.size())
        return differs;
    return {};
}

bool Database::Impl::sidecarRemains(std::string& which) const
{
    for (const auto* suffix : kSidecars) {
        if (fileExists(path + suffix)) {
            which = path + suffix;
            return true;
        }
    }
    return false;
}

Database::Database(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&& other) noexcept
{
    if (this != &other) {
        static_cast<void>(close());
        m_impl = std::move(other.m_impl);
    }
    return *this;
}

Database::~Database()
{
    if (m_impl)
        static_cast<void>(close());
}

Result<Database> Database::open(const std::string& path, const DatabaseFormat& format,
                                OpenMode mode, Access access)
{
    const bool exists = fileExists(path);
    if (exists && mode == OpenMode::CreateNew)
        return Error{ErrorCode::AlreadyExists, path + " exists"};
    if (!exists && (mode == OpenMode::Existing || access == Access::ReadOnly))
        return Error{ErrorCode::NotFound, path + " does not exist"};
    if (access == Access::ReadWrite)
        TRY(expectWritable(path));
    if (!exists) {
        // SQLite would make it readable for others; its journal takes over the permissions.
        TRY(writeFileDurably(path, {}));
    } else {
        // An empty file would become a new database without a word.
        auto size = TRY(fileSize(path));
        if (size == 0 && mode == OpenMode::Existing)
            return Error{ErrorCode::Damaged, path + " is empty"};
    }
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->format = format;
    impl->access = access;
    auto size = TRY(fileSize(path));
    auto connected = impl->connect(size == 0);
    if (!connected) {
        Error error = connected.error();
        // SQLite reports some damage to its own header as a general error.
        if (exists && error.code == ErrorCode::Internal)
            error.code = ErrorCode::Damaged;
        impl->disconnect();
        if (!exists) {
            static_cast<void>(removeFile(path));
            static_cast<void>(removeFile(path + "-journal"));
        }
        return error;
    }
    return Database(std::move(impl));
}

struct Statement::Impl
{
    explicit Impl(Database::Impl* owner)
        : database(owner)
        , query(owner->connection)
    {
        query.setForwardOnly(true);
    }

    Database::Impl* database;
    QSqlQuery query;
    bool started = false;
    std::map<int, QByteArray> blobs; ///< Keeps what blob() handed out alive.
};

Result<Statement> Database::prepare(std::string_view sql)
{
    ASSERT(m_impl);
    auto statement = std::make_unique<Statement::Impl>(m_impl.get());
    if (!statement->query.prepare(qtText(sql)))
        return m_impl->failed(statement->query.lastError(), sql);
    return Statement(std::move(statement));
}

Result<void> Database::execute(std::string_view sql)
{
    ASSERT(m_impl);
    return m_impl->execute(sql);
}

Result<void> Database::checkpoint()
{
    ASSERT(m_impl);
    if (m_impl->poisoned)
        return Error{ErrorCode::Io, m_impl->path + ": writing stopped after an error"};
    TRY(m_impl->value("PRAGMA wal_checkpoint(PASSIVE)"));
    return {};
}

Result<void> Database::close()
{
    if (!m_impl)
        return {};
    auto impl = std::move(m_impl);
    Result<void> outcome;
    // A poisoned database keeps its journal: the next opening decides what happened.
    const bool tidy = impl->access == Access::ReadWrite && !impl->poisoned;
    if (tidy && impl->format.journal == Journal::Truncate) {
        // In exclusive locking mode SQLite would leave the journal where it is.
        outcome = impl->execute("PRAGMA locking_mode = NORMAL");
        if (outcome) {
            auto mode = impl->value("PRAGMA journal_mode = DELETE");
            if (!mode)
                outcome = mode.error();
        }
    }
    impl->disconnect();
    std::string which;
    if (outcome && tidy && impl->sidecarRemains(which))
        outcome = Error{ErrorCode::Io, which + " remains"};
    return outcome;
}

Access Database::access() const
{
    return m_impl->access;
}

bool Database::poisoned() const
{
    return m_impl->poisoned;
}

const std::string& Database::path() const
{
    return m_impl->path;
}

Statement::Statement(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

void Statement::bind(int position, std::int64_t value)
{
    m_impl->query.bindValue(position, QVariant::fromValue<qlonglong>(value));
}

void Statement::bind(int position, ByteView value)
{
    // A null QByteArray would be stored as NULL.
    QByteArray bytes("", 0);
    if (!value.empty())
        bytes = QByteArray(reinterpret_cast<const char*>(value.data()),
                           static_cast<qsizetype>(value.size()));
    m_impl->query.bindValue(position, bytes);
}

void Statement::bind(int position, std::string_view value)
{
    m_impl->query.bindValue(position, value.empty() ? QStringLiteral("") : qtText(value));
}

Result<Statement::Step> Statement::step()
{
    if (!m_impl->started) {
        if (!m_impl->query.exec())
            return m_impl->database->failed(m_impl->query.lastError(), "statement");
        m_impl->started = true;
    }
    if (m_impl->query.next())
        return Step::Row;
    if (m_impl->query.lastError().isValid())
        return m_impl->database->failed(m_impl->query.lastError(), "statement");
    return Step::Done;
}

Result<void> Statement::run()
{
    if (m_impl->database->poisoned)
        return Error{ErrorCode::Io, m_impl->database->path + ": writing stopped after an error"};
    if (!m_impl->query.exec())
        return m_impl->database->failed(m_impl->query.lastError(), "statement");
    reset();
    return {};
}

void Statement::reset()
{
    m_impl->query.finish();
    m_impl->started = false;
}

std::int64_t Statement::integer(int column) const
{
    return m_impl->query.value(column).toLongLong();
}

ByteView Statement::blob(int column)
{
    auto& bytes = m_impl->blobs[column];
    bytes = m_impl->query.value(column).toByteArray();
    return {reinterpret_cast<const std::uint8_t*>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

std::string Statement::text(int column) const
{
    return m_impl->query.value(column).toString().toStdString();
}

Result<Transaction> Transaction::begin(Database& database)
{
    ASSERT(database.m_impl);
    if (database.access() == Access::ReadOnly)
        return Error{ErrorCode::ReadOnly, database.path() + " was opened for reading"};
    if (database.poisoned())
        return Error{ErrorCode::Io, database.path() + ": writing stopped after an error"};
    TRY(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

Transaction::~Transaction()
{
    // SQLite may have rolled back by itself; then there is nothing left to do.
    if (m_database)
        static_cast<void>(m_database->execute("ROLLBACK"));
}

Result<void> Transaction::commit()
{
    ASSERT(m_database);
    auto done = m_database->execute("COMMIT");
    if (!done) {
        // Whether it reached the disk is unknown, unless the disk was full.
        if (done.error().code != ErrorCode::DiskFull)
            m_database->m_impl->poisoned = true;
        return done;
    }
    m_database = nullptr;
    return {};
}

} // namespace coffer::storage
