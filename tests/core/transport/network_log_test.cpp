// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: every outbound request is listed, in order, with how it ended, and the list is bounded.

#include "core/transport/network_log.h"
#include "tests/support/test.h"

#include <QSignalSpy>

using namespace coffer;
using transport::NetworkLog;
using transport::Purpose;

class NetworkLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void listsWhatLeaves()
    {
        base::ManualClock clock;
        NetworkLog log(clock);
        QSignalSpy changes(&log, &NetworkLog::changed);
        const auto first = log.open(Purpose::BitcoinSync, QStringLiteral("203.0.113.7:8333"),
                                    QStringLiteral("direct"), QStringLiteral("ip"));
        clock.advanceMs(1000);
        const auto second = log.open(Purpose::BitcoinBroadcast, QStringLiteral("x.onion:8333"),
                                     QStringLiteral("socks5"), QStringLiteral("transaction"));
        QVERIFY(second > first);
        log.setOutcome(first, QStringLiteral("connected"));
        QCOMPARE(changes.count(), 3);
        QCOMPARE(log.rows().size(), 2U);
        QCOMPARE(log.rows()[0].purpose, QStringLiteral("bitcoin_sync"));
        QCOMPARE(log.rows()[0].outcome, QStringLiteral("connected"));
        QVERIFY(!log.rows()[0].isOver());
        QCOMPARE(log.rows()[1].outcome, QStringLiteral("connecting"));
        QCOMPARE(log.rows()[1].timeMs - log.rows()[0].timeMs, 1000);
        log.setOutcome(first, QStringLiteral("refused"));
        QVERIFY(log.rows()[0].isOver());
    }

    void dropsTheOldest()
    {
        base::ManualClock clock;
        NetworkLog log(clock);
        std::uint64_t last = 0;
        for (std::size_t i = 0; i < NetworkLog::kMaxRows + 10; ++i)
            last = log.open(Purpose::DnsSeed, QString::number(i), {}, {});
        QCOMPARE(log.rows().size(), NetworkLog::kMaxRows);
        QCOMPARE(log.rows().front().host, QStringLiteral("10"));
        // Outcomes of rows that are gone, or never were, change nothing.
        log.setOutcome(1, QStringLiteral("late"));
        log.setOutcome(last + 1, QStringLiteral("early"));
        log.setOutcome(last, QStringLiteral("fits"));
        QCOMPARE(log.rows().back().outcome, QStringLiteral("fits"));
        QCOMPARE(log.rows().front().outcome, QStringLiteral("connecting"));
    }
};

QTEST_GUILESS_MAIN(NetworkLogTest)
#include "network_log_test.moc"
