// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: 100,000 records open, with every seal and the whole tree checked, in a time nobody waits
// for. Method: write them in a few commits, measure unlock without the key derivation.

#include "core/vault/vault.h"
#include "tests/core/vault/wallet_folder.h"
#include "tests/support/test.h"

#include <QElapsedTimer>

using namespace coffer;
using test::record;
using test::WalletFolder;
using vault::RecordKind;

class SpeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derivesAKeyAtTheFloor()
    {
        QElapsedTimer timer;
        timer.start();
        VERIFY_RESULT(vault::deriveKey({{}, vault::kFloor}, test::secretOf("password")));
        qInfo("256 MiB and 3 passes in %lld ms", timer.elapsed());
    }

    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void opensAHundredThousandRecords()
    {
        constexpr int kRecords = 100'000;
        constexpr int kBatch = 10'000;
        // The wish is 500 ms in a release build; builds for tests and busy machines get more.
        constexpr int kLimitMs = 5'000;
        WalletFolder folder;
        auto created = folder.create();
        VERIFY_RESULT(created);
        auto vault = created.take();
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < kRecords; i += kBatch) {
            std::vector<vault::Record> records;
            for (int k = 0; k < kBatch; ++k)
                records.push_back(record(RecordKind::Entry, std::string(200, char('a' + k % 26))));
            VERIFY_RESULT(vault.append(records));
        }
        qInfo("written in %lld ms", timer.elapsed());
        auto key = WalletFolder::keyOf(vault);
        VERIFY_RESULT(key);
        for (int round = 0; round < 3; ++round) {
            vault.lock();
            std::uint64_t bytes = 0;
            timer.start();
            VERIFY_RESULT(vault.unlock(
                *key, [&](std::uint64_t, RecordKind, base::ByteView payload) -> base::Result<void> {
                    bytes += payload.size();
                    return {};
                }));
            const auto ms = timer.elapsed();
            qInfo("opened and checked in %lld ms", ms);
            QVERIFY(bytes >= std::uint64_t(kRecords) * 200);
            QVERIFY(ms < kLimitMs);
        }
        const vault::Record one[] = {record(RecordKind::Entry, "one more")};
        timer.start();
        VERIFY_RESULT(vault.append(one));
        qInfo("one more appended in %lld ms", timer.elapsed());
        timer.start();
        VERIFY_RESULT(vault.rotate(*key, folder.wrappingKey(), {}));
        qInfo("rotated in %lld ms", timer.elapsed());
    }
};

QTEST_GUILESS_MAIN(SpeedTest)
#include "speed_test.moc"
