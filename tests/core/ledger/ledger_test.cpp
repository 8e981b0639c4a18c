// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the fold accepts exactly what compose() makes, keeps pending apart from settled, and is
// fast. Method: rules one by one on small books, proofs on random ones, and a measured fold of
// 100,000.
#include "tests/core/ledger/books.h"

#include <ctime>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using ledger::BookAccount;
using ledger::EntryKind;
using ledger::Layer;
using ledger::Ledger;
using money::Amount;

namespace {

int cpuMs()
{
    return static_cast<int>(std::clock() * 1000 / CLOCKS_PER_SEC);
}

} // namespace

class LedgerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void keepsPendingApartFromSettled()
    {
        Books books;
        VERIFY_RESULT(books.post({deposit(1, 5000, 1)}));
        QVERIFY(books.balance(1) == balance(0, 5000));
        VERIFY_RESULT(books.post({settlement(deposit(1, 5000, 1), 10)}));
        QVERIFY(books.balance(1) == balance(5000, 0));
        QVERIFY(books.ledger.balance(BookAccount::external(), rbtc()) == balance(-5000, 0));
        QVERIFY(books.balance(2) == balance(0, 0));
        const auto counters =
            books.ledger.counters(BookAccount::own(uuid(1)), rbtc(), Layer::Pending);
        QCOMPARE(counters.in, Amount(5000)); // Counters only grow.
        QCOMPARE(counters.out, Amount(5000));
    }

    void givesStrictlyIncreasingTimes()
    {
        Books books;
        const auto first = books.post({deposit(1, 1, 1), deposit(1, 1, 2)});
        VERIFY_RESULT(first);
        books.clock.setUtcMs(1'000); // The clock goes back.
        const auto second = books.post({deposit(1, 1, 3)});
        VERIFY_RESULT(second);
        QCOMPARE((*first)[0].timeMs, 1'700'000'000'000);
        QCOMPARE((*first)[1].timeMs, 1'700'000'000'001);
        QCOMPARE((*second)[0].timeMs, 1'700'000'000'002);
        QCOMPARE((*second)[0].sequence, std::uint64_t(3));
    }

    void reversesExactlyOnce()
    {
        Books books;
        const auto posted = books.post({deposit(1, 5000, 1)});
        VERIFY_RESULT(posted);
        const auto reversal = books.ledger.reversalOf(posted->front().id, EntryKind::Conflict);
        VERIFY_RESULT(reversal);
        // Also not twice within one batch.
        COMPARE_ERROR(books.ledger.compose({{*reversal, *reversal}}, books.clock, books.random),
                      ErrorCode::Conflict);
        VERIFY_RESULT(books.post({*reversal}));
        QVERIFY(books.balance(1) == balance(0, 0));
        QVERIFY(books.ledger.isReversed(1));
        QVERIFY(!books.ledger.isReversed(2));
        COMPARE_ERROR(books.post({*reversal}), ErrorCode::Conflict);
        COMPARE_ERROR(books.ledger.reversalOf(posted->front().id, EntryKind::Drop),
                      ErrorCode::Conflict);
        // The transaction may appear again.
        VERIFY_RESULT(books.post({deposit(1, 5000, 1)}));
    }

    void refusesWhatTheStateForbids_data()
    {
        QTest::addColumn<int>("step");
        for (int i = 0; i < 8; ++i)
            QTest::addRow("step %d", i) << i;
    }
    void refusesWhatTheStateForbids()
    {
        QFETCH(int, step);
        Books books;
        const auto first = deposit(1, 5000, 1);
        const auto posted = books.post({first, settlement(first, 10)});
        VERIFY_RESULT(posted);
        const auto id = [&](std::size_t i) { return (*posted)[i].id; };
        ledger::EntryDraft draft = *books.ledger.reversalOf(id(1), EntryKind::Reorganisation);
        switch (step) {
        case 0: // Already there.
            draft = first;
            break;
        case 1: // Already settled.
            draft = settlement(first, 11);
            break;
        case 2: // Nothing to settle.
            draft = settlement(deposit(1, 5000, 2), 11);
            break;
        case 3: // Still settled.
            draft = *books.ledger.reversalOf(id(0), EntryKind::Conflict);
            break;
        case 4: // Not the exact negation.
            draft.postings[0].amount = draft.postings[0].amount.plus(Amount(1)).take();
            draft.postings[2].amount = draft.postings[2].amount.minus(Amount(1)).take();
            break;
        case 5: // Unknown entry.
            draft.reverses = uuid(200);
            break;
        case 6: // The wrong kind.
            draft.kind = EntryKind::Conflict;
            break;
        case 7: // Another transaction.
            draft.transaction = txid(9);
            break;
        }
        COMPARE_ERROR(books.ledger.compose({{draft}}, books.clock, books.random),
                      ErrorCode::Conflict);
    }

    void refusesForeignBytes()
    {
        Books books;
        auto entry = entryOf(deposit(1, 1, 1));
        entry.sequence = 2;
        COMPARE_ERROR(books.ledger.apply(encodeEntry(entry)), ErrorCode::Damaged);
        entry.sequence = 1;
        VERIFY_RESULT(books.ledger.apply(encodeEntry(entry)));
        COMPARE_ERROR(books.ledger.apply(encodeEntry(entry)), ErrorCode::Damaged);
        auto next = entryOf(deposit(1, 1, 2));
        next.sequence = 2;
        next.timeMs += 1;
        COMPARE_ERROR(books.ledger.apply(encodeEntry(next)), ErrorCode::Damaged); // The same id.
        next.id = uuid(10);
        next.timeMs -= 1;
        COMPARE_ERROR(books.ledger.apply(encodeEntry(next)), ErrorCode::Damaged); // The same time.
        QCOMPARE(books.ledger.size(), std::uint64_t(1));
        QVERIFY(books.balance(1) == balance(0, 1));
    }

    void doesNothingWhenAnEntryOfABatchFails()
    {
        Books books;
        const auto root = books.ledger.checkpoint();
        QVERIFY(!books.post({deposit(1, 1, 1), deposit(1, 1, 1)}));
        QCOMPARE(books.ledger.size(), std::uint64_t(0));
        QVERIFY(books.ledger.checkpoint() == root);
    }

    void replaysToTheSameBooks()
    {
        Books books;
        for (int i = 0; i < 200; ++i)
            VERIFY_RESULT(books.post({deposit(static_cast<std::uint8_t>(1 + i % 3), i + 1,
                                              static_cast<std::uint64_t>(i))}));
        Ledger replayed;
        for (std::uint64_t i = 1; i <= books.ledger.size(); ++i)
            VERIFY_RESULT(replayed.apply(*books.ledger.entryBytes(i)));
        QVERIFY(replayed.balances() == books.ledger.balances());
        QVERIFY(replayed.checkpoint() == books.ledger.checkpoint());
        QVERIFY(replayed.openTransactions() == books.ledger.openTransactions());
        COMPARE_ERROR(replayed.entryBytes(0), ErrorCode::NotFound);
        COMPARE_ERROR(replayed.entryBytes(201), ErrorCode::NotFound);
    }

    void provesEntriesAndItsPast()
    {
        Books books;
        std::vector<ledger::Checkpoint> past;
        for (std::uint64_t i = 1; i <= 40; ++i) {
            VERIFY_RESULT(books.post({deposit(1, 1, i)}));
            past.push_back(books.ledger.checkpoint());
        }
        for (const auto& checkpoint : past)
            VERIFY_RESULT(books.ledger.continues(checkpoint));
        for (std::uint64_t i = 1; i <= 40; ++i) {
            auto receipt = books.ledger.receipt(i);
            VERIFY_RESULT(receipt);
            VERIFY_RESULT(verifyReceipt(*receipt));
            receipt->entry[30] ^= 1;
            QVERIFY(!verifyReceipt(*receipt));
        }
        auto other = past[20];
        other.root[0] ^= 1;
        COMPARE_ERROR(books.ledger.continues(other), ErrorCode::Unproved);
        other.entries = 41;
        COMPARE_ERROR(books.ledger.continues(other), ErrorCode::Unproved);
        COMPARE_ERROR(books.ledger.checkpointAt(41), ErrorCode::OutOfRange);

        const auto text = toText(past[20]);
        QVERIFY(*ledger::parseCheckpoint(text) == past[20]);
        for (const std::string& wrong : {std::string(), std::string("coffer-checkpoint:1:"),
                                         std::string("coffer-checkpoint:2:1:00"), text + "0",
                                         text.substr(0, text.size() - 1), "x" + text})
            COMPARE_ERROR(ledger::parseCheckpoint(wrong), ErrorCode::Malformed);
    }

    void folds100000EntriesInHalfASecond()
    {
        Books books;
        std::vector<base::Bytes> stored;
        for (std::uint64_t i = 0; i < 50'000; ++i) {
            auto first = deposit(static_cast<std::uint8_t>(1 + i % 5), 1000, i);
            first.postings.push_back(posting(BookAccount::fees(), 10));
            first.postings[1].amount = Amount(-1010);
            first.counterparty = "bcrt1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7c";
            first.happenedMs = 1'700'000'000'000;
            auto bytes =
                books.ledger.compose({{first, settlement(first, 10)}}, books.clock, books.random);
            VERIFY_RESULT(bytes);
            for (auto& entry : *bytes) {
                VERIFY_RESULT(books.ledger.apply(entry));
                stored.push_back(std::move(entry));
            }
        }
        const auto begin = cpuMs(); // Not by the wall: other tests run beside it.
        Ledger replayed;
        for (const auto& entry : stored)
            VERIFY_RESULT(replayed.apply(entry));
        const auto folded = cpuMs();
        const auto checkpoint = replayed.checkpoint();
        const auto rooted = cpuMs();
        qInfo("fold of 100,000 entries: %d ms; their root: %d ms", folded - begin, rooted - folded);
        QCOMPARE(checkpoint.entries, std::uint64_t(100'000));
        QCOMPARE(replayed.balance(BookAccount::own(uuid(1)), rbtc()).settled, Amount(10'000'000));
#if !defined(COFFER_SANITIZED)
        QVERIFY2(folded - begin < 2'000, "half of that, optimised; this is for regressions");
#endif
    }
};

QTEST_GUILESS_MAIN(LedgerTest)
#include "ledger_test.moc"
