// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: an older copy of the whole file, or one that went another way, opens as restored and stays
// so until the engine is done; everything that happens without an attacker does not. Method: copy
// files and anchors back and forth.

#include "core/vault/vault.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/test.h"

using namespace coffer;
using base::ErrorCode;
using test::record;
using test::WalletFolder;
using vault::OpenedAs;
using vault::RecordKind;
using vault::Vault;

namespace {

base::Result<void> append(WalletFolder& folder, std::string_view what)
{
    auto vault = TRY(folder.open());
    TRY(WalletFolder::readAll(vault));
    const vault::Record one[] = {record(RecordKind::Entry, what)};
    TRY(vault.append(one));
    return {};
}

base::Result<OpenedAs> openedAs(WalletFolder& folder)
{
    auto vault = TRY(folder.open());
    TRY(WalletFolder::readAll(vault));
    return vault.openedAs();
}

#define COMPARE_OPENED(folder, wanted)                                                             \
    do {                                                                                           \
        const auto coffer_opened = openedAs(folder);                                               \
        VERIFY_RESULT(coffer_opened);                                                              \
        QCOMPARE(int(*coffer_opened), int(wanted));                                                \
    } while (false)

} // namespace

class RestoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void anOlderCopyIsRestoredUntilFinished()
    {
        WalletFolder folder;
        VERIFY_RESULT(folder.create());
        VERIFY_RESULT(append(folder, "one"));
        const auto old = test::fileBytes(folder.path());
        VERIFY_RESULT(append(folder, "two"));
        COMPARE_OPENED(folder, OpenedAs::Normal);
        test::writeBytes(folder.path(), old);
        COMPARE_OPENED(folder, OpenedAs::Restored);
        COMPARE_OPENED(folder, OpenedAs::Restored);
        // Writing sets the anchor to this file, but does not end the restoration.
        VERIFY_RESULT(append(folder, "another two"));
        VERIFY_RESULT(append(folder, "three"));
        COMPARE_OPENED(folder, OpenedAs::Restored);
        {
            auto vault = folder.open();
            VERIFY_RESULT(vault);
            auto seen = WalletFolder::readAll(*vault);
            VERIFY_RESULT(seen);
            QCOMPARE(seen->size(), 5u);        // What the vault notes for itself is not shown,
            QCOMPARE(vault->size(), 6u);       // but it is there,
            QCOMPARE((*seen)[4].sequence, 6u); // and has its number.
            VERIFY_RESULT(vault->finishRestoration());
            QVERIFY(vault->openedAs() == OpenedAs::Normal);
            VERIFY_RESULT(vault->finishRestoration()); // Nothing more to do.
        }
        COMPARE_OPENED(folder, OpenedAs::Normal);
        // And a second time.
        test::writeBytes(folder.path(), old);
        COMPARE_OPENED(folder, OpenedAs::Restored);
    }

    void aFileThatWentAnotherWayIsRestored()
    {
        WalletFolder folder;
        VERIFY_RESULT(folder.create());
        const auto fork = test::fileBytes(folder.path());
        VERIFY_RESULT(append(folder, "here"));
        const auto same = test::fileBytes(folder.path());
        VERIFY_RESULT(append(folder, "and here"));
        VERIFY_RESULT(append(folder, "and here again"));
        const auto longer = test::fileBytes(folder.path());

        test::writeBytes(folder.path(), fork);
        {
            auto vault = folder.open();
            VERIFY_RESULT(vault);
            VERIFY_RESULT(WalletFolder::readAll(*vault));
            VERIFY_RESULT(vault->finishRestoration());
        }
        COMPARE_OPENED(folder, OpenedAs::Normal);
        test::writeBytes(folder.path(), same); // Commit 2 like the anchor, but another.
        COMPARE_OPENED(folder, OpenedAs::Restored);
        test::writeBytes(folder.path(), longer); // Ahead of the anchor, but not from there.
        COMPARE_OPENED(folder, OpenedAs::Restored);
    }

    void anOldHeadWithItsRecordsIsRestored()
    {
        WalletFolder folder;
        VERIFY_RESULT(folder.create());
        VERIFY_RESULT(append(folder, "one"));
        {
            // Somebody with both files could build exactly the older copy.
            const auto old = test::fileBytes(folder.path());
            VERIFY_RESULT(append(folder, "two"));
            test::writeBytes(folder.path(), old);
        }
        COMPARE_OPENED(folder, OpenedAs::Restored);
    }

    void thePasswordBeforeTheChangeIsRestored()
    {
        WalletFolder folder;
        VERIFY_RESULT(folder.create());
        const auto old = test::fileBytes(folder.path());
        {
            auto vault = folder.open();
            VERIFY_RESULT(vault);
            VERIFY_RESULT(WalletFolder::readAll(*vault));
            auto key = WalletFolder::keyOf(*vault);
            VERIFY_RESULT(vault->rotate(*key, folder.wrappingKey("next"), {}));
        }
        test::writeBytes(folder.path(), old);
        COMPARE_OPENED(folder, OpenedAs::Restored);
    }

    void aFileAheadOfItsAnchorIsNormal()
    {
        WalletFolder folder;
        auto created = folder.create();
        VERIFY_RESULT(created);
        const auto anchorPath = folder.anchorPath(created->header().walletId);
        created->lock();
        {
            auto closed = created.take();
        }
        const auto anchor = test::fileBytes(anchorPath);
        VERIFY_RESULT(append(folder, "one"));
        VERIFY_RESULT(append(folder, "two"));
        test::writeBytes(anchorPath, anchor);
        COMPARE_OPENED(folder, OpenedAs::Normal);
    }

    void aMissingOrForeignAnchorIsAWarning()
    {
        WalletFolder folder;
        auto created = folder.create();
        VERIFY_RESULT(created);
        const auto anchorPath = folder.anchorPath(created->header().walletId);
        {
            auto closed = created.take();
        }
        ASSERT(storage::removeFile(anchorPath));
        COMPARE_OPENED(folder, OpenedAs::AnchorMissing);
        VERIFY_RESULT(append(folder, "one"));
        COMPARE_OPENED(folder, OpenedAs::Normal);
        auto anchor = test::fileBytes(anchorPath);
        QCOMPARE(anchor.size(), vault::kAnchorSize);
        for (std::size_t at = 0; at < anchor.size(); ++at) {
            auto bad = anchor;
            bad[at] ^= 4;
            test::writeBytes(anchorPath, bad);
            COMPARE_OPENED(folder, OpenedAs::AnchorMissing);
        }
        anchor.push_back(0);
        test::writeBytes(anchorPath, anchor);
        COMPARE_OPENED(folder, OpenedAs::AnchorMissing);
    }

    void anAnchorThatCannotBeWrittenIsSaid()
    {
        WalletFolder folder;
        auto vault = folder.create();
        VERIFY_RESULT(vault);
        QVERIFY(vault->anchorWritten());
        const auto anchors = folder.folder() + "/anchors";
        ASSERT(QDir(QString::fromStdString(anchors)).removeRecursively());
        test::writeBytes(anchors, {}); // A file where the folder should be.
        const vault::Record one[] = {record(RecordKind::Entry, "x")};
        VERIFY_RESULT(vault->append(one));
        QVERIFY(!vault->anchorWritten());
        ASSERT(storage::removeFile(anchors));
        VERIFY_RESULT(vault->append(one));
        QVERIFY(vault->anchorWritten());
    }
};

QTEST_GUILESS_MAIN(RestoreTest)
#include "restore_test.moc"
