// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: conversions are exact fractions with a source and an age. Method: known prices, both
// directions, and a table of refusals.
#include "core/money/rate.h"
#include "tests/support/test.h"

using namespace coffer;
using base::ErrorCode;
using money::Amount;
using money::Currency;
using money::Money;
using money::Rate;
using money::Rounding;
using money::Source;

namespace {

Currency eur()
{
    return *Currency::find("EUR");
}

} // namespace

class RateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void convertsBothWays()
    {
        const auto rate =
            Rate::fromPrice(Currency::bitcoin(), eur(), "61234.56", Source::OneServer, 1000);
        VERIFY_RESULT(rate);
        const auto value =
            rate->convert({Amount(100'000'000), Currency::bitcoin()}, Rounding::Down);
        QCOMPARE(*value, (Money{Amount(6'123'456), eur()}));
        const auto back = rate->inverse().convert(*value, Rounding::Down);
        QCOMPARE(*back, (Money{Amount(100'000'000), Currency::bitcoin()}));
        // 0.00000001 BTC is 0.06123456 cents.
        QCOMPARE(rate->convert({Amount(1), Currency::bitcoin()}, Rounding::Down)->amount,
                 Amount(0));
        QCOMPARE(rate->convert({Amount(1), Currency::bitcoin()}, Rounding::Up)->amount, Amount(1));
    }

    void readsLongPrices()
    {
        const auto rate = Rate::fromPrice(*Currency::find("ETH"), Currency::bitcoin(),
                                          "0.050000000000000000000000000000", Source::Quorum, 0);
        VERIFY_RESULT(rate);
        const auto ether = Amount::powerOfTen(18);
        QCOMPARE(rate->convert({*ether, *Currency::find("ETH")}, Rounding::Down)->amount,
                 Amount(5'000'000));
    }

    void refusesWhatIsNoPrice_data()
    {
        QTest::addColumn<QString>("price");
        QTest::addColumn<int>("code");
        for (const char* text :
             {"", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", " 1", "NaN", "1.2.3"})
            QTest::newRow(text) << QString::fromUtf8(text)
                                << static_cast<int>(ErrorCode::Malformed);
        QTest::newRow("zero") << "0.00" << static_cast<int>(ErrorCode::OutOfRange);
        QTest::newRow("long") << "0.0000000000000000000000000000001"
                              << static_cast<int>(ErrorCode::TooLarge);
    }
    void refusesWhatIsNoPrice()
    {
        QFETCH(QString, price);
        QFETCH(int, code);
        COMPARE_ERROR(
            Rate::fromPrice(Currency::bitcoin(), eur(), price.toStdString(), Source::Quorum, 0),
            static_cast<ErrorCode>(code));
    }

    void refusesWrongCurrencies()
    {
        COMPARE_ERROR(Rate::fromPrice(eur(), eur(), "1", Source::Quorum, 0), ErrorCode::Conflict);
        const auto rate = Rate::fromPrice(Currency::bitcoin(), eur(), "1", Source::Quorum, 0);
        COMPARE_ERROR(rate->convert({Amount(1), Currency::testBitcoin()}, Rounding::Down),
                      ErrorCode::Conflict);
    }

    void knowsItsAge()
    {
        const auto rate = Rate::fromPrice(Currency::bitcoin(), eur(), "1", Source::Quorum, 1000);
        QCOMPARE(rate->ageMs(4000), 3000);
        QCOMPARE(rate->ageMs(500), 0);
    }

    void namesSources()
    {
        for (const char* name : {"proved", "own_node", "quorum", "one_server", "device", "service"})
            QCOMPARE(sourceName(*money::parseSource(name)), std::string_view(name));
        COMPARE_ERROR(money::parseSource("rumour"), ErrorCode::Malformed);
    }
};

QTEST_GUILESS_MAIN(RateTest)
#include "rate_test.moc"
