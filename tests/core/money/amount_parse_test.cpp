// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a typed amount is read as meant, or offered in both readings, or refused; never guessed.
// Method: tables for the machine form and for the human form in several locales.
#include "core/money/amount_format.h"
#include "core/money/amount_parse.h"
#include "tests/support/test.h"

using namespace coffer;
using base::ErrorCode;
using money::Amount;
using money::Currency;
using money::NumberLocale;

namespace {

const NumberLocale kEnglish{U'.', U','};
const NumberLocale kGerman{U',', U'.'};

Currency currency(const char* code)
{
    return *Currency::find(code);
}

/// "0.50000000 BTC" or "1.23400000 BTC | 1234.00000000 BTC".
QString readings(const money::ParsedAmount& parsed)
{
    QStringList out;
    for (const auto& reading : parsed.readings)
        out << QString::fromStdString(toDecimal(reading.amount, reading.currency) + " " +
                                      std::string(reading.currency.code()));
    return out.join(QStringLiteral(" | "));
}

} // namespace

class AmountParseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsTheMachineForm()
    {
        QCOMPARE(*parseDecimal("0.00015", Currency::bitcoin()), Amount(15'000));
        QCOMPARE(*parseDecimal("21000000", Currency::bitcoin()), Amount(2'100'000'000'000'000));
        QCOMPARE(*parseDecimal("0", Currency::bitcoin()), Amount(0));
        QCOMPARE(*parseDecimal("0.00000001", Currency::bitcoin()), Amount(1));
        QCOMPARE(*parseDecimal("7", currency("JPY")), Amount(7));
    }

    void refusesOtherMachineForms_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        for (const char* text :
             {"", ".", ".5", "5.", "-1", "+1", "1e3", "1,5", "1 000", " 1", "1 ", "00.5", "01",
              "0x1", "1.2.3", "NaN", "inf", "1'000", "\xEF\xBC\x91"})
            QTest::newRow(text) << QString::fromUtf8(text) << int(ErrorCode::Malformed);
        QTest::newRow("nine decimals") << "0.000000010" << int(ErrorCode::OutOfRange);
        QTest::newRow("beyond 256 bits")
            << QString(75, QLatin1Char('9')) << int(ErrorCode::OutOfRange);
        QTest::newRow("endless") << QString(1000, QLatin1Char('1')) << int(ErrorCode::TooLarge);
    }
    void refusesOtherMachineForms()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        COMPARE_ERROR(parseDecimal(text.toStdString(), Currency::bitcoin()), ErrorCode(code));
    }

    void readsWhatPeopleWrite_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("german");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const QString& text, bool german, const char* expected,
                            const char* wanted) {
            const auto name = text + (german ? QStringLiteral(" de ") : QStringLiteral(" en ")) +
                              QString::fromUtf8(expected);
            QTest::newRow(qPrintable(name))
                << text << german << QString::fromUtf8(expected) << QString::fromUtf8(wanted);
        };
        const auto s = [](const char* text) { return QString::fromUtf8(text); };
        row(s("0.5"), false, "BTC", "0.50000000 BTC");
        row(s("0,5"), false, "BTC", "0.50000000 BTC");
        row(s("0.5"), true, "BTC", "0.50000000 BTC");
        row(s(".5"), false, "BTC", "0.50000000 BTC");
        row(s("5."), false, "BTC", "5.00000000 BTC");
        row(s("0005"), false, "BTC", "5.00000000 BTC");
        // One separator with three digits after it: both, unless it is the locale's decimal one.
        row(s("1,234"), false, "BTC", "1.23400000 BTC | 1234.00000000 BTC");
        row(s("1.234"), true, "BTC", "1.23400000 BTC | 1234.00000000 BTC");
        row(s("1.234"), false, "BTC", "1.23400000 BTC");
        row(s("1,234"), true, "BTC", "1.23400000 BTC");
        row(s("0,123"), false, "BTC", "0.12300000 BTC");       // No group begins with zero.
        row(s("1234,567"), false, "BTC", "1234.56700000 BTC"); // Nor has it four digits.
        row(s("1,2345"), false, "BTC", "1.23450000 BTC");
        // Where a currency cannot have the decimals, only one reading remains.
        row(s("1,234"), false, "EUR", "1234.00 EUR");
        row(s("1,234"), false, "JPY", "1234 JPY");
        row(s("1,234"), false, "KWD", "1.234 KWD | 1234.000 KWD");
        // Two kinds of separators: the last is decimal.
        row(s("1,234.56"), true, "EUR", "1234.56 EUR");
        row(s("1.234,56"), false, "EUR", "1234.56 EUR");
        row(s("1.234.567"), false, "BTC", "1234567.00000000 BTC");
        row(s("1.234.567,8"), false, "BTC", "1234567.80000000 BTC");
        row(s("12,34,567.89"), false, "INR", "1234567.89 INR");
        row(s("1'234.5"), false, "CHF", "1234.50 CHF");
        row(QStringLiteral("1\u2019234"), false, "CHF", "1234.00 CHF");
        // Spaces of all widths.
        row(s("1 234,5"), false, "EUR", "1234.50 EUR");
        row(QStringLiteral("1\u202F234\u00A0567,5"), true, "EUR", "1234567.50 EUR");
        row(s("1 234,567"), false, "BTC", "1234.56700000 BTC");
        row(QStringLiteral("0.012\u2009500\u200900"), false, "BTC", "0.01250000 BTC");
        row(s("0.012 500 00 BTC"), false, "tBTC", "0.01250000 BTC");
        // Other scripts.
        row(QStringLiteral("\u0661\u0662\u066B\u0665"), false, "EUR", "12.50 EUR");
        row(QStringLiteral("\u0661\u066C\u0662\u0663\u0664"), false, "EUR", "1234.00 EUR");
        row(QStringLiteral("\uFF11\uFF12\uFF0E\uFF15"), false, "EUR", "12.50 EUR");
        row(QStringLiteral("\u096B"), false, "INR", "5.00 INR");
        // Units.
        row(s("0.5 BTC"), false, "EUR", "0.50000000 BTC");
        row(s("0.5btc"), false, "EUR", "0.50000000 BTC");
        row(s("€ 12,30"), false, "BTC", "12.30 EUR");
        row(s("12,30 €"), true, "BTC", "12.30 EUR");
        row(s("€ 12,30 EUR"), true, "BTC", "12.30 EUR");
        row(s("1,234 567"), false, "BTC", "1.23456700 BTC");
        row(s("$5"), false, "CAD", "5.00 CAD");
        row(s("$.50"), false, "USD", "");
        row(s("500 sat"), false, "tBTC", "0.00000500 tBTC");
        row(s("1 500 sats"), false, "BTC", "0.00001500 BTC");
        row(s("500 sats"), false, "EUR", "0.00000500 BTC");
        row(QStringLiteral("\u20660.000\u202F150\u202F00\u202FBTC\u2069"), false, "BTC",
            "0.00015000 BTC");
        row(s("  7  "), false, "BTC", "7.00000000 BTC");
    }
    void readsWhatPeopleWrite()
    {
        QFETCH(QString, text);
        QFETCH(bool, german);
        QFETCH(QString, expected);
        QFETCH(QString, wanted);
        const auto parsed =
            parseHumanAmount(text.toStdString(), currency(expected.toStdString().c_str()),
                             german ? kGerman : kEnglish);
        if (wanted.isEmpty()) {
            COMPARE_ERROR(parsed, ErrorCode::Malformed);
            return;
        }
        VERIFY_RESULT(parsed);
        QCOMPARE(readings(*parsed), wanted);
    }

    void refusesWithTheReason_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const char* text, ErrorCode code) {
            QTest::newRow(text) << QString::fromUtf8(text) << int(code);
        };
        for (const char* text : {"",
                                 " ",
                                 ".",
                                 ",",
                                 "BTC",
                                 "-1",
                                 "+1",
                                 "\u22121",
                                 "(1)",
                                 "1e3",
                                 "1E3",
                                 "0x10",
                                 "1..2",
                                 "1,,234",
                                 "1 2",
                                 "12 34",
                                 "1,23,45",
                                 "1,2345,678",
                                 "1.234.56",
                                 "1,234.567,8",
                                 "1 2345",
                                 "0,123,456",
                                 "1.2.3",
                                 "1 000.000.000,0",
                                 "0.12 345",
                                 "0.1234 5",
                                 "5 XYZ",
                                 "Rs.500",
                                 "1.000 000 0000",
                                 "½",
                                 "1 BTC 2",
                                 "1'23",
                                 "' 5",
                                 "5%"})
            row(text, ErrorCode::Malformed);
        row("0.123456789", ErrorCode::OutOfRange);
        row("0.500000000", ErrorCode::OutOfRange);
        row("0.5 sat", ErrorCode::OutOfRange);
        row("$5", ErrorCode::Conflict);
        row("€ 5 USD", ErrorCode::Conflict);
        row("5 BTC sat", ErrorCode::Malformed);
        QTest::newRow("not UTF-8") << QString() << int(ErrorCode::Malformed);
        QTest::newRow("long") << QString(257, QLatin1Char('1')) << int(ErrorCode::TooLarge);
        QTest::newRow("large") << QString(90, QLatin1Char('9')) << int(ErrorCode::OutOfRange);
    }
    void refusesWithTheReason()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        const std::string bytes = text.isNull() ? "1\xFF" : text.toStdString();
        COMPARE_ERROR(parseHumanAmount(bytes, Currency::bitcoin(), kEnglish), ErrorCode(code));
    }

    void saysWhetherAUnitWasGiven()
    {
        QVERIFY(parseHumanAmount("1 BTC", Currency::bitcoin(), kEnglish)->unitGiven);
        QVERIFY(!parseHumanAmount("1", Currency::bitcoin(), kEnglish)->unitGiven);
    }

    void normalisesDigits()
    {
        QCOMPARE(money::normaliseDigits("\xD9\xA1\xD9\xA2 a"), std::string("12 a"));
        QCOMPARE(money::normaliseDigits("\xEF\xBC\x95"), std::string("5"));
    }
};

QTEST_GUILESS_MAIN(AmountParseTest)
#include "amount_parse_test.moc"
