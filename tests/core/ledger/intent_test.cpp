// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: an intent is stored exactly and read strictly. Method: round trips of every state, damage
// to every byte, and the rules of the book.
#include "tests/core/ledger/intents.h"

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using ledger::Intent;
using ledger::IntentBook;
using ledger::IntentState;

namespace {

Intent prepared()
{
    return *prepareIntent(draftOf(1, {1, 2}), {}, kNow);
}

Intent signedOne()
{
    return *signIntent(prepared(), {}, {9, 9, 9}, txid(50), kNow + 1);
}

} // namespace

class IntentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void roundTrips()
    {
        auto taken = signedOne();
        taken.state = IntentState::Conflicted;
        taken.takenBy = txid(3);
        taken.height = 7;
        taken.replaces = uuid(8);
        taken.replacesTransaction = txid(4);
        taken.purpose = ledger::IntentPurpose::Bump;
        for (const Intent& intent : {prepared(), signedOne(), taken}) {
            const auto bytes = encodeIntent(intent);
            const auto back = ledger::decodeIntent(bytes);
            VERIFY_RESULT(back);
            QVERIFY(*back == intent);
            QCOMPARE(encodeIntent(*back), bytes);
        }
    }

    void refusesDamage()
    {
        const auto original = signedOne();
        const auto bytes = encodeIntent(original);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            QVERIFY(!ledger::decodeIntent(base::ByteView(bytes).first(i)));
            for (const int flip : {0x01, 0x20, 0x80}) {
                auto damaged = bytes;
                damaged[i] = static_cast<std::uint8_t>(damaged[i] ^ flip);
                const auto back = ledger::decodeIntent(damaged);
                QVERIFY(!back || (*back != original && encodeIntent(*back) == damaged));
            }
        }
        auto longer = bytes;
        longer.push_back(0);
        COMPARE_ERROR(ledger::decodeIntent(longer), ErrorCode::Malformed);
        auto newer = bytes;
        QCOMPARE(int(newer[3]), 1); // Map head (two bytes), key, version.
        newer[3] = 2;
        COMPARE_ERROR(ledger::decodeIntent(newer), ErrorCode::VersionTooNew);
        COMPARE_ERROR(ledger::decodeIntent(base::Bytes(ledger::kMaxIntentBytes + 1)),
                      ErrorCode::TooLarge);
    }

    void keepsTheLatestRecord()
    {
        IntentBook book;
        VERIFY_RESULT(book.apply(encodeIntent(prepared())));
        VERIFY_RESULT(book.apply(encodeIntent(signedOne())));
        QVERIFY(*book.find(uuid(1)) == signedOne());
        QVERIFY(book.findByTransaction(txid(50)) == book.find(uuid(1)));
        QVERIFY(!book.find(uuid(2)));
        QVERIFY(!book.findByTransaction(txid(51)));
        QCOMPARE(book.all().size(), std::size_t(1));
    }

    void acceptsAnyFirstRecord()
    {
        // A rotated file holds only the latest.
        IntentBook book;
        VERIFY_RESULT(book.apply(encodeIntent(signedOne())));
    }

    void refusesRecordsThatRewriteThePast_data()
    {
        QTest::addColumn<int>("change");
        for (int i = 0; i < 9; ++i)
            QTest::addRow("change %d", i) << i;
    }
    void refusesRecordsThatRewriteThePast()
    {
        QFETCH(int, change);
        IntentBook book;
        VERIFY_RESULT(book.apply(encodeIntent(prepared())));
        VERIFY_RESULT(book.apply(encodeIntent(signedOne())));
        auto next = *markBroadcast(signedOne(), 2, 3, kNow + 2);
        VERIFY_RESULT(book.check(next));
        switch (change) {
        case 0:
            next.outputs[0].amount = money::Amount(1);
            break;
        case 1:
            next.inputs.pop_back();
            break;
        case 2:
            next.fee = money::Amount(11);
            break;
        case 3:
            next.signedBytes = {8};
            break;
        case 4:
            next.transaction = txid(51);
            break;
        case 5: // A replayed record.
            next = signedOne();
            break;
        case 6: // A gap.
            next.revision += 1;
            break;
        case 7:
            next.state = IntentState::Prepared;
            break;
        case 8:
            next.state = IntentState::Cancelled;
            break;
        }
        COMPARE_ERROR(book.check(next), ErrorCode::Damaged);
        COMPARE_ERROR(book.apply(encodeIntent(next)), ErrorCode::Damaged);
        QVERIFY(*book.find(uuid(1)) == signedOne());
    }

    void refusesASignedStateWithoutBytes()
    {
        IntentBook book;
        auto next = prepared();
        next.state = IntentState::Broadcast;
        COMPARE_ERROR(book.check(next), ErrorCode::Damaged);
    }
};

QTEST_GUILESS_MAIN(IntentTest)
#include "intent_test.moc"
