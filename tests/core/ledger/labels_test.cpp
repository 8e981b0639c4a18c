// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: labels are stored exactly and only of things that can exist. Method: round trips, a table
// of refusals, and the fold.
#include "core/base/cbor.h"
#include "core/ledger/labels.h"
#include "tests/support/test.h"

using namespace coffer;
using base::ErrorCode;
using ledger::Label;
using ledger::LabelBook;
using ledger::LabelKind;

namespace {

const std::string kTxid(64, 'a');

Label label(LabelKind kind, std::string reference, std::string text)
{
    Label out;
    out.target = {kind, std::move(reference)};
    out.text = std::move(text);
    out.timeMs = 1'700'000'000'000;
    return out;
}

} // namespace

class LabelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void roundTrips()
    {
        auto frozen = label(LabelKind::Output, kTxid + ":0", "");
        frozen.spendable = false;
        frozen.origin = "wpkh([d34db33f/84'/0'/0'])";
        for (const Label& item :
             {label(LabelKind::Transaction, kTxid, "Miete \xE2\x98\x95"), frozen,
              label(LabelKind::Input, kTxid + ":4294967295", "in"),
              label(LabelKind::Account, "01890000-0000-7000-8000-000000000000", "Savings"),
              label(LabelKind::Address, "bcrt1qexample", "shop")}) {
            VERIFY_RESULT(checkLabel(item));
            const auto bytes = encodeLabel(item);
            const auto back = ledger::decodeLabel(bytes);
            VERIFY_RESULT(back);
            QVERIFY(*back == item);
            for (std::size_t i = 0; i < bytes.size(); ++i)
                QVERIFY(!ledger::decodeLabel(base::ByteView(bytes).first(i)));
        }
    }

    void refusesWhatCannotBe_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("reference");
        const auto row = [](LabelKind kind, const std::string& reference) {
            QTest::addRow("%d %s", int(kind), reference.c_str())
                << int(kind) << QString::fromStdString(reference);
        };
        row(LabelKind::Transaction, "");
        row(LabelKind::Transaction, std::string(64, 'A'));
        row(LabelKind::Transaction, std::string(63, 'a'));
        row(LabelKind::Output, kTxid);
        row(LabelKind::Output, kTxid + ":");
        row(LabelKind::Output, kTxid + ":01");
        row(LabelKind::Output, kTxid + ":-1");
        row(LabelKind::Input, kTxid + ":12345678901");
        row(LabelKind::PublicKey, "02");
        row(LabelKind::Address, "");
        row(LabelKind::Address, "two words");
        row(LabelKind::Account, "no-uuid");
        row(LabelKind::Entry, "01890000-0000-7000-8000-00000000000A");
    }
    void refusesWhatCannotBe()
    {
        QFETCH(int, kind);
        QFETCH(QString, reference);
        COMPARE_ERROR(checkLabel(label(static_cast<LabelKind>(kind), reference.toStdString(), "x")),
                      ErrorCode::Malformed);
    }

    void refusesBadTexts()
    {
        COMPARE_ERROR(checkLabel(label(LabelKind::Transaction, kTxid, "a\nb")),
                      ErrorCode::Malformed);
        COMPARE_ERROR(checkLabel(label(LabelKind::Transaction, kTxid, "\xFF")),
                      ErrorCode::Malformed);
        COMPARE_ERROR(checkLabel(label(LabelKind::Transaction, kTxid, std::string(1025, 'x'))),
                      ErrorCode::TooLarge);
        auto frozen = label(LabelKind::Address, "a", "x");
        frozen.spendable = false;
        COMPARE_ERROR(checkLabel(frozen), ErrorCode::OutOfRange);
    }

    void refusesNewerRecords()
    {
        auto bytes = encodeLabel(label(LabelKind::Transaction, kTxid, "x"));
        bytes[1] = 2;
        COMPARE_ERROR(ledger::decodeLabel(bytes), ErrorCode::VersionTooNew);
    }

    void keepsTheLatest()
    {
        LabelBook book;
        VERIFY_RESULT(book.apply(encodeLabel(label(LabelKind::Transaction, kTxid, "old"))));
        VERIFY_RESULT(book.apply(encodeLabel(label(LabelKind::Transaction, kTxid, "new"))));
        QCOMPARE(book.text(LabelKind::Transaction, kTxid), std::string("new"));
        VERIFY_RESULT(book.apply(encodeLabel(label(LabelKind::Transaction, kTxid, ""))));
        QCOMPARE(book.text(LabelKind::Transaction, kTxid), std::string());
        auto frozen = label(LabelKind::Output, kTxid + ":7", "");
        frozen.spendable = false;
        VERIFY_RESULT(book.apply(encodeLabel(frozen)));
        QCOMPARE(book.frozenOutputs(), std::vector<std::string>{kTxid + ":7"});
        frozen.spendable = true;
        VERIFY_RESULT(book.apply(encodeLabel(frozen)));
        QVERIFY(book.frozenOutputs().empty());
    }
};

QTEST_GUILESS_MAIN(LabelsTest)
#include "labels_test.moc"
