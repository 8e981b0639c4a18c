// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: a file with 100,000 records opens again and again with all of them, takes one more, and
// rotates. Method: written in a few commits; how long it takes is for the bench to say.

#include "core/vault/vault.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/test.h"

using namespace coffer;
using test::record;
using test::WalletFolder;
using vault::RecordKind;

class ManyRecordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void opensAHundredThousandRecords()
    {
        constexpr int kRecords = 100'000;
        constexpr int kBatch = 10'000;
        WalletFolder folder;
        auto created = folder.create();
        VERIFY_RESULT(created);
        auto vault = created.take();
        for (int i = 0; i < kRecords; i += kBatch) {
            std::vector<vault::Record> records;
            for (int k = 0; k < kBatch; ++k)
                records.push_back(record(RecordKind::Entry, std::string(200, char('a' + k % 26))));
            VERIFY_RESULT(vault.append(records));
        }
        auto key = WalletFolder::keyOf(vault);
        VERIFY_RESULT(key);
        for (int round = 0; round < 3; ++round) {
            vault.lock();
            std::uint64_t bytes = 0;
            VERIFY_RESULT(vault.unlock(
                *key, [&](std::uint64_t, RecordKind, base::ByteView payload) -> base::Result<void> {
                    bytes += payload.size();
                    return {};
                }));
            QVERIFY(bytes >= std::uint64_t(kRecords) * 200);
        }
        const vault::Record one[] = {record(RecordKind::Entry, "one more")};
        VERIFY_RESULT(vault.append(one));
        VERIFY_RESULT(vault.rotate(*key, folder.wrappingKey(), {}));
    }
};

QTEST_GUILESS_MAIN(ManyRecordsTest)
#include "many_records_test.moc"
