// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: everything can be done without a mouse. Method: every key of the list of shortcuts is
// pressed on the whole window over the fake engine, and what it does is looked at.
#include "tests/ui/open_window.h"
#include "ui/models/history_model.h"
#include "ui/pages/balance_chart.h"
#include "ui/pages/movement_list.h"
#include "ui/pages/page.h"
#include "ui/scan/scan_sheet.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/send/compose_view.h"
#include "ui/send/recipient_row.h"
#include "ui/send/send_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/shell/sidebar.h"
#include "ui/start/unlock_page.h"

#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kCtrlShift = Qt::ControlModifier | Qt::ShiftModifier;

struct ActiveWindow : test::OpenWindow
{
    ActiveWindow() { QApplication::setActiveWindow(window.get()); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(window->focusWidget() ? window->focusWidget() : window.get(), key,
                        modifiers);
    }
    PageId page() const { return view()->currentId(); }
    QString focus() const
    {
        return window->focusWidget() ? window->focusWidget()->objectName() : QString();
    }
};

} // namespace

class KeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void pagesHaveTheirKeys_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<int>("page");
        const auto add = [](const char* name, Qt::Key key, Qt::KeyboardModifiers modifiers,
                            PageId page) {
            QTest::newRow(name) << int(key) << int(modifiers) << int(page);
        };
        add("Ctrl+1", Qt::Key_1, Qt::ControlModifier, PageId::Overview);
        add("Ctrl+2", Qt::Key_2, Qt::ControlModifier, PageId::Accounts);
        add("Ctrl+3", Qt::Key_3, Qt::ControlModifier, PageId::Send);
        add("Ctrl+4", Qt::Key_4, Qt::ControlModifier, PageId::Receive);
        add("Ctrl+5", Qt::Key_5, Qt::ControlModifier, PageId::Activity);
        add("Ctrl+9", Qt::Key_9, Qt::ControlModifier, PageId::Network);
        add("Ctrl+0", Qt::Key_0, Qt::ControlModifier, PageId::Settings);
        add("Ctrl+,", Qt::Key_Comma, Qt::ControlModifier, PageId::Settings);
        add("Ctrl+Shift+S", Qt::Key_S, kCtrlShift, PageId::Send);
        add("Ctrl+Shift+R", Qt::Key_R, kCtrlShift, PageId::Receive);
    }
    void pagesHaveTheirKeys()
    {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(int, page);
        ActiveWindow open;
        const auto from = PageId(page) == PageId::Overview ? PageId::Network : PageId::Overview;
        open.view()->go({from, {}, {}, {}, {}});
        open.press(Qt::Key(key), Qt::KeyboardModifiers(modifiers));
        QCOMPARE(int(open.page()), page);
    }

    void ctrlNAddsAnAccount()
    {
        ActiveWindow open;
        open.press(Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(open.page(), PageId::Accounts);
        QVERIFY(open.find<QWidget>(u"add_account.add"_s)->isVisible());
    }

    void ctrlKOpensTheCommands()
    {
        ActiveWindow open;
        open.press(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(open.view()->commandPalette()->isVisible());
        auto* field = open.find<QLineEdit>(u"commands.field"_s);
        QTest::keyClicks(field, u"network log"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(open.page(), PageId::Network);
    }

    void ctrlFSearchesOnThePage()
    {
        ActiveWindow open;
        for (const auto& [page, field] : {std::pair(PageId::Activity, u"activity.search"_s),
                                          std::pair(PageId::Settings, u"settings.search"_s)}) {
            open.view()->go({page, {}, {}, {}, {}});
            open.find<QWidget>(u"header.lock"_s)->setFocus();
            open.press(Qt::Key_F, Qt::ControlModifier);
            QCOMPARE(open.focus(), field);
        }
    }

    void ctrlLLocks()
    {
        ActiveWindow open;
        open.press(Qt::Key_L, Qt::ControlModifier);
        QTRY_VERIFY(!open.fake.state().wallet(u"Savings"_s)->info.unlocked);
        QTRY_VERIFY(open.window->findChild<PassphraseEdit*>(u"unlock.password"_s));
    }

    void ctrlUScans()
    {
        ActiveWindow open;
        open.press(Qt::Key_U, Qt::ControlModifier);
        QVERIFY(open.view()->scan()->isVisible());
        open.view()->scan()->reject();
    }

    void ctrlEExports()
    {
        ActiveWindow open;
        open.view()->go({PageId::Activity, {}, {}, {}, {}});
        open.press(Qt::Key_E, Qt::ControlModifier);
        auto* dialog = open.window->findChild<QFileDialog*>();
        QVERIFY(dialog && dialog->acceptMode() == QFileDialog::AcceptSave);
        dialog->reject();
    }

    void ctrlShiftHHidesAmounts()
    {
        ActiveWindow open;
        open.press(Qt::Key_H, kCtrlShift);
        QTRY_VERIFY(open.fake.state().settings.discreet);
        open.press(Qt::Key_H, kCtrlShift);
        QTRY_VERIFY(!open.fake.state().settings.discreet);
    }

    void ctrlRAndF5Refresh()
    {
        ActiveWindow open;
        open.view()->go({PageId::Activity, {}, {}, {}, {}});
        QTRY_VERIFY(open.window->findChild<MovementList*>()->model()->isLoaded());
        for (const auto& [key, modifier] :
             {std::pair(Qt::Key_R, Qt::ControlModifier), std::pair(Qt::Key_F5, Qt::NoModifier)}) {
            const int before = open.fake.state().pagesAsked;
            open.press(key, modifier);
            QTRY_VERIFY(open.fake.state().pagesAsked > before);
        }
    }

    void rowsCopyTheirIdAndAddress()
    {
        ActiveWindow open;
        open.view()->go({PageId::Activity, {}, {}, {}, {}});
        auto* list = open.find<QListView>(u"activity.list"_s);
        const auto* model = open.window->findChild<MovementList*>()->model();
        QTRY_VERIFY(model->rowCount() > 0);
        list->setCurrentIndex(list->model()->index(0, 0));
        list->setFocus();
        open.press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), model->row(0).txid);
        open.press(Qt::Key_C, kCtrlShift);
        QCOMPARE(QGuiApplication::clipboard()->text(), model->row(0).counterparty);
        open.view()->go({PageId::Overview, {}, {}, {}, {}});
        auto* recent = open.find<QListView>(u"overview.recent"_s);
        recent->setCurrentIndex(recent->model()->index(0, 0));
        recent->setFocus();
        open.press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), model->row(0).txid);
        open.view()->go({PageId::Accounts, u"account-1"_s, {}, {}, {}});
        open.find<QTabWidget>(u"account.tabs"_s)->setCurrentIndex(1);
        auto* coins = open.find<QTableView>(u"account.coins"_s);
        QTRY_VERIFY(coins->model()->rowCount() > 0);
        coins->setCurrentIndex(coins->model()->index(0, 0));
        coins->setFocus();
        const auto& coin = open.fake.state().wallet(u"Savings"_s)->coins[0];
        open.press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), coin.outpoint);
        open.press(Qt::Key_C, kCtrlShift);
        QCOMPARE(QGuiApplication::clipboard()->text(), coin.address);
    }

    void spaceAndEscapeOpenAndCloseTheDetails()
    {
        ActiveWindow open;
        open.view()->go({PageId::Activity, {}, {}, {}, {}});
        auto* list = open.find<QListView>(u"activity.list"_s);
        QTRY_VERIFY(list->model()->rowCount() > 0);
        list->setCurrentIndex(list->model()->index(0, 0));
        list->setFocus();
        auto* drawer = open.find<QWidget>(u"activity.drawer"_s);
        open.press(Qt::Key_Space);
        QTRY_VERIFY(drawer->isVisible());
        open.press(Qt::Key_Escape);
        QTRY_VERIFY(!drawer->isVisible());
        QCOMPARE(open.focus(), u"activity.list"_s);
    }

    void f2Renames()
    {
        ActiveWindow open;
        open.view()->go({PageId::Accounts, u"account-1"_s, {}, {}, {}});
        open.press(Qt::Key_F2);
        QCOMPARE(open.focus(), u"account.name"_s);
        open.view()->go({PageId::Activity, {}, {}, {}, {}});
        auto* list = open.find<QListView>(u"activity.list"_s);
        QTRY_VERIFY(list->model()->rowCount() > 0);
        list->setCurrentIndex(list->model()->index(0, 0));
        list->setFocus();
        open.press(Qt::Key_F2);
        QTRY_COMPARE(open.focus(), u"activity.label_inline"_s);
    }

    void f6WalksTheParts()
    {
        ActiveWindow open;
        open.view()->go({PageId::Activity, {}, {}, {}, {}});
        open.view()->currentPage()->focusFirst();
        open.press(Qt::Key_F6);
        QVERIFY(open.view()->header()->isAncestorOf(open.window->focusWidget()));
        open.press(Qt::Key_F6);
        QCOMPARE(open.focus(), u"sidebar.activity"_s); // Where one is, not the first.
        open.press(Qt::Key_F6);
        QVERIFY(open.view()->currentPage()->isAncestorOf(open.window->focusWidget()));
        open.press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(open.focus(), u"sidebar.activity"_s);
    }

    void f9NarrowsTheSidebar()
    {
        ActiveWindow open;
        auto* bar = open.window->findChild<Sidebar*>();
        const int wide = bar->width();
        open.press(Qt::Key_F9);
        QVERIFY(bar->width() < wide);
        open.press(Qt::Key_F9);
        QCOMPARE(bar->width(), wide);
    }

    void altArrowsGoBackAndForward()
    {
        ActiveWindow open;
        open.view()->go({PageId::Receive, {}, {}, {}, {}});
        open.view()->go({PageId::Network, {}, {}, {}, {}});
        open.press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(open.page(), PageId::Receive);
        open.press(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(open.page(), PageId::Network);
    }

    void altDigitsChooseTheRange()
    {
        ActiveWindow open;
        for (int i = 0; i < 5; ++i) {
            open.press(Qt::Key(Qt::Key_1 + i), Qt::AltModifier);
            QVERIFY(open.find<QPushButton>(u"overview.range%1"_s.arg(i + 1))->isChecked());
        }
    }

    void ctrlEnterGoesOnButNeverSigns()
    {
        ActiveWindow open;
        open.view()->go({PageId::Send, {}, open.fake.strangerAddress(), {}, {}});
        QTest::keyClicks(open.find<QLineEdit>(u"send.amount"_s), u"0.001"_s);
        QTRY_VERIFY(qobject_cast<SendPage*>(open.view()->currentPage())
                        ->compose()
                        ->recipient(0)
                        ->isComplete());
        open.press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(open.find<QPushButton>(u"review.sign"_s)->isVisible());
        open.press(Qt::Key_Return); // Nothing is the default there.
        test::settle(20);
        QVERIFY(open.find<QPushButton>(u"review.sign"_s)->isVisible());
        open.press(Qt::Key_Return, Qt::ControlModifier);
        auto* password = open.find<PassphraseEdit>(u"sign.password"_s);
        QTRY_VERIFY(password->isVisible());
        QTest::keyClicks(password, u"correct"_s);
        open.press(Qt::Key_Return, Qt::ControlModifier);
        test::settle(60);
        QCOMPARE(open.fake.state().confirms, 0);
        QVERIFY(password->isVisible());
    }

    void helpIsTheListOfShortcuts()
    {
        ActiveWindow open;
        for (const auto& [key, modifier] : {std::pair(Qt::Key_Slash, Qt::ControlModifier),
                                            std::pair(Qt::Key_F1, Qt::NoModifier)}) {
            open.press(key, modifier);
            QVERIFY(open.view()->shortcutSheet()->isVisible());
            open.view()->shortcutSheet()->reject();
            QApplication::setActiveWindow(open.window.get());
        }
    }

    void ctrlQQuits()
    {
        ActiveWindow open;
        open.press(Qt::Key_Q, Qt::ControlModifier);
        QTRY_VERIFY(!open.window->isVisible());
    }

    void tabComesToTheChosenOne_data()
    {
        QTest::addColumn<int>("page");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<QString>("next");
        QTest::newRow("range") << int(PageId::Overview) << u"overview.send"_s
                               << u"overview.range3"_s << u"overview.range4"_s;
        QTest::newRow("fee") << int(PageId::Send) << u"send.label"_s << u"send.fee_normal"_s
                             << u"send.fee_fast"_s;
        QTest::newRow("chips") << int(PageId::Activity) << u"activity.more"_s
                               << u"activity.filter_all"_s << u"activity.filter_received"_s;
    }
    void tabComesToTheChosenOne()
    {
        QFETCH(int, page);
        QFETCH(QString, before);
        QFETCH(QString, chosen);
        QFETCH(QString, next);
        ActiveWindow open;
        open.view()->go({PageId(page), {}, {}, {}, {}});
        test::settle(20);
        open.find<QWidget>(before)->setFocus();
        open.press(Qt::Key_Tab);
        QCOMPARE(open.focus(), chosen);
        open.press(Qt::Key_Right);
        QCOMPARE(open.focus(), next);
        QVERIFY(open.find<QPushButton>(next)->isChecked());
        open.find<QWidget>(before)->setFocus();
        open.press(Qt::Key_Tab);
        QCOMPARE(open.focus(), next);
        open.press(Qt::Key_Tab);
        QVERIFY(open.focus() != chosen);
    }
};

COFFER_UI_TEST_MAIN(KeysTest)
#include "keys_test.moc"
