// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: a wallet file gives back exactly what was committed, to those with the password only, and
// says by name what is wrong otherwise. Method: real files in a temporary folder.

#include "core/vault/vault.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/test.h"

#include <unistd.h>

using namespace coffer;
using base::ErrorCode;
using test::record;
using test::WalletFolder;
using vault::OpenedAs;
using vault::RecordKind;
using vault::Vault;

class VaultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void createsUnlockedAndReadsBack()
    {
        WalletFolder folder;
        {
            auto vault = folder.create();
            VERIFY_RESULT(vault);
            QVERIFY(vault->isUnlocked());
            QCOMPARE(vault->commitNumber(), 1u);
            QCOMPARE(vault->size(), 2u); // Root and what is known of it.
            QVERIFY(vault->openedAs() == OpenedAs::Normal);
            const vault::Record records[] = {record(RecordKind::Account, "first"),
                                             record(RecordKind::Entry, std::string(1000, 'e')),
                                             record(RecordKind::Label, "")};
            auto commit = vault->append(records);
            VERIFY_RESULT(commit);
            QCOMPARE(*commit, 2u);
            QCOMPARE(vault->size(), 5u);
        }
        QVERIFY(!storage::fileExists(folder.path() + "-journal"));
        auto vault = folder.open();
        VERIFY_RESULT(vault);
        QVERIFY(!vault->isUnlocked());
        QVERIFY(vault->header().realm == vault::Realm::Local);
        auto seen = WalletFolder::readAll(*vault);
        VERIFY_RESULT(seen);
        QCOMPARE(seen->size(), 5u);
        QVERIFY((*seen)[0].kind == RecordKind::Root);
        QVERIFY((*seen)[0].payload.empty());
        QVERIFY((*seen)[2].kind == RecordKind::Account);
        QVERIFY((*seen)[2].payload == base::bytesOf("first"));
        QCOMPARE((*seen)[3].payload.size(), 1000u);
        QCOMPARE((*seen)[4].sequence, 5u);
        QVERIFY(vault->openedAs() == OpenedAs::Normal);
        QVERIFY(vault->rootInfo()->fingerprint == (base::ByteArray<4>{1, 2, 3, 4}));
        QCOMPARE(int(vault->rootInfo()->wordCount), 12);
        auto payload = vault->payload(3, RecordKind::Account);
        VERIFY_RESULT(payload);
        QVERIFY(*payload == base::bytesOf("first"));
        COMPARE_ERROR(vault->payload(3, RecordKind::Label), ErrorCode::NotFound);
        COMPARE_ERROR(vault->payload(9, RecordKind::Label), ErrorCode::NotFound);
    }

    void replaysWhatUnlockGave()
    {
        WalletFolder folder;
        auto vault = folder.create();
        VERIFY_RESULT(vault);
        for (int i = 0; i < 20; ++i) {
            const vault::Record one[] = {record(RecordKind::Entry, std::to_string(i))};
            VERIFY_RESULT(vault->append(one));
        }
        std::vector<test::SeenRecord> first;
        VERIFY_RESULT(vault->replay(WalletFolder::collector(first)));
        QCOMPARE(first.size(), 22u);
        vault->lock();
        COMPARE_ERROR(vault->replay({}), ErrorCode::Locked);
        auto second = WalletFolder::readAll(*vault);
        VERIFY_RESULT(second);
        QVERIFY(first == *second);
    }

    void tellsAWrongPasswordFromDamage()
    {
        WalletFolder folder;
        VERIFY_RESULT(folder.create());
        COMPARE_ERROR(folder.openAndRead("savings", "wrong"), ErrorCode::WrongPassword);
        auto vault = folder.open();
        VERIFY_RESULT(vault);
        auto key = WalletFolder::keyOf(*vault, "wrong");
        VERIFY_RESULT(key);
        COMPARE_ERROR(vault->unlock(*key, {}), ErrorCode::WrongPassword);
        QVERIFY(!vault->isUnlocked());
        COMPARE_ERROR(vault->checkKey(*key), ErrorCode::WrongPassword);
        COMPARE_ERROR(vault->append({}), ErrorCode::Locked);
        // NFKD: the same password in another Unicode form.
        auto composed = vault::WrappingKey::derive(vault::kTestOnly, test::secretOf("caf\u00e9"),
                                                   folder.random());
        VERIFY_RESULT(composed);
        auto decomposed = vault::deriveKey(composed->parameters, test::secretOf("cafe\u0301"));
        VERIFY_RESULT(decomposed);
        QVERIFY(composed->key.equals(*decomposed));
    }

    void opensTheRootForOneCallOnly()
    {
        WalletFolder folder;
        auto vault = folder.create();
        VERIFY_RESULT(vault);
        auto key = WalletFolder::keyOf(*vault);
        VERIFY_RESULT(key);
        int calls = 0;
        VERIFY_RESULT(
            vault->withRoot(*key, [&](const vault::RootSecret& root) -> base::Result<void> {
                ++calls;
                if (!base::equal(root.entropy.reveal(), WalletFolder::entropyBytes()))
                    return base::Error{ErrorCode::Internal, "another root"};
                auto seed = TRY(root.seed());
                if (seed.size() != 64)
                    return base::Error{ErrorCode::Internal, "no seed"};
                return {};
            }));
        QCOMPARE(calls, 1);
        auto wrong = WalletFolder::keyOf(*vault, "wrong");
        VERIFY_RESULT(wrong);
        const auto never = [](const vault::RootSecret&) -> base::Result<void> {
            return base::Error{ErrorCode::Internal, "must not be called"};
        };
        COMPARE_ERROR(vault->withRoot(*wrong, never), ErrorCode::WrongPassword);
        vault->lock();
        COMPARE_ERROR(vault->withRoot(*key, never), ErrorCode::Locked);
    }

    void keepsOtherSecrets()
    {
        WalletFolder folder;
        auto vault = folder.create();
        VERIFY_RESULT(vault);
        auto key = WalletFolder::keyOf(*vault);
        VERIFY_RESULT(key);
        VERIFY_RESULT(
            vault->appendSecret(RecordKind::PrivateKey, test::secretOf("a private key"), *key));
        const auto sequence = vault->size();
        std::string found;
        const auto use = [&](const base::SecretBytes& secret) -> base::Result<void> {
            found.assign(secret.reveal().begin(), secret.reveal().end());
            return {};
        };
        VERIFY_RESULT(vault->withSecret(sequence, *key, use));
        QCOMPARE(found, std::string("a private key"));
        COMPARE_ERROR(vault->withSecret(2, *key, use), ErrorCode::NotFound);
    }

    void asksForAPassphraseThatIsNotStored()
    {
        WalletFolder folder;
        auto request = folder.request();
        request.root->passphraseMode = vault::PassphraseMode::AskedWhenSigning;
        auto vault = Vault::create(folder.path(), std::move(request), folder.environment());
        VERIFY_RESULT(vault);
        auto key = WalletFolder::keyOf(*vault);
        VERIFY_RESULT(key);
        VERIFY_RESULT(
            vault->withRoot(*key, [](const vault::RootSecret& root) -> base::Result<void> {
                auto without = root.seed();
                if (without || without.error().code != ErrorCode::PasswordNeeded)
                    return base::Error{ErrorCode::Internal, "not asked for"};
                const auto passphrase = test::secretOf("TREZOR");
                auto with = TRY(root.seed(&passphrase));
                return {};
            }));
        auto stored = folder.request();
        stored.root->passphraseMode = vault::PassphraseMode::Stored;
        stored.root->passphrase = test::secretOf("TREZOR");
        auto second = Vault::create(folder.path("second"), std::move(stored), folder.environment());
        VERIFY_RESULT(second);
        auto secondKey = WalletFolder::keyOf(*second);
        VERIFY_RESULT(second->withRoot(*secondKey, [](const vault::RootSecret& root) {
            auto seed = root.seed();
            return seed ? base::Result<void>() : base::Result<void>(seed.error());
        }));
    }

    void watchOnlyHoldsNoRoot()
    {
        WalletFolder folder;
        auto request = folder.request();
        request.root.reset();
        request.records = {record(RecordKind::Account, "watched")};
        auto vault = Vault::create(folder.path(), std::move(request), folder.environment());
        VERIFY_RESULT(vault);
        QVERIFY(vault->header().isWatchOnly());
        QCOMPARE(vault->size(), 1u);
        auto key = WalletFolder::keyOf(*vault);
        COMPARE_ERROR(vault->withRoot(*key, {}), ErrorCode::NotFound);
    }

    void refusesCheapKeysInRealmMain()
    {
        WalletFolder folder;
        auto request = folder.request();
        request.realm = vault::Realm::Main;
        COMPARE_ERROR(Vault::create(folder.path(), std::move(request), folder.environment()),
                      ErrorCode::OutOfRange);
        auto enforced = folder.request();
        enforced.kdfRule = vault::KdfRule::Enforced;
        COMPARE_ERROR(Vault::create(folder.path(), std::move(enforced), folder.environment()),
                      ErrorCode::OutOfRange);
        QVERIFY(!storage::fileExists(folder.path()));
    }

    void refusesWhatItWritesItself()
    {
        WalletFolder folder;
        auto vault = folder.create();
        VERIFY_RESULT(vault);
        for (const auto kind : {RecordKind::Compacted, RecordKind::Restoration, RecordKind::Root,
                                RecordKind::RootInfo}) {
            const vault::Record one[] = {record(kind, "x")};
            COMPARE_ERROR(vault->append(one), ErrorCode::Usage);
        }
        const vault::Record large[] = {
            {RecordKind::Entry, base::Bytes(vault::kMaxPayloadBytes + 1)}};
        COMPARE_ERROR(vault->append(large), ErrorCode::TooLarge);
        const vault::Record largest[] = {{RecordKind::Entry, base::Bytes(vault::kMaxPayloadBytes)}};
        VERIFY_RESULT(vault->append(largest));
        vault->lock();
        VERIFY_RESULT(WalletFolder::readAll(*vault));
    }

    void secondEngineIsRefusedByName()
    {
        WalletFolder folder;
        auto vault = folder.create();
        VERIFY_RESULT(vault);
        COMPARE_ERROR(folder.open(), ErrorCode::InUse);
        COMPARE_ERROR(folder.open("savings", storage::Access::ReadOnly), ErrorCode::InUse);
        COMPARE_ERROR(folder.create(), ErrorCode::AlreadyExists);
        const vault::Record one[] = {record(RecordKind::Entry, "still works")};
        VERIFY_RESULT(vault->append(one));
    }

    void missingFileIsNotFound()
    {
        WalletFolder folder;
        COMPARE_ERROR(folder.open(), ErrorCode::NotFound);
        QVERIFY(!storage::fileExists(folder.path()));
    }

    void readOnlyPlacesAreNamedAndLeftAlone()
    {
        if (::geteuid() != 0)
            QSKIP("needs root to become somebody else");
        WalletFolder folder;
        VERIFY_RESULT(folder.create());
        const auto before = test::fileBytes(folder.path());
        // Root may write everything: become nobody, who may only read.
        QFile::setPermissions(QString::fromStdString(folder.folder()), QFile::Permissions(0x7755));
        QFile::setPermissions(QString::fromStdString(folder.folder() + "/wallets"),
                              QFile::Permissions(0x7755));
        QFile::setPermissions(QString::fromStdString(folder.path()), QFile::Permissions(0x6644));
        QCOMPARE(::seteuid(65534), 0);
        auto writing = folder.open();
        auto creating = folder.create("other");
        auto reading = folder.open("savings", storage::Access::ReadOnly);
        QCOMPARE(::seteuid(0), 0);
        COMPARE_ERROR(writing, ErrorCode::ReadOnly);
        COMPARE_ERROR(creating, ErrorCode::ReadOnly);
        VERIFY_RESULT(reading);
        VERIFY_RESULT(WalletFolder::readAll(*reading));
        const vault::Record one[] = {record(RecordKind::Entry, "x")};
        COMPARE_ERROR(reading->append(one), ErrorCode::ReadOnly);
        QVERIFY(test::fileBytes(folder.path()) == before);
    }

    void newerVersionsAreNamedAndLeftAlone()
    {
        WalletFolder folder;
        VERIFY_RESULT(folder.create());
        auto bytes = test::fileBytes(folder.path());
        bytes[63] = 2; // SQLite's user version, big-endian at offset 60.
        test::writeBytes(folder.path(), bytes);
        COMPARE_ERROR(folder.open(), ErrorCode::VersionTooNew);
        QVERIFY(test::fileBytes(folder.path()) == bytes);
    }

    void proofsHoldAgainstTheRoot()
    {
        WalletFolder folder;
        auto vault = folder.create();
        VERIFY_RESULT(vault);
        std::vector<vault::Checkpoint> checkpoints;
        for (int i = 0; i < 10; ++i) {
            checkpoints.push_back(vault->checkpoint());
            const vault::Record one[] = {record(RecordKind::Entry, std::to_string(i))};
            VERIFY_RESULT(vault->append(one));
        }
        for (std::uint64_t sequence = 1; sequence <= vault->size(); ++sequence) {
            auto proof = vault->inclusionProof(sequence);
            VERIFY_RESULT(proof);
            auto leaf = vault->leaf(sequence);
            VERIFY_RESULT(leaf);
            QVERIFY(
                crypto::verifyInclusion(*leaf, sequence - 1, vault->size(), *proof, vault->root()));
        }
        for (const auto& checkpoint : checkpoints) {
            auto proof = vault->consistencyProof(checkpoint.records);
            VERIFY_RESULT(proof);
            QVERIFY(crypto::verifyConsistency(checkpoint.records, vault->size(), *proof,
                                              checkpoint.root, vault->root()));
            VERIFY_RESULT(vault->verifyAgainst(checkpoint));
            auto parsed = vault::parseCheckpoint(vault::toText(checkpoint));
            VERIFY_RESULT(parsed);
            QVERIFY(*parsed == checkpoint);
        }
        auto forged = vault->checkpoint();
        forged.root[0] ^= 1;
        COMPARE_ERROR(vault->verifyAgainst(forged), ErrorCode::Unproved);
        auto longer = vault->checkpoint();
        ++longer.records;
        COMPARE_ERROR(vault->verifyAgainst(longer), ErrorCode::Unproved);
        auto foreign = vault->checkpoint();
        foreign.walletId = base::Uuid();
        COMPARE_ERROR(vault->verifyAgainst(foreign), ErrorCode::WrongWallet);
        COMPARE_ERROR(vault->inclusionProof(0), ErrorCode::OutOfRange);
        COMPARE_ERROR(vault->inclusionProof(99), ErrorCode::OutOfRange);
        for (const char* text : {"", "coffer-log:1:", "coffer-log:1:x:1:00", "coffer-log:2:a:b:c"})
            COMPARE_ERROR(vault::parseCheckpoint(text), ErrorCode::Malformed);
    }

    void aVisitorsErrorLocksAgain()
    {
        WalletFolder folder;
        VERIFY_RESULT(folder.create());
        auto vault = folder.open();
        VERIFY_RESULT(vault);
        auto key = WalletFolder::keyOf(*vault);
        COMPARE_ERROR(vault->unlock(*key,
                                    [](std::uint64_t, RecordKind, base::ByteView) {
                                        return base::Result<void>(ErrorCode::Conflict, "no");
                                    }),
                      ErrorCode::Conflict);
        QVERIFY(!vault->isUnlocked());
    }
};

QTEST_GUILESS_MAIN(VaultTest)
#include "vault_test.moc"
