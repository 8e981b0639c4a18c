// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: clippers and poisoners are caught at four and four equal characters, and normal payments
// raise no alarm. Method: each rule alone, a simulated poisoner, and a thousand random payees.

#include "core/base/random.h"
#include "core/risk/payee_check.h"
#include "tests/support/test.h"

#include <algorithm>
#include <set>

using namespace coffer;
using namespace coffer::risk;
using money::Amount;

namespace {

const std::string kFriend = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const std::string kTwin = "bc1qw50aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaf3t4";
const std::string kStranger = "bc1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqzzzzzz";

bool has(const std::vector<Finding>& findings, Rule rule)
{
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& finding) { return finding.rule == rule; });
}

const Finding& get(const std::vector<Finding>& findings, Rule rule)
{
    for (const Finding& finding : findings) {
        if (finding.rule == rule)
            return finding;
    }
    ASSERT(false);
    return findings.front();
}

} // namespace

class PayeeCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void namesEveryRule();
    void comparesEnds();
    void knowsPayees();
    void catchesAPoisoner();
    void catchesAClipper();
    void warnsOfOwnAddresses();
    void staysQuietOnNormalPayees();
    void checksNumbers();
    void checksFees();
    void sortsDangerFirst();
};

void PayeeCheckTest::namesEveryRule()
{
    std::set<std::string_view> ids;
    for (int rule = 0; rule <= static_cast<int>(Rule::UnconfirmedCoins); ++rule)
        ids.insert(ruleId(static_cast<Rule>(rule)));
    QCOMPARE(ids.size(), static_cast<std::size_t>(Rule::UnconfirmedCoins) + 1);
    QVERIFY(!ids.contains(""));
    QCOMPARE(ruleId(Rule::LookAlike), std::string_view("look_alike"));
    QCOMPARE(severityName(Severity::Danger), std::string_view("danger"));
}

