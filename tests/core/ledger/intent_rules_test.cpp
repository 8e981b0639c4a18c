// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: no order of prepare, confirm, crash and retry pays twice. Method: each rule by itself; then
// a model of store, machine and network in which every step may be the last before a crash.
#include "tests/core/ledger/intents.h"

#include <set>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using ledger::ConfirmAction;
using ledger::Intent;
using ledger::IntentBook;
using ledger::IntentObservation;
using ledger::IntentPurpose;
using ledger::IntentState;
using ledger::NextAction;
using ledger::Reservation;
using Fate = ledger::IntentObservation::Fate;

namespace {

Intent prepared(std::uint8_t id = 1, const std::vector<std::uint32_t>& coins = {1, 2})
{
    return *prepareIntent(draftOf(id, coins), {}, kNow);
}

Intent signedOne(std::uint8_t id = 1, const std::vector<std::uint32_t>& coins = {1, 2})
{
    return *signIntent(prepared(id, coins), {}, {id}, txid(50U + id), kNow + 1);
}

IntentObservation observed(Fate fate, std::uint32_t confirmations = 0)
{
    IntentObservation out;
    out.fate = fate;
    out.confirmations = confirmations;
    out.synced = true;
    return out;
}

} // namespace

class IntentRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void preparesWithALifetime()
    {
        const auto intent = prepared();
        QCOMPARE(intent.expiresMs - intent.preparedMs, std::int64_t(600'000));
        QVERIFY(intent.state == IntentState::Prepared);
        QCOMPARE(*confirmAction(intent, {}, kNow + 599'999), ConfirmAction::Sign);
        COMPARE_ERROR(confirmAction(intent, {}, kNow + 600'000), ErrorCode::Expired);
        // A clock that went far back does not revive it.
        COMPARE_ERROR(confirmAction(intent, {}, kNow - 600'000), ErrorCode::Expired);
        QVERIFY(!expireIntent(intent, kNow + 599'999));
        QVERIFY(expireIntent(intent, kNow + 600'000)->state == IntentState::Expired);
        QCOMPARE(nextAction(intent, kNow), NextAction::Confirm);
        QCOMPARE(nextAction(intent, kNow + 600'000), NextAction::PrepareAgain);
    }

    void refusesImpossiblePlans_data()
    {
        QTest::addColumn<int>("change");
        for (int i = 0; i < 10; ++i)
            QTest::addRow("change %d", i) << i;
    }
    void refusesImpossiblePlans()
    {
        QFETCH(int, change);
        auto draft = draftOf(1, {1, 2});
        switch (change) {
        case 0:
            draft.id = base::Uuid();
            break;
        case 1:
            draft.inputs.clear();
            break;
        case 2:
            draft.outputs.clear();
            break;
        case 3: // Sums do not fit.
            draft.fee = money::Amount(11);
            break;
        case 4: // The same coin twice.
            draft.inputs[1] = draft.inputs[0];
            break;
        case 5:
            draft.outputs[0].amount = money::Amount(-110);
            draft.outputs[1].amount = money::Amount(2100);
            break;
        case 6:
            draft.fee = money::Amount(-10);
            draft.outputs[0].amount = money::Amount(1910);
            break;
        case 7: // A bump of nothing.
            draft.purpose = IntentPurpose::Bump;
            break;
        case 8:
            draft.replaces = uuid(77);
            break;
        case 9:
            draft.inputs[0].amount = money::Amount(0);
            draft.inputs[1].amount = money::Amount(2000);
            break;
        }
        COMPARE_ERROR(prepareIntent(draft, {}, kNow), ErrorCode::Rejected);
    }

    void boundsTexts()
    {
        auto draft = draftOf(1, {1});
        draft.label = "\xFF";
        COMPARE_ERROR(prepareIntent(draft, {}, kNow), ErrorCode::Malformed);
        draft.label = std::string(1025, 'x');
        COMPARE_ERROR(prepareIntent(draft, {}, kNow), ErrorCode::TooLarge);
    }

    void replacementsShareACoin()
    {
        const auto first = signedOne(1, {1, 2});
        const std::vector<Intent> others = {first};
        auto bump = draftOf(2, {2, 3});
        bump.purpose = IntentPurpose::Bump;
        bump.replaces = first.id;
        const auto good = prepareIntent(bump, others, kNow);
        VERIFY_RESULT(good);
        QCOMPARE(*confirmAction(*good, others, kNow), ConfirmAction::Sign);
        auto apart = draftOf(2, {3, 4});
        apart.purpose = IntentPurpose::Bump;
        apart.replaces = first.id;
        COMPARE_ERROR(prepareIntent(apart, others, kNow), ErrorCode::Rejected);
        // The bump of a bump may share coins with both.
        const auto second = signIntent(*good, others, {2}, txid(52), kNow);
        VERIFY_RESULT(second);
        auto third = draftOf(3, {1, 2});
        third.purpose = IntentPurpose::Cancel;
        third.replaces = second->id;
        VERIFY_RESULT(prepareIntent(third, std::vector{first, *second}, kNow));
    }

    void oneSignedPaymentHoldsACoin()
    {
        // Both were prepared before either was signed.
        const auto first = prepared(1, {1});
        const auto second = prepared(2, {1, 2});
        const auto paid = signIntent(first, std::vector{first, second}, {1}, txid(51), kNow);
        VERIFY_RESULT(paid);
        const std::vector<Intent> others = {*paid, second};
        COMPARE_ERROR(confirmAction(second, others, kNow), ErrorCode::Rejected);
        COMPARE_ERROR(signIntent(second, others, {2}, txid(52), kNow), ErrorCode::Rejected);
        COMPARE_ERROR(prepareIntent(draftOf(3, {1}), others, kNow), ErrorCode::Rejected);
        VERIFY_RESULT(prepareIntent(draftOf(3, {2}), others, kNow)); // Only softly held.
    }

    void confirmingAgainNeverSigns()
    {
        auto intent = signedOne();
        QCOMPARE(*confirmAction(intent, {}, kNow), ConfirmAction::SendAgain);
        QCOMPARE(*confirmAction(intent, {}, kNow + 10'000'000), ConfirmAction::SendAgain);
        COMPARE_ERROR(signIntent(intent, {}, {7}, txid(60), kNow), ErrorCode::Rejected);
        intent = *markBroadcast(intent, 0, 3, kNow);
        QVERIFY(intent.state == IntentState::Signed); // Nobody took it.
        QCOMPARE(*confirmAction(intent, {}, kNow), ConfirmAction::SendAgain);
        intent = *markBroadcast(intent, 1, 3, kNow);
        QVERIFY(intent.state == IntentState::Broadcast);
        for (const IntentState state :
             {IntentState::Broadcast, IntentState::Seen, IntentState::Confirmed, IntentState::Final,
              IntentState::Replaced, IntentState::Conflicted}) {
            intent.state = state;
            QCOMPARE(*confirmAction(intent, {}, kNow), ConfirmAction::ReturnStored);
        }
        QCOMPARE(intent.signedBytes, (base::Bytes{1}));
    }

    void cancelsOnlyWhatIsNotSigned()
    {
        const auto cancelled = cancelIntent(prepared(), kNow);
        VERIFY_RESULT(cancelled);
        COMPARE_ERROR(confirmAction(*cancelled, {}, kNow), ErrorCode::Rejected);
        COMPARE_ERROR(cancelIntent(*cancelled, kNow), ErrorCode::Rejected);
        COMPARE_ERROR(cancelIntent(signedOne(), kNow), ErrorCode::Rejected);
        COMPARE_ERROR(markBroadcast(prepared(), 1, 1, kNow), ErrorCode::Rejected);
        QCOMPARE(nextAction(*cancelled, kNow), NextAction::None);
    }

    void releasesAPsbtOnce()
    {
        const auto plan = prepared();
        const auto released = releaseIntent(plan, {}, {7, 7}, kNow + 1);
        VERIFY_RESULT(released);
        QVERIFY(released->state == IntentState::Released);
        QVERIFY(!released->transaction);
        QVERIFY(reservation(*released, kNow + 10'000'000'000) == Reservation::Hard);
        QCOMPARE(nextAction(*released, kNow), NextAction::CompletePsbt);
        // It is neither confirmed nor released again, and goes out only as a whole.
        COMPARE_ERROR(confirmAction(*released, {}, kNow), ErrorCode::Rejected);
        COMPARE_ERROR(releaseIntent(*released, {}, {8}, kNow), ErrorCode::Rejected);
        COMPARE_ERROR(markBroadcast(*released, 1, 1, kNow), ErrorCode::Rejected);
        COMPARE_ERROR(releaseIntent(signedOne(), {}, {8}, kNow), ErrorCode::Rejected);
        COMPARE_ERROR(releaseIntent(plan, {}, {}, kNow), ErrorCode::Rejected);
        COMPARE_ERROR(releaseIntent(plan, {}, {8}, kNow + 600'000), ErrorCode::Expired);
        COMPARE_ERROR(completeIntent(plan, {9}, txid(51), kNow), ErrorCode::Rejected);
        // Another payment cannot take its coins meanwhile.
        const std::vector<Intent> others = {*released};
        COMPARE_ERROR(prepareIntent(draftOf(3, {2}), others, kNow), ErrorCode::Rejected);

        const auto complete = completeIntent(*released, {9}, txid(51), kNow + 2);
        VERIFY_RESULT(complete);
        QVERIFY(complete->state == IntentState::Signed);
        QVERIFY(complete->transaction == txid(51));
        IntentBook book;
        for (const Intent& intent : {plan, *released, *complete})
            VERIFY_RESULT(book.apply(encodeIntent(intent)));
        QVERIFY(*book.findByTransaction(txid(51)) == *complete);
        // The bytes of a released PSBT are as fixed as those of a payment.
        IntentBook other;
        VERIFY_RESULT(other.apply(encodeIntent(plan)));
        VERIFY_RESULT(other.apply(encodeIntent(*released)));
        auto forged = *released;
        ++forged.revision;
        forged.state = IntentState::Unknown;
        forged.signedBytes = {8};
        COMPARE_ERROR(other.check(forged), ErrorCode::Damaged);
    }

    void followsAReleasedPsbt()
    {
        const auto released = *releaseIntent(prepared(), {}, {7}, kNow);
        // Somebody else sent it; a reorganisation takes that back.
        auto intent = *observeIntent(released, observed(Fate::Confirmed, 1), kNow);
        QVERIFY(intent.state == IntentState::Confirmed);
        intent = *observeIntent(intent, observed(Fate::NotSeen), kNow);
        QVERIFY(intent.state == IntentState::Released);
        // After a restore from an older file it waits for the sync, and is what it was.
        intent = *markRestored(released, kNow);
        intent = *observeIntent(intent, observed(Fate::NotSeen), kNow);
        QVERIFY(intent.state == IntentState::Released);
        // A person lets go of its coins.
        const auto cancelled = cancelIntent(released, kNow);
        VERIFY_RESULT(cancelled);
        QVERIFY(reservation(*cancelled, kNow) == Reservation::None);
    }

    void followsTheChainBothWays()
    {
        auto intent = *markBroadcast(signedOne(), 1, 1, kNow);
        QVERIFY(!observeIntent(intent, observed(Fate::NotSeen), kNow));
        intent = *observeIntent(intent, observed(Fate::Seen), kNow);
        QVERIFY(intent.state == IntentState::Seen);
        QVERIFY(!observeIntent(intent, observed(Fate::Seen), kNow)); // Nothing new.
        intent = *observeIntent(intent, observed(Fate::Confirmed, 1), kNow);
        QVERIFY(intent.state == IntentState::Confirmed);
        QCOMPARE(nextAction(intent, kNow), NextAction::Wait);
        QVERIFY(reservation(intent, kNow) == Reservation::Hard);
        intent = *observeIntent(intent, observed(Fate::Confirmed, 6), kNow);
        QVERIFY(intent.state == IntentState::Final);
        QVERIFY(isFinished(intent));
        QVERIFY(!observeIntent(intent, observed(Fate::Confirmed, 7), kNow));
        // A reorganisation takes it back, but only a view that reached the tip may say so.
        auto unsynced = observed(Fate::NotSeen);
        unsynced.synced = false;
        QVERIFY(!observeIntent(intent, unsynced, kNow));
        intent = *observeIntent(intent, observed(Fate::NotSeen), kNow);
        QVERIFY(intent.state == IntentState::Broadcast);
        QCOMPARE(intent.confirmations, 0U);
    }

    void releasesCoinsWhenAConflictIsFinal()
    {
        auto intent = signedOne();
        auto taken = observed(Fate::Taken, 1);
        taken.takenBy = txid(9);
        intent = *observeIntent(intent, taken, kNow);
        QVERIFY(intent.state == IntentState::Conflicted);
        QVERIFY(intent.takenBy == txid(9));
        QVERIFY(reservation(intent, kNow) == Reservation::Hard);
        QCOMPARE(nextAction(intent, kNow), NextAction::Wait);
        taken.confirmations = 6;
        intent = *observeIntent(intent, taken, kNow);
        QVERIFY(reservation(intent, kNow) == Reservation::None);
        QCOMPARE(nextAction(intent, kNow), NextAction::PrepareAgain);
        taken.takenByOurs = true;
        intent = *observeIntent(intent, taken, kNow);
        QVERIFY(intent.state == IntentState::Replaced);
        QCOMPARE(nextAction(intent, kNow), NextAction::None);
    }

    void waitsForTheSyncAfterARestore()
    {
        QVERIFY(!markRestored(*cancelIntent(prepared(), kNow), kNow));
        const auto unsignedOne = *markRestored(prepared(), kNow);
        const auto signedBefore = *markRestored(signedOne(), kNow);
        for (const Intent& intent : {unsignedOne, signedBefore}) {
            QVERIFY(intent.state == IntentState::Unknown);
            COMPARE_ERROR(confirmAction(intent, {}, kNow), ErrorCode::NotSynced);
            QCOMPARE(nextAction(intent, kNow), NextAction::WaitForSync);
            QVERIFY(reservation(intent, kNow + 10'000'000) == Reservation::Hard);
            QVERIFY(!markRestored(intent, kNow));
            auto unsynced = observed(Fate::NotSeen);
            unsynced.synced = false;
            QVERIFY(!observeIntent(intent, unsynced, kNow));
            QVERIFY(observeIntent(intent, observed(Fate::Confirmed, 2), kNow)->state ==
                    IntentState::Confirmed);
        }
        QVERIFY(observeIntent(unsignedOne, observed(Fate::NotSeen), kNow)->state ==
                IntentState::Expired);
        const auto resumed = *observeIntent(signedBefore, observed(Fate::NotSeen), kNow);
        QVERIFY(resumed.state == IntentState::Signed);
        QCOMPARE(resumed.signedBytes, (base::Bytes{1}));
    }

    void expiresWhatLostItsCoins()
    {
        QVERIFY(observeIntent(prepared(), observed(Fate::Taken, 1), kNow)->state ==
                IntentState::Expired);
        QVERIFY(!observeIntent(prepared(), observed(Fate::NotSeen), kNow));
    }

    void listsReservedCoins()
    {
        const std::vector<Intent> intents = {prepared(1, {1, 2}), signedOne(2, {2, 3})};
        const auto coins = ledger::reservedCoins(intents, kNow);
        QCOMPARE(coins.size(), std::size_t(3));
        for (const auto& coin : coins)
            QCOMPARE(coin.reservation == Reservation::Hard, coin.output != 1);
        QCOMPARE(ledger::reservedCoins(intents, kNow + 600'000).size(), std::size_t(2));
    }

    void agreesWithItsOwnTransitions()
    {
        // Every successor that a rule makes is one that the book accepts.
        for (int from = 1; from <= 11; ++from) {
            for (int fate = 0; fate < 4; ++fate) {
                for (const bool bytes : {false, true}) {
                    auto intent = bytes ? signedOne() : prepared();
                    intent.state = static_cast<IntentState>(from);
                    const auto next =
                        observeIntent(intent, observed(static_cast<Fate>(fate), 1), kNow);
                    QVERIFY(!next || ledger::isTransition(intent.state, next->state));
                }
            }
        }
    }

    void paysOnceWhateverHappens_data()
    {
        QTest::addColumn<std::uint64_t>("seed");
        for (std::uint64_t seed = 1; seed <= 100; ++seed)
            QTest::addRow("seed %d", int(seed)) << seed;
    }
    void paysOnceWhateverHappens();
};

namespace {

/// A machine that may stop after any step: only what was committed is there afterwards; only what
/// was sent is on the network.
class Machine
{
public:
    explicit Machine(std::uint64_t seed)
        : m_random(seed)
    {
        restart();
    }

    void step()
    {
        m_now += static_cast<std::int64_t>(m_random.below(300'000));
        switch (m_random.below(5)) {
        case 0:
            prepare();
            break;
        case 1:
        case 2:
            confirm(static_cast<std::uint8_t>(1 + m_random.below(m_next + 1U)));
            break;
        case 3:
            cancel(static_cast<std::uint8_t>(1 + m_random.below(m_next + 1U)));
            break;
        default:
            restart();
        }
    }

    /// For each intent the different transactions that left the machine.
    const std::map<base::Uuid, std::set<base::Bytes>>& sent() const { return m_sent; }
    const IntentBook& book() const { return m_book; }

private:
    bool crashes() { return m_random.below(4) == 0; }

    void restart()
    {
        m_book = IntentBook();
        for (const auto& record : m_disk)
            ASSERT(m_book.apply(record));
    }

    /// False: the machine stopped before the record was on the disk.
    bool commit(const Intent& intent)
    {
        if (crashes()) {
            restart();
            return false;
        }
        const auto record = encodeIntent(intent);
        ASSERT(m_book.apply(record));
        m_disk.push_back(record);
        return true;
    }

    void prepare()
    {
        if (m_next >= 60)
            return;
        std::vector<std::uint32_t> coins;
        for (std::uint32_t coin = 1; coin <= 6; ++coin) {
            if (m_random.below(3) == 0)
                coins.push_back(coin);
        }
        if (coins.empty())
            return;
        auto draft = draftOf(static_cast<std::uint8_t>(m_next + 1), coins);
        const auto all = m_book.all();
        if (!all.empty() && m_random.below(2) == 0) {
            draft.purpose = IntentPurpose::Bump;
            draft.replaces = all[m_random.below(all.size())].id;
        }
        const auto intent = prepareIntent(draft, all, m_now);
        if (intent && commit(*intent))
            ++m_next;
    }

    void confirm(std::uint8_t id)
    {
        const Intent* stored = m_book.find(uuid(id));
        if (!stored)
            return;
        Intent intent = *stored;
        const auto action = confirmAction(intent, m_book.all(), m_now);
        if (!action || *action == ConfirmAction::ReturnStored)
            return;
        if (*action == ConfirmAction::Sign) {
            // Every signature differs, as ECDSA's and Schnorr's may.
            const auto bytes = base::Bytes{id, static_cast<std::uint8_t>(m_random.u64()),
                                           static_cast<std::uint8_t>(m_random.u64())};
            const auto signedIntent =
                signIntent(intent, m_book.all(), bytes, txid(m_random.u64()), m_now);
            ASSERT(signedIntent);
            if (!commit(*signedIntent))
                return;
            intent = *signedIntent;
        }
        if (crashes())
            return restart();
        m_sent[intent.id].insert(intent.signedBytes);
        const auto handed =
            markBroadcast(intent, static_cast<std::uint32_t>(m_random.below(2)), 2, m_now);
        ASSERT(handed);
        commit(*handed);
    }

    void cancel(std::uint8_t id)
    {
        const Intent* stored = m_book.find(uuid(id));
        if (!stored)
            return;
        const auto cancelled = cancelIntent(*stored, m_now);
        if (cancelled)
            commit(*cancelled);
    }

    base::SeededRandom m_random;
    std::int64_t m_now = kNow;
    std::uint8_t m_next = 0;
    std::vector<base::Bytes> m_disk;
    IntentBook m_book;
    std::map<base::Uuid, std::set<base::Bytes>> m_sent;
};

bool excludeEachOther(const Intent& first, const Intent& second)
{
    for (const auto& input : first.inputs) {
        for (const auto& other : second.inputs) {
            if (input.sameCoin(other))
                return true;
        }
    }
    return false;
}

/// Whether `later` replaces `earlier`, directly or through others.
bool isReplacement(const IntentBook& book, const Intent& later, const base::Uuid& earlier)
{
    for (auto next = later.replaces; next;) {
        if (*next == earlier)
            return true;
        const Intent* replaced = book.find(*next);
        next = replaced ? replaced->replaces : std::nullopt;
    }
    return false;
}

} // namespace

void IntentRulesTest::paysOnceWhateverHappens()
{
    QFETCH(std::uint64_t, seed);
    Machine machine(seed);
    for (int i = 0; i < 300; ++i)
        machine.step();
    for (const auto& [id, transactions] : machine.sent()) {
        QCOMPARE(transactions.size(), std::size_t(1));
        const Intent* intent = machine.book().find(id);
        QVERIFY(intent);
        QCOMPARE(*transactions.begin(), intent->signedBytes);
        QVERIFY(intent->state != IntentState::Cancelled);
        // What replaces it excludes it on the chain; two that spend one coin are related so.
        for (const auto& [otherId, unused] : machine.sent()) {
            const Intent* other = machine.book().find(otherId);
            if (otherId == id)
                continue;
            if (other->replaces == id)
                QVERIFY(excludeEachOther(*intent, *other));
            if (excludeEachOther(*intent, *other))
                QVERIFY(isReplacement(machine.book(), *other, id) ||
                        isReplacement(machine.book(), *intent, otherId));
        }
    }
}

QTEST_GUILESS_MAIN(IntentRulesTest)
#include "intent_rules_test.moc"
