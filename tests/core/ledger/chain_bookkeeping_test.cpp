// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: after any history of the chain the books say what the view says, and the same view twice
// posts nothing. Method: each change once by hand, then random histories with reorganisations,
// replacements, drops and better knowledge, checked after every step.
#include "tests/core/ledger/books.h"

#include <map>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using ledger::ChainState;
using ledger::EntryKind;
using ledger::Refusal;
using ledger::TxEffect;
using money::Amount;

namespace {

TxEffect unconfirmed(std::uint64_t tx, std::vector<ledger::AccountDelta> deltas)
{
    TxEffect out;
    out.transaction = txid(tx);
    out.currency = rbtc();
    out.deltas = std::move(deltas);
    out.firstSeenMs = 1'700'000'000'000;
    return out;
}

TxEffect confirmed(TxEffect effect, std::int64_t height, std::uint64_t block = 1)
{
    effect.state = ChainState::Confirmed;
    effect.height = height;
    effect.block = txid(1000 + block);
    effect.blockTimeMs = 1'700'000'600'000;
    return effect;
}

TxEffect refused(TxEffect effect, Refusal refusal)
{
    effect.state = ChainState::Refused;
    effect.refusal = refusal;
    return effect;
}

std::vector<EntryKind> kindsOf(const std::vector<ledger::Entry>& entries)
{
    std::vector<EntryKind> out;
    for (const auto& entry : entries)
        out.push_back(entry.kind);
    return out;
}

/// Posts what a view asks for; the second time it must ask for nothing.
base::Result<std::vector<EntryKind>> follow(Books& books, const std::vector<TxEffect>& view)
{
    auto drafts = TRY(bookkeeping(books.ledger, view));
    auto entries = TRY(books.post(drafts));
    auto again = TRY(bookkeeping(books.ledger, view));
    if (!again.empty())
        return base::Error{ErrorCode::Internal, "the same view posts twice"};
    return kindsOf(entries);
}

using Kinds = std::vector<EntryKind>;

} // namespace

class ChainBookkeepingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void followsAPayment()
    {
        Books books;
        auto income = unconfirmed(1, {{uuid(1), Amount(100)}});
        QCOMPARE(*follow(books, {income}), Kinds{EntryKind::Deposit});
        QVERIFY(books.balance(1) == balance(0, 100));
        QCOMPARE(*follow(books, {confirmed(income, 10)}), Kinds{EntryKind::Settlement});
        QVERIFY(books.balance(1) == balance(100, 0));

        auto payment = unconfirmed(2, {{uuid(1), Amount(-70)}});
        payment.fee = Amount(1);
        QCOMPARE(*follow(books, {payment}), Kinds{EntryKind::Send});
        QVERIFY(books.balance(1) == balance(100, -70));
        const auto fees = books.ledger.balance(ledger::BookAccount::fees(), rbtc());
        QVERIFY(fees == balance(0, 1));
        const auto outside = books.ledger.balance(ledger::BookAccount::external(), rbtc());
        QVERIFY(outside == balance(-100, 69));
    }

    void postsAConfirmedOneInTwoSteps()
    {
        Books books;
        auto mined = confirmed(unconfirmed(1, {{uuid(1), Amount(100)}}), 10);
        mined.coinbase = true;
        QCOMPARE(*follow(books, {mined}), (Kinds{EntryKind::Coinbase, EntryKind::Settlement}));
        QVERIFY(books.balance(1) == balance(100, 0));
    }

    void tellsOwnTransfersFromPayments()
    {
        Books books;
        auto between = unconfirmed(1, {{uuid(1), Amount(-51)}, {uuid(2), Amount(50)}});
        between.fee = Amount(1);
        auto toSelf = unconfirmed(2, {{uuid(1), Amount(-1)}});
        toSelf.fee = Amount(1);
        QCOMPARE(*follow(books, {between, toSelf}),
                 (Kinds{EntryKind::SelfTransfer, EntryKind::SelfTransfer}));
        QVERIFY(books.balance(2) == balance(0, 50));
    }

    void reversesALostBlock()
    {
        Books books;
        const auto income = unconfirmed(1, {{uuid(1), Amount(100)}});
        VERIFY_RESULT(follow(books, {confirmed(income, 10)}));
        QCOMPARE(*follow(books, {income}), Kinds{EntryKind::Reorganisation});
        QVERIFY(books.balance(1) == balance(0, 100));
        QCOMPARE(*follow(books, {confirmed(income, 11, 2)}), Kinds{EntryKind::Settlement});
        // Between two views in another block.
        QCOMPARE(*follow(books, {confirmed(income, 12, 3)}),
                 (Kinds{EntryKind::Reorganisation, EntryKind::Settlement}));
        QVERIFY(books.balance(1) == balance(100, 0));
    }

    void linksAReplacement()
    {
        Books books;
        auto first = unconfirmed(1, {{uuid(1), Amount(-70)}});
        first.fee = Amount(1);
        VERIFY_RESULT(follow(books, {first}));
        auto second = unconfirmed(2, {{uuid(1), Amount(-72)}});
        second.fee = Amount(3);
        auto gone = refused(first, Refusal::Replaced);
        gone.other = txid(2);
        // In any order of the view the replaced one goes first.
        QCOMPARE(*follow(books, {second, gone}), (Kinds{EntryKind::Replacement, EntryKind::Send}));
        QVERIFY(books.balance(1) == balance(0, -72));
        QVERIFY(books.ledger.entry(2)->related == txid(2));
        QVERIFY(books.ledger.entry(2)->reverses == books.ledger.entry(1)->id);
    }

    void reversesBothStepsOfARefusedOne()
    {
        Books books;
        const auto income = unconfirmed(1, {{uuid(1), Amount(100)}});
        VERIFY_RESULT(follow(books, {confirmed(income, 10)}));
        QCOMPARE(*follow(books, {refused(income, Refusal::Conflicted)}),
                 (Kinds{EntryKind::Reorganisation, EntryKind::Conflict}));
        QVERIFY(books.balance(1) == balance(0, 0));
        QVERIFY(books.ledger.openTransactions().empty());
    }

    void correctsWhatIsKnownBetter()
    {
        Books books;
        const auto income = unconfirmed(1, {{uuid(1), Amount(100)}});
        VERIFY_RESULT(follow(books, {confirmed(income, 10)}));
        const auto better = unconfirmed(1, {{uuid(1), Amount(100)}, {uuid(2), Amount(5)}});
        QCOMPARE(*follow(books, {confirmed(better, 10)}),
                 (Kinds{EntryKind::Correction, EntryKind::Correction, EntryKind::Deposit,
                        EntryKind::Settlement}));
        QVERIFY(books.balance(1) == balance(100, 0));
        QVERIFY(books.balance(2) == balance(5, 0));
    }

    void postsNothingForNothing()
    {
        Books books;
        QCOMPARE(*follow(books, {}), Kinds{});
        QCOMPARE(*follow(books, {unconfirmed(1, {{uuid(1), Amount(0)}})}), Kinds{});
        QCOMPARE(
            *follow(books, {refused(unconfirmed(2, {{uuid(1), Amount(5)}}), Refusal::Dropped)}),
            Kinds{});
    }

    void dropsWhatAWholeViewDoesNotName()
    {
        Books books;
        VERIFY_RESULT(follow(books, {unconfirmed(1, {{uuid(1), Amount(1)}}),
                                     unconfirmed(2, {{uuid(1), Amount(2)}})}));
        const auto view = std::vector{unconfirmed(2, {{uuid(1), Amount(2)}})};
        const auto other = ledger::bookkeepingOfView(books.ledger, money::Currency::bitcoin(), {});
        VERIFY_RESULT(other);
        QVERIFY(other->empty());
        const auto drafts = ledger::bookkeepingOfView(books.ledger, rbtc(), view);
        VERIFY_RESULT(drafts);
        QCOMPARE(drafts->size(), std::size_t(1));
        QVERIFY(drafts->front().kind == EntryKind::Drop);
        VERIFY_RESULT(books.post(*drafts));
        QVERIFY(books.balance(1) == balance(0, 2));
    }

    void refusesImpossibleEffects()
    {
        Books books;
        auto effect = unconfirmed(1, {{uuid(1), Amount(1)}});
        COMPARE_ERROR(bookkeeping(books.ledger, std::vector{effect, effect}), ErrorCode::Conflict);
        effect.state = ChainState::Confirmed;
        COMPARE_ERROR(bookkeeping(books.ledger, std::vector{effect}), ErrorCode::Conflict);
        effect.height = 1;
        effect.fee = Amount(-1);
        COMPARE_ERROR(bookkeeping(books.ledger, std::vector{effect}), ErrorCode::Conflict);
    }

    void followsAnyHistory_data()
    {
        QTest::addColumn<std::uint64_t>("seed");
        for (std::uint64_t seed = 1; seed <= 40; ++seed)
            QTest::addRow("seed %d", int(seed)) << seed;
    }
    void followsAnyHistory()
    {
        QFETCH(std::uint64_t, seed);
        base::SeededRandom random(seed);
        Books books;
        std::map<std::uint64_t, TxEffect> view;
        for (int step = 0; step < 120; ++step) {
            change(view, random);
            std::vector<TxEffect> effects;
            for (const auto& [tx, effect] : view)
                effects.push_back(effect);
            for (std::size_t i = effects.size(); i > 1; --i) // The order must not matter.
                std::swap(effects[i - 1], effects[random.below(i)]);
            VERIFY_RESULT(follow(books, effects));
            for (std::uint8_t account = 1; account <= 3; ++account)
                QVERIFY(books.balance(account) == wanted(view, account));
            const auto whole = ledger::bookkeepingOfView(books.ledger, rbtc(), effects);
            VERIFY_RESULT(whole);
            QVERIFY(whole->empty());
        }
        ledger::Ledger replayed;
        for (std::uint64_t i = 1; i <= books.ledger.size(); ++i)
            VERIFY_RESULT(replayed.apply(*books.ledger.entryBytes(i)));
        QVERIFY(replayed.balances() == books.ledger.balances());
    }

