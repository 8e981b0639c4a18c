// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: a search means one thing. Method: a table of searches with their reading, and of refusals.
#include "core/ledger/search_query.h"
#include "tests/support/test.h"

using namespace coffer;
using base::ErrorCode;
using ledger::AmountThreshold;
using ledger::SearchLocale;
using ledger::SearchQuery;
using Comparison = ledger::SearchQuery::Comparison;

namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kSummerBeginsMs = 1'774'746'000'000; // 2026-03-29 01:00 UTC, in Berlin.
constexpr std::int64_t kSummerEndsMs = 1'792'890'000'000;   // 2026-10-25 01:00 UTC.

std::int64_t berlin(std::int64_t utcMs)
{
    const bool summer = utcMs > kSummerBeginsMs && utcMs - 2 * kHourMs < kSummerEndsMs;
    return utcMs - (summer ? 2 : 1) * kHourMs;
}

const SearchLocale kEnglish{{U'.', U','}, {}};
const SearchLocale kGerman{{U',', U'.'}, berlin};

/// "a&>1|b": texts with their comparisons.
QString shape(const SearchQuery& query)
{
    static const char* const kSymbols[] = {"", ">", "<", ">=", "<=", "=", "!="};
    QStringList alternatives;
    for (const auto& terms : query.alternatives) {
        QStringList parts;
        for (const auto& term : terms)
            parts << QString::fromUtf8(kSymbols[static_cast<int>(term.comparison)]) +
                         QString::fromStdString(term.text);
        alternatives << parts.join(QLatin1Char('&'));
    }
    return alternatives.join(QLatin1Char('|'));
}

SearchQuery::Term first(const char* text, const SearchLocale& locale = kEnglish)
{
    const auto query = parseSearch(text, locale);
    ASSERT(query);
    return query->alternatives.at(0).at(0);
}

std::strong_ordering compared(const char* number, std::int64_t minor, const char* currency = "BTC")
{
    return AmountThreshold(*first(number).number, *money::Currency::find(currency))
        .compare(money::Amount(minor));
}

} // namespace

class SearchQueryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsTheGrammar_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("nothing") << "  "
                                 << "";
        QTest::newRow("word") << "coffee"
                              << "coffee";
        QTest::newRow("words") << "coffee  shop"
                               << "coffee&shop";
        QTest::newRow("and") << "coffee & shop"
                             << "coffee&shop";
        QTest::newRow("or") << "coffee shop | tea"
                            << "coffee&shop|tea";
        QTest::newRow("quoted") << "\"coffee & shop\" x"
                                << "coffee & shop&x";
        QTest::newRow("amounts") << "> 0.1 & <=2"
                                 << ">0.1&<=2";
        QTest::newRow("dates") << ">=2026-01-01 & < 2026-02"
                               << ">=2026-01-01&<2026-02";
        QTest::newRow("not") << "!= coffee"
                             << "!=coffee";
        QTest::newRow("close together") << "a|b&c"
                                        << "a|b&c";
        QTest::newRow("inside a word") << "a=b"
                                       << "a=b";
        QTest::newRow("ideographic space")
            << QStringLiteral("\u5496\u5561\u3000\u8336") << QStringLiteral("\u5496\u5561&\u8336");
    }
    void readsTheGrammar()
    {
        QFETCH(QString, text);
        QFETCH(QString, wanted);
        const auto query = parseSearch(text.toStdString(), kEnglish);
        VERIFY_RESULT(query);
        QCOMPARE(shape(*query), wanted);
    }

    void refusesWithTheReason_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        for (const char* text :
             {">", "a >", "> coffee", "<= \"1\"", "& a", "| a", "a &", "a |", "a & & b", "a | | b",
              "\"open", "\"\"", "> 2026-13", "> 2026-02-30", "> 1.2.3", "!=", "> 1e3", "> & 1"})
            QTest::newRow(text) << QString::fromUtf8(text) << int(ErrorCode::Malformed);
        QTest::newRow("long") << QString(513, QLatin1Char('x')) << int(ErrorCode::TooLarge);
        QTest::newRow("many") << QStringLiteral("a ").repeated(33) << int(ErrorCode::TooLarge);
    }
    void refusesWithTheReason()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        COMPARE_ERROR(parseSearch(text.toStdString(), kEnglish), ErrorCode(code));
    }

    void readsPeriodsInLocalTime()
    {
        const auto day = *first("=2026-11-24", kGerman).period;
        QCOMPARE(QString::fromStdString(base::toRfc3339(day.beginMs)),
                 QStringLiteral("2026-11-23T23:00:00Z"));
        QCOMPARE(day.endMs - day.beginMs, std::int64_t(86'400'000));
        const auto shortDay = *first("=2026-03-29", kGerman).period; // The clocks go forward.
        QCOMPARE(shortDay.endMs - shortDay.beginMs, 23 * kHourMs);
        const auto summer = *first("=2026-07-01", kGerman).period;
        QCOMPARE(QString::fromStdString(base::toRfc3339(summer.beginMs)),
                 QStringLiteral("2026-06-30T22:00:00Z"));
        const auto month = *first("=2026-12").period;
        QCOMPARE(QString::fromStdString(base::toRfc3339(month.beginMs)),
                 QStringLiteral("2026-12-01T00:00:00Z"));
        QCOMPARE(QString::fromStdString(base::toRfc3339(month.endMs)),
                 QStringLiteral("2027-01-01T00:00:00Z"));
        QVERIFY(first("2024-02-29").period);
        QVERIFY(!first("2023-02-29").period);
        QVERIFY(!first("2026").period); // An amount.
    }

    void readsNumbersOfTheLocale()
    {
        QVERIFY(first("0,5", kGerman).number);
        QVERIFY(first("0.5", kGerman).number);
        QVERIFY(first("0.015", kGerman).number);
        QVERIFY(!first("1.234", kGerman).number); // Grouped or not: not guessed.
        QVERIFY(!first("1,234").number);
        QVERIFY(first("1.234").number);
        QVERIFY(!first("coffee").number);
        QVERIFY(first("\xD9\xA1").number); // Arabic-Indic one.
        QVERIFY(first("> -1").number->hasSign);
        QVERIFY(first("> \xE2\x88\x92"
                      "1")
                    .number->digits.isNegative());
    }

    void comparesExactly()
    {
        QVERIFY(compared("0.5", 50'000'000) == 0);
        QVERIFY(compared("0.5", -50'000'000) == 0); // Its size counts.
        QVERIFY(compared("-0.5", -50'000'000) == 0);
        QVERIFY(compared("-0.5", 50'000'000) > 0);
        QVERIFY(compared("+0.5", -50'000'000) < 0);
        QVERIFY(compared("0.000000005", 0) < 0); // Half a satoshi.
        QVERIFY(compared("0.000000005", 1) > 0);
        QVERIFY(compared("-0.000000005", 0) > 0);
        QVERIFY(compared("-0.000000005", -1) < 0);
        QVERIFY(compared("7.5", 7, "JPY") < 0);
        QVERIFY(compared("7.5", 8, "JPY") > 0);
        const std::string huge(69, '9');
        QVERIFY(compared(huge.c_str(), INT64_MAX, "ETH") < 0);
        QVERIFY(compared(("-" + huge).c_str(), INT64_MIN, "ETH") > 0);
    }
};

QTEST_GUILESS_MAIN(SearchQueryTest)
#include "search_query_test.moc"
