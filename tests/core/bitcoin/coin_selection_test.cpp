// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: chosen coins always pay exactly what they must, and never more than a rule allows. Method:
// properties over thousands of random wallets and fee rates; and each algorithm on sets whose best
// answer is known.

#include "core/bitcoin/wallet/coin_selection_algorithms.h"
#include "core/crypto/hash.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::bitcoin;
using base::ErrorCode;

namespace {

constexpr std::int64_t kInput = 272;
constexpr std::int64_t kOutput = 124;

CoinCandidate coin(std::uint32_t number, std::int64_t amount, int confirmations = 10)
{
    CoinCandidate candidate;
    const std::string text = "coin " + std::to_string(number);
    candidate.point = {Txid(crypto::sha256(base::viewOf(text))), 0};
    candidate.script = p2wpkh(crypto::hash160(base::viewOf(text)));
    candidate.amount = amount;
    candidate.inputWeight = kInput;
    candidate.confirmations = confirmations;
    return candidate;
}

SelectionTarget target(std::int64_t amount, std::int64_t satPerVb)
{
    SelectionTarget wanted;
    wanted.amount = amount;
    wanted.weightWithoutInputs = transactionOverheadWeight(1, 1) + kOutput;
    wanted.changeOutputWeight = kOutput;
    wanted.changeInputWeight = kInput;
    wanted.changeDust = 980; // P2WPKH at 10 sat/vB.
    wanted.feeRate = FeeRate::fromSatPerVb(satPerVb);
    return wanted;
}

selection::Group group(std::size_t index, std::int64_t value, std::int64_t weight = kInput)
{
    selection::Group made;
    made.coins = {index};
    made.value = value;
    made.weight = weight;
    made.fee = weight / 4 * 2;
    made.longTermFee = weight / 4 * 10;
    return made;
}

} // namespace

class CoinSelectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void paysExactly();
    void letsRecipientsPay();
    void isRepeatable();
    void makesSmallChangeIfItMust();
    void findsSetsWithoutChange();
    void findsTheLightestSet();
    void prefersSafeCoins();
    void neverTakesForeignUnconfirmed();
    void keepsScriptsTogether();
    void prefersOneType();
    void refuses();
    void respectsTheWeightLimit();
    void usesManualCoins();
    void sendsAll();
    void handlesManyCoins();
};

void CoinSelectionTest::paysExactly()
{
    base::SeededRandom random(1);
    int found = 0;
    int withoutChange = 0;
    for (int round = 0; round < 3000; ++round) {
        std::vector<CoinCandidate> coins;
        const auto count = 1 + random.below(40);
        std::int64_t total = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            // From dust to a bitcoin, evenly over magnitudes.
            const auto magnitude = 300LL << random.below(19);
            coins.push_back(coin(i, magnitude + static_cast<std::int64_t>(random.below(
                                                    static_cast<std::uint64_t>(magnitude)))));
            coins.back().ownOrigin = random.below(2) == 0;
            total += coins.back().amount;
        }
        auto wanted = target(
            1'000 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(total))),
            1 + static_cast<std::int64_t>(random.below(120)));
        const auto result = selectCoins(coins, wanted, random);
        if (!result) {
            QVERIFY(result.error().code == ErrorCode::InsufficientFunds ||
                    result.error().code == ErrorCode::FeeOutOfBounds);
            continue;
        }
        ++found;
        std::int64_t sum = 0;
        std::int64_t weight = wanted.weightWithoutInputs;
        for (const std::size_t i : result->coins) {
            sum += coins[i].amount;
            weight += coins[i].inputWeight;
            // No input costs more than it holds.
            QVERIFY(coins[i].amount > wanted.feeRate.feeForWeight(coins[i].inputWeight));
        }
        QCOMPARE(sum, result->inputSum);
        QCOMPARE(sum - wanted.amount - result->change, result->fee);
        weight += result->change > 0 ? wanted.changeOutputWeight : 0;
        QCOMPARE(weight, result->weight);
        const std::int64_t least = wanted.feeRate.feeFor((weight + 3) / 4);
        QVERIFY(result->fee >= least);
        if (result->change > 0) {
            QCOMPARE(result->fee, least);
            QVERIFY(result->change >= smallestChange(wanted));
        } else {
            ++withoutChange;
            // Given away: less than change would have cost and been worth.
            const std::int64_t most = least + smallestChange(wanted) +
                                      wanted.feeRate.feeForWeight(wanted.changeOutputWeight) + 1;
            QVERIFY2(result->fee <= most, qPrintable(QString::number(result->fee - most)));
        }
    }
    QVERIFY(found > 1000);
    QVERIFY(withoutChange > 20);
}

