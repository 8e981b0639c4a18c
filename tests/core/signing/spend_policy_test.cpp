// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: policy and counters survive storage bit for bit, loosening is always noticed, and no order
// of replacements frees a limit. Method: tables and round trips.

#include "core/signing/spend_policy.h"
#include "tests/support/test.h"

#include <functional>

using namespace coffer;
using namespace coffer::signing;
using base::ErrorCode;

namespace {

SpendCounters::Spent spent(std::int64_t atMs, std::int64_t amount,
                           const std::vector<std::uint32_t>& inputs)
{
    SpendCounters::Spent payment;
    payment.atMs = atMs;
    payment.amount = amount;
    for (const std::uint32_t index : inputs)
        payment.inputs.push_back({bitcoin::Txid(), index});
    return payment;
}

} // namespace

class SpendPolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void noticesLoosening();
    void survivesStorage();
    void refusesDamage();
    void countsWhatCanConfirm();
};

void SpendPolicyTest::noticesLoosening()
{
    SpendPolicy strict;
    strict.perPayment = 1'000;
    strict.perDay = 5'000;
    strict.maxFee = 100;
    strict.maxFeeRate = 10'000;
    strict.allowedScripts = {{1}, {2}};
    QVERIFY(!loosens(strict, strict));
    const std::vector<std::function<void(SpendPolicy&)>> looser{
        [](SpendPolicy& p) { p.perPayment = 1'001; },
        [](SpendPolicy& p) { p.perPayment.reset(); },
        [](SpendPolicy& p) { p.perDay = 5'001; },
        [](SpendPolicy& p) { p.perDay.reset(); },
        [](SpendPolicy& p) { p.maxFee = 101; },
        [](SpendPolicy& p) { p.maxFeeRate = 10'001; },
        [](SpendPolicy& p) { p.allowedScripts.clear(); },
        [](SpendPolicy& p) { p.allowedScripts.push_back({3}); },
    };
    for (const auto& change : looser) {
        SpendPolicy after = strict;
        change(after);
        QVERIFY(loosens(strict, after));
        QVERIFY(!loosens(after, strict));
    }
    SpendPolicy frozen = strict;
    frozen.state = PolicyState::Frozen;
    QVERIFY(loosens(frozen, strict));
    QVERIFY(!loosens(strict, frozen));
    SpendPolicy fewer = strict;
    fewer.allowedScripts = {{2}};
    QVERIFY(!loosens(strict, fewer));
}

void SpendPolicyTest::survivesStorage()
{
    SpendPolicy policy;
    policy.state = PolicyState::Frozen;
    policy.perDay = 7;
    policy.allowedScripts = {{1, 2, 3}, {}};
    auto decoded = decodePolicy(encodePolicy(policy));
    VERIFY_RESULT(decoded);
    QVERIFY(*decoded == policy);
    SpendCounters counters;
    counters.spent = {spent(1, 2, {3, 4}), spent(-5, 0, {})};
    auto again = decodeCounters(encodeCounters(counters));
    VERIFY_RESULT(again);
    QVERIFY(*again == counters);
}

void SpendPolicyTest::refusesDamage()
{
    const base::Bytes policy = encodePolicy({});
    const base::Bytes counters = encodeCounters({{spent(1, 2, {3})}});
    for (std::size_t size = 0; size < policy.size(); ++size)
        QVERIFY(!decodePolicy(base::ByteView(policy).subspan(0, size)));
    for (std::size_t size = 0; size < counters.size(); ++size)
        QVERIFY(!decodeCounters(base::ByteView(counters).subspan(0, size)));
    QVERIFY(!decodePolicy(base::concat(policy, base::Bytes{0})));
    SpendPolicy absurd;
    absurd.maxFee = -1;
    COMPARE_ERROR(decodePolicy(encodePolicy(absurd)), ErrorCode::OutOfRange);
    base::Bytes newer = policy;
    newer[1] = 2;
    COMPARE_ERROR(decodePolicy(newer), ErrorCode::VersionTooNew);
}

void SpendPolicyTest::countsWhatCanConfirm()
{
    SpendCounters counters;
    counters = counters.with(spent(100, 1'000, {1}), 100);
    counters = counters.with(spent(200, 2'000, {2}), 200);
    QCOMPARE(counters.sum(300), std::int64_t(3'000));
    // It spends both coins again: either both old ones confirm, or it does.
    SpendCounters replaced = counters.with(spent(300, 500, {1, 2, 3}), 300);
    QCOMPARE(replaced.sum(300), std::int64_t(3'000));
    replaced = counters.with(spent(300, 5'000, {1, 2}), 300);
    QCOMPARE(replaced.sum(300), std::int64_t(5'000));
    // A replacement of the replacement by one of the first coins is still no second payment, and
    // cannot make the others forgotten.
    replaced = replaced.with(spent(400, 10, {1}), 400);
    QCOMPARE(replaced.sum(400), std::int64_t(5'000));
    replaced = replaced.with(spent(500, 10, {2}), 500);
    QCOMPARE(replaced.sum(500), std::int64_t(5'000));
    replaced = replaced.with(spent(500, 10, {9}), 500);
    QCOMPARE(replaced.sum(500), std::int64_t(5'010));
    QCOMPARE(replaced.sum(500 + 24LL * 3600 * 1000), std::int64_t(0));
}

QTEST_GUILESS_MAIN(SpendPolicyTest)
#include "spend_policy_test.moc"
