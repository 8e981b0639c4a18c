// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: one transaction is all or nothing and durable, and every failure has one name. Method: real
// files, with the disk failing under them.

#include "core/storage/database.h"
#include "core/storage/durable_file.h"
#include "tests/support/failing_disk.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

using namespace coffer;
using base::ErrorCode;
using storage::Access;
using storage::Database;
using storage::OpenMode;
using storage::Statement;
using storage::Transaction;
namespace disk = test::failing_disk;

namespace {

storage::DatabaseFormat format(storage::Journal journal)
{
    return {0x1234,
            2,
            journal,
            {"CREATE TABLE item(id INTEGER PRIMARY KEY, content BLOB NOT NULL, "
             "name TEXT NOT NULL) STRICT"}};
}

base::Result<void> insert(Database& database, std::int64_t id, std::string_view name)
{
    auto transaction = TRY(Transaction::begin(database));
    {
        auto statement = TRY(database.prepare("INSERT INTO item VALUES (?, ?, ?)"));
        statement.bind(0, id);
        statement.bind(1, base::viewOf(name));
        statement.bind(2, name);
        TRY(statement.run());
    }
    return transaction.commit();
}

base::Result<std::int64_t> count(Database& database)
{
    auto select = TRY(database.prepare("SELECT count(*) FROM item"));
    auto step = TRY(select.step());
    ASSERT(step == Statement::Step::Row);
    return select.integer(0);
}

} // namespace

class DatabaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("a b#c%20?.db")).toStdString();
    }

    void storesAndReadsBack_data() { journals(); }
    void storesAndReadsBack()
    {
        {
            auto database = open(OpenMode::CreateNew);
            VERIFY_RESULT(database);
            VERIFY_RESULT(insert(*database, INT64_MAX, "largest"));
            VERIFY_RESULT(insert(*database, INT64_MIN, ""));
            VERIFY_RESULT(insert(*database, 3, "gr\u00fc\u00dfe"));
            VERIFY_RESULT(database->close());
        }
        QVERIFY(!storage::fileExists(m_path + "-journal"));
        QVERIFY(!storage::fileExists(m_path + "-wal"));
        QVERIFY(!storage::fileExists(m_path + "-shm"));
        const auto permissions = QFile::permissions(QString::fromStdString(m_path));
        QVERIFY(!(permissions & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther)));
        auto database = open(OpenMode::Existing);
        VERIFY_RESULT(database);
        auto select = database->prepare("SELECT id, content, name FROM item ORDER BY id");
        VERIFY_RESULT(select);
        QVERIFY(*select->step() == Statement::Step::Row);
        QCOMPARE(select->integer(0), INT64_MIN);
        QVERIFY(select->blob(1).empty());
        QCOMPARE(select->text(2), std::string());
        QVERIFY(*select->step() == Statement::Step::Row);
        QVERIFY(base::equal(select->blob(1), base::viewOf("gr\u00fc\u00dfe")));
        QCOMPARE(select->text(2), std::string("gr\u00fc\u00dfe"));
        QVERIFY(*select->step() == Statement::Step::Row);
        QCOMPARE(select->integer(0), INT64_MAX);
        QVERIFY(*select->step() == Statement::Step::Done);
    }

    void rollsBackWhatIsNotCommitted_data() { journals(); }
    void rollsBackWhatIsNotCommitted()
    {
        auto database = open(OpenMode::CreateNew);
        VERIFY_RESULT(database);
        {
            auto transaction = Transaction::begin(*database);
            VERIFY_RESULT(transaction);
            VERIFY_RESULT(database->execute("INSERT INTO item VALUES (1, x'00', 'a')"));
        }
        QCOMPARE(*count(*database), 0);
        VERIFY_RESULT(insert(*database, 1, "a"));
        COMPARE_ERROR(insert(*database, 1, "twice"), ErrorCode::Conflict);
        QVERIFY(!database->poisoned());
        VERIFY_RESULT(insert(*database, 2, "b"));
        QCOMPARE(*count(*database), 2);
    }

    void opensAsAskedOrNamesWhy_data() { journals(); }
    void opensAsAskedOrNamesWhy()
    {
        COMPARE_ERROR(open(OpenMode::Existing), ErrorCode::NotFound);
        QVERIFY(!storage::fileExists(m_path));
        auto first = open(OpenMode::CreateNew);
        VERIFY_RESULT(first);
        COMPARE_ERROR(open(OpenMode::CreateNew), ErrorCode::AlreadyExists);
        COMPARE_ERROR(open(OpenMode::Existing), ErrorCode::InUse);
        VERIFY_RESULT(first->close());
        auto other = format(journal());
        other.version = 1;
        COMPARE_ERROR(Database::open(m_path, other, OpenMode::Existing, Access::ReadWrite),
                      ErrorCode::VersionTooNew);
        other = format(journal());
        other.applicationId = 5;
        COMPARE_ERROR(Database::open(m_path, other, OpenMode::Existing, Access::ReadWrite),
                      ErrorCode::Damaged);
        other = format(journal());
        other.schema = {"CREATE TABLE item(id INTEGER PRIMARY KEY) STRICT"};
        COMPARE_ERROR(Database::open(m_path, other, OpenMode::Existing, Access::ReadWrite),
                      ErrorCode::Damaged);
        VERIFY_RESULT(open(OpenMode::CreateIfMissing));
    }

    void readersDoNotWrite()
    {
        auto created = Database::open(m_path, format(storage::Journal::Truncate),
                                      OpenMode::CreateNew, Access::ReadWrite);
        VERIFY_RESULT(created);
        VERIFY_RESULT(insert(*created, 1, "a"));
        VERIFY_RESULT(created->close());
        auto first = Database::open(m_path, format(storage::Journal::Truncate), OpenMode::Existing,
                                    Access::ReadOnly);
        VERIFY_RESULT(first);
        auto second = Database::open(m_path, format(storage::Journal::Truncate), OpenMode::Existing,
                                     Access::ReadOnly);
        VERIFY_RESULT(second);
        QCOMPARE(*count(*second), 1);
        COMPARE_ERROR(insert(*first, 2, "b"), ErrorCode::ReadOnly);
    }

    void failedSyncsPoison_data() { journals(); }
    void failedSyncsPoison()
    {
        int failures = 0;
        for (std::uint64_t sync = 1; sync < 20; ++sync) {
            ASSERT(storage::removeFile(m_path));
            auto database = open(OpenMode::CreateNew);
            VERIFY_RESULT(database);
            VERIFY_RESULT(insert(*database, 1, "a"));
            disk::failSyncAt(m_folder->path().toStdString(), sync);
            auto inserted = insert(*database, 2, "b");
            disk::stop();
            if (inserted)
                break;
            ++failures;
            COMPARE_ERROR(inserted, ErrorCode::Io);
            QVERIFY(database->poisoned());
            COMPARE_ERROR(insert(*database, 3, "c"), ErrorCode::Io);
            VERIFY_RESULT(database->close());
            auto again = open(OpenMode::Existing);
            VERIFY_RESULT(again);
            auto found = count(*again);
            VERIFY_RESULT(found);
            QVERIFY(*found == 1 || *found == 2);
            VERIFY_RESULT(again->close());
        }
        QVERIFY(failures > 0);
    }

    void aFullDiskIsNamedAndPasses_data() { journals(); }
    void aFullDiskIsNamedAndPasses()
    {
        int failures = 0;
        for (std::uint64_t operation = 1; operation < 50; ++operation) {
            ASSERT(storage::removeFile(m_path));
            auto database = open(OpenMode::CreateNew);
            VERIFY_RESULT(database);
            VERIFY_RESULT(insert(*database, 1, "a"));
            disk::fillAt(m_folder->path().toStdString(), operation);
            auto inserted = insert(*database, 2, std::string(20'000, 'b'));
            disk::stop();
            if (inserted)
                break;
            ++failures;
            COMPARE_ERROR(inserted, ErrorCode::DiskFull);
            QVERIFY(!database->poisoned());
            VERIFY_RESULT(insert(*database, 2, std::string(20'000, 'b')));
            QCOMPARE(*count(*database), 2);
        }
        QVERIFY(failures > 0);
    }

private:
    static void journals()
    {
        QTest::addColumn<int>("journal");
        QTest::newRow("truncate") << int(storage::Journal::Truncate);
        QTest::newRow("wal") << int(storage::Journal::Wal);
    }
    static storage::Journal journal()
    {
        const auto fetched = [] {
            QFETCH(int, journal);
            return journal;
        };
        return static_cast<storage::Journal>(fetched());
    }
    base::Result<Database> open(OpenMode mode) const
    {
        return Database::open(m_path, format(journal()), mode, Access::ReadWrite);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "database_test.moc"
