// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the audit finds every manipulation and every difference. Method: clean books, then one
// fault at a time in the file, in the books, or in what the chain says.
#include "core/ledger/audit.h"
#include "tests/core/ledger/books.h"

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using ledger::AuditResult;
using ledger::ChainBalance;
using ledger::Entry;
using money::Amount;

namespace {

struct Case
{
    Books books;
    std::vector<base::Bytes> file;
    std::vector<ChainBalance> chain;

    Case()
    {
        const auto first = deposit(1, 5000, 1);
        const auto posted =
            books.post({first, settlement(first, 10), deposit(2, 300, 2), deposit(1, 7, 3)});
        ASSERT(posted);
        const auto undo = books.ledger.reversalOf((*posted)[3].id, ledger::EntryKind::Drop);
        ASSERT(undo);
        ASSERT(books.post({*undo}));
        for (std::uint64_t i = 1; i <= books.ledger.size(); ++i)
            file.push_back(base::bytesOf(*books.ledger.entryBytes(i)));
        chain = {{uuid(1), rbtc(), balance(5000, 0)}, {uuid(2), rbtc(), balance(0, 300)}};
    }

    AuditResult run() const
    {
        return ledger::audit(
            file.size(),
            [this](std::uint64_t sequence) -> base::Result<base::Bytes> {
                const auto& bytes = file[static_cast<std::size_t>(sequence - 1)];
                if (bytes.empty())
                    return base::Error{ErrorCode::Damaged, "record cannot be opened"};
                return bytes;
            },
            books.ledger, chain);
    }
};

} // namespace

class AuditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findsNothingInGoodBooks()
    {
        const Case good;
        const auto result = good.run();
        QVERIFY2(result.clean(), result.problems.empty() ? "" : result.problems.front().c_str());
        QCOMPARE(result.entries, std::uint64_t(5));
        QCOMPARE(result.root, good.books.ledger.checkpoint().root);
        QCOMPARE(result.difference.size(), std::size_t(1));
        QCOMPARE(result.difference.at(rbtc()), Amount(0));
    }

    void findsNothingInEmptyBooks()
    {
        const auto result = ledger::audit(0, nullptr, ledger::Ledger(), {});
        QVERIFY(result.clean());
        QCOMPARE(result.root, crypto::MerkleTree().root());
    }

    void findsADifferenceWithTheChain()
    {
        Case faulty;
        faulty.chain[0].balance = balance(4999, 0);
        const auto result = faulty.run();
        QVERIFY(!result.clean());
        QCOMPARE(result.difference.at(rbtc()), Amount(1));
    }

    void findsDifferencesThatCancelOut()
    {
        Case faulty;
        faulty.chain[0].balance = balance(4999, 0);
        faulty.chain[1].balance = balance(0, 301);
        const auto result = faulty.run();
        QCOMPARE(result.difference.at(rbtc()), Amount(0));
        QCOMPARE(result.problems.size(), std::size_t(2));
    }

    void findsAccountsThatOneSideMisses()
    {
        Case faulty;
        faulty.chain.pop_back();
        QVERIFY(!faulty.run().clean());
        Case other;
        other.chain.push_back({uuid(3), rbtc(), balance(1, 0)});
        QVERIFY(!other.run().clean());
        QCOMPARE(other.run().difference.at(rbtc()), Amount(-1));
        Case twice;
        twice.chain.push_back(twice.chain.front());
        QVERIFY(!twice.run().clean());
    }

    void findsManipulatedFiles_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<QString>("problem");
        const char* const problems[] = {"cannot be read",
                                        "differ from those in the books",
                                        "missing",
                                        "another number",
                                        "different numbers",
                                        "do not sum to zero",
                                        "id of another entry",
                                        "not later",
                                        "undo exactly",
                                        "reversed already"};
        for (int i = 0; i < 10; ++i)
            QTest::addRow("change %d", i) << i << QString::fromUtf8(problems[i]);
    }
    void findsManipulatedFiles()
    {
        QFETCH(int, change);
        QFETCH(QString, problem);
        Case faulty;
        auto& file = faulty.file;
        const auto edit = [&file](std::size_t index, auto rewrite) {
            Entry entry = *ledger::decodeEntry(file[index]);
            rewrite(entry);
            file[index] = encodeEntry(entry);
        };
        switch (change) {
        case 0:
            file[1].pop_back();
            break;
        case 1:
            edit(2, [](Entry& entry) { entry.memo = "rewritten"; });
            break;
        case 2:
            file[2].clear();
            break;
        case 3:
            std::swap(file[2], file[3]);
            break;
        case 4:
            file.pop_back();
            break;
        case 5:
            edit(2, [](Entry& entry) { entry.postings[0].amount = Amount(-301); });
            break;
        case 6:
            edit(3, [&](Entry& entry) { entry.id = ledger::decodeEntry(file[2])->id; });
            break;
        case 7:
            edit(3, [](Entry& entry) { entry.timeMs -= 10; });
            break;
        case 8:
            edit(4, [](Entry& entry) {
                entry.postings[0].amount = Amount(8);
                entry.postings[1].amount = Amount(-8);
            });
            break;
        case 9:
            file.push_back(file.back());
            edit(5, [](Entry& entry) {
                entry.id = uuid(77);
                entry.sequence = 6;
                entry.timeMs += 1;
            });
            break;
        }
        const auto result = faulty.run();
        const bool found =
            std::any_of(result.problems.begin(), result.problems.end(), [&](const std::string& p) {
                return QString::fromStdString(p).contains(problem);
            });
        QVERIFY2(found, result.problems.empty() ? "none" : result.problems.front().c_str());
    }

    void boundsItsReport()
    {
        Case faulty;
        faulty.file.assign(500, base::Bytes{1});
        QCOMPARE(faulty.run().problems.size(), ledger::kMaxProblems);
    }
};

QTEST_GUILESS_MAIN(AuditTest)
#include "audit_test.moc"
