// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/record_file.h"

#include "core/crypto/hash.h"
#include "core/storage/durable_file.h"

#include <optional>

namespace coffer::storage {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

// SQLite compares and stores these texts as they are: changing a blank is a new format.
const DatabaseFormat& format()
{
    static const DatabaseFormat s_format{
        RecordFile::kApplicationId,
        RecordFile::kVersion,
        Journal::Truncate,
        {"CREATE TABLE header(slot INTEGER PRIMARY KEY, content BLOB NOT NULL, "
         "checksum BLOB NOT NULL) STRICT",
         "CREATE TABLE head(slot INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT",
         "CREATE TABLE record(seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT"}};
    return s_format;
}

// Longer blobs read as NULL, so that a hostile file cannot fill the memory.
constexpr std::string_view kReadHeader =
    "SELECT slot, CASE WHEN length(content) <= 65536 THEN content END, "
    "CASE WHEN length(checksum) <= 32 THEN checksum END FROM header ORDER BY slot LIMIT 3";
constexpr std::string_view kReadHead =
    "SELECT slot, CASE WHEN length(sealed) <= 65536 THEN sealed END FROM head LIMIT 2";
constexpr std::string_view kReadRecords =
    "SELECT seq, CASE WHEN length(sealed) <= 16777216 THEN sealed END FROM record ORDER BY seq";
constexpr std::string_view kReadRecord =
    "SELECT CASE WHEN length(sealed) <= 16777216 THEN sealed END FROM record WHERE seq = ?";

constexpr std::string_view kInsertRecord = "INSERT INTO record(seq, sealed) VALUES (?, ?)";

Result<void> insertRecords(Database& database, std::span<const SealedRecord> records)
{
    auto insert = TRY(database.prepare(kInsertRecord));
    for (const auto& record : records) {
        insert.bind(0, static_cast<std::int64_t>(record.sequence));
        insert.bind(1, ByteView(record.sealed));
        TRY(insert.run());
    }
    return {};
}

Result<void> writeHeader(Database& database, ByteView header)
{
    auto insert =
        TRY(database.prepare("INSERT INTO header(slot, content, checksum) VALUES (?, ?, ?)"));
    const auto checksum = crypto::sha256(header);
    for (const int slot : {1, 2}) {
        insert.bind(0, std::int64_t{slot});
        insert.bind(1, header);
        insert.bind(2, ByteView(checksum));
        TRY(insert.run());
    }
    return {};
}

Result<void> writeContent(Database& database, ByteView header,
                          const std::function<Result<Bytes>(const RecordFile::Sink&)>& fill)
{
    auto transaction = TRY(Transaction::begin(database));
    TRY(writeHeader(database, header));
    {
        auto insert = TRY(database.prepare(kInsertRecord));
        auto head = TRY(fill([&](std::uint64_t sequence, ByteView sealed) -> Result<void> {
            insert.bind(0, static_cast<std::int64_t>(sequence));
            insert.bind(1, sealed);
            return insert.run();
        }));
        auto insertHead = TRY(database.prepare("INSERT INTO head(slot, sealed) VALUES (1, ?)"));
        insertHead.bind(0, ByteView(head));
        TRY(insertHead.run());
    }
    return transaction.commit();
}

} // namespace

Result<RecordFile> RecordFile::create(const std::string& path, ByteView header,
                                      const std::function<Result<Bytes>(const Sink& sink)>& fill)
{
    ASSERT(header.size() <= kMaxHeaderBytes);
    auto database = TRY(Database::open(path, format(), OpenMode::CreateNew, Access::ReadWrite));
    auto written = writeContent(database, header, fill);
    if (!written) {
        static_cast<void>(database.close());
        for (const auto* sidecar : {"", "-journal"})
            static_cast<void>(removeFile(path + sidecar));
        return written.error();
    }
    return RecordFile(std::move(database));
}

Result<RecordFile> RecordFile::open(const std::string& path, Access access)
{
    auto database = TRY(Database::open(path, format(), OpenMode::Existing, access));
    return RecordFile(std::move(database));
}

Result<Bytes> RecordFile::header()
{
    auto select = TRY(m_database.prepare(kReadHeader));
    std::optional<Bytes> found;
    std::size_t good = 0;
    std::size_t rows = 0;
    for (;;) {
        auto step = TRY(select.step());
        if (step == Statement::Step::Done)
            break;
        ++rows;
        const auto content = select.blob(1);
        const auto checksum = select.blob(2);
        if (content.empty() || !base::equal(checksum, crypto::sha256(content)))
            continue;
        if (found && !base::equal(*found, content))
            return Error{ErrorCode::Damaged, path() + ": the two headers differ"};
        found = base::bytesOf(content);
        ++good;
    }
    if (!found)
        return Error{ErrorCode::Damaged, path() + ": both copies of the header are damaged"};
    m_headerCopyDamaged = good != 2 || rows != 2;
    return std::move(*found);
}

Result<Bytes> RecordFile::head()
{
    auto select = TRY(m_database.prepare(kReadHead));
    auto step = TRY(select.step());
    if (step != Statement::Step::Row)
        return Error{ErrorCode::Damaged, path() + ": the head is missing"};
    auto sealed = base::bytesOf(select.blob(1));
    step = TRY(select.step());
    if (step == Statement::Step::Row)
        return Error{ErrorCode::Damaged, path() + ": more than one head"};
    return sealed;
}

Result<void> RecordFile::forEach(const std::function<Result<void>(std::uint64_t, ByteView)>& visit)
{
    auto select = TRY(m_database.prepare(kReadRecords));
    for (;;) {
        auto step = TRY(select.step());
        if (step == Statement::Step::Done)
            return {};
        TRY(visit(static_cast<std::uint64_t>(select.integer(0)), select.blob(1)));
    }
}

Result<Bytes> RecordFile::record(std::uint64_t sequence)
{
    auto select = TRY(m_database.prepare(kReadRecord));
    select.bind(0, static_cast<std::int64_t>(sequence));
    auto step = TRY(select.step());
    if (step != Statement::Step::Row)
        return Error{ErrorCode::NotFound, "no record " + std::to_string(sequence)};
    return base::bytesOf(select.blob(0));
}

Result<void> RecordFile::append(std::span<const SealedRecord> records, ByteView head)
{
    auto transaction = TRY(Transaction::begin(m_database));
    TRY(insertRecords(m_database, records));
    {
        auto update = TRY(m_database.prepare("UPDATE head SET sealed = ? WHERE slot = 1"));
        update.bind(0, head);
        TRY(update.run());
    }
    return transaction.commit();
}

Result<void> RecordFile::close()
{
    return m_database.close();
}

} // namespace coffer::storage
