// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: new keys, a new password and backups keep what must be kept, the log's root first of all,
// and nothing opens with what was to be revoked. Method: real files, rotated, compacted, backed up.

#include "core/vault/vault.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/test.h"

using namespace coffer;
using base::ErrorCode;
using test::record;
using test::WalletFolder;
using vault::Keep;
using vault::OpenedAs;
using vault::RecordKind;
using vault::Vault;

namespace {

constexpr std::string_view kBackupPassword = "backup password";

/// Entry, NetworkLog, NetworkLog, Label, ten times, in a wallet with a root and one private key.
base::Result<Vault> prepare(WalletFolder& folder)
{
    auto vault = TRY(folder.create());
    auto key = TRY(WalletFolder::keyOf(vault));
    TRY(vault.appendSecret(RecordKind::PrivateKey, test::secretOf("imported"), key));
    for (int i = 0; i < 10; ++i) {
        const vault::Record some[] = {record(RecordKind::Entry, "entry " + std::to_string(i)),
                                      record(RecordKind::NetworkLog, "log"),
                                      record(RecordKind::NetworkLog, "log again"),
                                      record(RecordKind::Label, "label " + std::to_string(i))};
        TRY(vault.append(some));
    }
    return vault;
}

Keep withoutLog(std::uint64_t, RecordKind kind, base::ByteView)
{
    return kind == RecordKind::NetworkLog ? Keep::No : Keep::Yes;
}

Keep nothing(std::uint64_t, RecordKind, base::ByteView)
{
    return Keep::No;
}

base::Result<std::string> secretText(Vault& vault, std::uint64_t sequence,
                                     const base::SecretBytes& key)
{
    std::string text;
    TRY(vault.withSecret(sequence, key, [&](const base::SecretBytes& secret) -> base::Result<void> {
        text.assign(secret.reveal().begin(), secret.reveal().end());
        return {};
    }));
    return text;
}

base::Result<void> expectRoot(Vault& vault, const base::SecretBytes& key)
{
    return vault.withRoot(key, [](const vault::RootSecret& root) -> base::Result<void> {
        if (!base::equal(root.entropy.reveal(), WalletFolder::entropyBytes()))
            return base::Error{ErrorCode::Internal, "another root"};
        return {};
    });
}

} // namespace

class BackupTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aNewPasswordRevokesTheOld()
    {
        WalletFolder folder;
        auto prepared = prepare(folder);
        VERIFY_RESULT(prepared);
        auto vault = prepared.take();
        std::vector<test::SeenRecord> before;
        VERIFY_RESULT(vault.replay(WalletFolder::collector(before)));
        const auto checkpoint = vault.checkpoint();
        const auto commit = vault.commitNumber();
        auto oldKey = WalletFolder::keyOf(vault);
        VERIFY_RESULT(oldKey);
        const auto next = folder.wrappingKey("next");
        VERIFY_RESULT(vault.rotate(*oldKey, next, {}));

        QVERIFY(vault.isUnlocked());
        QCOMPARE(vault.commitNumber(), commit + 1);
        QCOMPARE(vault.header().keyEpoch, 2u);
        QVERIFY(vault.checkpoint() == checkpoint);
        COMPARE_ERROR(vault.checkKey(*oldKey), ErrorCode::WrongPassword);
        VERIFY_RESULT(vault.checkKey(next.key));
        VERIFY_RESULT(expectRoot(vault, next.key));
        auto imported = secretText(vault, 3, next.key);
        VERIFY_RESULT(imported);
        QCOMPARE(*imported, std::string("imported"));
        std::vector<test::SeenRecord> after;
        VERIFY_RESULT(vault.replay(WalletFolder::collector(after)));
        QVERIFY(before == after);
        const vault::Record one[] = {record(RecordKind::Entry, "after")};
        VERIFY_RESULT(vault.append(one));
        vault.lock();
        COMPARE_ERROR(WalletFolder::readAll(vault), ErrorCode::WrongPassword);
        auto seen = WalletFolder::readAll(vault, "next");
        VERIFY_RESULT(seen);
        QCOMPARE(seen->size(), before.size() + 1);
        QVERIFY(vault.openedAs() == OpenedAs::Normal);
        VERIFY_RESULT(vault.verifyAgainst(checkpoint));
    }

    void rotationNeedsThePasswordAndMayNotWeaken()
    {
        WalletFolder folder;
        auto vault = prepare(folder);
        VERIFY_RESULT(vault);
        const auto before = test::fileBytes(folder.path());
        auto wrong = WalletFolder::keyOf(*vault, "wrong");
        COMPARE_ERROR(vault->rotate(*wrong, folder.wrappingKey("next"), {}),
                      ErrorCode::WrongPassword);
        auto stronger = vault::WrappingKey::derive({2, vault::kTestOnly.memoryBytes},
                                                   test::secretOf("p"), folder.random());
        VERIFY_RESULT(stronger);
        auto key = WalletFolder::keyOf(*vault);
        QVERIFY(test::fileBytes(folder.path()) == before);
        VERIFY_RESULT(vault->rotate(*key, *stronger, {}));
        COMPARE_ERROR(vault->rotate(stronger->key, folder.wrappingKey("next"), {}),
                      ErrorCode::OutOfRange);
        QVERIFY(!storage::fileExists(folder.path() + ".new"));
        vault->lock();
        COMPARE_ERROR(vault->rotate(stronger->key, *stronger, {}), ErrorCode::Locked);
    }

    void compactionKeepsTheRootAndTheNumbers()
    {
        WalletFolder folder;
        auto vault = prepare(folder);
        VERIFY_RESULT(vault);
        const auto root = vault->root();
        const auto size = vault->size();
        auto early = vault->checkpoint();
        auto key = WalletFolder::keyOf(*vault);
        const auto sizeBefore = test::fileBytes(folder.path()).size();
        VERIFY_RESULT(vault->rotate(*key, folder.wrappingKey(), withoutLog));
        QVERIFY(vault->root() == root);
        QCOMPARE(vault->size(), size);
        QVERIFY(test::fileBytes(folder.path()).size() <= sizeBefore);
        vault->lock();
        auto seen = WalletFolder::readAll(*vault);
        VERIFY_RESULT(seen);
        QCOMPARE(seen->size(), 23u); // Root, what is known of it, a key, 10 entries, 10 labels.
        for (const auto& one : *seen)
            QVERIFY(one.kind != RecordKind::NetworkLog);
        QCOMPARE((*seen)[3].sequence, 4u);
        QCOMPARE((*seen)[4].sequence, 7u);
        QVERIFY((*seen)[4].payload == base::bytesOf("label 0"));
        const vault::Record one[] = {record(RecordKind::Label, "later")};
        VERIFY_RESULT(vault->append(one));
        QCOMPARE(vault->size(), size + 1);

        // Everything that may go, twice: runs of hashes are joined.
        for (int i = 0; i < 2; ++i) {
            auto again = WalletFolder::keyOf(*vault);
            VERIFY_RESULT(vault->rotate(*again, folder.wrappingKey(), nothing));
        }
        vault->lock();
        seen = WalletFolder::readAll(*vault);
        VERIFY_RESULT(seen);
        QCOMPARE(seen->size(), 13u);
        VERIFY_RESULT(vault->verifyAgainst(early));
        auto last = WalletFolder::keyOf(*vault);
        VERIFY_RESULT(expectRoot(*vault, *last));
        for (std::uint64_t sequence = 1; sequence <= vault->size(); ++sequence) {
            auto proof = vault->inclusionProof(sequence);
            VERIFY_RESULT(proof);
            auto leaf = vault->leaf(sequence);
            QVERIFY(
                crypto::verifyInclusion(*leaf, sequence - 1, vault->size(), *proof, vault->root()));
        }
    }

    void aBackupHoldsWhatItSays()
    {
        WalletFolder folder;
        auto vault = prepare(folder);
        VERIFY_RESULT(vault);
        auto key = WalletFolder::keyOf(*vault);
        const auto before = test::fileBytes(folder.path());
        const auto target = folder.folder() + "/backup.coffer";
        auto report = vault->backup(target, *key, folder.wrappingKey(kBackupPassword),
                                    vault::BackupRoot::Included, withoutLog);
        VERIFY_RESULT(report);
        QVERIFY(test::fileBytes(folder.path()) == before);
        QVERIFY(report->hasRoot);
        QVERIFY(report->walletId == vault->header().walletId);
        QVERIFY(report->checkpoint == vault->checkpoint());
        QCOMPARE(report->records[RecordKind::Entry], 10u);
        QCOMPARE(report->records[RecordKind::Label], 10u);
        QCOMPARE(report->records.count(RecordKind::NetworkLog), 0u);
        QVERIFY(report->rootInfo.has_value());

        auto verified = vault::verifyBackup(target, test::secretOf(kBackupPassword));
        VERIFY_RESULT(verified);
        QVERIFY(verified->records == report->records);
        QVERIFY(verified->checkpoint == report->checkpoint);
        VERIFY_RESULT(vault->verifyAgainst(verified->checkpoint));
        COMPARE_ERROR(vault::verifyBackup(target, test::secretOf(WalletFolder::kPassword)),
                      ErrorCode::WrongPassword);
        COMPARE_ERROR(vault::verifyBackup(target + "x", test::secretOf(kBackupPassword)),
                      ErrorCode::NotFound);
        COMPARE_ERROR(
            vault->backup(target, *key, folder.wrappingKey(), vault::BackupRoot::Included, {}),
            ErrorCode::AlreadyExists);
        auto cut = test::fileBytes(target);
        cut.resize(cut.size() - 4096);
        test::writeBytes(target, cut);
        COMPARE_ERROR(vault::verifyBackup(target, test::secretOf(kBackupPassword)),
                      ErrorCode::Damaged);
    }

    void aBackupOpensAsRestoredAndGoesOn()
    {
        WalletFolder folder;
        auto vault = prepare(folder);
        VERIFY_RESULT(vault);
        auto key = WalletFolder::keyOf(*vault);
        const auto target = folder.path("restored");
        VERIFY_RESULT(vault->backup(target, *key, folder.wrappingKey(kBackupPassword),
                                    vault::BackupRoot::Included, {}));
        {
            auto closed = vault.take();
        }
        ASSERT(QDir(QString::fromStdString(folder.folder() + "/anchors")).removeRecursively());

        auto restored = folder.open("restored");
        VERIFY_RESULT(restored);
        QVERIFY(restored->header().isBackup());
        VERIFY_RESULT(WalletFolder::readAll(*restored, kBackupPassword));
        // Another machine: no anchor there, and still not a file to trust at once.
        QVERIFY(restored->openedAs() == OpenedAs::Restored);
        auto backupKey = WalletFolder::keyOf(*restored, kBackupPassword);
        VERIFY_RESULT(expectRoot(*restored, *backupKey));
        const vault::Record one[] = {record(RecordKind::Entry, "rescanned")};
        VERIFY_RESULT(restored->append(one));
        // A new password does not end the restoration.
        const auto next = folder.wrappingKey("own");
        VERIFY_RESULT(restored->rotate(*backupKey, next, {}));
        restored->lock();
        VERIFY_RESULT(WalletFolder::readAll(*restored, "own"));
        QVERIFY(restored->openedAs() == OpenedAs::Restored);
        VERIFY_RESULT(restored->finishRestoration());
        restored->lock();
        VERIFY_RESULT(WalletFolder::readAll(*restored, "own"));
        QVERIFY(restored->openedAs() == OpenedAs::Normal);
        // From then on it is a wallet file like any other.
        VERIFY_RESULT(restored->rotate(next.key, next, {}));
        QVERIFY(!restored->header().isBackup());
        restored->lock();
        VERIFY_RESULT(WalletFolder::readAll(*restored, "own"));
        QVERIFY(restored->openedAs() == OpenedAs::Normal);
    }

    void aBackupWithoutTheRootCannotSpend()
    {
        WalletFolder folder;
        auto vault = prepare(folder);
        VERIFY_RESULT(vault);
        auto key = WalletFolder::keyOf(*vault);
        const auto target = folder.path("watching");
        auto report = vault->backup(target, *key, folder.wrappingKey(kBackupPassword),
                                    vault::BackupRoot::LeftOut, {});
        VERIFY_RESULT(report);
        QVERIFY(!report->hasRoot);
        QVERIFY(report->checkpoint == vault->checkpoint());
        auto watching = folder.open("watching");
        VERIFY_RESULT(watching);
        QVERIFY(watching->header().isWatchOnly());
        VERIFY_RESULT(WalletFolder::readAll(*watching, kBackupPassword));
        auto backupKey = WalletFolder::keyOf(*watching, kBackupPassword);
        COMPARE_ERROR(expectRoot(*watching, *backupKey), ErrorCode::NotFound);
        const auto ignore = [](const base::SecretBytes&) { return base::Result<void>(); };
        QVERIFY(!watching->withSecret(3, *backupKey, ignore));
        QVERIFY(watching->rootInfo().has_value()); // Whose words would be needed.
    }

    void aFullTargetIsNamedAndLeavesNothing()
    {
        WalletFolder folder;
        auto vault = prepare(folder);
        VERIFY_RESULT(vault);
        auto key = WalletFolder::keyOf(*vault);
        COMPARE_ERROR(vault->backup(folder.folder() + "/missing/backup.coffer", *key,
                                    folder.wrappingKey(), vault::BackupRoot::Included, {}),
                      ErrorCode::NotFound);
        QVERIFY(vault->isUnlocked());
    }
};

QTEST_GUILESS_MAIN(BackupTest)
#include "backup_test.moc"
