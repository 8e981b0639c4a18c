// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: text and satoshi agree without any floating point. Method: tables, both ways.

#include "core/bitcoin/amount.h"
#include "tests/core/bitcoin/vectors.h"

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;

class AmountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDecimals();
    void refusesWhatIsNoAmount();
    void writesEightPlaces();
    void addsWithinTheLimit();
};

void AmountTest::readsDecimals()
{
    const std::pair<const char*, std::int64_t> rows[] = {
        {"0", 0},
        {"0.00000001", 1},
        {"0.00015", 15'000},
        {"1", 100'000'000},
        {"1.", -1},
        {"001.5", 150'000'000},
        {"0000000000000000000000000.5", 50'000'000},
        {"20999999.99999999", bitcoin::kMaxMoney - 1},
        {"21000000.00000000", bitcoin::kMaxMoney},
    };
    for (const auto& [amount, satoshi] : rows) {
        const auto parsed = bitcoin::parseBtc(amount);
        if (satoshi < 0) {
            COMPARE_ERROR(parsed, ErrorCode::Malformed);
            continue;
        }
        VERIFY_RESULT(parsed);
        QCOMPARE(*parsed, satoshi);
    }
}

void AmountTest::refusesWhatIsNoAmount()
{
    for (const auto* amount : {"", ".", ".5", "5.", "-1", "+1", "1,5", "1e3", " 1", "1 ", "0x10",
                               "1.000000001", "1.2.3", "..", "NaN"})
        COMPARE_ERROR(bitcoin::parseBtc(amount), ErrorCode::Malformed);
    for (const auto* amount : {"21000000.00000001", "21000001", "99999999999999999999999999999",
                               "9223372036854775808", "184467440737095516.16"})
        COMPARE_ERROR(bitcoin::parseBtc(amount), ErrorCode::OutOfRange);
}

void AmountTest::writesEightPlaces()
{
    const std::pair<std::int64_t, const char*> rows[] = {
        {0, "0.00000000"},
        {1, "0.00000001"},
        {-1, "-0.00000001"},
        {123'456'789, "1.23456789"},
        {bitcoin::kMaxMoney, "21000000.00000000"},
        {std::numeric_limits<std::int64_t>::min(), "-92233720368.54775808"},
    };
    for (const auto& [satoshi, amount] : rows)
        QCOMPARE(shown(bitcoin::formatBtc(satoshi)), shown(amount));
}

void AmountTest::addsWithinTheLimit()
{
    const auto sum = bitcoin::addMoney(bitcoin::kMaxMoney - 1, 1);
    VERIFY_RESULT(sum);
    QCOMPARE(*sum, bitcoin::kMaxMoney);
    COMPARE_ERROR(bitcoin::addMoney(bitcoin::kMaxMoney, 1), ErrorCode::OutOfRange);
    COMPARE_ERROR(bitcoin::addMoney(-1, 1), ErrorCode::OutOfRange);
    COMPARE_ERROR(bitcoin::addMoney(1, std::numeric_limits<std::int64_t>::max()),
                  ErrorCode::OutOfRange);
}

QTEST_GUILESS_MAIN(AmountTest)
#include "amount_test.moc"
