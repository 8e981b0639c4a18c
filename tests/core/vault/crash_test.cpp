// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: whenever the process dies, the disk is full or a sync fails, the file is the old or the new
// one, never neither, and never one that looks rolled back. Method: a child process repeats the
// same work and dies before its 1st, 2nd, 3rd ... operation on the disk, until it gets through; in
// the worst case the power goes too, and with it all that was not synced.

#include "core/vault/vault.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/failing_disk.h"
#include "tests/support/test.h"

#include <sys/wait.h>
#include <unistd.h>

using namespace coffer;
using base::ErrorCode;
using test::record;
using test::WalletFolder;
using vault::OpenedAs;
using vault::RecordKind;
using vault::Vault;
namespace disk = test::failing_disk;

namespace {

constexpr std::string_view kNewPassword = "another password";
constexpr int kFailed = 1;

/// A wallet with some records, closed; made once and copied, since every commit waits for the disk.
base::Result<void> prepare(WalletFolder& folder)
{
    static base::Bytes s_wallet;
    static base::Bytes s_anchor;
    static base::Uuid s_id;
    if (s_wallet.empty()) {
        WalletFolder first;
        {
            auto vault = TRY(first.create());
            for (int i = 0; i < 5; ++i) {
                const vault::Record some[] = {record(RecordKind::Entry, std::string(300, 'e')),
                                              record(RecordKind::NetworkLog, "n")};
                TRY(vault.append(some));
            }
            s_id = vault.header().walletId;
        }
        s_wallet = test::fileBytes(first.path());
        s_anchor = test::fileBytes(first.anchorPath(s_id));
    }
    TRY(storage::makeFolder(folder.folder() + "/anchors"));
    test::writeQuickly(folder.path(), s_wallet);
    test::writeQuickly(folder.anchorPath(s_id), s_anchor);
    return {};
}

base::Result<void> appendTwo(WalletFolder& folder)
{
    auto vault = TRY(folder.open());
    auto key = TRY(WalletFolder::keyOf(vault));
    TRY(vault.unlock(key, {}));
    const vault::Record two[] = {record(RecordKind::Entry, std::string(5000, 'x')),
                                 record(RecordKind::Label, "y")};
    TRY(vault.append(two));
    return {};
}

base::Result<void> changePassword(WalletFolder& folder)
{
    auto vault = TRY(folder.open());
    auto key = TRY(WalletFolder::keyOf(vault));
    TRY(vault.unlock(key, {}));
    return vault.rotate(key, folder.wrappingKey(kNewPassword), {});
}

/// The wallet comes in from another place, under another name; no anchor of it is here.
base::Result<void> import(WalletFolder& folder)
{
    const auto target = folder.path("imported");
    auto copied =
        TRY(vault::copyForImport(folder.folder() + "/elsewhere.coffer", target, vault::Realm::Local,
                                 test::secretOf(WalletFolder::kPassword), folder.environment()));
    return vault::placeImport(target);
}

using Work = base::Result<void> (*)(WalletFolder&);

/// Exit status of a child that does the work and dies at the given operation.
int runChild(WalletFolder& folder, Work work, std::uint64_t operation, disk::Tear tear)
{
    const pid_t child = ::fork();
    if (child == 0) {
        disk::crashAt(folder.folder(), operation, tear);
        const auto done = work(folder);
        if (tear == disk::Tear::Unsynced)
            disk::losePower();
        ::_exit(done ? 0 : kFailed);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct Found
{
    std::vector<test::SeenRecord> records;
    bool newPassword = false;
};

base::Result<Found> readEither(WalletFolder& folder)
{
    auto vault = TRY(folder.open());
    Found found;
    auto read = WalletFolder::readAll(vault);
    if (!read && read.error().code == ErrorCode::WrongPassword) {
        found.newPassword = true;
        read = WalletFolder::readAll(vault, kNewPassword);
    }
    if (!read)
        return read.error();
    if (vault.openedAs() != OpenedAs::Normal)
        return base::Error{ErrorCode::Conflict, vault.openedAsDetail()};
    found.records = read.take();
    // And it can go on.
    const vault::Record one[] = {record(RecordKind::Setting, "after")};
    TRY(vault.append(one));
    return found;
}

} // namespace

class CrashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void appendIsAllOrNothing_data() { tears(); }
    void appendIsAllOrNothing()
    {
        QFETCH(int, tear);
        std::uint64_t operation = 0;
        int before = 0;
        for (;;) {
            WalletFolder folder;
            VERIFY_RESULT(prepare(folder));
            const int status =
                runChild(folder, appendTwo, ++operation, static_cast<disk::Tear>(tear));
            QVERIFY2(status == 0 || status == disk::kCrashed, qPrintable(QString::number(status)));
            auto found = readEither(folder);
            VERIFY_RESULT(found);
            QVERIFY(found->records.size() == 12 || found->records.size() == 14);
            QVERIFY(!storage::fileExists(folder.path() + "-journal"));
            if (status == 0) {
                QCOMPARE(found->records.size(), 14u);
                break;
            }
            before += found->records.size() == 12 ? 1 : 0;
            QVERIFY(operation < 1000);
        }
        qInfo("append: %d crash points, %d of them before the commit", int(operation) - 1, before);
        QVERIFY(before > 3);
        QVERIFY(int(operation) - 1 > before);
    }

    void rotationIsOldOrNew_data() { tears(); }
    void rotationIsOldOrNew()
    {
        QFETCH(int, tear);
        std::uint64_t operation = 0;
        int old = 0;
        for (;;) {
            WalletFolder folder;
            VERIFY_RESULT(prepare(folder));
            const int status =
                runChild(folder, changePassword, ++operation, static_cast<disk::Tear>(tear));
            QVERIFY2(status == 0 || status == disk::kCrashed, qPrintable(QString::number(status)));
            auto found = readEither(folder);
            VERIFY_RESULT(found);
            QCOMPARE(found->records.size(), 12u);
            for (const auto* rest : {".new", ".new-journal", ".new.tmp"})
                QVERIFY2(!storage::fileExists(folder.path() + rest), rest);
            if (status == 0) {
                QVERIFY(found->newPassword);
                break;
            }
            old += found->newPassword ? 0 : 1;
            QVERIFY(operation < 1000);
        }
        qInfo("rotation: %d crash points, %d of them before the rename", int(operation) - 1, old);
        QVERIFY(old > 10);
        QVERIFY(int(operation) - 1 > old);
    }

    void createIsWholeOrNothing()
    {
        std::uint64_t operation = 0;
        for (;;) {
            WalletFolder folder;
            const int status = runChild(
                folder,
                [](WalletFolder& inside) -> base::Result<void> {
                    TRY(inside.create());
                    return {};
                },
                ++operation, disk::Tear::Half);
            QVERIFY(status == 0 || status == disk::kCrashed);
            if (storage::fileExists(folder.path()))
                VERIFY_RESULT(folder.openAndRead());
            else
                VERIFY_RESULT(folder.create());
            if (status == 0)
                break;
            QVERIFY(operation < 1000);
        }
    }

    void importIsWholeOrNothing_data() { tears(); }
    void importIsWholeOrNothing()
    {
        QFETCH(int, tear);
        int nothing = 0;
        for (std::uint64_t operation = 1;; ++operation) {
            WalletFolder folder;
            VERIFY_RESULT(prepare(folder));
            const auto source = folder.folder() + "/elsewhere.coffer";
            const auto bytes = test::fileBytes(folder.path());
            test::writeQuickly(source, bytes);
            {
                const auto vault = folder.open();
                VERIFY_RESULT(vault);
                VERIFY_RESULT(storage::removeFile(folder.anchorPath(vault->header().walletId)));
            }
            const int status = runChild(folder, import, operation, static_cast<disk::Tear>(tear));
            QVERIFY2(status == 0 || status == disk::kCrashed, qPrintable(QString::number(status)));
            QVERIFY(test::fileBytes(source) == bytes);
            const auto target = folder.path("imported");
            if (storage::fileExists(target)) {
                auto vault = Vault::open(target, folder.environment());
                VERIFY_RESULT(vault);
                auto seen = WalletFolder::readAll(*vault);
                VERIFY_RESULT(seen);
                QCOMPARE(seen->size(), 12u);
                QCOMPARE(vault->openedAs(), OpenedAs::Restored);
            } else {
                ++nothing;
                VERIFY_RESULT(vault::dropImport(target));
                VERIFY_RESULT(import(folder)); // Nothing is in the way of another try.
            }
            if (status == 0) {
                QVERIFY(storage::fileExists(target));
                break;
            }
            QVERIFY(operation < 1000);
        }
        QVERIFY(nothing > 5);
    }

    void fullDiskLeavesNoImport()
    {
        int full = 0;
        for (std::uint64_t operation = 1;; ++operation) {
            WalletFolder folder;
            VERIFY_RESULT(prepare(folder));
            test::writeQuickly(folder.folder() + "/elsewhere.coffer",
                               test::fileBytes(folder.path()));
            disk::fillAt(folder.folder() + "/wallets", operation);
            const auto imported = import(folder);
            disk::stop();
            if (imported)
                break;
            ++full;
            COMPARE_ERROR(imported, ErrorCode::DiskFull);
            auto left = storage::listFiles(folder.folder() + "/wallets", "");
            VERIFY_RESULT(left);
            QCOMPARE(left->size(), 1u); // The wallet that was there.
        }
        QVERIFY(full > 1);
    }

    void fullDiskChangesNothingAndMayBeTriedAgain()
    {
        std::uint64_t operation = 0;
        int full = 0;
        for (;;) {
            WalletFolder folder;
            VERIFY_RESULT(prepare(folder));
            auto vault = folder.open();
            VERIFY_RESULT(vault);
            auto key = WalletFolder::keyOf(*vault);
            VERIFY_RESULT(key);
            VERIFY_RESULT(vault->unlock(*key, {}));
            const auto root = vault->root();
            const vault::Record two[] = {record(RecordKind::Entry, std::string(5000, 'x')),
                                         record(RecordKind::Label, "y")};
            disk::fillAt(folder.folder() + "/wallets", ++operation);
            auto appended = vault->append(two);
            disk::stop();
            if (appended)
                break;
            ++full;
            COMPARE_ERROR(appended, ErrorCode::DiskFull);
            QVERIFY(vault->root() == root);
            QVERIFY(!vault->poisoned());
            auto again = vault->append(two);
            VERIFY_RESULT(again);
            vault->lock();
            auto seen = WalletFolder::readAll(*vault);
            VERIFY_RESULT(seen);
            QCOMPARE(seen->size(), 14u);
        }
        qInfo("full disk at %d places", full);
        QVERIFY(full > 2);
    }

    void fullDiskLeavesTheOldFileAfterRotation()
    {
        for (std::uint64_t operation = 1;; ++operation) {
            WalletFolder folder;
            VERIFY_RESULT(prepare(folder));
            auto vault = folder.open();
            VERIFY_RESULT(vault);
            auto key = WalletFolder::keyOf(*vault);
            VERIFY_RESULT(vault->unlock(*key, {}));
            const auto next = folder.wrappingKey(kNewPassword);
            const auto before = test::fileBytes(folder.path());
            disk::fillAt(folder.folder() + "/wallets", operation);
            auto rotated = vault->rotate(*key, next, {});
            disk::stop();
            if (rotated)
                break;
            COMPARE_ERROR(rotated, ErrorCode::DiskFull);
            QVERIFY(test::fileBytes(folder.path()) == before);
            QVERIFY(!storage::fileExists(folder.path() + ".new"));
            const vault::Record one[] = {record(RecordKind::Entry, "x")};
            VERIFY_RESULT(vault->append(one));
            VERIFY_RESULT(vault->rotate(*key, next, {}));
        }
    }

    void aFailedSyncStopsWriting()
    {
        int failed = 0;
        for (std::uint64_t sync = 1;; ++sync) {
            WalletFolder folder;
            VERIFY_RESULT(prepare(folder));
            {
                auto vault = folder.open();
                VERIFY_RESULT(vault);
                auto key = WalletFolder::keyOf(*vault);
                VERIFY_RESULT(vault->unlock(*key, {}));
                const vault::Record one[] = {record(RecordKind::Entry, "x")};
                disk::failSyncAt(folder.folder() + "/wallets", sync);
                auto appended = vault->append(one);
                disk::stop();
                if (appended && disk::count() < sync)
                    break;
                if (!appended) {
                    ++failed;
                    COMPARE_ERROR(appended, ErrorCode::Io);
                    QVERIFY(vault->poisoned());
                    // The disk works again, but nobody knows what it has.
                    COMPARE_ERROR(vault->append(one), ErrorCode::Io);
                    COMPARE_ERROR(vault->rotate(*key, folder.wrappingKey(), {}), ErrorCode::Io);
                }
            }
            auto found = readEither(folder);
            VERIFY_RESULT(found);
            QVERIFY(found->records.size() == 12 || found->records.size() == 13);
        }
        qInfo("%d syncs of an append", failed);
        QVERIFY(failed >= 2);
    }

private:
    static void tears()
    {
        QTest::addColumn<int>("tear");
        QTest::newRow("whole operations") << int(disk::Tear::Whole);
        QTest::newRow("half written") << int(disk::Tear::Half);
        QTest::newRow("power lost") << int(disk::Tear::Unsynced);
    }
};

QTEST_GUILESS_MAIN(CrashTest)
#include "crash_test.moc"