private:
    static ledger::Balance wanted(const std::map<std::uint64_t, TxEffect>& view,
                                  std::uint8_t account)
    {
        std::int64_t settled = 0;
        std::int64_t pending = 0;
        for (const auto& [tx, effect] : view) {
            for (const auto& delta : effect.deltas) {
                if (delta.account != uuid(account) || effect.state == ChainState::Refused)
                    continue;
                (effect.state == ChainState::Confirmed ? settled : pending) +=
                    *delta.amount.toInt64();
            }
        }
        return balance(settled, pending);
    }

    static TxEffect randomEffect(std::uint64_t tx, base::Random& random)
    {
        std::vector<ledger::AccountDelta> deltas;
        for (std::uint8_t account = 1; account <= 3; ++account) {
            if (random.below(2) == 0)
                deltas.push_back(
                    {uuid(account), Amount(static_cast<std::int64_t>(random.below(2001)) - 1000)});
        }
        TxEffect out = unconfirmed(tx, deltas);
        if (random.below(2) == 0)
            out.fee = Amount(static_cast<std::int64_t>(random.below(20)));
        return out;
    }

    /// One thing that happens to a chain.
    static void change(std::map<std::uint64_t, TxEffect>& view, base::Random& random)
    {
        const std::uint64_t tx = random.below(12);
        const auto found = view.find(tx);
        if (found == view.end()) {
            view[tx] = randomEffect(tx, random);
            if (random.below(3) == 0)
                view[tx] = confirmed(view[tx], static_cast<std::int64_t>(random.below(50)));
            return;
        }
        TxEffect& effect = found->second;
        switch (random.below(6)) {
        case 0: // Confirmed, or in another block.
            effect =
                confirmed(effect, static_cast<std::int64_t>(random.below(50)), random.below(100));
            break;
        case 1: // Replaced by, or in conflict with, another one.
            effect =
                refused(effect, random.below(2) == 0 ? Refusal::Replaced : Refusal::Conflicted);
            effect.other = txid(random.below(12));
            break;
        case 2:
            effect = refused(effect, Refusal::Dropped);
            break;
        case 3: { // Known better.
            TxEffect better = randomEffect(tx, random);
            better.state = effect.state;
            better.height = effect.height;
            better.block = effect.block;
            effect = better;
            break;
        }
        case 4: // A reorganisation: everything above a height waits again.
            reorganise(view, static_cast<std::int64_t>(random.below(50)));
            break;
        default: // Back in the pool.
            effect.state = ChainState::Unconfirmed;
            effect.height.reset();
            effect.block.reset();
            break;
        }
    }

    static void reorganise(std::map<std::uint64_t, TxEffect>& view, std::int64_t fork)
    {
        for (auto& [tx, effect] : view) {
            if (effect.state != ChainState::Confirmed || *effect.height <= fork)
                continue;
            effect.state = ChainState::Unconfirmed;
            effect.height.reset();
            effect.block.reset();
        }
    }
};

QTEST_GUILESS_MAIN(ChainBookkeepingTest)
#include "chain_bookkeeping_test.moc"
