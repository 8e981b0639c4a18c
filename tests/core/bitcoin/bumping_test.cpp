// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: replacements are accepted by old and new relay rules, keep every recipient, and at most one
// version of a payment can confirm. Method: the rules' arithmetic over random payments and rates.

#include "core/bitcoin/wallet/bumping.h"
#include "tests/core/bitcoin/builder_fixture.h"

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::test;
using base::ErrorCode;

namespace {

BumpRequest bump(const Txid& txid, std::optional<std::int64_t> satPerVb = std::nullopt,
                 std::uint8_t purpose = 84)
{
    BumpRequest request;
    request.txid = txid;
    request.account = accountId(purpose);
    if (satPerVb)
        request.feeRate = FeeRate::fromSatPerVb(*satPerVb);
    request.nowMs = 1'700'000'000'000;
    request.tipTimeMs = request.nowMs;
    return request;
}

BuiltTransaction sent(BuilderFixture& wallet, const BuildRequest& request)
{
    auto built = buildTransaction(request, wallet.state(), wallet.random);
    ASSERT(built);
    wallet.send(*built);
    return built.take();
}

std::int64_t paidTo(const BuiltTransaction& built, const Script& script)
{
    std::int64_t sum = 0;
    for (const BuiltOutput& output : built.outputs)
        sum += output.output.script == script ? output.output.amount : 0;
    return sum;
}

} // namespace

class BumpingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void paysMoreForTheSame();
    void addsConfirmedCoins();
    void paysForWhatVanishes();
    void cancelsToTheAccount();
    void bumpsACancellation();
    void refuses();
    void rescuesAParent();
    void capsForeignParents();
};

void BumpingTest::paysMoreForTheSame()
{
    for (const std::uint8_t purpose : kPurposes) {
        BuilderFixture wallet;
        for (std::uint32_t i = 0; i < 6; ++i)
            wallet.fund(purpose, i, 300'000);
        wallet.bury();
        for (int round = 0; round < 12; ++round) {
            const auto request = wallet.request(
                purpose, 10'000 + static_cast<std::int64_t>(wallet.random.below(400'000)),
                1 + static_cast<std::int64_t>(wallet.random.below(20)));
            BuilderFixture& w = wallet;
            auto built = buildTransaction(request, w.state(), w.random);
            VERIFY_RESULT(built);
            wallet.send(*built);
            const Txid txid = built->transaction().txid();
            auto terms = bumpTerms(wallet.state(), txid);
            VERIFY_RESULT(terms);
            QCOMPARE(terms->oldFee, built->fee);
            std::optional<std::int64_t> rate;
            if (round % 2 == 1)
                rate = terms->leastRate.satPerKvB() / 1'000 + 20;
            auto replacement = buildBump(bump(txid, rate, purpose), wallet.state(), wallet.random);
            VERIFY_RESULT(replacement);
            // BIP125: same inputs, more fee than all that vanishes plus its own relay, higher rate.
            for (const TxInput& input : built->transaction().inputs) {
                const auto& inputs = replacement->transaction().inputs;
                QVERIFY(std::any_of(inputs.begin(), inputs.end(), [&](const TxInput& other) {
                    return other.previous == input.previous;
                }));
            }
            QVERIFY(replacement->fee >= built->fee + replacement->vsize);
            QVERIFY(replacement->feeRate > built->feeRate);
            if (rate)
                QVERIFY(replacement->feeRate >= FeeRate::fromSatPerVb(*rate));
            QCOMPARE(paidTo(*replacement, foreignScript(1)), *request.recipients[0].amount);
            QCOMPARE(replacement->amount, built->amount);
            QVERIFY(replacement->replaces == std::vector<Txid>{txid});
            // Never both: the view holds one of them.
            wallet.send(*replacement);
            QVERIFY(wallet.view.find(txid)->status == TransactionStatus::Refused);
            QVERIFY(wallet.view.find(replacement->transaction().txid())->counts());
            const auto evicted =
                wallet.graph.evicted(replacement->transaction().txid(), 2'000'000'000'000);
            VERIFY_RESULT(evicted);
            const auto original = wallet.graph.evicted(txid, 2'000'000'000'000);
            VERIFY_RESULT(original);
            wallet.refresh();
        }
    }
}

