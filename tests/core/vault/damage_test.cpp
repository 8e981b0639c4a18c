// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: whatever somebody or a disk does to the file, a named error is the answer or nothing that
// is read changes. Method: cut it at every place, flip bits all over it, and edit its rows with
// SQL.

#include "core/vault/vault.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/test.h"

#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

using namespace coffer;
using base::ErrorCode;
using test::record;
using test::WalletFolder;
using test::writeQuickly;
using vault::OpenedAs;
using vault::RecordKind;
using vault::Vault;

namespace {

constexpr std::size_t kPage = 4096;

/// What somebody with an SQL tool does.
void sql(const std::string& path, const QStringList& statements)
{
    {
        auto database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("evil"));
        database.setDatabaseName(QString::fromStdString(path));
        ASSERT(database.open());
        QSqlQuery query(database);
        for (const auto& statement : statements) {
            const bool done = query.exec(statement);
            if (!done)
                qWarning() << statement << query.lastError();
            ASSERT(done);
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("evil"));
}

base::Result<void> prepare(WalletFolder& folder, std::string_view name = "savings")
{
    auto vault = TRY(folder.create(name));
    for (int i = 0; i < 6; ++i) {
        const vault::Record some[] = {
            record(RecordKind::Entry, "entry " + std::to_string(i)),
            record(RecordKind::Transaction, std::string(std::size_t(1) << (2 * i + 2), 't'))};
        TRY(vault.append(some));
    }
    return {};
}

/// Empty when the file was read as it should be; else the error's name, or what is wrong.
std::string outcome(WalletFolder& folder, const std::vector<test::SeenRecord>& expected,
                    storage::Access access)
{
    auto vault = folder.open("savings", access);
    if (!vault)
        return std::string(base::errorCodeName(vault.error().code));
    auto seen = WalletFolder::readAll(*vault);
    if (!seen)
        return std::string(base::errorCodeName(seen.error().code));
    if (*seen != expected)
        return "READ SOMETHING ELSE";
    if (vault->openedAs() != OpenedAs::Normal)
        return "OPENED AS RESTORED";
    return {};
}

} // namespace

class DamageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyTruncationIsNamed()
    {
        WalletFolder folder;
        VERIFY_RESULT(prepare(folder));
        const auto good = test::fileBytes(folder.path());
        auto expected = folder.openAndRead();
        VERIFY_RESULT(expected);
        std::map<std::string, int> outcomes;
        for (std::size_t size = 0; size < good.size(); size += size < 120 ? 1 : 53) {
            writeQuickly(folder.path(), base::ByteView(good).first(size));
            const auto got = outcome(folder, *expected, storage::Access::ReadWrite);
            ++outcomes[got];
            // The last page may end in zeros, which SQLite supplies.
            QVERIFY2(
                got == "damaged" || (got.empty() && size + kPage > good.size()),
                qPrintable(QStringLiteral("%1: %2").arg(size).arg(QString::fromStdString(got))));
        }
        writeQuickly(folder.path(), good);
        QCOMPARE(outcome(folder, *expected, storage::Access::ReadWrite), std::string());
        for (const auto& [name, times] : outcomes)
            qInfo("%6d x %s", times, name.empty() ? "as it was" : name.c_str());
    }

    void everyFlippedBitIsNamedOrChangesNothing()
    {
        WalletFolder folder;
        VERIFY_RESULT(prepare(folder));
        const auto good = test::fileBytes(folder.path());
        auto expected = folder.openAndRead();
        VERIFY_RESULT(expected);
        QRandomGenerator random(20241124);
        std::map<std::string, int> outcomes;
        for (std::size_t at = 0; at < good.size();) {
            const bool dense = at < 200 || at % kPage < 32;
            auto bad = good;
            bad[at] = static_cast<std::uint8_t>(bad[at] ^ (1u << random.bounded(8)));
            writeQuickly(folder.path(), bad);
            const auto access =
                random.bounded(2) != 0 ? storage::Access::ReadWrite : storage::Access::ReadOnly;
            const auto got = outcome(folder, *expected, access);
            ++outcomes[got];
            QVERIFY2(
                got.empty() || got == "damaged" || got == "version_too_new",
                qPrintable(QStringLiteral("byte %1: %2").arg(at).arg(QString::fromStdString(got))));
            at += dense ? 1 : 1 + std::size_t(random.bounded(41));
        }
        for (const auto& [name, times] : outcomes)
            qInfo("%6d x %s", times, name.empty() ? "as it was" : name.c_str());
        QVERIFY(outcomes["damaged"] > 200);
    }

    void editedRowsAreNamed_data()
    {
        QTest::addColumn<QStringList>("edits");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* name, const QStringList& edits, const char* detail) {
            QTest::newRow(name) << edits << QString::fromUtf8(detail);
        };
        row("two records swapped",
            {QStringLiteral("UPDATE record SET seq = 999 WHERE seq = 3"),
             QStringLiteral("UPDATE record SET seq = 3 WHERE seq = 5"),
             QStringLiteral("UPDATE record SET seq = 5 WHERE seq = 999")},
            "record 3 was changed, or does not belong in its place");
        row("one deleted", {QStringLiteral("DELETE FROM record WHERE seq = 4")},
            "record 4 is missing");
        row("the first deleted", {QStringLiteral("DELETE FROM record WHERE seq = 1")},
            "record 1 is missing");
        row("the last deleted", {QStringLiteral("DELETE FROM record WHERE seq = 14")},
            "record 14 is missing");
        row("all deleted", {QStringLiteral("DELETE FROM record")}, "record 1 is missing");
        row("one replayed at the end",
            {QStringLiteral("INSERT INTO record SELECT 15, sealed FROM record WHERE seq = 3")},
            "record 15 is more than the head counts");
        row("one replayed in another's place",
            {QStringLiteral("UPDATE record SET sealed = (SELECT sealed FROM record WHERE seq = 3) "
                            "WHERE seq = 5")},
            "record 5 was changed, or does not belong in its place");
        row("one before the first",
            {QStringLiteral("INSERT INTO record SELECT 0, sealed FROM record WHERE seq = 3")},
            "record 1 is missing");
        row("one with a negative number",
            {QStringLiteral("INSERT INTO record SELECT -5, sealed FROM record WHERE seq = 3")},
            "record 1 is missing");
        row("one cut to nothing", {QStringLiteral("UPDATE record SET sealed = x'' WHERE seq = 3")},
            "record 3 was changed");
        row("one longer",
            {QStringLiteral(
                "UPDATE record SET sealed = CAST(sealed || x'00' AS BLOB) WHERE seq = 3")},
            "record 3 was changed");
        row("one that fills the memory",
            {QStringLiteral("UPDATE record SET sealed = zeroblob(20000000) WHERE seq = 3")},
            "record 3 was changed");
        row("the head deleted", {QStringLiteral("DELETE FROM head")}, "the head is missing");
        row("two heads", {QStringLiteral("INSERT INTO head SELECT 2, sealed FROM head")},
            "more than one head");
        row("a record as the head",
            {QStringLiteral("UPDATE head SET sealed = (SELECT sealed FROM record WHERE seq = 3)")},
            "the head was changed");
        row("no header", {QStringLiteral("DELETE FROM header")},
            "both copies of the header are damaged");
        row("a further table", {QStringLiteral("CREATE TABLE more(x)")}, "the schema is not ours");
        row("a trigger",
            {QStringLiteral(
                "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END")},
            "the schema is not ours");
        row("an index", {QStringLiteral("CREATE INDEX i ON record(sealed)")},
            "the schema is not ours");
        row("a view in place of the records",
            {QStringLiteral("ALTER TABLE record RENAME TO other"),
             QStringLiteral("CREATE VIEW record AS SELECT * FROM other")},
            "the schema is not ours");
        row("another program's file", {QStringLiteral("PRAGMA application_id = 7")},
            "not a file of this kind");
    }
    void editedRowsAreNamed()
    {
        QFETCH(QStringList, edits);
        QFETCH(QString, detail);
        WalletFolder folder;
        VERIFY_RESULT(prepare(folder));
        sql(folder.path(), edits);
        auto read = folder.openAndRead();
        COMPARE_ERROR(read, ErrorCode::Damaged);
        QVERIFY2(QString::fromStdString(read.error().detail).contains(detail),
                 read.error().detail.c_str());
    }

    void recordsOfAnotherWalletDoNotFit()
    {
        WalletFolder folder;
        VERIFY_RESULT(prepare(folder));
        VERIFY_RESULT(prepare(folder, "other"));
        const auto attach = QStringLiteral("ATTACH '%1' AS other")
                                .arg(QString::fromStdString(folder.path("other")));
        sql(folder.path(), {attach, QStringLiteral("UPDATE record SET sealed = (SELECT sealed FROM "
                                                   "other.record o WHERE o.seq = record.seq)")});
        COMPARE_ERROR(folder.openAndRead(), ErrorCode::Damaged);
        // The same password opens the other header, but the head does not know it.
        VERIFY_RESULT(prepare(folder, "third"));
        sql(folder.path("third"),
            {attach, QStringLiteral("DELETE FROM header"),
             QStringLiteral("INSERT INTO header SELECT * FROM other.header")});
        COMPARE_ERROR(folder.openAndRead("third"), ErrorCode::Damaged);
    }

    void oneGoodHeaderIsEnough()
    {
        for (int slot = 1; slot <= 2; ++slot) {
            WalletFolder folder;
            VERIFY_RESULT(prepare(folder));
            sql(folder.path(),
                {QStringLiteral("UPDATE header SET checksum = zeroblob(32) WHERE slot = %1")
                     .arg(slot)});
            auto vault = folder.open();
            VERIFY_RESULT(vault);
            QVERIFY(vault->headerCopyDamaged());
            VERIFY_RESULT(WalletFolder::readAll(*vault));
            // Rotation writes both anew.
            auto key = WalletFolder::keyOf(*vault);
            VERIFY_RESULT(vault->rotate(*key, folder.wrappingKey(), {}));
            QVERIFY(!vault->headerCopyDamaged());
        }
    }

    void headersThatDifferAreDamage()
    {
        WalletFolder folder;
        VERIFY_RESULT(prepare(folder));
        VERIFY_RESULT(prepare(folder, "other"));
        sql(folder.path(),
            {QStringLiteral("ATTACH '%1' AS other")
                 .arg(QString::fromStdString(folder.path("other"))),
             QStringLiteral("DELETE FROM header WHERE slot = 2"),
             QStringLiteral("INSERT INTO header SELECT * FROM other.header WHERE slot = 2")});
        COMPARE_ERROR(folder.open(), ErrorCode::Damaged);
    }

    void strangersBesideTheFileChangeNothing()
    {
        WalletFolder folder;
        VERIFY_RESULT(prepare(folder));
        auto expected = folder.openAndRead();
        VERIFY_RESULT(expected);
        QRandomGenerator random(7);
        for (const auto* suffix : {"-journal", "-wal", ".new", ".new-journal"}) {
            for (const std::size_t size : {std::size_t(0), std::size_t(1), std::size_t(5000)}) {
                base::Bytes noise(size);
                for (auto& byte : noise)
                    byte = static_cast<std::uint8_t>(random.bounded(256));
                writeQuickly(folder.path() + suffix, noise);
                const auto got = outcome(folder, *expected, storage::Access::ReadWrite);
                QVERIFY2(got.empty(), (suffix + (": " + got)).c_str());
                QVERIFY(!storage::fileExists(folder.path() + ".new"));
                ASSERT(storage::removeFile(folder.path() + suffix));
            }
        }
    }

    void otherFilesAreRefused()
    {
        WalletFolder folder;
        for (const auto& content :
             {std::string("hello"), std::string(5000, 'x'),
              std::string("SQLite format 3\0", 16) + std::string(4080, '\0')}) {
            writeQuickly(folder.path(), base::viewOf(content));
            COMPARE_ERROR(folder.open(), ErrorCode::Damaged);
            QCOMPARE(test::fileBytes(folder.path()).size(), content.size());
        }
    }
};

QTEST_GUILESS_MAIN(DamageTest)
#include "damage_test.moc"
