// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what is built would be relayed, however its coins hang on unconfirmed transactions: counted
// over all inputs together, and where there is a choice, coins are chosen that would do. Method:
// chains and families of own payments made to order, on either side of each limit.

#include "core/bitcoin/wallet/chain_limits.h"
#include "tests/core/bitcoin/builder_fixture.h"

using namespace coffer;
using namespace coffer::bitcoin;
using namespace coffer::test;
using base::ErrorCode;

namespace {

constexpr std::int64_t kEach = 60'000;

/// A coin of account 84 at the end of that many own payments to the same address.
OutPoint chain(BuilderFixture& wallet, std::uint32_t number, int length)
{
    auto point = wallet.fund(84, number, kEach);
    for (int i = 0; i < length; ++i) {
        const auto next = transaction({point}, {pay(kEach, wallet.script(84, number))});
        wallet.see(next, Origin::Own);
        point = {next->txid(), 0};
    }
    return point;
}

bool spends(const BuiltTransaction& built, const OutPoint& point)
{
    return std::ranges::any_of(built.inputs,
                               [&](const auto& input) { return input.coin.point == point; });
}

} // namespace

class ChainLimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void countsAllInputsTogether();
    void takesOthersWhereThereAreSome();
    void refusesWhatAPersonChose();
    void leavesDeepCoinsBehind();
    void countsBrothersToo();
    void countsBytes();
};

void ChainLimitsTest::countsAllInputsTogether()
{
    for (const int length : {12, 13}) {
        BuilderFixture wallet;
        chain(wallet, 0, length);
        chain(wallet, 1, length);
        const auto built =
            buildTransaction(wallet.request(84, kEach + 1'000), wallet.state(), wallet.random);
        if (length == 12) {
            VERIFY_RESULT(built);
            QCOMPARE(built->inputs.size(), std::size_t(2));
        } else {
            COMPARE_ERROR(built, ErrorCode::Rejected); // 26 ancestors, with itself 27.
        }
        // One chain alone is within the limits either way.
        VERIFY_RESULT(buildTransaction(wallet.request(84, 1'000), wallet.state(), wallet.random));
    }
}

void ChainLimitsTest::takesOthersWhereThereAreSome()
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        BuilderFixture wallet;
        wallet.random = base::SeededRandom(seed);
        const OutPoint first = chain(wallet, 0, 13);
        const OutPoint second = chain(wallet, 1, 13);
        chain(wallet, 2, 6);
        const auto built =
            buildTransaction(wallet.request(84, kEach + 1'000), wallet.state(), wallet.random);
        VERIFY_RESULT(built);
        QVERIFY(!spends(*built, first) || !spends(*built, second));
    }
}

void ChainLimitsTest::refusesWhatAPersonChose()
{
    BuilderFixture wallet;
    auto request = wallet.request(84, 1'000);
    request.coins = {chain(wallet, 0, 13), chain(wallet, 1, 13)};
    COMPARE_ERROR(buildTransaction(request, wallet.state(), wallet.random), ErrorCode::Rejected);
    request.coins.pop_back();
    VERIFY_RESULT(buildTransaction(request, wallet.state(), wallet.random));
}

void ChainLimitsTest::leavesDeepCoinsBehind()
{
    BuilderFixture wallet;
    const OutPoint deep = chain(wallet, 0, 20);
    const OutPoint flat = chain(wallet, 1, 5);
    const OutPoint settled = wallet.fund(84, 2, kEach);
    auto request = wallet.request(84, 0);
    request.recipients[0].amount.reset();
    const auto built = buildTransaction(request, wallet.state(), wallet.random);
    VERIFY_RESULT(built);
    QVERIFY(spends(*built, flat) && spends(*built, settled));
    QCOMPARE(built->tooDeep.size(), std::size_t(1));
    QVERIFY(built->tooDeep[0].point == deep);
}

/// Each transaction may have 25 descendants, itself included, whichever of them comes last.
void ChainLimitsTest::countsBrothersToo()
{
    for (const std::uint32_t brothers : {23U, 24U}) {
        BuilderFixture wallet;
        const auto start = wallet.fund(84, 0, kEach * 30);
        std::vector<TxOutput> outputs(brothers + 1, pay(kEach, wallet.script(84, 1)));
        const auto parent = transaction({start}, outputs);
        wallet.see(parent, Origin::Own);
        for (std::uint32_t i = 0; i < brothers; ++i)
            wallet.see(transaction({{parent->txid(), i}}, {pay(kEach - i, foreignScript(i))}),
                       Origin::Own);
        const OutPoint last{parent->txid(), brothers};
        const auto checked = checkChainLimits(wallet.state(), {&last, 1}, 141);
        if (brothers == 23)
            VERIFY_RESULT(checked);
        else
            COMPARE_ERROR(checked, ErrorCode::Rejected);
    }
}

void ChainLimitsTest::countsBytes()
{
    BuilderFixture wallet;
    const auto start = wallet.fund(84, 0, 2 * kEach);
    std::vector<TxOutput> outputs(3'000, pay(1, foreignScript(7)));
    outputs.push_back(pay(kEach, wallet.script(84, 1)));
    const auto parent = transaction({start}, outputs);
    wallet.see(parent, Origin::Own);
    const OutPoint coin{parent->txid(), 3'000};
    const auto left = kMaxClusterVsize - parent->vsize();
    QVERIFY(left > 0);
    VERIFY_RESULT(checkChainLimits(wallet.state(), {&coin, 1}, left));
    COMPARE_ERROR(checkChainLimits(wallet.state(), {&coin, 1}, left + 1), ErrorCode::Rejected);
    wallet.graph.applyBlock(200, blockHash(200), 1'700'000'000, {{parent, {}}}).take();
    wallet.refresh();
    VERIFY_RESULT(checkChainLimits(wallet.state(), {&coin, 1}, left + 1));
}

QTEST_GUILESS_MAIN(ChainLimitsTest)
#include "chain_limits_test.moc"
