// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: amounts are exact and fail instead of wrapping. Method: edges of 64 and 256 bits, random
// arithmetic against unbounded integers, and a table of encodings.
#include "core/base/hex.h"
#include "core/base/random.h"
#include "core/money/amount.h"
#include "tests/support/test.h"

#include <boost/multiprecision/cpp_int.hpp>

using namespace coffer;
using base::ErrorCode;
using boost::multiprecision::cpp_int;
using money::Amount;
using money::Rounding;

namespace {

const char* const kMax =
    "115792089237316195423570985008687907853269984665640564039457584007913129639935";

Amount amount(const std::string& decimal)
{
    auto parsed = Amount::parse(decimal);
    ASSERT(parsed);
    return *parsed;
}

/// Any size from 0 to 256 bits, either sign.
Amount randomAmount(base::Random& random)
{
    base::Bytes bytes(random.below(33));
    random.fill(bytes);
    auto out = Amount::fromBigEndian(bytes);
    ASSERT(out);
    return random.below(2) == 0 ? *out : out->negated();
}

cpp_int big(const Amount& value)
{
    return cpp_int(value.toString());
}

bool fits(const cpp_int& value)
{
    return abs(value) <= cpp_int(kMax);
}

base::Bytes encoded(const Amount& value)
{
    base::CborWriter out;
    value.encode(out);
    return out.take();
}

} // namespace

class AmountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsAndWritesDecimals_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"0", "1", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615",
              "18446744073709551616", "-18446744073709551616", kMax})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void readsAndWritesDecimals()
    {
        QFETCH(QString, text);
        const auto parsed = Amount::parse(text.toStdString());
        VERIFY_RESULT(parsed);
        QCOMPARE(QString::fromStdString(parsed->toString()), text);
    }

    void refusesOtherTexts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const char* text, ErrorCode code) {
            QTest::newRow(text) << QString::fromUtf8(text) << static_cast<int>(code);
        };
        for (const char* text : {"", "-", "-0", "00", "01", "-01", "+1", " 1", "1 ", "1.0", "1e3",
                                 "0x10", "1_000", "\xD9\xA1", "--1"})
            row(text, ErrorCode::Malformed);
        row("115792089237316195423570985008687907853269984665640564039457584007913129639936",
            ErrorCode::OutOfRange);
        row("1000000000000000000000000000000000000000000000000000000000000000000000000000000",
            ErrorCode::OutOfRange);
    }
    void refusesOtherTexts()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        COMPARE_ERROR(Amount::parse(text.toStdString()), static_cast<ErrorCode>(code));
    }

    void knowsTheEdgesOf64Bits()
    {
        QCOMPARE(*Amount(INT64_MIN).toInt64(), INT64_MIN);
        QCOMPARE(*Amount(INT64_MAX).toInt64(), INT64_MAX);
        COMPARE_ERROR(amount("9223372036854775808").toInt64(), ErrorCode::OutOfRange);
        COMPARE_ERROR(amount("-9223372036854775809").toInt64(), ErrorCode::OutOfRange);
        QCOMPARE(Amount(INT64_MIN).toString(), std::string("-9223372036854775808"));
        QCOMPARE(Amount::fromUnsigned(UINT64_MAX).toString(), std::string("18446744073709551615"));
    }

    void failsInsteadOfWrapping()
    {
        COMPARE_ERROR(amount(kMax).plus(Amount(1)), ErrorCode::OutOfRange);
        COMPARE_ERROR(amount(kMax).negated().minus(Amount(1)), ErrorCode::OutOfRange);
        COMPARE_ERROR(amount(kMax).times(Amount(2)), ErrorCode::OutOfRange);
        COMPARE_ERROR(Amount(1).timesRatio(Amount(1), Amount(0), Rounding::Down),
                      ErrorCode::OutOfRange);
        COMPARE_ERROR(amount(kMax).timesRatio(Amount(3), Amount(2), Rounding::Down),
                      ErrorCode::OutOfRange);
        QCOMPARE(amount(kMax).timesRatio(Amount(3), Amount(3), Rounding::Up).take(), amount(kMax));
        COMPARE_ERROR(Amount::powerOfTen(78), ErrorCode::OutOfRange);
        COMPARE_ERROR(Amount::fromBigEndian(base::Bytes(33)), ErrorCode::OutOfRange);
    }

    void hasOneZero()
    {
        QCOMPARE(Amount(0).negated(), Amount());
        QVERIFY(!Amount(0).negated().isNegative());
        QCOMPARE(Amount(-5).plus(Amount(5)).take(), Amount());
        QVERIFY(!Amount(-5).plus(Amount(5)).take().isNegative());
        QVERIFY(!Amount(-5).times(Amount(0)).take().isNegative());
        QCOMPARE(Amount().bitLength(), 0U);
        QVERIFY(Amount().magnitudeBigEndian().empty());
    }

    void roundsAsTold()
    {
        const auto divided = [](std::int64_t value, std::int64_t by, Rounding rounding) {
            return *Amount(value).timesRatio(Amount(1), Amount(by), rounding)->toInt64();
        };
        QCOMPARE(divided(7, 2, Rounding::Down), 3);
        QCOMPARE(divided(-7, 2, Rounding::Down), -3);
        QCOMPARE(divided(7, 2, Rounding::Up), 4);
        QCOMPARE(divided(-7, 2, Rounding::Up), -4);
        QCOMPARE(divided(5, 2, Rounding::HalfEven), 2);
        QCOMPARE(divided(7, 2, Rounding::HalfEven), 4);
        QCOMPARE(divided(-5, 2, Rounding::HalfEven), -2);
        QCOMPARE(divided(8, 3, Rounding::HalfEven), 3);
        QCOMPARE(divided(6, 3, Rounding::Up), 2);
    }

    void agreesWithUnboundedIntegers()
    {
        base::SeededRandom random(1);
        for (int i = 0; i < 20'000; ++i) {
            const Amount a = randomAmount(random);
            const Amount b = randomAmount(random);
            const cpp_int x = big(a);
            const cpp_int y = big(b);
            const auto sum = a.plus(b);
            QCOMPARE(static_cast<bool>(sum), fits(x + y));
            QVERIFY(!sum || big(*sum) == x + y);
            const auto rest = a.minus(b);
            QCOMPARE(static_cast<bool>(rest), fits(x - y));
            QVERIFY(!rest || big(*rest) == x - y);
            const auto product = a.times(b);
            QCOMPARE(static_cast<bool>(product), fits(x * y));
            QVERIFY(!product || big(*product) == x * y);
            if (!b.isZero()) {
                const auto quotient = a.timesRatio(Amount(7), b, Rounding::Down);
                QVERIFY(!quotient || big(*quotient) == x * 7 / y);
            }
            QCOMPARE(a < b, x < y);
            QCOMPARE(a == b, x == y);
            QCOMPARE(a.sign(), x.sign());
        }
    }

    void roundTripsAsCbor()
    {
        base::SeededRandom random(2);
        for (int i = 0; i < 5'000; ++i) {
            const Amount value = randomAmount(random);
            const auto bytes = encoded(value);
            base::CborReader in(bytes);
            const auto back = Amount::decode(in);
            VERIFY_RESULT(back);
            VERIFY_RESULT(in.expectEnd());
            QCOMPARE(*back, value);
            QCOMPARE(encoded(*back), bytes);
        }
    }

    void encodesDeterministically_data()
    {
        QTest::addColumn<QString>("decimal");
        QTest::addColumn<QString>("hex");
        // RFC 8949, appendix A.
        QTest::newRow("0") << "0"
                           << "00";
        QTest::newRow("-1") << "-1"
                            << "20";
        QTest::newRow("1000") << "1000"
                              << "1903e8";
        QTest::newRow("2^64-1") << "18446744073709551615"
                                << "1bffffffffffffffff";
        QTest::newRow("2^64") << "18446744073709551616"
                              << "c249010000000000000000";
        QTest::newRow("-2^64") << "-18446744073709551616"
                               << "3bffffffffffffffff";
        QTest::newRow("-2^64-1") << "-18446744073709551617"
                                 << "c349010000000000000000";
    }
    void encodesDeterministically()
    {
        QFETCH(QString, decimal);
        QFETCH(QString, hex);
        QCOMPARE(QString::fromStdString(base::toHex(encoded(amount(decimal.toStdString())))), hex);
    }

    void refusesOtherCbor_data()
    {
        QTest::addColumn<QString>("hex");
        QTest::newRow("bignum that fits 64 bits") << "c24100";
        QTest::newRow("leading zero") << "c24a00010000000000000000";
        QTest::newRow("text") << "6131";
        QTest::newRow("float") << "f93c00";
        QTest::newRow("other tag") << "c101";
        QTest::newRow("bytes without tag") << "4101";
        QTest::newRow("longer than needed") << "1801";
        QTest::newRow("257 bits") << "c25821010000000000000000000000000000000000000000000000000000"
                                     "000000000000";
        QTest::newRow("-2^256") << "c35820ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                                   "ffffffff";
        QTest::newRow("nothing") << "";
    }
    void refusesOtherCbor()
    {
        QFETCH(QString, hex);
        const auto bytes = base::parseHex(hex.toStdString());
        base::CborReader in(*bytes);
        QVERIFY(!Amount::decode(in));
    }
};

QTEST_GUILESS_MAIN(AmountTest)
#include "amount_test.moc"
