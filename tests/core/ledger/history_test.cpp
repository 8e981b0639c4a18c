// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: one row per movement and account that follows what happens to it, found by every filter,
// fast. Method: histories by hand, each filter, and measured searches over 100,000 rows.
#include "core/ledger/history.h"
#include "tests/core/ledger/books.h"

#include <ctime>

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using ledger::ChainState;
using ledger::History;
using ledger::HistoryFilter;
using ledger::MovementKind;
using ledger::MovementStatus;
using ledger::TxEffect;
using money::Amount;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;

/// Books and their projection, kept in step.
struct Wallet
{
    Books books;
    History history;

    void follow(const std::vector<TxEffect>& effects)
    {
        const auto drafts = bookkeeping(books.ledger, effects);
        ASSERT(drafts);
        const auto entries = books.post(*drafts);
        ASSERT(entries);
        for (const auto& entry : *entries)
            history.apply(entry);
    }

    void label(ledger::LabelKind kind, const std::string& reference, const std::string& text)
    {
        ledger::Label label;
        label.target = {kind, reference};
        label.text = text;
        ASSERT(checkLabel(label));
        history.apply(label);
    }

    std::vector<ledger::HistoryRow> find(const std::string& text,
                                         std::optional<std::int64_t> tip = 100)
    {
        HistoryFilter filter;
        const auto query = ledger::parseSearch(text, {});
        ASSERT(query);
        filter.search = *query;
        return history.page(filter, tip, 0, 1000).rows;
    }
};

TxEffect effect(std::uint64_t tx, std::uint8_t account, std::int64_t amount)
{
    TxEffect out;
    out.transaction = txid(tx);
    out.currency = rbtc();
    out.deltas = {{uuid(account), Amount(amount)}};
    out.firstSeenMs = kStart + static_cast<std::int64_t>(tx) * 1000;
    out.counterparty = "bcrt1qaddress" + std::to_string(tx);
    return out;
}

TxEffect confirmed(TxEffect effect, std::int64_t height)
{
    effect.state = ChainState::Confirmed;
    effect.height = height;
    effect.blockTimeMs = kStart + height * 600'000;
    return effect;
}

std::int64_t cpuUs()
{
    return std::int64_t{std::clock()} * 1'000'000 / CLOCKS_PER_SEC;
}

std::vector<ledger::HistoryRow> all(const Wallet& wallet, const HistoryFilter& filter = {},
                                    std::optional<std::int64_t> tip = 100)
{
    return wallet.history.page(filter, tip, 0, 1000).rows;
}

} // namespace

class HistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void followsAMovement()
    {
        Wallet wallet;
        const auto income = effect(1, 1, 5000);
        wallet.follow({income});
        auto row = all(wallet).at(0);
        QVERIFY(row.status == MovementStatus::Pending);
        QVERIFY(row.kind == MovementKind::Receive);
        QCOMPARE(row.amount, Amount(5000));
        QCOMPARE(row.timeMs, income.firstSeenMs);
        QCOMPARE(row.counterparty, income.counterparty);
        const auto id = row.id;

        wallet.follow({confirmed(income, 98)});
        row = all(wallet).at(0);
        QVERIFY(row.status == MovementStatus::Confirmed);
        QCOMPARE(row.confirmations, std::int64_t(3));
        QCOMPARE(row.height, std::optional<std::int64_t>(98));
        QVERIFY(all(wallet, {}, 103).at(0).status == MovementStatus::Final);
        QVERIFY(all(wallet, {}, std::nullopt).at(0).status == MovementStatus::Confirmed);

        wallet.follow({income}); // A reorganisation.
        row = all(wallet).at(0);
        QVERIFY(row.status == MovementStatus::Pending);
        QVERIFY(!row.height);

        auto gone = income;
        gone.state = ChainState::Refused;
        gone.refusal = ledger::Refusal::Conflicted;
        gone.other = txid(9);
        wallet.follow({gone});
        row = all(wallet).at(0);
        QVERIFY(row.status == MovementStatus::Conflicted);
        QVERIFY(row.related == txid(9));
        QCOMPARE(row.amount, Amount(5000)); // Still shown.
        QCOMPARE(row.id, id);
        QCOMPARE(row.entries, (std::vector<std::uint64_t>{1, 2, 3, 4}));

        wallet.follow({confirmed(income, 99)}); // And back.
        QCOMPARE(all(wallet).size(), std::size_t(1));
        QVERIFY(all(wallet).at(0).status == MovementStatus::Confirmed);
        QVERIFY(!all(wallet).at(0).related);
    }

    void showsTheFeeOnce()
    {
        Wallet wallet;
        auto both = effect(1, 1, -700);
        both.deltas.push_back({uuid(2), Amount(-300)});
        both.deltas.push_back({uuid(3), Amount(100)});
        both.fee = Amount(7);
        wallet.follow({both});
        const auto rows = wallet.history.rowsOf(txid(1), 100);
        QCOMPARE(rows.size(), std::size_t(3));
        QCOMPARE(rows[0].fee, Amount(7));
        QCOMPARE(rows[1].fee, Amount(0));
        QVERIFY(rows[0].kind == MovementKind::Send);
        QVERIFY(rows[2].kind == MovementKind::Self); // What came back from the own payment.
        VERIFY_RESULT(wallet.history.row(rows[0].id, uuid(2), 100));
        COMPARE_ERROR(wallet.history.row(rows[0].id, uuid(4), 100), ErrorCode::NotFound);
        COMPARE_ERROR(wallet.history.row(uuid(4), uuid(1), 100), ErrorCode::NotFound);
        QVERIFY(wallet.history.rowsOf(txid(2), 100).empty());
    }

    void correctsAmounts()
    {
        Wallet wallet;
        auto early = effect(1, 1, 500);
        early.deltas.push_back({uuid(2), Amount(5)});
        wallet.follow({confirmed(early, 90)});
        wallet.follow({confirmed(effect(1, 1, 800), 90)});
        const auto rows = wallet.history.rowsOf(txid(1), 100);
        QCOMPARE(rows[0].amount, Amount(800));
        QVERIFY(rows[0].status == MovementStatus::Final);
        QVERIFY(rows[1].status == MovementStatus::Reversed);
    }

    void putsPendingOnTopThenNewest()
    {
        Wallet wallet;
        wallet.follow({confirmed(effect(1, 1, 1), 10), confirmed(effect(2, 1, 2), 30),
                       confirmed(effect(3, 1, 3), 20), effect(4, 1, 4)});
        const auto order = [&] {
            std::vector<std::int64_t> out;
            for (const auto& row : all(wallet))
                out.push_back(*row.amount.toInt64());
            return out;
        };
        QCOMPARE(order(), (std::vector<std::int64_t>{4, 2, 3, 1}));
        wallet.follow({confirmed(effect(4, 1, 4), 25)});
        QCOMPARE(order(), (std::vector<std::int64_t>{2, 4, 3, 1}));
        wallet.follow({effect(1, 1, 1)});
        QCOMPARE(order(), (std::vector<std::int64_t>{1, 2, 4, 3}));
    }

    void pages()
    {
        Wallet wallet;
        for (std::uint64_t i = 0; i < 10; ++i)
            wallet.follow({effect(i, 1, 1)});
        const auto page = wallet.history.page({}, 100, 3, 4);
        QCOMPARE(page.total, std::size_t(10));
        QCOMPARE(page.rows.size(), std::size_t(4));
        QCOMPARE(*page.rows[0].transaction, txid(6));
        QVERIFY(wallet.history.page({}, 100, 10, 4).rows.empty());
        QCOMPARE(wallet.history.page({}, 100, 0, 0).total, std::size_t(10));
    }

    void filters()
    {
        Wallet wallet;
        wallet.follow({confirmed(effect(1, 1, 500), 10), effect(2, 2, 700), effect(3, 1, -200)});
        const auto count = [&](auto change) {
            HistoryFilter filter;
            change(filter);
            return all(wallet, filter).size();
        };
        using F = HistoryFilter;
        QCOMPARE(count([](F& f) { f.account = uuid(1); }), std::size_t(2));
        QCOMPARE(count([](F& f) { f.kinds = {MovementKind::Send}; }), std::size_t(1));
        QCOMPARE(count([](F& f) { f.statuses = {MovementStatus::Final}; }), std::size_t(1));
        QCOMPARE(count([](F& f) { f.direction = ledger::Direction::In; }), std::size_t(2));
        QCOMPARE(count([](F& f) { f.direction = ledger::Direction::Out; }), std::size_t(1));
        QCOMPARE(count([](F& f) { f.currency = money::Currency::bitcoin(); }), std::size_t(0));
        QCOMPARE(count([](F& f) { f.fromMs = kStart + 3000; }), std::size_t(2));
        QCOMPARE(count([](F& f) { f.untilMs = kStart + 3000; }), std::size_t(1));
        QCOMPARE(count([](F& f) { f.atLeast = Amount(500); }), std::size_t(2));
        QCOMPARE(count([](F& f) { f.atMost = Amount(200); }), std::size_t(1));
    }

    void searches_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count");
        QTest::newRow("everything") << "" << 3;
        QTest::newRow("label") << "miete" << 1;
        QTest::newRow("part of a label") << "IET" << 1;
        QTest::newRow("two words") << "miete november" << 1;
        QTest::newRow("phrase") << "\"miete november\"" << 1;
        QTest::newRow("other phrase") << "\"november miete\"" << 0;
        QTest::newRow("address") << "bcrt1qaddress2" << 1;
        QTest::newRow("address label") << "shop" << 1;
        QTest::newRow("txid as shown") << "5a0000" << 3;
        QTest::newRow("end of a txid") << "00000002" << 1;
        QTest::newRow("too little of a txid") << "5a0" << 0;
        QTest::newRow("second text") << "5a0000 miete bcrt1q" << 1;
        QTest::newRow("or") << "miete | shop" << 2;
        QTest::newRow("size") << "> 0.000006" << 1;
        QTest::newRow("sign") << "< -0.000001" << 1;
        QTest::newRow("equal") << "= 0.000005" << 1;
        QTest::newRow("a bare amount") << "0.000005" << 1;
        QTest::newRow("not that amount") << "!= 0.000005" << 2;
        QTest::newRow("not that text") << "!= miete" << 2;
        QTest::newRow("range") << ">= 0.000005 & <= 0.000007" << 2;
        QTest::newRow("day") << "2023-11-14" << 2;
        QTest::newRow("after a day") << "> 2023-11-14" << 1;
        QTest::newRow("month") << "= 2023-11" << 3;
        QTest::newRow("nothing") << "absent" << 0;
    }
    void searches()
    {
        QFETCH(QString, text);
        QFETCH(int, count);
        Wallet wallet;
        wallet.follow({confirmed(effect(1, 1, 500), 30), effect(2, 2, 700), effect(3, 1, -200)});
        wallet.label(ledger::LabelKind::Transaction, ledger::transactionText(txid(1), rbtc()),
                     "Miete November");
        wallet.label(ledger::LabelKind::Address, "bcrt1qaddress3", "Shop");
        QCOMPARE(int(wallet.find(text.toStdString()).size()), count);
    }

    void prefersTheNearestLabel()
    {
        Wallet wallet;
        wallet.follow({effect(1, 1, 500)});
        const auto label = [&] { return all(wallet).at(0).label; };
        wallet.label(ledger::LabelKind::Address, "bcrt1qaddress1", "shop");
        QCOMPARE(label(), std::string("shop"));
        wallet.label(ledger::LabelKind::Transaction, ledger::transactionText(txid(1), rbtc()),
                     "rent");
        QCOMPARE(label(), std::string("rent"));
        wallet.label(ledger::LabelKind::Entry, all(wallet).at(0).id.toString(), "mine");
        QCOMPARE(label(), std::string("mine"));
        wallet.label(ledger::LabelKind::Entry, all(wallet).at(0).id.toString(), "");
        QCOMPARE(label(), std::string("rent"));
        QCOMPARE(wallet.find("rent").size(), std::size_t(1));
        QCOMPARE(wallet.find("mine").size(), std::size_t(0));
    }

    void labelsMayComeFirst()
    {
        Wallet wallet; // Imported before the sync found the transaction.
        wallet.label(ledger::LabelKind::Transaction, ledger::transactionText(txid(1), rbtc()),
                     "rent");
        wallet.follow({effect(1, 1, 500)});
        QCOMPARE(all(wallet).at(0).label, std::string("rent"));
        QCOMPARE(wallet.find("rent").size(), std::size_t(1));
    }

    void showsEntriesWithoutAChain()
    {
        Wallet wallet;
        ledger::EntryDraft opening;
        opening.kind = ledger::EntryKind::Opening;
        opening.memo = "from paper";
        opening.postings = {posting(ledger::BookAccount::own(uuid(1)), 5, ledger::Layer::Settled),
                            posting(ledger::BookAccount::external(), -5, ledger::Layer::Settled)};
        const auto posted = wallet.books.post({opening});
        VERIFY_RESULT(posted);
        wallet.history.apply(posted->front());
        QVERIFY(all(wallet).at(0).kind == MovementKind::Opening);
        QVERIFY(all(wallet).at(0).status == MovementStatus::Final);
        QCOMPARE(wallet.find("paper").size(), std::size_t(1));
        const auto undo =
            wallet.books.ledger.reversalOf(posted->front().id, ledger::EntryKind::Correction);
        const auto undone = wallet.books.post({*undo});
        VERIFY_RESULT(undone);
        wallet.history.apply(undone->front());
        QVERIFY(all(wallet).at(0).status == MovementStatus::Reversed);
    }

    void searches100000RowsInTenMilliseconds()
    {
        static const char* const kWords[] = {"coffee", "rent", "salary", "groceries", "books",
                                             "train",  "gift", "power",  "water",     "insurance"};
        History history;
        base::SeededRandom random(1);
        base::ManualClock clock;
        auto begin = cpuUs(); // Not by the wall: other tests run beside it.
        for (std::uint64_t i = 0; i < 100'000; ++i) {
            auto draft = deposit(static_cast<std::uint8_t>(1 + i % 5),
                                 static_cast<std::int64_t>(random.below(100'000'000)), i);
            draft.counterparty = "bcrt1q34aq5drpuwy3wgl9lhup9892qp6svr8ldz" + std::to_string(i);
            draft.memo = std::string(kWords[i % 10]) + " " + std::to_string(i);
            draft.happenedMs = kStart + static_cast<std::int64_t>(random.below(100'000'000'000));
            random.fill(*draft.transaction);
            auto entry = entryOf(draft);
            entry.id = base::Uuid::create(clock, random);
            entry.sequence = i + 1;
            history.apply(entry);
        }
        qInfo("projection of 100,000 movements: %d ms", int(cpuUs() - begin) / 1000);
        begin = cpuUs();
        const auto first = history.page({}, 100, 0, 100);
        qInfo("first page with its order: %d ms", int(cpuUs() - begin) / 1000);
        QCOMPARE(first.total, std::size_t(100'000));
        for (const char* text : {"", "coffee", "coffee 9999", "absent words", "q", "> 0.5",
                                 "insurance & > 0.9 | gift & < 0.1", ">= 2024-01-01 & < 2024-06",
                                 "!= rent", "1q34aq5drpuwy3wgl9lhup9892qp6svr8ldz77777", "0.5"}) {
            HistoryFilter filter;
            filter.search = *ledger::parseSearch(text, {});
            std::int64_t best = INT64_MAX;
            std::size_t total = 0;
            for (int i = 0; i < 5; ++i) {
                begin = cpuUs();
                total = history.page(filter, 100, 0, 100).total;
                best = std::min(best, cpuUs() - begin);
            }
            qInfo("%-45s %6zu rows %6lld us", text, total, static_cast<long long>(best));
#if !defined(COFFER_SANITIZED)
            QVERIFY2(best < 50'000, "below 10 ms, optimised; this is for regressions");
#endif
        }
    }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
