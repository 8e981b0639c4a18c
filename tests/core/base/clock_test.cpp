// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: time as text and back, whatever the locale. Method: fixed moments, a table of refusals,
// round trips over four centuries.

#include "core/base/clock.h"
#include "tests/support/test.h"

using namespace coffer::base;

class ClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesMoments();
    void readsForms_data();
    void readsForms();
    void refuses_data();
    void refuses();
    void bringsBackEverySecond();
    void movesOnlyWhenTold();
    void tellsTheTime();
};

void ClockTest::writesMoments()
{
    QCOMPARE(toRfc3339(0), std::string("1970-01-01T00:00:00Z"));
    QCOMPARE(toRfc3339(1'700'000'000'000), std::string("2023-11-14T22:13:20Z"));
    QCOMPARE(toRfc3339(1'231'006'505'999), std::string("2009-01-03T18:15:05Z"));
    QCOMPARE(toRfc3339(-1), std::string("1969-12-31T23:59:59Z"));
}

void ClockTest::readsForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("plain date") << QByteArray("2023-03-01") << qint64(1'677'628'800'000);
    QTest::newRow("leap day") << QByteArray("2024-02-29") << qint64(1'709'164'800'000);
    QTest::newRow("Z") << QByteArray("2009-01-03T18:15:05Z") << qint64(1'231'006'505'000);
    QTest::newRow("small letters")
        << QByteArray("2009-01-03t18:15:05z") << qint64(1'231'006'505'000);
    QTest::newRow("blank") << QByteArray("2009-01-03 18:15:05Z") << qint64(1'231'006'505'000);
    QTest::newRow("fraction") << QByteArray("2009-01-03T18:15:05.789Z")
                              << qint64(1'231'006'505'000);
    QTest::newRow("east") << QByteArray("2009-01-03T20:45:05+02:30") << qint64(1'231'006'505'000);
    QTest::newRow("west") << QByteArray("2009-01-03T10:15:05-08:00") << qint64(1'231'006'505'000);
    QTest::newRow("leap second") << QByteArray("2016-12-31T23:59:60Z") << qint64(1'483'228'800'000);
}

void ClockTest::readsForms()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ms);
    const auto time = parseRfc3339(text.toStdString());
    VERIFY_RESULT(time);
    QCOMPARE(qint64(*time), ms);
}

void ClockTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const auto* text : {"",
                             "2023",
                             "2023-03",
                             "2023-3-1",
                             "2023/03/01",
                             "2023-02-29",
                             "2023-13-01",
                             "2023-00-01",
                             "2023-01-00",
                             "2023-01-32",
                             "23-01-01",
                             "2023-01-01T",
                             "2023-01-01T00:00",
                             "2023-01-01T00:00:00",
                             "2023-01-01T24:00:00Z",
                             "2023-01-01T00:60:00Z",
                             "2023-01-01T00:00:61Z",
                             "2023-01-01X00:00:00Z",
                             "2023-01-01T00:00:00X",
                             "2023-01-01T00:00:00.Z",
                             "2023-01-01T00:00:00+2:00",
                             "2023-01-01T00:00:00+25:00",
                             "2023-01-01T00:00:00+00:60",
                             "2023-01-01T00:00:00ZZ",
                             "2023-01-01T00:00:00Z ",
                             " 2023-01-01",
                             "2023-01-01 ",
                             "+023-01-01",
                             "2023-01-01T-1:00:00Z"})
        QTest::newRow(text) << QByteArray(text);
}

void ClockTest::refuses()
{
    QFETCH(QByteArray, text);
    COMPARE_ERROR(parseRfc3339(text.toStdString()), ErrorCode::Malformed);
}

void ClockTest::bringsBackEverySecond()
{
    // Steps of a bit more than a week, from 1900 to 2300.
    for (std::int64_t second = -2'208'988'800; second < 10'413'792'000; second += 654'321) {
        const auto back = parseRfc3339(toRfc3339(second * 1000));
        VERIFY_RESULT(back);
        QCOMPARE(qint64(*back), qint64(second * 1000));
    }
}

void ClockTest::movesOnlyWhenTold()
{
    ManualClock clock(1000);
    QCOMPARE(clock.utcMs(), std::int64_t{1000});
    clock.advanceMs(5);
    QCOMPARE(clock.utcMs(), std::int64_t{1005});
    QCOMPARE(clock.monotonicMs(), std::int64_t{5});
    clock.setUtcMs(7);
    QCOMPARE(clock.utcMs(), std::int64_t{7});
    QCOMPARE(clock.monotonicMs(), std::int64_t{5});
}

void ClockTest::tellsTheTime()
{
    const SystemClock clock;
    QVERIFY(qAbs(clock.utcMs() - QDateTime::currentMSecsSinceEpoch()) < 1000);
    const auto before = clock.monotonicMs();
    QVERIFY(clock.monotonicMs() >= before);
}

QTEST_GUILESS_MAIN(ClockTest)
#include "clock_test.moc"
