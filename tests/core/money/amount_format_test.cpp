// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what people see is exact, unambiguous and pastes back. Method: tables of texts, and a round
// trip through the human parser for random amounts in several locales.
#include "core/base/random.h"
#include "core/money/amount_format.h"
#include "tests/support/test.h"

using namespace coffer;
using money::Amount;
using money::AmountFormat;
using money::Currency;
using money::Decimals;
using money::Isolates;
using money::Money;
using money::NumberLocale;
using money::Rate;
using money::Sign;
using money::Source;
using money::Unit;

namespace {

const NumberLocale kEnglish{U'.', U','};
const NumberLocale kGerman{U',', U'.'};
const NumberLocale kFrench{U',', U'\u202F'};
const NumberLocale kSwiss{U'.', U'\u2019'};

Money of(const char* code, const char* minor)
{
    return {*Amount::parse(minor), *Currency::find(code)};
}

QString shown(const Money& money, const AmountFormat& format)
{
    return QString::fromStdString(formatAmount(money, format));
}

} // namespace

class AmountFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writesMachineDecimals()
    {
        QCOMPARE(toDecimal(Amount(15'000), Currency::bitcoin()), std::string("0.00015000"));
        QCOMPARE(toDecimal(Amount(-123'456'789), Currency::bitcoin()), std::string("-1.23456789"));
        QCOMPARE(toDecimal(Amount(0), Currency::bitcoin()), std::string("0.00000000"));
        QCOMPARE(toDecimal(Amount(7), *Currency::find("JPY")), std::string("7"));
    }

    void groupsBitcoin()
    {
        QCOMPARE(shown(of("BTC", "1250000"), {kEnglish}),
                 QStringLiteral("0.012\u202F500\u202F00\u202FBTC"));
        QCOMPARE(shown(of("tBTC", "123456789000000"), {kGerman}),
                 QStringLiteral("1.234.567,890\u202F000\u202F00\u202FtBTC"));
        QCOMPARE(shown(of("BTC", "-1"), {kEnglish}),
                 QStringLiteral("\u22120.000\u202F000\u202F01\u202FBTC"));
    }

    void trimsInLists()
    {
        AmountFormat format{kEnglish, Decimals::Trimmed, Sign::Explicit, Unit::None};
        QCOMPARE(shown(of("BTC", "1250000"), format), QStringLiteral("+0.012\u202F5"));
        QCOMPARE(shown(of("BTC", "100000000"), format), QStringLiteral("+1"));
        QCOMPARE(shown(of("BTC", "0"), format), QStringLiteral("0"));
        QCOMPARE(shown(of("EUR", "1230"), format), QStringLiteral("+12.30"));
        QCOMPARE(shown(of("EUR", "-1230"), format), QStringLiteral("\u221212.30"));
    }

    void writesFiatByLocale()
    {
        AmountFormat format{kFrench, Decimals::Full, Sign::Negative, Unit::Symbol};
        QCOMPARE(shown(of("EUR", "123456789"), format),
                 QStringLiteral("1\u202F234\u202F567,89\u202F\u20AC"));
        QCOMPARE(shown(of("JPY", "1234"), {kEnglish}), QStringLiteral("1,234\u202FJPY"));
        QCOMPARE(shown(of("JPY", "1234"), {{U'.', 0}}), QStringLiteral("1234\u202FJPY"));
    }

    void isolatesOnDemand()
    {
        AmountFormat format{kEnglish};
        format.isolates = Isolates::Around;
        QCOMPARE(shown(of("EUR", "5"), format), QStringLiteral("\u20660.05\u202FEUR\u2069"));
    }

    void saysWhenItRounds_data()
    {
        QTest::addColumn<QString>("minor");
        QTest::addColumn<QString>("text");
        QTest::newRow("exact") << "100000000" << QStringLiteral("61,234.50\u202FEUR");
        QTest::newRow("rounded") << "12345678" << QStringLiteral("\u2248 7,559.81\u202FEUR");
        QTest::newRow("negative") << "-12345678"
                                  << QStringLiteral("\u2248 \u22127,559.81\u202FEUR");
        QTest::newRow("tiny") << "6" << QStringLiteral("~0.0037\u202FEUR");
        QTest::newRow("tinier") << "1" << QStringLiteral("~0.00061\u202FEUR");
        QTest::newRow("nothing") << "0" << QStringLiteral("0.00\u202FEUR");
    }
    void saysWhenItRounds()
    {
        QFETCH(QString, minor);
        QFETCH(QString, text);
        const auto rate = Rate::fromPrice(Currency::bitcoin(), *Currency::find("EUR"), "61234.5",
                                          Source::Quorum, 0);
        const auto out = formatConverted(of("BTC", minor.toStdString().c_str()), *rate, {kEnglish});
        VERIFY_RESULT(out);
        QCOMPARE(QString::fromStdString(*out), text);
    }

    void hidesWithFixedWidth()
    {
        QCOMPARE(QString::fromUtf8(money::hiddenAmount().data()),
                 QStringLiteral("\u2022\u2022\u2022\u2022"));
    }

    void pastesBack()
    {
        base::SeededRandom random(3);
        for (const NumberLocale& locale :
             {kEnglish, kGerman, kFrench, kSwiss, NumberLocale{U'.', 0}}) {
            for (const char* code : {"BTC", "rBTC", "EUR", "JPY", "KWD", "ETH"}) {
                for (int i = 0; i < 300; ++i) {
                    const auto minor = Amount::fromUnsigned(random.u64() >> random.below(64));
                    const Money money{minor, *Currency::find(code)};
                    for (const Decimals decimals : {Decimals::Full, Decimals::Trimmed}) {
                        const AmountFormat format{locale, decimals, Sign::Negative, Unit::Code,
                                                  Isolates::Around};
                        const auto text = formatAmount(money, format);
                        const auto back = parseHumanAmount(text, Currency::bitcoin(), locale);
                        VERIFY_RESULT(back);
                        // "1,234" without decimals is ambiguous on purpose; the right one is there.
                        const auto& readings = back->readings;
                        QVERIFY2(std::find(readings.begin(), readings.end(), money) !=
                                     readings.end(),
                                 text.c_str());
                        QVERIFY(readings.size() == 1 ||
                                minor < *Amount::powerOfTen(6 + money.currency.decimals()));
                    }
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(AmountFormatTest)
#include "amount_format_test.moc"
