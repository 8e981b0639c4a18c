// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: a file is there completely or as it was, and a folder has one engine. Method: die, fill up
// or fail at every operation; lock from two processes.

#include "core/storage/directory_lock.h"
#include "core/storage/durable_file.h"
#include "tests/support/failing_disk.h"
#include "tests/support/test.h"

#include <QTemporaryDir>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace coffer;
using base::ErrorCode;
namespace disk = test::failing_disk;

class DurableFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("file")).toStdString();
    }

    void writesWholeFiles()
    {
        const base::Bytes content(1'000'000, 7);
        VERIFY_RESULT(storage::writeFileDurably(m_path, content));
        auto read = storage::readFile(m_path, content.size());
        VERIFY_RESULT(read);
        QVERIFY(*read == content);
        COMPARE_ERROR(storage::readFile(m_path, content.size() - 1), ErrorCode::TooLarge);
        COMPARE_ERROR(storage::readFile(m_path + "x", 10), ErrorCode::NotFound);
        auto prefix = storage::readPrefix(m_path, 3);
        VERIFY_RESULT(prefix);
        QCOMPARE(prefix->size(), 3u);
        QVERIFY(!storage::fileExists(m_path + ".tmp"));
        QCOMPARE(*storage::fileSize(m_path), 1'000'000u);
        COMPARE_ERROR(storage::writeFileDurably(m_path + "/below", {}), ErrorCode::NotFound);
        auto names = storage::listFiles(storage::folderOf(m_path), "le");
        VERIFY_RESULT(names);
        QCOMPARE(names->size(), 1u);
        QVERIFY(storage::listFiles(m_path + "x", "le")->empty());
    }

    void copiesAndMovesOnlyToNewPlaces()
    {
        const base::Bytes content(700'000, 5);
        VERIFY_RESULT(storage::writeFileDurably(m_path, content));
        VERIFY_RESULT(storage::copyToNew(m_path, m_path + ".copy"));
        auto copied = storage::readFile(m_path + ".copy", content.size());
        VERIFY_RESULT(copied);
        QVERIFY(*copied == content);
        COMPARE_ERROR(storage::copyToNew(m_path, m_path + ".copy"), ErrorCode::AlreadyExists);
        COMPARE_ERROR(storage::copyToNew(m_path + "x", m_path + ".y"), ErrorCode::NotFound);
        COMPARE_ERROR(storage::copyToNew(storage::folderOf(m_path), m_path + ".y"),
                      ErrorCode::NotFound);
        QVERIFY(!storage::fileExists(m_path + ".y"));
        COMPARE_ERROR(storage::renameToNewDurably(m_path, m_path + ".copy"),
                      ErrorCode::AlreadyExists);
        QVERIFY(storage::fileExists(m_path));
        VERIFY_RESULT(storage::renameToNewDurably(m_path + ".copy", m_path + ".moved"));
        QVERIFY(!storage::fileExists(m_path + ".copy"));
        QVERIFY(storage::fileExists(m_path + ".moved"));
    }

    void aFullDiskLeavesNoCopy()
    {
        VERIFY_RESULT(storage::writeFileDurably(m_path, base::Bytes(700'000, 5)));
        disk::fillAt(m_folder->path().toStdString(), 1);
        const auto copied = storage::copyToNew(m_path, m_path + ".copy");
        disk::stop();
        COMPARE_ERROR(copied, ErrorCode::DiskFull);
        QVERIFY(!storage::fileExists(m_path + ".copy"));
        QVERIFY(storage::fileExists(m_path));
    }

    void survivesEveryCrash_data()
    {
        QTest::addColumn<int>("tear");
        QTest::newRow("half written") << int(disk::Tear::Half);
        QTest::newRow("power lost") << int(disk::Tear::Unsynced);
    }
    void survivesEveryCrash()
    {
        QFETCH(int, tear);
        const base::Bytes old(100, 1);
        const base::Bytes fresh(200'000, 2);
        for (std::uint64_t operation = 1;; ++operation) {
            VERIFY_RESULT(storage::writeFileDurably(m_path, old));
            const pid_t child = ::fork();
            if (child == 0) {
                disk::crashAt(m_folder->path().toStdString(), operation,
                              static_cast<disk::Tear>(tear));
                const auto written = storage::writeFileDurably(m_path, fresh);
                disk::losePower();
                ::_exit(written ? 0 : 1);
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            auto read = storage::readFile(m_path, 1 << 20);
            VERIFY_RESULT(read);
            QVERIFY(*read == old || *read == fresh);
            if (WEXITSTATUS(status) == 0) {
                QVERIFY(operation > 3);
                QVERIFY(*read == fresh);
                break;
            }
            QCOMPARE(WEXITSTATUS(status), disk::kCrashed);
        }
    }

    void namesAFullDisk()
    {
        const base::Bytes old(100, 1);
        VERIFY_RESULT(storage::writeFileDurably(m_path, old));
        disk::fillAt(m_folder->path().toStdString(), 1);
        auto written = storage::writeFileDurably(m_path, base::Bytes(10, 2));
        disk::stop();
        COMPARE_ERROR(written, ErrorCode::DiskFull);
        QVERIFY(*storage::readFile(m_path, 1000) == old);
        QVERIFY(!storage::fileExists(m_path + ".tmp"));
        disk::failSyncAt(m_folder->path().toStdString(), 1);
        written = storage::writeFileDurably(m_path, base::Bytes(10, 2));
        disk::stop();
        COMPARE_ERROR(written, ErrorCode::Io);
    }

    void oneEngineAFolder()
    {
        const auto folder = m_folder->filePath(QStringLiteral("data/deep")).toStdString();
        auto lock = storage::DirectoryLock::acquire(folder);
        VERIFY_RESULT(lock);
        auto second = storage::DirectoryLock::acquire(folder);
        COMPARE_ERROR(second, ErrorCode::InUse);
        QVERIFY(second.error().detail.ends_with("by process " + std::to_string(::getpid())));
        {
            auto released = lock.take();
        }
        VERIFY_RESULT(storage::DirectoryLock::acquire(folder));
    }

    void theLockEndsWithItsProcess()
    {
        const auto folder = m_folder->path().toStdString();
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto lock = storage::DirectoryLock::acquire(folder);
            const char yes = lock ? 'y' : 'n';
            static_cast<void>(::write(ready[1], &yes, 1) == 1);
            ::pause();
            ::_exit(0);
        }
        char answer = 0;
        QCOMPARE(::read(ready[0], &answer, 1), 1);
        QCOMPARE(answer, 'y');
        auto held = storage::DirectoryLock::acquire(folder);
        COMPARE_ERROR(held, ErrorCode::InUse);
        QVERIFY(held.error().detail.ends_with(std::to_string(child)));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        VERIFY_RESULT(storage::DirectoryLock::acquire(folder));
        ::close(ready[0]);
        ::close(ready[1]);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_GUILESS_MAIN(DurableFileTest)
#include "durable_file_test.moc"
