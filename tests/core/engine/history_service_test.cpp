// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the books are asked for what a person typed and chose. Method: queries with the filter they
// become, and queries that are refused.
#include "core/base/clock.h"
#include "core/engine/history_service.h"
#include "tests/support/test.h"

#include <QTimeZone>

using namespace coffer;
using base::ErrorCode;
using engine::HistoryService;

namespace {

ledger::SearchQuery::Term onlyTerm(const api::HistoryQuery& query)
{
    const auto filter = HistoryService::filterOf(query);
    ASSERT(filter);
    return filter->search.alternatives.at(0).at(0);
}

} // namespace

class HistoryServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void datesAreTheDaysOfThePerson()
    {
        const QByteArray zone("America/New_York");
        if (!QTimeZone::isTimeZoneIdAvailable(zone))
            QSKIP("this system has no time zones");
        api::HistoryQuery query;
        query.text = QStringLiteral("2026-07-01");
        query.timeZone = QString::fromLatin1(zone);
        const auto day = onlyTerm(query).period;
        QVERIFY(day);
        QCOMPARE(QString::fromStdString(base::toRfc3339(day->beginMs)),
                 QStringLiteral("2026-07-01T04:00:00Z"));
        query.text = QStringLiteral("2026-12-01"); // Winter there, whatever it is now.
        QCOMPARE(QString::fromStdString(base::toRfc3339(onlyTerm(query).period->beginMs)),
                 QStringLiteral("2026-12-01T05:00:00Z"));
        for (const QString& none : {QString(), QStringLiteral("Nowhere/Land")}) {
            query.timeZone = none;
            QCOMPARE(QString::fromStdString(base::toRfc3339(onlyTerm(query).period->beginMs)),
                     QStringLiteral("2026-12-01T00:00:00Z"));
        }
    }

    void numbersAreThoseOfThePerson()
    {
        api::HistoryQuery query;
        query.text = QStringLiteral("0,125");
        QVERIFY(onlyTerm(query).number); // Zero does not group.
        query.text = QStringLiteral("1,125");
        QVERIFY(!onlyTerm(query).number);
        query.numbers = {U',', U'.'};
        QVERIFY(onlyTerm(query).number);
    }

    void choicesBecomeFilters()
    {
        api::HistoryQuery query;
        query.kinds = {QStringLiteral("self"), QStringLiteral("coinbase")};
        query.currency = money::Currency::bitcoin();
        query.atLeast = money::Amount(1'000);
        query.atMost = money::Amount(2'000);
        const auto filter = HistoryService::filterOf(query);
        VERIFY_RESULT(filter);
        QVERIFY(filter->kinds ==
                (std::vector{ledger::MovementKind::Self, ledger::MovementKind::Coinbase}));
        QVERIFY(filter->currency == query.currency);
        QVERIFY(filter->atLeast == query.atLeast);
        QVERIFY(filter->atMost == query.atMost);
    }

    void refusesWhatMeansNothing()
    {
        api::HistoryQuery query;
        query.kinds = {QStringLiteral("gift")};
        COMPARE_ERROR(HistoryService::filterOf(query), ErrorCode::Malformed);
        query = {};
        query.atMost = money::Amount(1);
        COMPARE_ERROR(HistoryService::filterOf(query), ErrorCode::OutOfRange);
        query = {};
        query.text = QStringLiteral("> coffee");
        COMPARE_ERROR(HistoryService::filterOf(query), ErrorCode::Malformed);
    }
};

QTEST_GUILESS_MAIN(HistoryServiceTest)
#include "history_service_test.moc"
