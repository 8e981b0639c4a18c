// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what is built is what was asked for, to the satoshi, and everything a signer needs is in
// it. Method: properties over random payments from each account type, and the rules one by one.

#include "core/base/hex.h"
#include "core/bitcoin/psbt/psbt_roles.h"
#include "tests/core/bitcoin/builder_fixture.h"

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::test;
using base::ErrorCode;

class TransactionBuilderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void paysExactly();
    void describesInputsAndChange();
    void sendsEverything();
    void letsTheRecipientPay();
    void usesChosenCoins();
    void paysSeveral();
    void refuses();
    void leavesUnavailableCoinsAlone();
    void choosesLockTimes();
    void hidesTheChange();
    void buildsVersionTwo();
    void writesData();
};

void TransactionBuilderTest::paysExactly()
{
    BuilderFixture wallet;
    for (const std::uint8_t purpose : kPurposes) {
        for (std::uint32_t i = 0; i < 8; ++i)
            wallet.fund(purpose, i, 20'000 << i);
    }
    wallet.bury();
    for (int round = 0; round < 100; ++round) {
        for (const std::uint8_t purpose : kPurposes) {
            auto request = wallet.request(
                purpose, 1'000 + static_cast<std::int64_t>(wallet.random.below(3'000'000)),
                1 + static_cast<std::int64_t>(wallet.random.below(60)));
            auto built = buildTransaction(request, wallet.state(), wallet.random);
            VERIFY_RESULT(built);
            const Transaction& transaction = built->transaction();
            std::int64_t in = 0;
            for (const BuiltInput& input : built->inputs)
                in += input.coin.output.amount;
            std::int64_t out = 0;
            std::int64_t paid = 0;
            for (const TxOutput& output : transaction.outputs) {
                out += output.amount;
                if (output.script == request.recipients[0].script)
                    paid += output.amount;
            }
            QCOMPARE(paid, *request.recipients[0].amount);
            QCOMPARE(built->amount, paid);
            QCOMPARE(in - out, built->fee);
            QVERIFY(built->feeRate >= request.feeRate);
            QVERIFY(built->fee >= request.feeRate.feeFor(built->vsize));
            QCOMPARE(transaction.version, 2);
            for (const TxInput& input : transaction.inputs)
                QCOMPARE(input.sequence, kSequenceReplaceable);
            if (built->changeIndex) {
                const BuiltOutput& change = built->outputs[*built->changeIndex];
                QVERIFY(change.owner && change.owner->role == DescriptorRole::Change);
                QVERIFY(change.owner->account == request.account);
                QCOMPARE(built->fee, request.feeRate.feeFor(built->vsize));
            }
            auto fee = feeOf(built->psbt);
            VERIFY_RESULT(fee);
            QCOMPARE(*fee, built->fee);
        }
    }
}

void TransactionBuilderTest::describesInputsAndChange()
{
    BuilderFixture wallet;
    for (const std::uint8_t purpose : kPurposes) {
        wallet.fund(purpose, 3, 500'000);
        auto built =
            buildTransaction(wallet.request(purpose, 100'000), wallet.state(), wallet.random);
        VERIFY_RESULT(built);
        const PsbtInput input = built->psbt.input(0);
        const bool taproot = purpose == 86;
        const bool legacy = purpose == 44;
        QCOMPARE(input.nonWitnessUtxo.has_value(), !taproot);
        QCOMPARE(input.witnessUtxo.has_value(), !legacy);
        QCOMPARE(input.redeemScript.empty(), purpose != 49);
        QCOMPARE(input.derivations.size(), std::size_t(taproot ? 0 : 1));
        QCOMPARE(input.tapDerivations.size(), std::size_t(taproot ? 1 : 0));
        QCOMPARE(input.tapInternalKey.has_value(), taproot);
        const KeyOrigin& origin =
            taproot ? input.tapDerivations[0].origin : input.derivations[0].origin;
        QCOMPARE(base::toHex(origin.fingerprint), std::string("73c5da0a"));
        QCOMPARE(QString::fromStdString(crypto::formatPath(origin.path)),
                 QStringLiteral("%1h/1h/0h/0/3").arg(purpose));
        QVERIFY(built->changeIndex);
        const PsbtOutput change = built->psbt.output(*built->changeIndex);
        QCOMPARE(change.derivations.size() + change.tapDerivations.size(), std::size_t(1));
        QCOMPARE(change.redeemScript.empty(), purpose != 49);
        const PsbtOutput recipient = built->psbt.output(1 - *built->changeIndex);
        QVERIFY(recipient.derivations.empty() && recipient.tapDerivations.empty());
        auto plan = planSignature(built->psbt, 0);
        VERIFY_RESULT(plan);
    }
}

void TransactionBuilderTest::sendsEverything()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 100'000);
    wallet.fund(84, 1, 50'000);
    const OutPoint small = wallet.fund(84, 2, 600);
    auto request = wallet.request(84, 0);
    request.recipients[0].amount.reset();
    auto built = buildTransaction(request, wallet.state(), wallet.random);
    VERIFY_RESULT(built);
    QCOMPARE(built->inputs.size(), std::size_t(2));
    QCOMPARE(built->outputs.size(), std::size_t(1));
    QVERIFY(!built->changeIndex);
    QCOMPARE(built->amount + built->fee, std::int64_t(150'000));
    QCOMPARE(built->fee, request.feeRate.feeFor(built->vsize));
    QCOMPARE(built->notWorth.size(), std::size_t(1));
    QVERIFY(built->notWorth[0].point == small);
    request.feeRate = FeeRate::fromSatPerVb(1'000);
    COMPARE_ERROR(buildTransaction(request, wallet.state(), wallet.random),
                  ErrorCode::InsufficientFunds);
}

void TransactionBuilderTest::letsTheRecipientPay()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 100'000);
    auto request = wallet.request(84, 60'000);
    request.feePayer = FeePayer::Recipient;
    auto built = buildTransaction(request, wallet.state(), wallet.random);
    VERIFY_RESULT(built);
    QCOMPARE(built->amount, 60'000 - built->fee);
    QCOMPARE(built->outputs[*built->changeIndex].output.amount, std::int64_t(40'000));
    request.recipients[0].amount = 100'000;
    built = buildTransaction(request, wallet.state(), wallet.random);
    VERIFY_RESULT(built);
    QCOMPARE(built->amount + built->fee, std::int64_t(100'000));
    request.recipients[0].amount = 1'600;
    COMPARE_ERROR(buildTransaction(request, wallet.state(), wallet.random), ErrorCode::Dust);
}

void TransactionBuilderTest::usesChosenCoins()
{
    BuilderFixture wallet;
    const OutPoint a = wallet.fund(84, 0, 100'000);
    const OutPoint b = wallet.fund(84, 1, 200'000);
    wallet.fund(84, 2, 900'000);
    auto request = wallet.request(84, 50'000);
    request.coins = {a, b};
    auto built = buildTransaction(request, wallet.state(), wallet.random);
    VERIFY_RESULT(built);
    QCOMPARE(built->inputs.size(), std::size_t(2));
    QVERIFY(built->algorithm == SelectionAlgorithm::Manual);
    request.recipients[0].amount.reset();
    built = buildTransaction(request, wallet.state(), wallet.random);
    VERIFY_RESULT(built);
    QCOMPARE(built->amount + built->fee, std::int64_t(300'000));
    request.unavailable = {b};
    COMPARE_ERROR(buildTransaction(request, wallet.state(), wallet.random), ErrorCode::Rejected);
    request.coins = {foreignPoint(99)};
    COMPARE_ERROR(buildTransaction(request, wallet.state(), wallet.random), ErrorCode::NotFound);
    request.coins = {a, a};
    COMPARE_ERROR(buildTransaction(request, wallet.state(), wallet.random), ErrorCode::Malformed);
    // Somebody else's unconfirmed coin is never taken, unless it is chosen.
    const auto incoming = transaction({foreignPoint(50)}, {pay(5'000'000, wallet.script(84, 5))});
    wallet.see(incoming);
    auto much = wallet.request(84, 3'000'000);
    COMPARE_ERROR(buildTransaction(much, wallet.state(), wallet.random),
                  ErrorCode::InsufficientFunds);
    much.coins = {{incoming->txid(), 0}};
    VERIFY_RESULT(buildTransaction(much, wallet.state(), wallet.random));
}

void TransactionBuilderTest::paysSeveral()
{
    BuilderFixture wallet;
    wallet.fund(86, 0, 1'000'000);
    auto request = wallet.request(86, 100'000);
    request.recipients.push_back({foreignScript(2), 50'000});
    request.recipients.push_back({wallet.script(84, 7), 70'000});
    auto built = buildTransaction(request, wallet.state(), wallet.random);
    VERIFY_RESULT(built);
    QCOMPARE(built->outputs.size(), std::size_t(4));
    QCOMPARE(built->amount, std::int64_t(220'000));
    int own = 0;
    for (const BuiltOutput& output : built->outputs)
        own += output.owner ? 1 : 0;
    QCOMPARE(own, 2); // Change, and the payment to another account of ours.
    request.recipients[1].amount.reset();
    COMPARE_ERROR(buildTransaction(request, wallet.state(), wallet.random), ErrorCode::Malformed);
}

void TransactionBuilderTest::refuses()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 100'000);
    const auto build = [&](const BuildRequest& request) {
        return buildTransaction(request, wallet.state(), wallet.random);
    };
    auto request = wallet.request(84, 293);
    COMPARE_ERROR(build(request), ErrorCode::Dust);
    request.recipients[0].amount = 294;
    VERIFY_RESULT(build(request));
    request.recipients[0].amount = 0;
    COMPARE_ERROR(build(request), ErrorCode::Dust);
    request.recipients[0].amount = -5;
    COMPARE_ERROR(build(request), ErrorCode::OutOfRange);
    request.recipients[0].amount = kMaxMoney + 1;
    COMPARE_ERROR(build(request), ErrorCode::OutOfRange);
    request.recipients.clear();
    COMPARE_ERROR(build(request), ErrorCode::Malformed);
    COMPARE_ERROR(build(wallet.request(84, 99'999)), ErrorCode::InsufficientFunds);
    COMPARE_ERROR(build(wallet.request(84, 10'000, 10'001)), ErrorCode::FeeOutOfBounds);
    COMPARE_ERROR(build(wallet.request(84, 10'000, 0)), ErrorCode::FeeOutOfBounds);
    COMPARE_ERROR(build(wallet.request(12, 10'000)), ErrorCode::NotFound);
}

void TransactionBuilderTest::leavesUnavailableCoinsAlone()
{
    BuilderFixture wallet;
    const OutPoint frozen = wallet.fund(84, 0, 1'000'000);
    wallet.fund(84, 1, 100'000);
    auto request = wallet.request(84, 50'000);
    request.unavailable = {frozen};
    for (int round = 0; round < 20; ++round) {
        auto built = buildTransaction(request, wallet.state(), wallet.random);
        VERIFY_RESULT(built);
        for (const BuiltInput& input : built->inputs)
            QVERIFY(input.coin.point != frozen);
    }
    request.recipients[0].amount = 500'000;
    COMPARE_ERROR(buildTransaction(request, wallet.state(), wallet.random),
                  ErrorCode::InsufficientFunds);
}

void TransactionBuilderTest::choosesLockTimes()
{
    base::SeededRandom random(5);
    const std::int64_t now = 1'700'000'000'000;
    int less = 0;
    for (int round = 0; round < 1'000; ++round) {
        const auto lockTime = chooseLockTime(900'000, now - 1'000, now, random);
        QVERIFY(lockTime <= 900'000 && lockTime > 899'900);
        less += lockTime < 900'000 ? 1 : 0;
    }
    QVERIFY(less > 50 && less < 150);
    QCOMPARE(chooseLockTime(900'000, now - 9 * 3'600'000, now, random), 0U);
    QCOMPARE(chooseLockTime(900'000, 0, now, random), 0U);
}

void TransactionBuilderTest::hidesTheChange()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 1'000'000);
    int first = 0;
    for (int round = 0; round < 200; ++round) {
        auto built = buildTransaction(wallet.request(84, 100'000), wallet.state(), wallet.random);
        VERIFY_RESULT(built);
        QVERIFY(built->changeIndex);
        first += *built->changeIndex == 0 ? 1 : 0;
    }
    QVERIFY(first > 60 && first < 140);
}

void TransactionBuilderTest::buildsVersionTwo()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 1'000'000);
    auto request = wallet.request(84, 100'000);
    request.psbtVersion = PsbtVersion::V2;
    auto built = buildTransaction(request, wallet.state(), wallet.random);
    VERIFY_RESULT(built);
    QVERIFY(built->psbt.version() == PsbtVersion::V2);
    auto again = Psbt::parse(built->psbt.serialize());
    VERIFY_RESULT(again);
    QVERIFY(again->unsignedTransaction() == built->transaction());
}

void TransactionBuilderTest::writesData()
{
    BuilderFixture wallet;
    wallet.fund(84, 0, 1'000'000);
    auto request = wallet.request(84, 100'000);
    request.recipients.push_back({opReturn(base::viewOf("hello")), 0});
    auto built = buildTransaction(request, wallet.state(), wallet.random);
    VERIFY_RESULT(built);
    QCOMPARE(built->outputs.size(), std::size_t(3));
    QCOMPARE(built->amount, std::int64_t(100'000));
}

QTEST_GUILESS_MAIN(TransactionBuilderTest)
#include "transaction_builder_test.moc"
