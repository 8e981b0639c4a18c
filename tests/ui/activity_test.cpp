// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: a movement is found again, and stays where it is while somebody reads. Method: the whole
// window over the fake engine, offscreen.
#include "tests/ui/open_window.h"
#include "tests/ui/page_faults.h"
#include "ui/models/history_model.h"
#include "ui/pages/amount_filter.h"
#include "ui/pages/movement_list.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QListView>
#include <QScrollBar>
#include <QTableView>
#include <QTimeZone>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;

namespace {

struct OpenActivity : test::OpenWindow
{
    OpenActivity()
    {
        view()->go({PageId::Activity, {}, {}, {}, {}});
        list = window->findChild<MovementList*>();
        model = list->model();
    }
    template <typename Fits>
    int count(Fits fits)
    {
        const auto& rows = fake.state().wallet(u"Savings"_s)->rows;
        return int(std::count_if(rows.begin(), rows.end(), fits));
    }
    void choose(const QString& box, const QVariant& value) const
    {
        auto* combo = find<QComboBox>(box);
        QVERIFY2(combo->findData(value) >= 0, qPrintable(value.toString()));
        combo->setCurrentIndex(combo->findData(value));
    }

    MovementList* list;
    HistoryModel* model;
};

} // namespace

class ActivityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void typesAreChosen()
    {
        OpenActivity open;
        open.choose(u"activity.filter_type"_s, u"self"_s);
        const int own = open.count([](const auto& row) { return row.kind == u"self"_s; });
        QVERIFY(own > 0 && own < int(open.fake.state().wallet(u"Savings"_s)->rows.size()));
        QTRY_COMPARE(open.model->rowCount(), own);
        open.choose(u"activity.filter_type"_s, u"coinbase"_s);
        QTRY_VERIFY(open.find<QPushButton>(u"activity.clear_search"_s)->isVisible());
        open.press(u"activity.clear_search"_s);
        QTRY_VERIFY(open.model->rowCount() > own);
        QCOMPARE(open.find<QComboBox>(u"activity.filter_type"_s)->currentIndex(), 0);
    }

    void amountsHaveTwoEnds()
    {
        OpenActivity open;
        auto* chip = open.find<AmountFilter>(u"activity.filter_amount"_s);
        const auto size = [](const api::HistoryRow& row) {
            return *row.amount.absolute().toInt64();
        };
        const QString plain = chip->currentText();
        chip->setFocus();
        QTest::keyClick(chip, Qt::Key_Space);
        auto* low = open.find<QLineEdit>(u"activity.filter_amount.at_least"_s);
        QTRY_VERIFY(low->isVisible());
        QTest::keyClicks(low, u"0.012"_s);
        QTRY_COMPARE(open.model->rowCount(),
                     open.count([&](const auto& row) { return size(row) >= 1'200'000; }));
        QVERIFY(chip->currentText() != plain);
        auto* high = open.find<QLineEdit>(u"activity.filter_amount.at_most"_s);
        QTest::keyClicks(high, u"0.05"_s);
        QTRY_COMPARE(open.model->rowCount(), open.count([&](const auto& row) {
            return size(row) >= 1'200'000 && size(row) <= 5'000'000;
        }));
        QCOMPARE(open.fake.state().lastQuery.currency, money::Currency::bitcoin());
        QTest::keyClick(high, Qt::Key_Return);
        QTRY_VERIFY(!low->isVisible());
        open.press(u"activity.filter_amount.any"_s);
        QTRY_COMPARE(open.model->rowCount(), open.count([](const auto&) { return true; }));
        QCOMPARE(chip->currentText(), plain);
    }

    /// A number alone would mean something else in another currency.
    void currenciesAreChosenWhereThereAreSeveral()
    {
        OpenActivity open;
        auto* box = open.find<QComboBox>(u"activity.filter_currency"_s);
        QVERIFY(!box->isVisible());
        auto* wallet = open.fake.state().wallet(u"Savings"_s);
        const auto other = *money::Currency::find("ETH");
        wallet->accounts[1].currency = other;
        for (auto& row : wallet->rows)
            if (row.account == u"account-2"_s)
                row.currency = other;
        open.fake.publish(u"Savings"_s);
        QTRY_VERIFY(box->isVisible());
        open.choose(u"activity.filter_currency"_s, u"ETH"_s);
        QTRY_COMPARE(open.model->rowCount(),
                     open.count([&](const auto& row) { return row.currency == other; }));
        QCOMPARE(open.find<AmountFilter>(u"activity.filter_amount"_s)->currency(), other);
    }

    void theEngineKnowsWhereThePersonIs()
    {
        OpenActivity open;
        QTRY_VERIFY(open.model->isLoaded());
        const auto& asked = open.fake.state().lastQuery;
        QCOMPARE(asked.timeZone, QString::fromLatin1(QTimeZone::systemTimeZoneId()));
        QCOMPARE(asked.numbers.decimal, numberLocale().decimal);
    }

    void chipsGoOnInTheNextLine()
    {
        OpenActivity open;
        open.window->resize(900, 600);
        Theme::instance().setFontPercent(200);
        test::settle();
        const auto* amount = open.find<QWidget>(u"activity.filter_amount"_s);
        const auto* all = open.find<QWidget>(u"activity.filter_all"_s);
        QVERIFY(amount->y() > all->y());
        QVERIFY(amount->geometry().right() <= amount->parentWidget()->width());
        QVERIFY(amount->geometry().bottom() <= amount->parentWidget()->height());
        Theme::instance().setFontPercent(100);
    }

    void newRowsDoNotPushAwayWhatIsRead()
    {
        OpenActivity open;
        QTRY_VERIFY(open.model->rowCount() > 10);
        auto* view = open.find<QListView>(u"activity.list"_s);
        auto* news = open.find<QPushButton>(u"activity.news"_s);
        open.fake.receive(u"Savings"_s, u"account-1"_s, 1'000);
        QTRY_COMPARE(open.model->rowCount(), 15); // At the top it slides in.
        QCOMPARE(view->verticalScrollBar()->value(), 0);
        QVERIFY(!news->isVisible());
        view->verticalScrollBar()->setValue(view->verticalScrollBar()->maximum() / 2);
        const QPersistentModelIndex read =
            view->indexAt(QPoint(view->viewport()->width() / 2, view->viewport()->height() / 2));
        const int where = view->visualRect(read).top();
        open.fake.receive(u"Savings"_s, u"account-1"_s, 2'000);
        open.fake.receive(u"Savings"_s, u"account-1"_s, 3'000);
        QTRY_COMPARE(open.model->rowCount(), 17);
        QTRY_VERIFY(news->isVisible());
        QVERIFY(news->text().contains(u'2'));
        QCOMPARE(view->visualRect(read).top(), where);
        QCOMPARE(test::nameFaults(open.window.get()), QStringList());
        news->click();
        QCOMPARE(view->verticalScrollBar()->value(), 0);
        QVERIFY(!news->isVisible());
    }

    /// One answer holds a thousand rows; whoever has scrolled further keeps them all.
    void longListsAreRefreshedWhole()
    {
        OpenActivity open;
        auto& rows = open.fake.state().wallet(u"Savings"_s)->rows;
        const auto pattern = rows.back();
        for (int i = 0; i < 1'200; ++i) {
            auto row = pattern;
            row.id = row.txid = open.fake.state().makeId(5'000 + i);
            row.timeMs -= i * 1'000;
            rows.push_back(row);
        }
        open.model->refresh();
        for (int i = 0; i < 20; ++i) {
            test::settle(1);
            open.model->fetchMore({});
        }
        QTRY_COMPARE(open.model->rowCount(), int(rows.size()));
        const int asked = open.fake.state().pagesAsked;
        open.model->refresh();
        QTRY_VERIFY(open.fake.state().pagesAsked >= asked + 2);
        test::settle(20);
        QCOMPARE(open.model->rowCount(), int(rows.size()));
    }

    void theChartIsATableToo()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Overview, {}, {}, {}, {}});
        auto* chart = open.find<QWidget>(u"overview.chart"_s);
        auto* table = open.find<QTableView>(u"overview.chart_table"_s);
        QVERIFY(chart->isVisible() && !table->isVisible());
        open.press(u"overview.as_table"_s);
        QVERIFY(!chart->isVisible() && table->isVisible());
        QTRY_VERIFY(table->model()->rowCount() > 2);
        const auto balance = table->model()->index(0, 1);
        QVERIFY(balance.data(Qt::AccessibleTextRole).toString().contains(u"BTC"_s));
        open.window->session()->changeSettings(
            [](api::SettingsSnapshot& settings) { settings.discreet = true; });
        QTRY_VERIFY(balance.data().toString().contains(u"••••"_s));
    }

    void theChartSaysWhereTheKeysAre()
    {
        test::OpenWindow open;
        QApplication::setActiveWindow(open.window.get());
        auto* chart = open.find<QWidget>(u"overview.chart"_s);
        QTRY_VERIFY(chart->accessibleDescription().contains(u"highest"_s));
        const QString plain = chart->accessibleName();
        chart->setFocus();
        QTest::keyClick(chart, Qt::Key_End);
        const QString last = chart->accessibleName();
        QVERIFY(last.startsWith(plain) && last.contains(u"BTC"_s));
        QTest::keyClick(chart, Qt::Key_Left);
        QVERIFY(chart->accessibleName() != last);
        QTest::keyClick(chart, Qt::Key_Home);
        QVERIFY(chart->accessibleName().startsWith(plain));
        open.find<QWidget>(u"overview.send"_s)->setFocus();
        QCOMPARE(chart->accessibleName(), plain);
    }
};

COFFER_UI_TEST_MAIN(ActivityTest)
#include "activity_test.moc"
