// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: only what is written is read, and no entry that breaks a rule passes. Method: round trips,
// a table of broken encodings, a table of broken rules, and every single damaged byte.
#include "core/base/hex.h"
#include "tests/core/ledger/books.h"

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using ledger::BookAccount;
using ledger::Entry;
using ledger::EntryKind;
using ledger::Layer;
using money::Amount;

namespace {

Entry full()
{
    auto draft = deposit(1, 5000, 1);
    draft.output = 3;
    draft.height = 100;
    draft.block = txid(77);
    draft.happenedMs = 1'600'000'000'000;
    draft.related = txid(2);
    draft.serviceReference = "order-1";
    draft.intent = uuid(4);
    draft.counterparty = "bcrt1qexample";
    draft.memo = "Kaffee \xE2\x98\x95";
    draft.rates = {*money::Rate::fromPrice(rbtc(), *money::Currency::find("EUR"), "61234.56",
                                           money::Source::OneServer, 1'600'000'000'000)};
    return entryOf(draft);
}

} // namespace

class EntryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void roundTrips()
    {
        for (const Entry& entry :
             {full(), entryOf(deposit(1, 1, 1)), entryOf(settlement(deposit(1, 1, 1), 5))}) {
            const auto bytes = encodeEntry(entry);
            const auto back = ledger::decodeEntry(bytes);
            VERIFY_RESULT(back);
            QVERIFY(*back == entry);
            QCOMPARE(encodeEntry(*back), bytes);
            VERIFY_RESULT(checkEntry(*back));
        }
    }

    void keepsItsFormat()
    {
        // The format is a promise: entries are hashed. A change here breaks every wallet.
        QCOMPARE(base::toHex(encodeEntry(entryOf(deposit(1, 300, 1)))),
                 std::string("a7000101500909090909090909090909090909090902010"
                             "31b0000018bcfe568000401058284410064724254430039012b84500101010101"
                             "01010101010101010101016472425443001901"
                             "2c065820010000000000000000000000000000000000000000000000000000000000"
                             "005a"));
    }

    void refusesDamage()
    {
        const auto bytes = encodeEntry(full());
        const Entry original = full();
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            QVERIFY(!ledger::decodeEntry(base::ByteView(bytes).first(i)));
            for (const int flip : {0x01, 0x20, 0x80}) {
                auto damaged = bytes;
                damaged[i] = static_cast<std::uint8_t>(damaged[i] ^ flip);
                const auto back = ledger::decodeEntry(damaged);
                // What still reads is another entry and re-encodes to exactly these bytes.
                QVERIFY(!back || (*back != original && encodeEntry(*back) == damaged));
            }
        }
    }

    void refusesOtherEncodings_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* from, const char* to, ErrorCode code) {
            QTest::newRow(name) << QString::fromUtf8(from) << QString::fromUtf8(to) << int(code);
        };
        row("newer version", "a70001", "a70002", ErrorCode::VersionTooNew);
        row("version 0", "a70001", "a70000", ErrorCode::Malformed);
        row("unknown kind", "0401", "0408", ErrorCode::Malformed);
        row("unknown currency", "6472425443", "647a425443", ErrorCode::Unsupported);
        row("unknown account", "84410064", "84410964", ErrorCode::Malformed);
        row("own as one byte", "84410064", "84410364", ErrorCode::Malformed);
        row("unknown layer", "64724254430039", "64724254430239", ErrorCode::Malformed);
        row("unknown member", "065820", "185f5820", ErrorCode::Malformed);
        row("members out of order", "0401058284", "0501058284", ErrorCode::Malformed);
        row("bytes after it", "0000005a", "0000005a00", ErrorCode::Malformed);
        row("short transaction", "065820010000", "06581f0100", ErrorCode::Malformed);
    }
    void refusesOtherEncodings()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(int, code);
        auto hex = QString::fromStdString(base::toHex(encodeEntry(entryOf(deposit(1, 300, 1)))));
        QVERIFY(hex.contains(from));
        const auto at = hex.indexOf(from);
        hex.replace(at, from.size(), to);
        const auto bytes = base::parseHex(hex.toStdString());
        VERIFY_RESULT(bytes);
        COMPARE_ERROR(ledger::decodeEntry(*bytes), ErrorCode(code));
    }

    void boundsItsSize()
    {
        COMPARE_ERROR(ledger::decodeEntry(base::Bytes(ledger::kMaxEntryBytes + 1)),
                      ErrorCode::TooLarge);
        auto entry = full();
        entry.memo = std::string(ledger::kMaxText + 1, 'x');
        COMPARE_ERROR(ledger::decodeEntry(encodeEntry(entry)), ErrorCode::TooLarge);
        COMPARE_ERROR(checkEntry(entry), ErrorCode::TooLarge);
    }

    void refusesBrokenRules_data()
    {
        QTest::addColumn<int>("change");
        for (int i = 0; i < 14; ++i)
            QTest::addRow("rule %d", i) << i;
    }
    void refusesBrokenRules()
    {
        QFETCH(int, change);
        auto entry = full();
        auto& postings = entry.postings;
        switch (change) {
        case 0: // Not zero in sum.
            postings[0].amount = Amount(-4999);
            break;
        case 1: // Zero in sum, but across layers.
            postings[0].layer = Layer::Settled;
            break;
        case 2: // Zero in sum, but across currencies.
            postings[0].currency = money::Currency::bitcoin();
            break;
        case 3:
            std::swap(postings[0], postings[1]);
            break;
        case 4: // The same place twice.
            postings = {postings[0], postings[0]};
            postings[1].amount = postings[1].amount.negated();
            break;
        case 5:
            postings[0].amount = postings[1].amount = Amount(0);
            break;
        case 6:
            postings.clear();
            break;
        case 7:
            entry.id = base::Uuid();
            break;
        case 8:
            entry.reverses = uuid(3);
            break;
        case 9:
            entry.kind = EntryKind::Conflict;
            break;
        case 10: // A settlement that only moves one side.
            entry.kind = EntryKind::Settlement;
            break;
        case 11:
            postings[1].account = BookAccount::own(base::Uuid());
            break;
        case 12:
            entry.height = -1;
            break;
        case 13:
            postings[0].currency = postings[1].currency = money::Currency();
            break;
        }
        const auto checked = checkEntry(entry);
        QVERIFY(!checked);
        QVERIFY(checked.error().code == ErrorCode::Conflict ||
                checked.error().code == ErrorCode::OutOfRange);
    }

    void boundsPostings()
    {
        auto entry = full();
        const auto limit = Amount::fromBigEndian(base::Bytes(28, 0xFF)).take();
        entry.postings[1].amount = limit;
        entry.postings[0].amount = limit.negated();
        VERIFY_RESULT(checkEntry(entry));
        entry.postings[1].amount = limit.plus(Amount(1)).take();
        entry.postings[0].amount = entry.postings[1].amount.negated();
        COMPARE_ERROR(checkEntry(entry), ErrorCode::OutOfRange);
    }

    void refusesInvalidText()
    {
        auto entry = full();
        entry.memo = "\xFF";
        COMPARE_ERROR(checkEntry(entry), ErrorCode::Malformed);
    }

    void normalisesPostings()
    {
        std::vector<ledger::Posting> postings = {
            posting(BookAccount::own(uuid(2)), 5), posting(BookAccount::external(), -8),
            posting(BookAccount::own(uuid(1)), 3), posting(BookAccount::own(uuid(2)), -5)};
        VERIFY_RESULT(ledger::normalise(postings));
        QCOMPARE(postings.size(), std::size_t(2));
        QVERIFY(postings[0] == posting(BookAccount::external(), -8));
        QVERIFY(postings[1] == posting(BookAccount::own(uuid(1)), 3));
    }

    void showsBitcoinIdsReversed()
    {
        const auto id = txid(1);
        const auto shown = ledger::transactionText(id, rbtc());
        QVERIFY(shown.starts_with("5a00"));
        QVERIFY(shown.ends_with("0001"));
        QCOMPARE(*ledger::parseTransactionText(shown, rbtc()), id);
        QVERIFY(ledger::transactionText(id, *money::Currency::find("ETH")).starts_with("0100"));
        COMPARE_ERROR(ledger::parseTransactionText("00", rbtc()), ErrorCode::Malformed);
    }

    void namesEveryKind()
    {
        for (const int kind : {1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21})
            QVERIFY(ledger::entryKindName(static_cast<EntryKind>(kind)) != "unknown");
    }
};

QTEST_GUILESS_MAIN(EntryTest)
#include "entry_test.moc"
