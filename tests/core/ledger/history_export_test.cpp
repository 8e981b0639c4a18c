// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: exports are a fixed schema that other programs read safely. Method: exact texts.
#include "core/base/json.h"
#include "core/ledger/history_export.h"
#include "tests/core/ledger/books.h"

using namespace coffer;
using namespace coffer::test;
using ledger::ExportOptions;
using ledger::HistoryRow;
using money::Amount;

namespace {

HistoryRow row()
{
    HistoryRow out;
    out.id = uuid(9);
    out.timeMs = 1'700'000'000'000;
    out.kind = ledger::MovementKind::Send;
    out.status = ledger::MovementStatus::Confirmed;
    out.account = uuid(1);
    out.currency = rbtc();
    out.amount = Amount(-123'456'789);
    out.fee = Amount(141);
    out.transaction = txid(1);
    out.height = 100;
    out.label = "Kaffee, \"gut\"";
    out.counterparty = "bcrt1qexample";
    return out;
}

ExportOptions inBerlin()
{
    ExportOptions out;
    out.utcOffsetMinutes = [](std::int64_t) { return 60; };
    out.accountName = [](const base::Uuid&) { return std::string("Savings"); };
    return out;
}

} // namespace

class HistoryExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writesCsv()
    {
        const auto lines = QString::fromStdString(exportCsv(std::vector{row()}, inBerlin()))
                               .split(QStringLiteral("\r\n"));
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0],
                 QStringLiteral("time,kind,status,account,amount,amount_minor,fee,fee_minor,"
                                "currency,decimals,txid,height,counterparty,label,id"));
        QCOMPARE(lines[1],
                 QStringLiteral("2023-11-14T23:13:20+01:00,send,confirmed,Savings,-1.23456789,"
                                "-123456789,0.00000141,141,rBTC,8,"
                                "5a00000000000000000000000000000000000000000000000000000000000001,"
                                "100,bcrt1qexample,\"Kaffee, \"\"gut\"\"\","
                                "09090909-0909-0909-0909-090909090909"));
    }

    void disarmsFormulas_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("field");
        QTest::newRow("equals") << "=1+1"
                                << ",'=1+1,";
        QTest::newRow("plus") << "+1"
                              << ",'+1,";
        QTest::newRow("minus") << "-1"
                               << ",'-1,";
        QTest::newRow("at") << "@SUM(1,2)"
                            << ",\"'@SUM(1,2)\",";
        QTest::newRow("plain") << "1-1"
                               << ",1-1,";
    }
    void disarmsFormulas()
    {
        QFETCH(QString, label);
        QFETCH(QString, field);
        auto item = row();
        item.label = label.toStdString();
        QVERIFY(QString::fromStdString(exportCsv(std::vector{item}, {})).contains(field));
    }

    void writesUtcWithoutAZone()
    {
        QVERIFY(exportCsv(std::vector{row()}, {}).find("\r\n2023-11-14T22:13:20Z,") !=
                std::string::npos);
        ExportOptions newfoundland;
        newfoundland.utcOffsetMinutes = [](std::int64_t) { return -210; };
        QVERIFY(exportCsv(std::vector{row()}, newfoundland).find("2023-11-14T18:43:20-03:30") !=
                std::string::npos);
    }

    void writesJson()
    {
        auto pending = row();
        pending.height.reset();
        pending.label.clear();
        const auto json = base::parseJson(exportJson(std::vector{row(), pending}, inBerlin()));
        VERIFY_RESULT(json);
        QCOMPARE(base::jsonString(*json, "format").take(), std::string("coffer-history"));
        QCOMPARE(base::jsonInteger(*json, "version").take(), std::int64_t(1));
        const auto& entries = (*json)["entries"];
        QCOMPARE(entries.size(), std::size_t(2));
        QCOMPARE(base::jsonString(entries[0], "amount_minor").take(), std::string("-123456789"));
        QCOMPARE(base::jsonString(entries[0], "amount").take(), std::string("-1.23456789"));
        QCOMPARE(base::jsonString(entries[0], "label").take(), std::string("Kaffee, \"gut\""));
        QCOMPARE(base::jsonInteger(entries[0], "height").take(), std::int64_t(100));
        QVERIFY(entries[1]["height"].is_null());
        QVERIFY(entries[1]["label"].is_null());
    }

    void writesNothing()
    {
        QVERIFY(ledger::exportCsv({}, {}).ends_with(",id\r\n"));
        QCOMPARE(ledger::exportJson({}, {}),
                 std::string(R"({"format":"coffer-history","version":1,"entries":[]})"));
    }
};

QTEST_GUILESS_MAIN(HistoryExportTest)
#include "history_export_test.moc"
