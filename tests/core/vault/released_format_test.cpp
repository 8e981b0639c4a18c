// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: a wallet file of every released format opens for ever. Method: format<N>.coffer beside this
// file, with the checkpoint of their log, were written once and are never changed.
// COFFER_WRITE_FORMAT=<path> writes another one.

#include "core/vault/vault.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/test.h"

using namespace coffer;
using test::record;
using test::WalletFolder;
using vault::RecordKind;

namespace {

constexpr std::string_view kPassword = "format one";

base::Result<void> write(const std::string& path)
{
    WalletFolder folder;
    auto request = folder.request();
    request.realm = vault::Realm::Test;
    request.password = folder.wrappingKey(kPassword);
    request.root->passphraseMode = vault::PassphraseMode::Stored;
    request.root->passphrase = test::secretOf("TREZOR");
    auto vault = TRY(vault::Vault::create(path, std::move(request), folder.environment()));
    auto key = TRY(WalletFolder::keyOf(vault, kPassword));
    TRY(vault.appendSecret(RecordKind::PrivateKey, test::secretOf("a private key"), key));
    const vault::Record some[] = {
        record(RecordKind::Account, "account"), record(RecordKind::Entry, "entry"),
        record(RecordKind::NetworkLog, "one"), record(RecordKind::NetworkLog, "two"),
        record(RecordKind::Label, std::string(600, 'l'))};
    TRY(vault.append(some));
    const auto withoutLog = [](std::uint64_t, RecordKind kind, base::ByteView) {
        return kind == RecordKind::NetworkLog ? vault::Keep::No : vault::Keep::Yes;
    };
    TRY(vault.rotate(key, folder.wrappingKey(kPassword), withoutLog));
    test::writeQuickly(path + ".checkpoint", base::viewOf(vault::toText(vault.checkpoint())));
    return {};
}

} // namespace

class ReleasedFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void format1Opens()
    {
        const auto wanted = qgetenv("COFFER_WRITE_FORMAT").toStdString();
        if (!wanted.empty())
            VERIFY_RESULT(write(wanted));

        WalletFolder folder;
        test::writeQuickly(folder.path(),
                           test::fileBytes(COFFER_TEST_DATA "/../core/vault/format1.coffer"));
        const auto checkpoint =
            test::fileBytes(COFFER_TEST_DATA "/../core/vault/format1.coffer.checkpoint");
        auto vault = folder.open();
        VERIFY_RESULT(vault);
        auto seen = WalletFolder::readAll(*vault, kPassword);
        VERIFY_RESULT(seen);
        QVERIFY(vault->openedAs() == vault::OpenedAs::AnchorMissing);
        QCOMPARE(vault->header().keyEpoch, 2u);
        QCOMPARE(vault->commitNumber(), 4u);
        QCOMPARE(seen->size(), 6u);
        QVERIFY((*seen)[3].payload == base::bytesOf("account"));
        QVERIFY((*seen)[4].payload == base::bytesOf("entry"));
        QCOMPARE((*seen)[5].sequence, 8u);
        QCOMPARE((*seen)[5].payload.size(), 600u);
        QCOMPARE(vault::toText(vault->checkpoint()),
                 std::string(checkpoint.begin(), checkpoint.end()));
        auto key = WalletFolder::keyOf(*vault, kPassword);
        VERIFY_RESULT(key);
        VERIFY_RESULT(vault->withRoot(*key, [](const vault::RootSecret& root) {
            const bool right = base::equal(root.entropy.reveal(), WalletFolder::entropyBytes()) &&
                               root.passphrase.equals(test::secretOf("TREZOR"));
            return right ? base::Result<void>()
                         : base::Result<void>(base::ErrorCode::Internal, "another root");
        }));
        VERIFY_RESULT(vault->withSecret(3, *key, [](const base::SecretBytes& secret) {
            return secret.equals(test::secretOf("a private key"))
                       ? base::Result<void>()
                       : base::Result<void>(base::ErrorCode::Internal, "another key");
        }));
        const vault::Record one[] = {record(RecordKind::Entry, "goes on")};
        VERIFY_RESULT(vault->append(one));
    }
};

QTEST_GUILESS_MAIN(ReleasedFormatTest)
#include "released_format_test.moc"
