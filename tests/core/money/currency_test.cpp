// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the table is complete and test money is not money. Method: look-ups and spot checks against
// ISO 4217.
#include "core/money/currency.h"
#include "tests/support/test.h"

#include <set>

using namespace coffer;
using base::ErrorCode;
using money::Currency;
using money::CurrencyKind;

class CurrencyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findsByExactCode()
    {
        VERIFY_RESULT(Currency::find("EUR"));
        COMPARE_ERROR(Currency::find("eur"), ErrorCode::NotFound);
        COMPARE_ERROR(Currency::find("TBTC"), ErrorCode::NotFound);
        COMPARE_ERROR(Currency::find(""), ErrorCode::NotFound);
    }

    void keepsTheDecimalsOfIso4217_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<unsigned>("decimals");
        QTest::newRow("JPY") << "JPY" << 0U;
        QTest::newRow("KRW") << "KRW" << 0U;
        QTest::newRow("CLP") << "CLP" << 0U;
        QTest::newRow("ISK") << "ISK" << 0U;
        QTest::newRow("EUR") << "EUR" << 2U;
        QTest::newRow("HUF") << "HUF" << 2U;
        QTest::newRow("MGA") << "MGA" << 2U;
        QTest::newRow("KWD") << "KWD" << 3U;
        QTest::newRow("TND") << "TND" << 3U;
        QTest::newRow("BTC") << "BTC" << 8U;
        QTest::newRow("tBTC") << "tBTC" << 8U;
        QTest::newRow("ETH") << "ETH" << 18U;
    }
    void keepsTheDecimalsOfIso4217()
    {
        QFETCH(QString, code);
        QFETCH(unsigned, decimals);
        const auto currency = Currency::find(code.toStdString());
        VERIFY_RESULT(currency);
        QCOMPARE(currency->decimals(), decimals);
    }

    void hasUniqueCodesInAnyCase()
    {
        std::set<std::string> codes;
        for (const Currency& currency : Currency::all()) {
            std::string code;
            for (const char c : currency.code())
                code += static_cast<char>(std::toupper(c));
            QVERIFY2(codes.insert(code).second, code.c_str());
            QVERIFY(!currency.name().empty());
            QVERIFY(!currency.symbol().empty());
            QVERIFY(currency.kind() != CurrencyKind::None);
        }
        QVERIFY(codes.size() > 150);
    }

    void neverAddsTestMoneyToMoney()
    {
        using money::Amount;
        using money::Money;
        const Money real{Amount(1), Currency::bitcoin()};
        COMPARE_ERROR(add(real, Money{Amount(1), Currency::testBitcoin()}), ErrorCode::Conflict);
        COMPARE_ERROR(add(real, Money{Amount(1), Currency::regtestBitcoin()}), ErrorCode::Conflict);
        QCOMPARE(add(real, real)->amount, Amount(2));
        QVERIFY(Currency::testBitcoin() != Currency::regtestBitcoin());
        QVERIFY(Currency::testBitcoin().isBitcoin());
        QCOMPARE(Currency::bitcoin().minorName(), std::string_view("sat"));
    }

    void isNoCurrencyByDefault()
    {
        QCOMPARE(Currency().code(), std::string_view("XXX"));
        QCOMPARE(Currency(), *Currency::find("XXX"));
        QVERIFY(Currency() != Currency::bitcoin());
    }

    void ordersByCode() { QVERIFY(*Currency::find("BTC") < *Currency::find("EUR")); }
};

QTEST_GUILESS_MAIN(CurrencyTest)
#include "currency_test.moc"