void PayeeCheckTest::comparesEnds()
{
    QVERIFY(looksAlike(kFriend, kTwin));
    QVERIFY(!looksAlike(kFriend, kFriend));
    QVERIFY(!looksAlike(kFriend, kStranger));
    // The prefix of bech32 is not counted: it would be three of four equal characters for
    // everybody.
    QVERIFY(!looksAlike("bc1qaaaaxxxxxxxxxxxxxxxxf3t4", "bc1qabbbyyyyyyyyyyyyyyyyf3t4"));
    QVERIFY(looksAlike("BC1QAAAAXXXXXXXXXXXXXXXXF3T4", "bc1qaaabyyyyyyyyyyyyyyyyf3t4"));
    // Upper case says nothing in bech32, but everything in Base58.
    QVERIFY(!looksAlike("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", kFriend));
    QVERIFY(looksAlike("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "1BvBxxxxxxxxxxxxxxxxxxxxxxxxxxNVN2"));
    QVERIFY(
        !looksAlike("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "1bvbxxxxxxxxxxxxxxxxxxxxxxxxxxNVN2"));
    QVERIFY(looksAlike("0xABcd00000000000000000000000000000000eF12",
                       "0xabcd11111111111111111111111111111111ef12"));
    QVERIFY(!looksAlike("short", "shorx"));
}

void PayeeCheckTest::knowsPayees()
{
    const std::vector<KnownPayee> known{{kFriend, "Ana", 3}, {kStranger, "Bo", 0}};
    const PayeeContext context{known, {}, {}, {}};
    auto findings = checkPayee(kFriend, context);
    QCOMPARE(findings.size(), std::size_t(1));
    QVERIFY(findings[0].rule == Rule::KnownPayee && findings[0].severity == Severity::Ok);
    QCOMPARE(findings[0].parameters, (std::vector<std::string>{"Ana", "3"}));
    // A contact that was never paid is still a first time.
    findings = checkPayee(kStranger, context);
    QVERIFY(has(findings, Rule::KnownPayee) && has(findings, Rule::FirstTime));
    findings = checkPayee("bc1qzzzz", context);
    QCOMPARE(findings.size(), std::size_t(1));
    QVERIFY(findings[0].rule == Rule::FirstTime && findings[0].severity == Severity::Warning);
}

void PayeeCheckTest::catchesAPoisoner()
{
    const std::vector<KnownPayee> known{{kFriend, "Ana", 3}};
    auto findings = checkPayee(kTwin, {known, {}, {}, {}});
    QVERIFY(findings[0].rule == Rule::LookAlike && findings[0].severity == Severity::Danger);
    QCOMPARE(findings[0].parameters, (std::vector<std::string>{kFriend, "Ana"}));
    QVERIFY(has(findings, Rule::FirstTime));
    // Fooled once, the twin is in the history: still a danger; the friend is not.
    const std::vector<KnownPayee> fooled{{kFriend, "Ana", 3}, {kTwin, "", 1}};
    QVERIFY(has(checkPayee(kTwin, {fooled, {}, {}, {}}), Rule::LookAlike));
    QVERIFY(!has(checkPayee(kFriend, {fooled, {}, {}, {}}), Rule::LookAlike));
    // A twin of one of our own addresses.
    const std::vector<KnownPayee> own{{kFriend, "Savings", 0}};
    QVERIFY(has(checkPayee(kTwin, {{}, own, {}, {}}), Rule::LookAlike));
}

void PayeeCheckTest::catchesAClipper()
{
    auto findings = checkPayee(kTwin, {{}, {}, kFriend, {}});
    QVERIFY(findings[0].rule == Rule::LookAlike);
    QCOMPARE(findings[0].parameters[0], kFriend);
    // Copied here before, but something else was pasted from elsewhere: nothing strange.
    findings = checkPayee(kStranger, {{}, {}, kFriend, {}});
    QVERIFY(!has(findings, Rule::LookAlike) && !has(findings, Rule::ClipboardChanged));
    // The clipboard changed within the moment after pasting.
    findings = checkPayee(kStranger, {{}, {}, {}, kFriend});
    QVERIFY(findings[0].rule == Rule::ClipboardChanged);
    QVERIFY(findings[0].severity == Severity::Danger);
    findings = checkPayee(kStranger, {{}, {}, {}, kStranger});
    QVERIFY(!has(findings, Rule::ClipboardChanged));
    // Said once, even if it is both known and copied.
    const std::vector<KnownPayee> known{{kFriend, "", 1}};
    findings = checkPayee(kTwin, {known, {}, kFriend, {}});
    QCOMPARE(std::count_if(findings.begin(), findings.end(),
                           [](const Finding& f) { return f.rule == Rule::LookAlike; }),
             std::ptrdiff_t(1));
}

void PayeeCheckTest::warnsOfOwnAddresses()
{
    const std::vector<KnownPayee> own{{kFriend, "Savings", 0}};
    const auto findings = checkPayee(kFriend, {{}, own, {}, {}});
    QCOMPARE(findings.size(), std::size_t(1));
    QVERIFY(findings[0].rule == Rule::OwnAddress && findings[0].severity == Severity::Danger);
    QCOMPARE(findings[0].parameters[0], std::string("Savings"));
}

void PayeeCheckTest::staysQuietOnNormalPayees()
{
    base::SeededRandom random(1);
    const std::string alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const auto address = [&] {
        std::string text = "bc1q";
        for (int i = 0; i < 38; ++i)
            text += alphabet[random.below(32)];
        return text;
    };
    std::vector<KnownPayee> known;
    for (int i = 0; i < 1'000; ++i)
        known.push_back({address(), "", 1});
    int alarms = 0;
    for (int i = 0; i < 1'000; ++i)
        alarms += has(checkPayee(address(), {known, {}, {}, {}}), Rule::LookAlike) ? 1 : 0;
    QCOMPARE(alarms, 0); // A million pairs at 2^-35 each.
}

void PayeeCheckTest::checksNumbers()
{
    PaymentNumbers numbers;
    numbers.amount = Amount(50'000);
    numbers.fee = Amount(100);
    numbers.balance = Amount(100'000);
    numbers.largestOf30Days = Amount(50'000);
    numbers.dustLimit = Amount(294);
    QVERIFY(checkNumbers(numbers).empty());
    numbers.amount = Amount(51'000);
    auto findings = checkNumbers(numbers);
    QCOMPARE(get(findings, Rule::LargeShare).parameters[0], std::string("51"));
    QCOMPARE(get(findings, Rule::AboveUsual).parameters[0], std::string("50000"));
    // Moving money between own accounts is large only for others.
    numbers.paysSelf = true;
    findings = checkNumbers(numbers);
    QCOMPARE(findings.size(), std::size_t(1));
    QVERIFY(findings[0].rule == Rule::PaysSelf);
    numbers.paysSelf = false;
    numbers.amount = Amount(293);
    numbers.fee = Amount(1);
    findings = checkNumbers(numbers);
    QVERIFY(get(findings, Rule::DustAmount).severity == Severity::Danger);
    numbers.amount = Amount(294);
    QVERIFY(!has(checkNumbers(numbers), Rule::DustAmount));
    numbers.testNetwork = "regtest";
    numbers.unconfirmedInputs = 2;
    findings = checkNumbers(numbers);
    QCOMPARE(get(findings, Rule::TestNetwork).parameters[0], std::string("regtest"));
    QCOMPARE(get(findings, Rule::UnconfirmedCoins).parameters[0], std::string("2"));
    // What is not known raises nothing.
    PaymentNumbers unknown;
    unknown.amount = Amount(1'000'000);
    QVERIFY(checkNumbers(unknown).empty());
    unknown.balance = Amount(0);
    QVERIFY(checkNumbers(unknown).empty());
}

void PayeeCheckTest::checksFees()
{
    PaymentNumbers numbers;
    numbers.amount = Amount(10'000);
    numbers.fee = Amount(500);
    QVERIFY(checkNumbers(numbers).empty());
    numbers.fee = Amount(501);
    auto findings = checkNumbers(numbers);
    QVERIFY(get(findings, Rule::HighFeeShare).severity == Severity::Warning);
    QCOMPARE(get(findings, Rule::HighFeeShare).parameters[0], std::string("5"));
    numbers.fee = Amount(5'000);
    findings = checkNumbers(numbers);
    QVERIFY(get(findings, Rule::HighFeeShare).severity == Severity::Danger);
    numbers.fee = Amount(1);
    numbers.feeRate = 30'000;
    numbers.medianFeeRate = 10'000;
    QVERIFY(checkNumbers(numbers).empty());
    numbers.feeRate = 31'000;
    QVERIFY(has(checkNumbers(numbers), Rule::HighFeeRate));
    numbers.medianFeeRate = 0;
    QVERIFY(checkNumbers(numbers).empty());
}

void PayeeCheckTest::sortsDangerFirst()
{
    std::vector<Finding> findings{{Rule::KnownPayee, Severity::Ok, {}},
                                  {Rule::FirstTime, Severity::Warning, {}},
                                  {Rule::LookAlike, Severity::Danger, {}},
                                  {Rule::TestNetwork, Severity::Warning, {}}};
    sortFindings(findings);
    QVERIFY(findings[0].rule == Rule::LookAlike);
    QVERIFY(findings[1].rule == Rule::FirstTime);
    QVERIFY(findings[2].rule == Rule::TestNetwork);
    QVERIFY(findings[3].rule == Rule::KnownPayee);
}

QTEST_GUILESS_MAIN(PayeeCheckTest)
#include "payee_check_test.moc"
