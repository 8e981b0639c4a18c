// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what is sealed reads back, foreign bytes are refused with the exact error, and neither a
// long life nor a flood makes the log grow without bound.

#include "core/transport/network_log_record.h"
#include "tests/support/test.h"

using namespace coffer;
using base::ErrorCode;
using transport::encodeNetworkLog;
using transport::LoggedRequest;
using transport::OutboundRequest;
using transport::StoredNetworkLog;

namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr std::int64_t kNow = 20'000 * kDayMs + 5'000;

OutboundRequest request(std::uint64_t id, std::int64_t timeMs = kNow,
                        const QString& outcome = QStringLiteral("closed"))
{
    return {id,
            timeMs,
            QStringLiteral("bitcoin_sync"),
            QStringLiteral("host-%1:8333").arg(id),
            QStringLiteral("direct"),
            QStringLiteral("ip"),
            outcome};
}

/// One row as CBOR with one member replaced.
base::Bytes withMembers(std::uint64_t version, std::size_t members, std::int64_t timeMs,
                        std::uint64_t count, const std::string& host)
{
    base::CborWriter out;
    out.beginArray(2);
    out.uint(version);
    out.beginArray(1);
    out.beginArray(members);
    out.uint(7);
    out.integer(timeMs);
    for (const auto& text : {std::string("dns_seed"), host, std::string("direct"),
                             std::string("ip"), std::string("closed")})
        out.text(text);
    if (members == 8)
        out.uint(count);
    return out.take();
}

base::Result<void> store(StoredNetworkLog& log, const std::vector<LoggedRequest>& rows)
{
    return log.apply(encodeNetworkLog(rows));
}

} // namespace

class NetworkLogRecordTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void roundTrips()
    {
        std::vector<LoggedRequest> rows{{request(1), 1}, {request(2, kNow + 1), 312}};
        rows[1].request.host = QStringLiteral("é中");
        const auto bytes = encodeNetworkLog(rows);
        const auto read = transport::decodeNetworkLog(bytes);
        VERIFY_RESULT(read);
        QVERIFY(*read == rows);
        QCOMPARE(encodeNetworkLog(*read), bytes);
        // An endless error text is cut, not refused.
        rows[0].request.outcome = QString(10'000, QChar(u'中'));
        const auto cut = transport::decodeNetworkLog(encodeNetworkLog(rows));
        VERIFY_RESULT(cut);
        QVERIFY((*cut)[0].request.outcome.size() >= 100);
    }

    void refuses_data()
    {
        QTest::addColumn<base::Bytes>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, base::Bytes bytes, ErrorCode code) {
            QTest::newRow(name) << std::move(bytes) << static_cast<int>(code);
        };
        const auto good = withMembers(1, 8, 5, 1, "h");
        QVERIFY(transport::decodeNetworkLog(good));
        row("nothing", {}, ErrorCode::Malformed);
        row("no CBOR", {0xff}, ErrorCode::Malformed);
        auto longer = good;
        longer.push_back(0);
        row("trailing byte", longer, ErrorCode::Malformed);
        row("cut", {good.begin(), good.end() - 1}, ErrorCode::Malformed);
        row("newer", withMembers(2, 8, 5, 1, "h"), ErrorCode::VersionTooNew);
        row("version 0", withMembers(0, 8, 5, 1, "h"), ErrorCode::Malformed);
        row("seven members", withMembers(1, 7, 5, 1, "h"), ErrorCode::Malformed);
        row("before 1970", withMembers(1, 8, -1, 1, "h"), ErrorCode::OutOfRange);
        row("counts too much", withMembers(1, 8, 5, ~std::uint64_t{0}, "h"), ErrorCode::OutOfRange);
        row("counts nothing", withMembers(1, 8, 5, 0, "h"), ErrorCode::OutOfRange);
        row("long text", withMembers(1, 8, 5, 1, std::string(513, 'x')), ErrorCode::TooLarge);
        const std::vector<LoggedRequest> many(StoredNetworkLog::kMaxRows + 1,
                                              LoggedRequest{request(1), 1});
        row("too many rows", encodeNetworkLog(many), ErrorCode::TooLarge);
    }
    void refuses()
    {
        QFETCH(base::Bytes, bytes);
        QFETCH(int, code);
        COMPARE_ERROR(transport::decodeNetworkLog(bytes), static_cast<ErrorCode>(code));
        StoredNetworkLog log;
        COMPARE_ERROR(log.apply(bytes), static_cast<ErrorCode>(code));
        QVERIFY(log.rows().empty());
    }

    void writesEachRequestAtMostTwice()
    {
        StoredNetworkLog log;
        std::deque<OutboundRequest> live{request(4, kNow, QStringLiteral("closed")),
                                         request(5, kNow, QStringLiteral("connecting"))};
        auto due = log.due(live, 5); // 4 was sealed by another wallet.
        QCOMPARE(due.size(), 1U);
        QCOMPARE(due[0].request.id, 5U);
        VERIFY_RESULT(store(log, due));
        QVERIFY(log.due(live, 5).empty());
        live[1].outcome = QStringLiteral("connected");
        QVERIFY(log.due(live, 5).empty()); // Not over: not worth a record.
        live[1].outcome = QStringLiteral("closed");
        due = log.due(live, 5);
        QCOMPARE(due.size(), 1U);
        VERIFY_RESULT(store(log, due));
        QVERIFY(log.due(live, 5).empty());
        QCOMPARE(log.rows().size(), 1U);
        QCOMPARE(log.rows().begin()->second.request.outcome, QStringLiteral("closed"));
    }

    void tellsProcessesApart()
    {
        // Ids start again with each process; the time tells two rows apart.
        StoredNetworkLog log;
        VERIFY_RESULT(store(log, {{request(1, kNow), 1}}));
        const auto due = log.due({request(1, kNow + 1)}, 1);
        QCOMPARE(due.size(), 1U);
        VERIFY_RESULT(store(log, due));
        QCOMPARE(log.rows().size(), 2U);
    }

    void foldsTheRestOfABusyDay()
    {
        StoredNetworkLog log;
        std::deque<OutboundRequest> live;
        const auto count = StoredNetworkLog::kMaxRowsPerDay + 500;
        for (std::uint64_t id = 1; id <= count; ++id)
            live.push_back(request(id, kNow + static_cast<std::int64_t>(id)));
        VERIFY_RESULT(store(log, log.due(live, 1)));
        QCOMPARE(log.rows().size(), StoredNetworkLog::kMaxRowsPerDay + 1);
        const auto& folded = log.rows().begin()->second; // At the day's first moment.
        QCOMPARE(folded.count, 500U);
        QCOMPARE(folded.request.host, QStringLiteral("*"));
        QVERIFY(log.due(live, 1).empty()); // Counted once.
        live.push_back(request(count + 1, kNow + 60'000));
        VERIFY_RESULT(store(log, log.due(live, 1)));
        QCOMPARE(log.rows().begin()->second.count, 501U);
        QCOMPARE(log.rows().size(), StoredNetworkLog::kMaxRowsPerDay + 1);
        // The next day has room again.
        live.push_back(request(count + 2, kNow + kDayMs));
        const auto due = log.due(live, 1);
        QCOMPARE(due.size(), 1U);
        QCOMPARE(due[0].count, 1U);
    }

    void forgetsTheOldest()
    {
        StoredNetworkLog log;
        const auto old = encodeNetworkLog({{request(1, kNow), 1}});
        VERIFY_RESULT(log.apply(old));
        QVERIFY(!log.isForgotten(old));
        for (std::size_t day = 1; day <= 11; ++day) {
            std::vector<LoggedRequest> rows;
            for (std::uint64_t id = 1; id <= StoredNetworkLog::kMaxRowsPerDay; ++id)
                rows.push_back({request(id, kNow + static_cast<std::int64_t>(day) * kDayMs), 1});
            VERIFY_RESULT(store(log, rows));
        }
        QCOMPARE(log.rows().size(), StoredNetworkLog::kMaxRows);
        QVERIFY(log.isForgotten(old)); // A rotation leaves it out.
        // A superseded row is forgotten too.
        StoredNetworkLog other;
        const auto open = encodeNetworkLog({{request(1, kNow, QStringLiteral("connected")), 1}});
        VERIFY_RESULT(other.apply(open));
        VERIFY_RESULT(other.apply(old));
        QVERIFY(other.isForgotten(open));
        QVERIFY(!other.isForgotten(old));
    }
};

QTEST_GUILESS_MAIN(NetworkLogRecordTest)
#include "network_log_record_test.moc"