void CoinSelectionTest::letsRecipientsPay()
{
    base::SeededRandom random(2);
    const std::vector<CoinCandidate> coins{coin(1, 100'000), coin(2, 200'000), coin(3, 50'000)};
    auto wanted = target(250'000, 10);
    wanted.feePayer = FeePayer::Recipient;
    const auto result = selectCoins(coins, wanted, random);
    VERIFY_RESULT(result);
    QVERIFY(result->inputSum >= wanted.amount);
    QCOMPARE(result->change, result->inputSum - wanted.amount);
    QCOMPARE(result->fee, wanted.feeRate.feeFor((result->weight + 3) / 4));
    // Everything there is, to the last coin.
    wanted.amount = 350'000;
    const auto all = selectCoins(coins, wanted, random);
    VERIFY_RESULT(all);
    QCOMPARE(all->change, std::int64_t(0));
    QCOMPARE(all->coins.size(), std::size_t(3));
}

void CoinSelectionTest::isRepeatable()
{
    std::vector<CoinCandidate> coins;
    for (std::uint32_t i = 0; i < 50; ++i)
        coins.push_back(coin(i, 10'000 + 997 * i));
    const auto wanted = target(123'456, 12);
    base::SeededRandom first(7);
    base::SeededRandom second(7);
    const auto a = selectCoins(coins, wanted, first);
    const auto b = selectCoins(coins, wanted, second);
    VERIFY_RESULT(a);
    VERIFY_RESULT(b);
    QCOMPARE(a->coins, b->coins);
    QCOMPARE(a->change, b->change);
}

void CoinSelectionTest::makesSmallChangeIfItMust()
{
    base::SeededRandom random(11);
    const std::vector<CoinCandidate> coins{coin(1, 100'000)};
    const auto result = selectCoins(coins, target(60'000, 10), random);
    VERIFY_RESULT(result);
    QCOMPARE(result->change, 40'000 - result->fee);
    // Too little even for that: it goes to the fee.
    const auto none = selectCoins(coins, target(98'000, 10), random);
    VERIFY_RESULT(none);
    QCOMPARE(none->change, std::int64_t(0));
    QCOMPARE(none->fee, std::int64_t(2'000));
}

void CoinSelectionTest::findsSetsWithoutChange()
{
    const std::vector<selection::Group> groups{group(0, 1000), group(1, 2000), group(2, 3000),
                                               group(3, 4000)};
    const auto value = [&](std::int64_t wanted, std::int64_t tolerance) -> std::int64_t {
        const auto outcome = selection::branchAndBound(groups, wanted, tolerance, 400'000);
        return outcome.attempt ? outcome.attempt->value : -1;
    };
    QCOMPARE(value(1000, 0), std::int64_t(1000));
    QCOMPARE(value(10'000, 0), std::int64_t(10'000));
    QCOMPARE(value(5500, 500), std::int64_t(6000));
    QCOMPARE(value(500, 400), std::int64_t(-1));
    QCOMPARE(value(10'001, 0), std::int64_t(-1));
    // At low rates more inputs waste less.
    const auto outcome = selection::branchAndBound(groups, 5000, 0, 400'000);
    QVERIFY(outcome.attempt);
    QCOMPARE(outcome.attempt->value, std::int64_t(5000));
    // A limit on weight is noticed.
    const auto heavy = selection::branchAndBound(groups, 10'000, 0, 3 * kInput);
    QVERIFY(!heavy.attempt);
    QVERIFY(heavy.tooHeavy);
    // A hundred equal coins that never fit must not take for ever.
    std::vector<selection::Group> equal;
    for (std::size_t i = 0; i < 100; ++i)
        equal.push_back(group(i, 7));
    QVERIFY(!selection::branchAndBound(equal, 100, 1, 400'000).attempt);
}

void CoinSelectionTest::findsTheLightestSet()
{
    // One large heavy coin against several light ones.
    const std::vector<selection::Group> groups{group(0, 100'000, 600), group(1, 60'000, 272),
                                               group(2, 50'000, 230), group(3, 20'000, 230)};
    const auto weight = [&](std::int64_t wanted) {
        const auto outcome = selection::coinGrinder(groups, wanted, 0, 400'000);
        std::int64_t sum = 0;
        if (outcome.attempt) {
            for (const std::size_t i : outcome.attempt->coins)
                sum += groups[i].weight;
        }
        return sum;
    };
    QCOMPARE(weight(50'000), std::int64_t(230));
    QCOMPARE(weight(60'000), std::int64_t(272));
    QCOMPARE(weight(70'000), std::int64_t(460));
    QCOMPARE(weight(100'000), std::int64_t(502));
    QCOMPARE(weight(150'000), std::int64_t(830)); // 100,000 and 50,000.
    QCOMPARE(weight(230'001), std::int64_t(0));
    // Against every subset of random groups.
    base::SeededRandom random(3);
    for (int round = 0; round < 300; ++round) {
        std::vector<selection::Group> some;
        for (std::size_t i = 0; i < 9; ++i)
            some.push_back(group(i, 100 + static_cast<std::int64_t>(random.below(900)),
                                 200 + static_cast<std::int64_t>(random.below(4)) * 50));
        const auto wanted = static_cast<std::int64_t>(random.below(5000));
        std::int64_t best = -1;
        for (unsigned mask = 1; mask < 512; ++mask) {
            std::int64_t sum = 0;
            std::int64_t heavy = 0;
            for (std::size_t i = 0; i < 9; ++i) {
                if (mask & (1U << i)) {
                    sum += some[i].value;
                    heavy += some[i].weight;
                }
            }
            if (sum >= wanted && (best < 0 || heavy < best))
                best = heavy;
        }
        const auto outcome = selection::coinGrinder(some, wanted, 0, 400'000);
        QCOMPARE(outcome.attempt.has_value(), best >= 0);
        std::int64_t found = 0;
        if (outcome.attempt) {
            for (const std::size_t i : outcome.attempt->coins)
                found += some[i].weight;
            QCOMPARE(found, best);
        }
    }
}

void CoinSelectionTest::prefersSafeCoins()
{
    base::SeededRandom random(4);
    std::vector<CoinCandidate> coins{coin(1, 100'000, 6), coin(2, 100'000, 1)};
    coins.push_back(coin(3, 100'000, 0));
    coins[2].ownOrigin = true;
    coins[2].unconfirmedAncestors = 1;
    for (int round = 0; round < 30; ++round) {
        const auto one = selectCoins(coins, target(40'000, 2), random);
        VERIFY_RESULT(one);
        QCOMPARE(one->coins, std::vector<std::size_t>{0});
        const auto two = selectCoins(coins, target(140'000, 2), random);
        VERIFY_RESULT(two);
        QCOMPARE(two->coins, (std::vector<std::size_t>{0, 1}));
        const auto three = selectCoins(coins, target(240'000, 2), random);
        VERIFY_RESULT(three);
        QCOMPARE(three->coins.size(), std::size_t(3));
    }
    coins[2].unconfirmedAncestors = 25;
    COMPARE_ERROR(selectCoins(coins, target(240'000, 2), random), ErrorCode::InsufficientFunds);
}

void CoinSelectionTest::neverTakesForeignUnconfirmed()
{
    base::SeededRandom random(5);
    std::vector<CoinCandidate> coins{coin(1, 100'000, 0)};
    coins[0].unconfirmedAncestors = 1;
    COMPARE_ERROR(selectCoins(coins, target(40'000, 2), random), ErrorCode::InsufficientFunds);
}

void CoinSelectionTest::keepsScriptsTogether()
{
    base::SeededRandom random(6);
    std::vector<CoinCandidate> coins;
    for (std::uint32_t i = 0; i < 6; ++i) {
        coins.push_back(coin(i, 20'000));
        coins.back().script = coins[i / 3 * 3].script;
    }
    for (int round = 0; round < 30; ++round) {
        const auto result = selectCoins(coins, target(15'000, 2), random);
        VERIFY_RESULT(result);
        QCOMPARE(result->coins.size() % 3, std::size_t(0));
    }
}

void CoinSelectionTest::prefersOneType()
{
    base::SeededRandom random(7);
    std::vector<CoinCandidate> coins;
    for (std::uint32_t i = 0; i < 6; ++i) {
        coins.push_back(coin(i, 50'000 + i));
        if (i % 2 == 1) {
            coins.back().type = ScriptType::P2tr;
            coins.back().inputWeight = 230;
        }
    }
    for (int round = 0; round < 30; ++round) {
        const auto result = selectCoins(coins, target(90'000, 5), random);
        VERIFY_RESULT(result);
        for (const std::size_t i : result->coins)
            QCOMPARE(coins[i].type, coins[result->coins[0]].type);
    }
    const auto mixed = selectCoins(coins, target(250'000, 5), random);
    VERIFY_RESULT(mixed);
    QCOMPARE(mixed->coins.size(), std::size_t(6));
}

void CoinSelectionTest::refuses()
{
    base::SeededRandom random(8);
    const std::vector<CoinCandidate> coins{coin(1, 100'000)};
    COMPARE_ERROR(selectCoins(coins, target(100'000, 1), random), ErrorCode::InsufficientFunds);
    COMPARE_ERROR(selectCoins({}, target(1, 1), random), ErrorCode::InsufficientFunds);
    COMPARE_ERROR(selectCoins(coins, target(-1, 1), random), ErrorCode::OutOfRange);
    COMPARE_ERROR(selectCoins(coins, target(1'000, 10'001), random), ErrorCode::FeeOutOfBounds);
    std::vector<CoinCandidate> many;
    for (std::uint32_t i = 0; i < 100; ++i)
        many.push_back(coin(i, kCoin));
    COMPARE_ERROR(selectCoins(many, target(99 * kCoin, 9'000), random),
                  ErrorCode::FeeOutOfBounds); // Above 0.1 BTC.
}

void CoinSelectionTest::respectsTheWeightLimit()
{
    base::SeededRandom random(9);
    std::vector<CoinCandidate> coins;
    for (std::uint32_t i = 0; i < 1'600; ++i)
        coins.push_back(coin(i, 10'000));
    // 1,469 inputs are 399,568 weight units.
    COMPARE_ERROR(selectCoins(coins, target(15'500'000, 1), random), ErrorCode::TooLarge);
    const auto result = selectCoins(coins, target(10'000'000, 1), random);
    VERIFY_RESULT(result);
    QVERIFY(result->weight <= kMaxStandardWeight);
    // Counts of more than 252 take two more bytes.
    std::int64_t weight = target(1, 1).weightWithoutInputs + 8 +
                          static_cast<std::int64_t>(result->coins.size()) * kInput;
    weight += result->change > 0 ? kOutput : 0;
    QCOMPARE(result->weight, weight);
}

void CoinSelectionTest::usesManualCoins()
{
    const std::vector<CoinCandidate> coins{coin(1, 100'000, 0), coin(2, 50'000)};
    const auto result = useCoins(coins, target(20'000, 10));
    VERIFY_RESULT(result);
    QCOMPARE(result->coins.size(), std::size_t(2));
    QVERIFY(result->algorithm == SelectionAlgorithm::Manual);
    QCOMPARE(result->inputSum, std::int64_t(150'000));
    QCOMPARE(result->change + result->fee + 20'000, std::int64_t(150'000));
    COMPARE_ERROR(useCoins(coins, target(149'000, 10)), ErrorCode::InsufficientFunds);
    COMPARE_ERROR(useCoins({}, target(1'000, 10)), ErrorCode::InsufficientFunds);
}

void CoinSelectionTest::sendsAll()
{
    const std::vector<CoinCandidate> coins{coin(1, 100'000), coin(2, 600), coin(3, 680),
                                           coin(4, 681)};
    const std::int64_t weight = transactionOverheadWeight(1, 1) + kOutput;
    const auto all = selectAll(coins, weight, FeeRate::fromSatPerVb(10));
    VERIFY_RESULT(all);
    QCOMPARE(all->coins, (std::vector<std::size_t>{0, 3}));
    QCOMPARE(all->notWorth, (std::vector<std::size_t>{1, 2}));
    QCOMPARE(all->inputSum, std::int64_t(100'681));
    QCOMPARE(all->weight, weight + 2 * kInput);
    QCOMPARE(all->fee, FeeRate::fromSatPerVb(10).feeFor((all->weight + 3) / 4));
    COMPARE_ERROR(selectAll(coins, weight, FeeRate::fromSatPerVb(2'000)),
                  ErrorCode::InsufficientFunds);
}

void CoinSelectionTest::handlesManyCoins()
{
    base::SeededRandom random(10);
    std::vector<CoinCandidate> coins;
    for (std::uint32_t i = 0; i < 5'000; ++i)
        coins.push_back(coin(i, 1'000 + static_cast<std::int64_t>(random.below(100'000))));
    const auto result = selectCoins(coins, target(3'000'000, 50), random);
    VERIFY_RESULT(result);
    QVERIFY(result->inputSum >= 3'000'000);
    QVERIFY(result->coins.size() < coins.size());
}

QTEST_GUILESS_MAIN(CoinSelectionTest)
#include "coin_selection_test.moc"
