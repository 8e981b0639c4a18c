// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: an incoming payment that is never mined does not stay for ever, whatever the wall clock
// says, and what our keys signed is not given up. Method: the fixture's wallet, payments to it that
// only peers know, and the chain's time as the test tells it.

#include "tests/core/engine/open_wallet.h"

using namespace coffer;
using namespace coffer::test;

namespace {

constexpr std::int64_t kDayMs = 24 * 3'600'000LL;
constexpr std::int64_t kGift = 5'000;

/// Somebody's unconfirmed payment to the first address of account 84.
bitcoin::TransactionPointer giftTo(const OpenWallet& wallet, std::uint32_t number)
{
    const auto ours =
        wallet.session->scripts().scriptAt({accountId(84), bitcoin::DescriptorRole::Receive, 0});
    ASSERT(ours);
    return transaction({foreignPoint(number)}, {pay(kGift, *ours)});
}

/// A block on top of the fixture's that holds it.
bitcoin::Block blockWith(const bitcoin::TransactionPointer& held)
{
    bitcoin::Block block;
    block.header = fixture().chain.back().block.header;
    block.header.previous = fixture().chain.back().hash;
    block.transactions = {fixture().chain.back().block.transactions.front(), *held};
    return block;
}

ledger::HistoryRow rowOf(const OpenWallet& wallet, const bitcoin::TransactionPointer& movement)
{
    const auto rows = wallet.session->history().rowsOf(
        movement->txid().bytes(), std::int64_t(wallet.session->view().tipHeight()));
    ASSERT(rows.size() == 1);
    return rows.front();
}

std::int64_t pendingOf(const OpenWallet& wallet)
{
    return wallet.session->view().balance(accountId(84)).pendingForeign;
}

} // namespace

class SessionUnconfirmedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void expiresWhatIsNeverMined();
    void keepsWhatOurKeysSigned();
    void relayedAgainIsWrittenOnceADay();
    void aBlockEndsADoubleSpentPayment();
};

void SessionUnconfirmedTest::expiresWhatIsNeverMined()
{
    OpenWallet wallet;
    wallet.feedMain();
    const auto gift = giftTo(wallet, 1);
    const auto seenMs = wallet.folder.clock().utcMs();
    VERIFY_RESULT(wallet.session->seenUnconfirmed(gift));
    QCOMPARE(pendingOf(wallet), kGift);
    // Two weeks of the chain's time; the wall clock stands still.
    VERIFY_RESULT(wallet.session->expireUnconfirmed(seenMs + 14 * kDayMs));
    QCOMPARE(pendingOf(wallet), kGift);
    VERIFY_RESULT(wallet.session->expireUnconfirmed(seenMs + 14 * kDayMs + 1));
    QCOMPARE(pendingOf(wallet), std::int64_t(0));
    QCOMPARE(wallet.total(), kMainTotal);
    QVERIFY(rowOf(wallet, gift).status == ledger::MovementStatus::Dropped);
    wallet.verifyBooks();
    const auto entries = wallet.session->books().size();
    VERIFY_RESULT(wallet.session->expireUnconfirmed(seenMs + 15 * kDayMs));
    QCOMPARE(wallet.session->books().size(), entries);

    wallet.reopen();
    QCOMPARE(pendingOf(wallet), std::int64_t(0));
    QVERIFY(rowOf(wallet, gift).status == ledger::MovementStatus::Dropped);
    // Relayed once more, then mined after all.
    wallet.folder.clock().advanceMs(16 * kDayMs);
    VERIFY_RESULT(wallet.session->seenUnconfirmed(gift));
    QCOMPARE(pendingOf(wallet), kGift);
    VERIFY_RESULT(wallet.session->expireUnconfirmed(seenMs + 31 * kDayMs));
    QCOMPARE(pendingOf(wallet), std::int64_t(0));
    VERIFY_RESULT(wallet.session->applyBlock(fixture().chain.back().height + 1, blockWith(gift)));
    QCOMPARE(wallet.total(), kMainTotal + kGift);
    QVERIFY(rowOf(wallet, gift).status == ledger::MovementStatus::Confirmed);
    wallet.verifyBooks();
}

void SessionUnconfirmedTest::keepsWhatOurKeysSigned()
{
    OpenWallet wallet;
    wallet.feedMain();
    Payment payment(wallet);
    VERIFY_RESULT(wallet.session->addIntent(payment.prepared));
    VERIFY_RESULT(wallet.session->commitSigned(payment.signedIntent(wallet), payment.transaction,
                                               signing::SpendCounters()));
    VERIFY_RESULT(wallet.session->expireUnconfirmed(wallet.folder.clock().utcMs() + 100 * kDayMs));
    QVERIFY(wallet.session->view().find(payment.transaction->txid())->counts());
    QVERIFY(wallet.session->view().findCoin(payment.coin->point) == nullptr);
}

void SessionUnconfirmedTest::relayedAgainIsWrittenOnceADay()
{
    OpenWallet wallet;
    wallet.feedMain();
    const auto gift = giftTo(wallet, 1);
    VERIFY_RESULT(wallet.session->seenUnconfirmed(gift));
    const auto records = wallet.records().size();
    for (int i = 0; i < 20; ++i) {
        wallet.folder.clock().advanceMs(kDayMs / 24);
        VERIFY_RESULT(wallet.session->seenUnconfirmed(gift));
    }
    QCOMPARE(wallet.records().size(), records);
    wallet.folder.clock().advanceMs(kDayMs);
    const auto lastMs = wallet.folder.clock().utcMs();
    VERIFY_RESULT(wallet.session->seenUnconfirmed(gift));
    QVERIFY(wallet.records().size() > records);
    wallet.reopen(); // What counts for the expiry is in the file.
    VERIFY_RESULT(wallet.session->expireUnconfirmed(lastMs + 14 * kDayMs));
    QCOMPARE(pendingOf(wallet), kGift);
}

void SessionUnconfirmedTest::aBlockEndsADoubleSpentPayment()
{
    OpenWallet wallet;
    wallet.feedMain();
    const auto gift = giftTo(wallet, 1);
    VERIFY_RESULT(wallet.session->seenUnconfirmed(gift));
    const auto rival = transaction({foreignPoint(1)}, {pay(kGift, foreignScript(1))});
    const auto height = fixture().chain.back().height + 1;
    VERIFY_RESULT(wallet.session->applyBlock(height, blockWith(rival)));
    QCOMPARE(pendingOf(wallet), std::int64_t(0));
    const auto row = rowOf(wallet, gift);
    QVERIFY(row.status == ledger::MovementStatus::Conflicted);
    QVERIFY(row.related == rival->txid().bytes());
    wallet.verifyBooks();
    wallet.reopen();
    QCOMPARE(wallet.total(), kMainTotal);
    // The block is lost, and with it what spoke against the payment.
    VERIFY_RESULT(wallet.session->reorganised(height - 1));
    VERIFY_RESULT(wallet.session->applyBlock(height, blockWith(gift)));
    QCOMPARE(wallet.total(), kMainTotal + kGift);
    wallet.verifyBooks();
}

QTEST_GUILESS_MAIN(SessionUnconfirmedTest)
#include "session_unconfirmed_test.moc"
