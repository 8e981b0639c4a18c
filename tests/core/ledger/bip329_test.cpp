// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: labels survive a trip through other wallets. Method: BIP329's own example in and out, rules
// of merging, and a table of broken files.
#include "core/base/json.h"
#include "core/ledger/bip329.h"
#include "tests/support/test.h"

using namespace coffer;
using base::ErrorCode;
using ledger::LabelBook;
using ledger::LabelImport;
using ledger::LabelKind;

namespace {

const std::string kTxid(64, 'a');

base::Result<LabelImport> import(const std::string& text, const LabelBook& book = {})
{
    return importBip329(text, book, 1'700'000'000'000);
}

void record(LabelBook& book, const LabelImport& import)
{
    for (const auto& label : import.changed)
        ASSERT(book.apply(encodeLabel(label)));
}

} // namespace

class Bip329Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsTheExampleOfTheStandard()
    {
        const auto read = import(test::dataFile("btc/bip329/labels.jsonl"));
        VERIFY_RESULT(read);
        QCOMPARE(read->changed.size(), std::size_t(7));
        QCOMPARE(read->ignored, std::size_t(1)); // spscan
        QVERIFY(read->malformedLines.empty());
        LabelBook book;
        record(book, *read);
        const std::string tx = "f91d0a8a78462bc59398f2c5d7a84fcff491c26ba54c4833478b202796c8aafd";
        QCOMPARE(book.text(LabelKind::Transaction, tx), std::string("Transaction"));
        QCOMPARE(book.find({LabelKind::Transaction, tx})->origin,
                 std::string("wpkh([d34db33f/84'/0'/0'])"));
        QCOMPARE(book.frozenOutputs(), std::vector<std::string>{tx + ":1"});

        // Out and in again changes nothing.
        const auto again = import(exportBip329(book), book);
        VERIFY_RESULT(again);
        QVERIFY(again->changed.empty());
        QCOMPARE(again->unchanged, std::size_t(7));
        LabelBook other;
        record(other, *import(exportBip329(book)));
        QCOMPARE(exportBip329(other), exportBip329(book));
    }

    void mergesWithoutForgetting()
    {
        LabelBook book;
        record(book, *import(R"({"type":"output","ref":")" + kTxid +
                             R"(:0","label":"old","spendable":false})"));
        // A missing label and a missing `spendable` leave what is there.
        auto next =
            import(R"({"type":"output","ref":")" + kTxid + R"(:0","spendable":true})", book);
        VERIFY_RESULT(next);
        QCOMPARE(next->changed.front().text, std::string("old"));
        QVERIFY(next->conflicts.empty());
        next = import(R"({"type":"output","ref":")" + kTxid + R"(:0","label":"new"})", book);
        QCOMPARE(next->changed.front().spendable, std::optional<bool>(false));
        QCOMPARE(next->conflicts.size(), std::size_t(1));
        QCOMPARE(next->conflicts.front().before, std::string("old"));
        QCOMPARE(next->conflicts.front().after, std::string("new"));
    }

    void theLastLineWins()
    {
        const auto read = import(R"({"type":"addr","ref":"a","label":"1"})"
                                 "\n\r\n"
                                 R"({"type":"addr","ref":"a","label":"2"})");
        VERIFY_RESULT(read);
        QCOMPARE(read->changed.size(), std::size_t(1));
        QCOMPARE(read->changed.front().text, std::string("2"));
    }

    void toleratesOtherWriters()
    {
        const auto read =
            import("\xEF\xBB\xBF{\"type\":\"tx\",\"ref\":\"" + std::string(64, 'A') +
                   "\",\"label\":\"x\\ny\",\"rate\":{\"USD\":1},\"spendable\":\"maybe\"}\r\n");
        VERIFY_RESULT(read);
        QCOMPARE(read->changed.size(), std::size_t(1));
        QCOMPARE(read->changed.front().target.reference, kTxid);
        QCOMPARE(read->changed.front().text, std::string("x y"));
    }

    void cutsAtACharacter()
    {
        std::string sign;
        for (int i = 0; i < 600; ++i)
            sign += "\xE2\x82\xAC"; // 1800 bytes.
        const auto read = import(R"({"type":"addr","ref":"a","label":")" + sign + R"("})");
        VERIFY_RESULT(read);
        QCOMPARE(read->changed.front().text.size(), std::size_t(1023));
        LabelBook book;
        record(book, *read);
        const auto out = base::parseJson(exportBip329(book));
        VERIFY_RESULT(out);
        QCOMPARE(base::jsonString(*out, "label")->size(), std::size_t(255 * 3));
    }

    void namesBrokenLines()
    {
        const auto read = import("{\"type\":\"addr\",\"ref\":\"a\",\"label\":\"x\"}\n"
                                 "no json\n"
                                 "{\"type\":\"addr\"}\n"
                                 "{\"type\":\"addr\",\"ref\":\"b\",\"label\":5}\n"
                                 "[]\n"
                                 "{\"type\":\"output\",\"ref\":\"" +
                                 kTxid + ":0\",\"spendable\":\"yes\"}\n");
        VERIFY_RESULT(read);
        QCOMPARE(read->changed.size(), std::size_t(1));
        QCOMPARE(read->malformedLines, (std::vector<std::size_t>{2, 3, 4, 5, 6}));
    }

    void ignoresWhatCannotExist()
    {
        const auto read = import(R"({"type":"tx","ref":"not hex","label":"x"})");
        VERIFY_RESULT(read);
        QVERIFY(read->changed.empty());
        QCOMPARE(read->ignored, std::size_t(1));
    }

    void refusesOtherFiles()
    {
        COMPARE_ERROR(import("not\na label file\n"), ErrorCode::Malformed);
        VERIFY_RESULT(import(""));
        COMPARE_ERROR(import(std::string(ledger::kMaxBip329Bytes + 1, ' ')), ErrorCode::TooLarge);
    }

    void exportsOnlyWhatTheStandardKnows()
    {
        LabelBook book;
        ledger::Label account;
        account.target = {LabelKind::Account, "01890000-0000-7000-8000-000000000000"};
        account.text = "Savings";
        VERIFY_RESULT(book.apply(encodeLabel(account)));
        QCOMPARE(exportBip329(book), std::string());
    }
};

QTEST_GUILESS_MAIN(Bip329Test)
#include "bip329_test.moc"