void BumpingTest::addsConfirmedCoins()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 100'000);
    auto request = wallet.request(84, 0, 2);
    request.recipients[0].amount.reset(); // Everything: there is no change to take from.
    const auto built = sent(wallet, request);
    const Txid txid = built.transaction().txid();
    COMPARE_ERROR(buildBump(bump(txid, 20), wallet.state(), wallet.random),
                  ErrorCode::InsufficientFunds);
    const OutPoint extra = wallet.fund(84, 1, 50'000);
    // Unconfirmed coins do not help: older nodes refuse new unconfirmed inputs.
    wallet.see(transaction({foreignPoint(70)}, {pay(900'000, wallet.script(84, 2))}));
    auto replacement = buildBump(bump(txid, 20), wallet.state(), wallet.random);
    VERIFY_RESULT(replacement);
    QCOMPARE(replacement->inputs.size(), std::size_t(2));
    QCOMPARE(paidTo(*replacement, foreignScript(1)), built.amount);
    QVERIFY(replacement->changeIndex);
    auto reserved = bump(txid, 20);
    reserved.unavailable = {extra};
    COMPARE_ERROR(buildBump(reserved, wallet.state(), wallet.random), ErrorCode::InsufficientFunds);
}

void BumpingTest::paysForWhatVanishes()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 1'000'000);
    const auto parent = sent(wallet, wallet.request(84, 100'000, 2));
    auto next = wallet.request(84, 200'000, 50);
    next.recipients[0].script = foreignScript(2);
    const auto child = sent(wallet, next);
    QCOMPARE(child.inputs.size(), std::size_t(1));
    const Txid txid = parent.transaction().txid();
    auto terms = bumpTerms(wallet.state(), txid);
    VERIFY_RESULT(terms);
    QCOMPARE(terms->evictedFees, parent.fee + child.fee);
    QCOMPARE(terms->evicted, (std::vector<Txid>{txid, child.transaction().txid()}));
    auto replacement = buildBump(bump(txid), wallet.state(), wallet.random);
    VERIFY_RESULT(replacement);
    QVERIFY(replacement->fee >= parent.fee + child.fee + replacement->vsize);
    QCOMPARE(replacement->replaces.size(), std::size_t(2));
}

void BumpingTest::cancelsToTheAccount()
{
    for (const std::uint8_t purpose : kPurposes) {
        BuilderFixture wallet;
        wallet.fund(purpose, 0, 500'000);
        const auto built = sent(wallet, wallet.request(purpose, 100'000, 3));
        const Txid txid = built.transaction().txid();
        auto cancel = buildCancel(bump(txid, std::nullopt, purpose), wallet.state(), wallet.random);
        VERIFY_RESULT(cancel);
        QCOMPARE(cancel->outputs.size(), std::size_t(1));
        QVERIFY(cancel->outputs[0].owner && cancel->outputs[0].change);
        QCOMPARE(cancel->amount, std::int64_t(0));
        QCOMPARE(cancel->outputs[0].output.amount + cancel->fee, std::int64_t(500'000));
        QVERIFY(cancel->fee >= built.fee + cancel->vsize);
        QVERIFY(cancel->transaction().inputs[0].previous == built.transaction().inputs[0].previous);
    }
}

void BumpingTest::bumpsACancellation()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 500'000);
    const auto built = sent(wallet, wallet.request(84, 100'000, 3));
    auto cancel = buildCancel(bump(built.transaction().txid()), wallet.state(), wallet.random);
    VERIFY_RESULT(cancel);
    wallet.send(*cancel);
    auto again = buildBump(bump(cancel->transaction().txid(), 60), wallet.state(), wallet.random);
    VERIFY_RESULT(again);
    QCOMPARE(again->outputs.size(), std::size_t(1));
    QVERIFY(again->fee > cancel->fee);
    QVERIFY(again->outputs[0].output.script == cancel->outputs[0].output.script);
}

void BumpingTest::refuses()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 500'000);
    const auto built = sent(wallet, wallet.request(84, 100'000, 10));
    const Txid txid = built.transaction().txid();
    COMPARE_ERROR(buildBump(bump(Txid()), wallet.state(), wallet.random), ErrorCode::NotFound);
    COMPARE_ERROR(buildBump(bump(txid, 12), wallet.state(), wallet.random),
                  ErrorCode::FeeOutOfBounds);
    COMPARE_ERROR(buildBump(bump(txid, 20'000), wallet.state(), wallet.random),
                  ErrorCode::FeeOutOfBounds);
    const auto foreign = transaction({foreignPoint(80)}, {pay(10'000, wallet.script(84, 3))});
    wallet.see(foreign);
    COMPARE_ERROR(buildBump(bump(foreign->txid()), wallet.state(), wallet.random),
                  ErrorCode::Rejected);
    COMPARE_ERROR(buildBump(bump(txid, std::nullopt, 86), wallet.state(), wallet.random),
                  ErrorCode::Rejected);
    const auto confirmed = wallet.graph.applyBlock(
        500, blockHash(500), 1, {{std::make_shared<const Transaction>(built.transaction()), {}}});
    VERIFY_RESULT(confirmed);
    wallet.refresh();
    COMPARE_ERROR(buildCancel(bump(txid), wallet.state(), wallet.random), ErrorCode::Rejected);
}

void BumpingTest::rescuesAParent()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 500'000);
    const auto built = sent(wallet, wallet.request(84, 100'000, 1));
    const OutPoint change{built.transaction().txid(),
                          static_cast<std::uint32_t>(*built.changeIndex)};
    auto child = buildChild(bump({}, 30), change, wallet.state(), wallet.random);
    VERIFY_RESULT(child);
    const std::int64_t parentVsize = built.transaction().vsize(); // Unsigned here.
    QCOMPARE(child->fee + built.fee, FeeRate::fromSatPerVb(30).feeFor(parentVsize + child->vsize));
    QCOMPARE(child->outputs.size(), std::size_t(1));
    // Ancestors that already pay enough need nothing.
    auto low = childFee(wallet.state(), {change}, 100, FeeRate::fromSatPerVb(1));
    VERIFY_RESULT(low);
    QVERIFY(low->fee >= 100);
    COMPARE_ERROR(buildChild(bump({}, 30), foreignPoint(3), wallet.state(), wallet.random),
                  ErrorCode::NotFound);
    COMPARE_ERROR(buildChild(bump({}), change, wallet.state(), wallet.random),
                  ErrorCode::FeeOutOfBounds);
}

void BumpingTest::capsForeignParents()
{
    BuilderFixture wallet;
    std::vector<TxOutput> outputs{pay(1'000'000, wallet.script(84, 0))};
    for (std::uint32_t i = 0; i < 100; ++i)
        outputs.push_back(pay(10'000, foreignScript(i)));
    const auto incoming = transaction({foreignPoint(1)}, outputs);
    wallet.see(incoming);
    const OutPoint coin{incoming->txid(), 0};
    const auto rate = FeeRate::fromSatPerVb(50);
    auto fee = childFee(wallet.state(), {coin}, 110, rate);
    VERIFY_RESULT(fee);
    QVERIFY(fee->foreignFeeAssumedZero);
    QVERIFY(fee->capped);
    QCOMPARE(fee->fee, rate.feeFor(110) + kMaxForeignParentFee);
    auto lifted = childFee(wallet.state(), {coin}, 110, rate, ForeignFeeCap::Lifted);
    VERIFY_RESULT(lifted);
    QVERIFY(!lifted->capped);
    QCOMPARE(lifted->fee, rate.feeFor(110 + incoming->vsize()));
    auto child = buildChild(bump({}, 50), coin, wallet.state(), wallet.random);
    VERIFY_RESULT(child);
    QVERIFY(child->fee <= rate.feeFor(child->vsize) + kMaxForeignParentFee);
}

QTEST_GUILESS_MAIN(BumpingTest)
#include "bumping_test.moc"
