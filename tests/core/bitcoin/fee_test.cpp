// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: fee rates are exact, and an estimate never says more than its observations. Method: tables,
// and the arithmetic of observations by hand.

#include "core/bitcoin/wallet/fee.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::bitcoin;
using base::ErrorCode;

namespace {

BlockFeeObservation block(std::uint32_t height, const char* peer, std::int64_t feesPerVb,
                          std::size_t transactions = 3'000)
{
    BlockFeeObservation observation;
    observation.height = height;
    observation.peer = peer;
    observation.subsidy = blockSubsidy(height);
    observation.coinbaseOutputs = observation.subsidy + feesPerVb * 1'000'000;
    observation.transactionCount = transactions;
    observation.atMs = 1'000 + height;
    return observation;
}

} // namespace

class FeeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsAndWritesRates();
    void roundsUp();
    void halvesTheSubsidy();
    void floorsByThirdQuartile();
    void estimatesFromBlocks();
    void distrustsSinglePeers();
    void staysSilentWithoutObservations();
    void prefersTheOwnNode();
    void boundsWhatItKeeps();
};

void FeeTest::readsAndWritesRates()
{
    const std::vector<std::pair<const char*, std::int64_t>> good{
        {"1", 1'000}, {"12.4", 12'400}, {"0.1", 100},         {"0.001", 1},
        {"0", 0},     {"1.25", 1'250},  {"10000", 10'000'000}};
    for (const auto& [text, rate] : good) {
        auto parsed = FeeRate::parse(text);
        VERIFY_RESULT(parsed);
        QCOMPARE(parsed->satPerKvB(), rate);
        QCOMPARE(parsed->toString(), std::string(text));
    }
    for (const char* text : {"", ".", "1.", ".5", "1.2345", "-1", "1e3", "1,5", " 1", "1..2", "x"})
        COMPARE_ERROR(FeeRate::parse(text), ErrorCode::Malformed);
    for (const char* text : {"10000.001", "10001", "9999999999999"})
        COMPARE_ERROR(FeeRate::parse(text), ErrorCode::OutOfRange);
}

void FeeTest::roundsUp()
{
    const auto rate = FeeRate::fromSatPerKvB(1'001);
    QCOMPARE(rate.feeFor(1), std::int64_t(2));
    QCOMPARE(rate.feeFor(1'000), std::int64_t(1'001));
    QCOMPARE(rate.feeForWeight(4), std::int64_t(2));
    QCOMPARE(FeeRate::fromSatPerVb(1).feeForWeight(561), std::int64_t(141));
    QCOMPARE(FeeRate::of(141, 141).satPerKvB(), std::int64_t(1'000));
    QCOMPARE(FeeRate().feeFor(500), std::int64_t(0));
}

void FeeTest::halvesTheSubsidy()
{
    QCOMPARE(blockSubsidy(0), 50 * kCoin);
    QCOMPARE(blockSubsidy(209'999), 50 * kCoin);
    QCOMPARE(blockSubsidy(210'000), 25 * kCoin);
    QCOMPARE(blockSubsidy(1'049'999), std::int64_t(312'500'000));
    QCOMPARE(blockSubsidy(6'930'000), std::int64_t(0));
    QCOMPARE(blockSubsidy(150, 150), 25 * kCoin);
}

void FeeTest::floorsByThirdQuartile()
{
    FeeEstimator fees;
    QVERIFY(fees.floor() == kMinRelayFeeRate);
    fees.addFeeFilter("a", 100, 1);
    fees.addFeeFilter("b", 100, 1);
    QVERIFY(fees.floor() == kMinRelayFeeRate);
    fees.addFeeFilter("c", 3'000, 1);
    fees.addFeeFilter("d", 2'000, 1);
    QCOMPARE(fees.floor().satPerKvB(), std::int64_t(3'000));
    fees.removePeer("c");
    QCOMPARE(fees.floor().satPerKvB(), std::int64_t(2'000));
    fees.addFeeFilter("liar", -5, 1);
    fees.addFeeFilter("liar", 20'000'000, 1);
    QCOMPARE(fees.floor().satPerKvB(), std::int64_t(2'000));
}

void FeeTest::estimatesFromBlocks()
{
    FeeEstimator fees;
    fees.addFeeFilter("a", 1'000, 900'050);
    const std::vector<std::int64_t> perVb{10, 20, 30, 40, 50, 60};
    for (std::uint32_t i = 0; i < 6; ++i) {
        for (const char* peer : {"a", "b", "c"})
            fees.addBlock(block(900'000 + i, peer, perVb[i]));
    }
    const auto next = fees.estimate(1, 1'000'000);
    QVERIFY(next);
    QCOMPARE(next->rate.satPerKvB(), std::int64_t(40'000)); // 0.8 x (40 + 50 + 60) / 3
    QVERIFY(next->source == FeeSource::CompactBlocks);
    QCOMPARE(next->atMs, std::int64_t(901'003)); // The oldest of the three.
    const auto half = fees.estimate(3, 1'000'000);
    QVERIFY(half);
    QCOMPARE(half->rate.satPerKvB(), std::int64_t(20'000)); // 0.5 x median (upper of two)
    const auto day = fees.estimate(144, 1'000'000);
    QVERIFY(day);
    QCOMPARE(day->rate.satPerKvB(), std::int64_t(1'500));
    QVERIFY(day->source == FeeSource::FeeFilter);
    // Blocks that are not full cost the floor.
    for (std::uint32_t i = 0; i < 6; ++i)
        fees.addBlock(block(900'010 + i, "a", 90, 500));
    QCOMPARE(fees.estimate(1, 1'000'000)->rate.satPerKvB(), std::int64_t(1'000));
    // A reorganisation takes them back.
    fees.dropBlocksAbove(900'009);
    QVERIFY(!fees.estimate(1, 1'000'000));
}

void FeeTest::distrustsSinglePeers()
{
    FeeEstimator fees;
    for (std::uint32_t i = 0; i < 3; ++i) {
        fees.addBlock(block(900'000 + i, "honest 1", 10));
        fees.addBlock(block(900'000 + i, "honest 2", 11));
        fees.addBlock(block(900'000 + i, "liar", 400'000));
    }
    QCOMPARE(fees.estimate(1, 1'000'000)->rate.satPerKvB(), std::int64_t(8'800));
    // Even if all lie, an estimate has a ceiling.
    FeeEstimator fooled;
    for (std::uint32_t i = 0; i < 3; ++i)
        fooled.addBlock(block(900'000 + i, "liar", 400'000));
    QVERIFY(fooled.estimate(1, 1'000'000)->rate <= kMaxEstimate);
    // What was downloaded whole outvotes every claim.
    auto exact = block(900'002, "", 20);
    exact.kind = BlockFeeObservation::Kind::Exact;
    fooled.addBlock(exact);
    exact = block(900'001, "", 20);
    exact.kind = BlockFeeObservation::Kind::Exact;
    fooled.addBlock(exact);
    exact = block(900'000, "", 20);
    exact.kind = BlockFeeObservation::Kind::Exact;
    fooled.addBlock(exact);
    QCOMPARE(fooled.estimate(1, 1'000'000)->rate.satPerKvB(), std::int64_t(16'000));
}

void FeeTest::staysSilentWithoutObservations()
{
    FeeEstimator fees;
    for (const int target : {1, 3, 144})
        QVERIFY(!fees.estimate(target, 0));
    fees.addBlock(block(900'000, "a", 10));
    fees.addBlock(block(900'001, "a", 10));
    QVERIFY(!fees.estimate(1, 0));
}

void FeeTest::prefersTheOwnNode()
{
    FeeEstimator fees;
    fees.setExternal(1, FeeRate::fromSatPerVb(30), FeeSource::OwnNode, 1'000);
    fees.setExternal(6, FeeRate::fromSatPerVb(12), FeeSource::OwnNode, 1'000);
    QCOMPARE(fees.estimate(3, 2'000)->rate.satPerKvB(), std::int64_t(30'000));
    QCOMPARE(fees.estimate(10, 2'000)->rate.satPerKvB(), std::int64_t(12'000));
    QVERIFY(fees.estimate(10, 2'000)->source == FeeSource::OwnNode);
    QVERIFY(!fees.estimate(10, 3'600'000)); // Too old.
}

void FeeTest::boundsWhatItKeeps()
{
    FeeEstimator fees;
    for (int i = 0; i < 1'000; ++i) {
        fees.addFeeFilter(std::to_string(i), i < 900 ? 50'000 : 1'000, i);
        for (std::uint32_t height = 0; height < 12; ++height)
            fees.addBlock(block(900'000 + height, std::to_string(i).c_str(), 5));
    }
    // Only the newest 64 peers count.
    QCOMPARE(fees.floor().satPerKvB(), std::int64_t(1'000));
    fees.addBlock(block(5, "a", 5)); // Older than what is kept.
    QVERIFY(fees.estimate(1, 0));
}

QTEST_GUILESS_MAIN(FeeTest)
#include "fee_test.moc"
