// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: every page can be used by keyboard and by assistive programs, and the ways in and out of a
// wallet hold. Method: the whole window over the fake engine, offscreen.
#include "tests/ui/open_window.h"
#include "tests/ui/page_faults.h"
#include "ui/dialogs/change_password_dialog.h"
#include "ui/models/history_model.h"
#include "ui/pages/movement_drawer.h"
#include "ui/pages/movement_list.h"
#include "ui/pages/page.h"
#include "ui/pages/receive_page.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/secret/secret_words_view.h"
#include "ui/secret/word_list.h"
#include "ui/secret/words_edit.h"
#include "ui/shell/auto_lock.h"
#include "ui/shell/desktop_notifier.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/notification_centre.h"
#include "ui/shell/sidebar.h"
#include "ui/start/create_flow.h"
#include "ui/start/restore_flow.h"
#include "ui/start/start_page.h"
#include "ui/start/unlock_page.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_stack.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QSet>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;
using test::heightFaults;
using test::nameFaults;

class PagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void everyControlHasItsName()
    {
        test::OpenWindow open;
        for (const PageId id : {PageId::Overview, PageId::Accounts, PageId::Send, PageId::Receive,
                                PageId::Activity, PageId::Network, PageId::Settings}) {
            open.view()->go({id, {}, {}, {}, {}});
            test::settle(20);
            QCOMPARE(nameFaults(open.window.get()), QStringList());
        }
        open.view()->go({PageId::Accounts, u"account-1"_s, {}, {}, {}});
        auto* tabs = open.find<QTabWidget>(u"account.tabs"_s);
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            test::settle(20);
            QCOMPARE(nameFaults(open.window.get()), QStringList());
        }
        open.view()->go({PageId::Accounts, {}, u"add"_s, {}, {}});
        QCOMPARE(nameFaults(open.window.get()), QStringList());
        open.view()->go(
            {PageId::Activity, {}, {}, open.fake.state().wallet(u"Savings"_s)->rows[0].txid, {}});
        test::settle(20);
        QCOMPARE(nameFaults(open.window.get()), QStringList());
    }

    void everyTextHasItsHeight_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("usual") << QSize(1180, 760);
        QTest::newRow("small") << QSize(900, 600);
    }
    void everyTextHasItsHeight()
    {
        QFETCH(QSize, size);
        test::OpenWindow open;
        open.window->resize(size);
        const auto faults = [&open] { return heightFaults(open.window.get()).join(u'\n'); };
        for (const PageId id : {PageId::Overview, PageId::Accounts, PageId::Send, PageId::Receive,
                                PageId::Activity, PageId::Network, PageId::Settings}) {
            open.view()->go({id, {}, {}, {}, {}});
            QTRY_COMPARE(faults(), QString());
        }
        open.view()->go({PageId::Accounts, u"account-1"_s, {}, {}, {}});
        auto* tabs = open.find<QTabWidget>(u"account.tabs"_s);
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            QTRY_COMPARE(faults(), QString());
        }
        open.view()->go({PageId::Accounts, {}, u"add"_s, {}, {}});
        QTRY_COMPARE(faults(), QString());
        open.view()->go(
            {PageId::Activity, {}, {}, open.fake.state().wallet(u"Savings"_s)->rows[0].txid, {}});
        QTRY_COMPARE(faults(), QString());
        open.view()->go({PageId::Send, {}, open.fake.lookAlikeAddress(), {}, {}});
        test::settle(300);
        open.find<QLineEdit>(u"send.amount"_s)->setText(u"0.0125"_s);
        QTRY_COMPARE(faults(), QString());
        open.press(u"send.continue"_s);
        QTRY_VERIFY(open.find<QPushButton>(u"review.sign"_s)->isVisible());
        QTRY_COMPARE(faults(), QString());
        open.press(u"review.acknowledge1"_s);
        open.press(u"review.sign"_s);
        QTRY_VERIFY(open.find<QPushButton>(u"sign.confirm"_s)->isVisible());
        QTRY_COMPARE(faults(), QString());
    }

    void everyTextOfTheStartHasItsHeight_data() { everyTextHasItsHeight_data(); }
    void everyTextOfTheStartHasItsHeight()
    {
        QFETCH(QSize, size);
        test::FakeApi fake;
        MainWindow window(fake.api(), {});
        window.resize(size);
        window.show();
        auto* start = window.shell()->startPage();
        const auto faults = [&window] { return heightFaults(&window).join(u'\n'); };
        QTRY_COMPARE(faults(), QString());
        start->showRestore();
        QTRY_COMPARE(faults(), QString());
        start->showChoice();
        start->showWatch();
        QTRY_COMPARE(faults(), QString());
        start->showOpenFile({});
        QTRY_COMPARE(faults(), QString());
        start->showChoice();
        start->showCreate();
        QTRY_COMPARE(faults(), QString());
        QTest::keyClicks(window.findChild<PassphraseEdit*>(u"create.password"_s), u"secret pass"_s);
        QTest::keyClicks(window.findChild<PassphraseEdit*>(u"create.repeat"_s), u"secret pass"_s);
        QTRY_COMPARE(faults(), QString());
        auto* flow = start->createFlow();
        window.findChild<QPushButton*>(u"create.create"_s)->click();
        QTRY_COMPARE(flow->step(), CreateFlow::Step::Words);
        QTRY_COMPARE(faults(), QString());
        window.findChild<QPushButton*>(u"create.reveal"_s)->click();
        window.findChild<QPushButton*>(u"create.written"_s)->click();
        window.findChild<QPushButton*>(u"create.check"_s)->click(); // Empty: a message appears.
        QTRY_COMPARE(faults(), QString());
    }

    void theWrongPasswordIsSaidInFull()
    {
        test::FakeApi fake;
        fake.addSampleWallet(u"Savings"_s);
        MainWindow window(fake.api(), {});
        window.show();
        auto* password = window.findChild<PassphraseEdit*>(u"unlock.password"_s);
        QTest::keyClicks(password, u"no"_s);
        QTest::keyClick(password, Qt::Key_Return);
        QTRY_VERIFY(window.findChild<QWidget*>(u"unlock.message"_s)->isVisible());
        test::settle(20);
        QTRY_COMPARE(heightFaults(&window).join(u'\n'), QString());
    }

    void theDrawerIsLaidOutWhenItAppears()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Activity, {}, {}, {}, {}});
        auto* list = open.window->findChild<MovementList*>();
        QStringList atOnce{u"not filled"_s};
        connect(list->drawer(), &MovementDrawer::filled, this,
                [&] { atOnce = heightFaults(list->drawer()); });
        for (const int row : {0, 1}) { // The first time, and in the place of another.
            atOnce = {u"not filled"_s};
            list->openMovement(open.fake.state().wallet(u"Savings"_s)->rows[row].txid);
            QTRY_COMPARE(atOnce.join(u'\n'), QString());
            const auto* facts = list->drawer()->findChild<FieldGrid*>();
            QVERIFY(facts && facts->height() >= facts->sizeHint().height());
        }
    }

    void theDrawerCopiesWhatWasSpentAndPaid()
    {
        test::OpenWindow open;
        const auto row = open.fake.state().wallet(u"Savings"_s)->rows[0];
        open.view()->go({PageId::Activity, {}, {}, row.txid, {}});
        QTRY_VERIFY(open.window->findChild<QToolButton*>(u"activity.drawer.output1.copy"_s));
        open.press(u"activity.drawer.output1.copy"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), row.counterparty);
        open.press(u"activity.drawer.input1.copy"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), open.fake.state().makeAddress(79));
        open.press(u"activity.drawer.input2.coin"_s); // Its address is not known.
        QCOMPARE(QGuiApplication::clipboard()->text(), open.fake.state().makeId(902) + u":1"_s);
    }

    void chipsFilterTheMovements()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Activity, {}, {}, {}, {}});
        const auto* model = open.window->findChild<MovementList*>()->model();
        const auto& rows = open.fake.state().wallet(u"Savings"_s)->rows;
        const auto count = [&rows](const auto& fits) {
            return int(std::count_if(rows.begin(), rows.end(), fits));
        };
        QTRY_COMPARE(model->rowCount(), int(rows.size()));
        open.press(u"activity.filter_received"_s);
        QTRY_COMPARE(model->rowCount(), count([](auto& row) { return row.amount.sign() > 0; }));
        open.press(u"activity.filter_pending"_s);
        QTRY_COMPARE(model->rowCount(), 1);
        open.press(u"activity.filter_sent"_s);
        auto* account = open.find<QComboBox>(u"activity.filter_account"_s);
        account->setCurrentIndex(account->findData(u"account-2"_s));
        QTRY_COMPARE(model->rowCount(), count([](auto& row) {
                         return row.amount.sign() < 0 && row.account == u"account-2"_s;
                     }));
        open.find<QLineEdit>(u"activity.search"_s)->setText(u"no such thing"_s);
        auto* clear = open.find<QPushButton>(u"activity.clear_search"_s);
        QTRY_VERIFY(clear->isVisible());
        QVERIFY(!open.find<QPushButton>(u"activity.empty_receive"_s)->isVisible());
        clear->click();
        QTRY_COMPARE(model->rowCount(), int(rows.size()));
        QVERIFY(open.find<QPushButton>(u"activity.filter_all"_s)->isChecked());
        QCOMPARE(open.find<QLineEdit>(u"activity.search"_s)->text(), QString());
        auto* period = open.find<QComboBox>(u"activity.filter_period"_s);
        period->setCurrentIndex(1);
        const auto week = QDate::currentDate().addDays(-6).startOfDay().toMSecsSinceEpoch();
        QTRY_COMPARE(model->rowCount(), count([week](auto& row) { return row.timeMs >= week; }));
    }

    void thePaletteSearchesActivity()
    {
        test::OpenWindow open;
        open.view()->openCommands();
        auto* field = open.find<QLineEdit>(u"commands.field"_s);
        QTest::keyClicks(field, u"Bookshop"_s); // No command has this name.
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(open.view()->currentId(), PageId::Activity);
        QCOMPARE(open.find<QLineEdit>(u"activity.search"_s)->text(), u"Bookshop"_s);
        QTRY_COMPARE(open.window->findChild<MovementList*>()->model()->rowCount(), 1);
    }

    void escapeEmptiesTheSearchAfterTheDrawer()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Activity, {}, u"Alice"_s, {}, {}});
        auto* list = open.window->findChild<MovementList*>();
        QTRY_COMPARE(list->model()->rowCount(), 3);
        list->drawer()->show(list->model()->row(0).id);
        open.view()->currentPage()->focusSearch();
        QVERIFY(open.view()->currentPage()->stepBack());
        QVERIFY(!list->drawer()->isVisible());
        open.find<QLineEdit>(u"activity.search"_s)->setFocus();
        QVERIFY(open.view()->currentPage()->stepBack());
        QTRY_COMPARE(list->model()->rowCount(), 14);
    }

    void aStackIsAsTallAsItsPage()
    {
        PageStack stack;
        auto* tall = new QWidget;
        tall->setFixedHeight(500);
        auto* low = new QWidget;
        low->setFixedHeight(40);
        stack.addWidget(tall);
        stack.addWidget(low);
        QCOMPARE(stack.sizeHint().height(), 500);
        stack.setCurrentWidget(low);
        QCOMPARE(stack.sizeHint().height(), 40);
        QCOMPARE(stack.minimumSizeHint().height(), 40);
    }

    void newsLeavesTheRowsInPlace()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Overview, {}, {}, {}, {}});
        open.fake.state().wallet(u"Savings"_s)->info.backedUp = false;
        open.fake.publish(u"Savings"_s);
        QTRY_VERIFY(open.window->findChild<QWidget*>(u"overview.backup"_s));
        const QPointer<QWidget> row = open.find<QWidget>(u"overview.account.account-1"_s);
        const QPointer<QWidget> message = open.find<QWidget>(u"overview.backup"_s);
        QVERIFY(row && message);
        const QString before = row->accessibleName();
        open.fake.receive(u"Savings"_s, u"account-1"_s, 1'250'000);
        QTRY_VERIFY(row && row->accessibleName() != before);
        open.fake.node().publish();
        test::settle(20);
        QVERIFY(row && row->isVisible());
        QVERIFY(message && message->isVisible());
    }

    void aCountdownKeepsItsMessage()
    {
        test::OpenWindow open;
        open.view()->warnOfLock(12);
        auto* stay = open.find<QPushButton>(u"banner.lock.stay"_s);
        stay->setFocus();
        QSignalSpy pressed(open.view(), &WalletView::stayRequested);
        QTest::mousePress(stay, Qt::LeftButton);
        open.view()->warnOfLock(9);
        QTest::mouseRelease(stay, Qt::LeftButton);
        QCOMPARE(pressed.size(), 1);
        QCOMPARE(open.window->focusWidget(), stay);
        QVERIFY(open.find<InlineMessage>(u"banner.lock"_s)->text().contains(u"9"_s));
    }

    void theChartWaitsForEveryBalance()
    {
        test::OpenWindow open;
        auto* chart = open.find<QWidget>(u"overview.chart"_s);
        QTRY_VERIFY(chart->accessibleDescription().contains(u"highest"_s));
        open.fake.state().wallet(u"Savings"_s)->accounts[0].balance.reset();
        open.fake.publish(u"Savings"_s);
        QTRY_COMPARE(chart->accessibleDescription(), u"Loading…"_s);
        QCOMPARE(open.find<QLabel>(u"overview.change"_s)->text(), QString());
    }

    void theChartShowsWhatChanged()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Overview, {}, {}, {}, {}});
        auto* change = open.find<QLabel>(u"overview.change"_s);
        static const QRegularExpression signedFigure(u"[+−].*[1-9]"_s);
        QTRY_VERIFY2(change->text().contains(signedFigure), qPrintable(change->text()));
    }

    void everyControlOfTheStartHasItsName()
    {
        test::FakeApi fake;
        MainWindow window(fake.api(), {});
        window.show();
        auto* start = window.shell()->startPage();
        QVERIFY(start);
        QCOMPARE(nameFaults(&window), QStringList());
        start->showCreate();
        QCOMPARE(nameFaults(&window), QStringList());
        start->showChoice();
        start->showRestore();
        QCOMPARE(nameFaults(&window), QStringList());
        start->showChoice();
        start->showWatch();
        QCOMPARE(nameFaults(&window), QStringList());
        start->showOpenFile({});
        QCOMPARE(nameFaults(&window), QStringList());
    }

    void aWalletIsCreatedWithItsQuiz()
    {
        test::FakeApi fake;
        MainWindow window(fake.api(), {});
        window.show();
        window.shell()->startPage()->showCreate();
        auto* flow = window.shell()->startPage()->createFlow();
        QTest::keyClicks(window.findChild<PassphraseEdit*>(u"create.password"_s), u"secret pass"_s);
        auto* create = window.findChild<QPushButton*>(u"create.create"_s);
        create->click(); // Not repeated yet.
        QCOMPARE(flow->step(), CreateFlow::Step::Password);
        QTest::keyClicks(window.findChild<PassphraseEdit*>(u"create.repeat"_s), u"secret pass"_s);
        create->click();
        QTRY_COMPARE(flow->step(), CreateFlow::Step::Words);
        auto* words = window.findChild<SecretWordsView*>(u"create.words"_s);
        QCOMPARE(words->cover(), SecretWordsView::Cover::On);
        auto* written = window.findChild<QPushButton*>(u"create.written"_s);
        QVERIFY(!written->isEnabled());
        window.findChild<QPushButton*>(u"create.reveal"_s)->click();
        QCOMPARE(words->cover(), SecretWordsView::Cover::Off);
        QEvent lost(QEvent::WindowDeactivate);
        QCoreApplication::sendEvent(&window, &lost);
        QCOMPARE(words->cover(), SecretWordsView::Cover::On);
        written->click();
        QCOMPARE(flow->step(), CreateFlow::Step::Quiz);
        window.findChild<QPushButton*>(u"create.check"_s)->click(); // Empty answers.
        QCOMPARE(flow->step(), CreateFlow::Step::Quiz);
        for (int i = 1; i <= 3; ++i) {
            auto* answer = window.findChild<WordsEdit*>(u"create.answer%1"_s.arg(i));
            const int number = answer->accessibleName().section(u' ', -1).toInt();
            QTest::keyClicks(answer, WordList::of(0).word(words->wordIndex(number - 1)));
        }
        window.findChild<QPushButton*>(u"create.check"_s)->click();
        QTRY_COMPARE(flow->step(), CreateFlow::Step::Done);
        QVERIFY(fake.state().wallets[0]->info.backedUp);
        window.findChild<QPushButton*>(u"create.look"_s)->click();
        QTRY_COMPARE(window.shell()->mode(), Shell::Mode::Wallet);
    }

    void aWalletIsRestored()
    {
        test::FakeApi fake;
        MainWindow window(fake.api(), {});
        window.show();
        window.shell()->startPage()->showRestore();
        auto* words = window.findChild<WordsEdit*>(u"restore.words"_s);
        for (int i = 0; i < 11; ++i)
            QTest::keyClicks(words, u"abandon "_s);
        QTest::keyClicks(words, u"about"_s);
        QTest::keyClicks(window.findChild<PassphraseEdit*>(u"restore.password"_s), u"pw"_s);
        QTest::keyClicks(window.findChild<PassphraseEdit*>(u"restore.repeat"_s), u"pw"_s);
        window.findChild<QPushButton*>(u"restore.start"_s)->click();
        QTRY_COMPARE(window.shell()->mode(), Shell::Mode::Wallet);
    }

    void unlockWaitsAfterThreeWrongPasswords()
    {
        test::FakeApi fake;
        fake.addSampleWallet(u"Savings"_s);
        MainWindow window(fake.api(), {});
        window.show();
        QCOMPARE(window.shell()->mode(), Shell::Mode::Unlock);
        QCOMPARE(nameFaults(&window), QStringList());
        auto* password = window.findChild<PassphraseEdit*>(u"unlock.password"_s);
        auto* unlock = window.findChild<QPushButton*>(u"unlock.unlock"_s);
        for (int i = 0; i < 3; ++i) {
            QTest::keyClicks(password, u"no"_s);
            QTRY_VERIFY(unlock->isEnabled());
            QTest::keyClick(password, Qt::Key_Return);
            QTRY_VERIFY(password->isEmpty());
        }
        QTest::keyClicks(password, u"correct"_s);
        QVERIFY(!unlock->isEnabled()); // Waits a second.
        QTRY_VERIFY_WITH_TIMEOUT(unlock->isEnabled(), 3000);
        unlock->click();
        QTRY_COMPARE(window.shell()->mode(), Shell::Mode::Wallet);
    }

    void lockingShowsNothingOfTheWallet()
    {
        test::OpenWindow open;
        open.view()->buildAll();
        open.press(u"header.lock"_s);
        QTRY_COMPARE(open.window->shell()->mode(), Shell::Mode::Unlock);
        QVERIFY(!open.window->shell()->walletView());
        test::settle(0);
        for (QLabel* label : open.window->findChildren<QLabel*>())
            QVERIFY(!label->isVisible() || !label->text().contains(u"BTC"_s));
        QVERIFY(open.window->windowTitle().contains(u"locked"_s));
    }

    void theSidebarReactsToToggled()
    {
        test::OpenWindow open;
        open.find<QToolButton>(u"sidebar.network"_s)->setChecked(true); // As AT-SPI does.
        QCOMPARE(open.view()->currentId(), PageId::Network);
        // Shortcuts work in the active window only, and without a display nobody activates one.
        QApplication::setActiveWindow(open.window.get());
        QTest::keyClick(open.window.get(), Qt::Key_4, Qt::ControlModifier);
        QTRY_COMPARE(open.view()->currentId(), PageId::Receive);
        QVERIFY(open.find<QToolButton>(u"sidebar.receive"_s)->isChecked());
    }

    void discreetModeHidesEveryAmount()
    {
        test::OpenWindow open;
        open.view()->buildAll();
        open.window->session()->changeSettings(
            [](api::SettingsSnapshot& settings) { settings.discreet = true; });
        static const QRegularExpression amount(u"\\d[\\d  ,.]*\\s*BTC"_s);
        for (const PageId id : {PageId::Overview, PageId::Accounts, PageId::Send}) {
            open.view()->go({id, {}, {}, {}, {}});
            test::settle(20);
            for (QLabel* label : open.window->findChildren<QLabel*>())
                if (label->isVisible())
                    QVERIFY2(!amount.match(label->text()).hasMatch(), qPrintable(label->text()));
            for (QAbstractButton* button : open.window->findChildren<QAbstractButton*>())
                if (button->isVisible())
                    QVERIFY2(!amount.match(button->text()).hasMatch(), qPrintable(button->text()));
        }
    }

    void idleTimeLocksAfterAWarning()
    {
        AutoLock lock;
        lock.setMinutes(0);
        QSignalSpy locked(&lock, &AutoLock::lockNow);
        lock.start();
        test::settle(1100);
        QCOMPARE(locked.size(), 0); // Never.
        QVERIFY(QMetaObject::invokeMethod(&lock, "setScreenSaverActive", Q_ARG(bool, true)));
        QCOMPARE(locked.size(), 1);
        QVERIFY(QMetaObject::invokeMethod(&lock, "setSleeping", Q_ARG(bool, true)));
        QCOMPARE(locked.size(), 2);
    }

    void aLinkFromOutsideFillsNothingByItself()
    {
        test::OpenWindow open;
        open.window->openLink(u"bitcoin:"_s + open.fake.strangerAddress());
        QCOMPARE(open.view()->currentId(), PageId::Overview);
        open.press(u"banner.link.use"_s);
        QCOMPARE(open.view()->currentId(), PageId::Send);
    }

    void aLinkFromOutsideCanBeDismissed()
    {
        test::OpenWindow open;
        open.window->openLink(u"bitcoin:"_s + open.fake.strangerAddress());
        QVERIFY(open.find<QWidget>(u"banner.link"_s)->isVisible());
        open.press(u"banner.link.dismiss"_s);
        QVERIFY(!open.find<QWidget>(u"banner.link"_s)->isVisible());
        QCOMPARE(open.view()->currentId(), PageId::Overview);
        open.window->openLink(u"bitcoin:"_s + open.fake.knownAddress()); // Another one comes.
        QVERIFY(open.find<QWidget>(u"banner.link"_s)->isVisible());
    }

    void rowsAreCopiedByMouseAndKeyboard()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Accounts, u"account-1"_s, {}, {}, {}});
        auto* tabs = open.find<QTabWidget>(u"account.tabs"_s);
        tabs->setCurrentIndex(2);
        auto* addresses = open.find<QTableView>(u"account.addresses"_s);
        QTRY_VERIFY(addresses->model()->rowCount() > 2);
        auto* button = open.find<QToolButton>(u"account.addresses.copy"_s);
        QVERIFY(!button->isVisible());
        const QRect cell = addresses->visualRect(addresses->model()->index(2, 1));
        QTest::mouseMove(addresses->viewport(), cell.center());
        QTRY_VERIFY(button->isVisible());
        QVERIFY(std::abs(button->geometry().center().y() - cell.center().y()) < 3);
        button->click();
        const auto copied = [] { return QGuiApplication::clipboard()->text(); };
        QCOMPARE(copied(), open.fake.state().makeAddress(102));
        tabs->setCurrentIndex(1);
        auto* coins = open.find<QTableView>(u"account.coins"_s);
        QTRY_VERIFY(coins->model()->rowCount() > 2);
        coins->setCurrentIndex(coins->model()->index(0, 0));
        const auto& coin = open.fake.state().wallet(u"Savings"_s)->coins[0];
        QTest::keyClick(coins, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(copied(), coin.address);
        QTest::keyClick(coins, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copied(), coin.outpoint);
        Q_EMIT coins->customContextMenuRequested(coins->visualRect(coins->currentIndex()).center());
        auto* menu = coins->findChild<QMenu*>();
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 2);
        menu->actions()[1]->trigger();
        QCOMPARE(copied(), coin.address);
        menu->close();
    }

    void anAccountGetsItsBirthday()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Accounts, {}, u"add"_s, {}, {}});
        auto* year = open.find<QComboBox>(u"add_account.birthday"_s);
        year->setCurrentIndex(year->findData(2021));
        QTest::keyClicks(open.find<PassphraseEdit>(u"add_account.password"_s), u"correct"_s);
        open.press(u"add_account.add"_s);
        QTRY_VERIFY(open.fake.state().addedBirthdayMs);
        QCOMPARE(*open.fake.state().addedBirthdayMs,
                 QDateTime(QDate(2021, 1, 1), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch());
    }

    void aNoticeOpensThePayment()
    {
        test::OpenWindow open;
        auto* notifier = open.window->shell()->notifier();
        const QString txid = open.fake.receive(u"Savings"_s, u"account-1"_s, 1'250'000);
        Q_EMIT notifier->activated(u"Savings"_s, {PageId::Activity, {}, {}, txid, {}});
        QCOMPARE(open.view()->currentId(), PageId::Activity);
        auto* drawer = open.find<QWidget>(u"activity.drawer"_s);
        QTRY_VERIFY(drawer->isVisible());
    }

    void aPaymentToAnotherOpenWalletIsToldToo()
    {
        test::OpenWindow open;
        open.fake.addSampleWallet(u"Second"_s);
        open.fake.receive(u"Second"_s, u"account-1"_s, 5'000); // Locked: nothing is told.
        QCOMPARE(open.view()->notifications()->unread(), 0);
        open.fake.unlock(u"Second"_s);
        open.fake.receive(u"Second"_s, u"account-1"_s, 6'000);
        QCOMPARE(open.view()->notifications()->unread(), 1);
        open.press(u"notifications.show0"_s);
        QTRY_COMPARE(open.window->session()->wallet(), u"Second"_s);
        QCOMPARE(open.view()->currentId(), PageId::Activity);
    }

    void f6ReachesTheDrawer()
    {
        test::OpenWindow open;
        open.view()->go(
            {PageId::Activity, {}, {}, open.fake.state().wallet(u"Savings"_s)->rows[0].txid, {}});
        auto* drawer = open.find<QWidget>(u"activity.drawer"_s);
        QTRY_VERIFY(drawer->isVisible() && drawer->findChild<QLineEdit*>());
        QApplication::setActiveWindow(open.window.get());
        open.find<QWidget>(u"activity.list"_s)->setFocus();
        QTest::keyClick(open.window.get(), Qt::Key_F6);
        QVERIFY(drawer->isAncestorOf(open.window->focusWidget()));
        QTest::keyClick(open.window.get(), Qt::Key_F6);
        QVERIFY(open.view()->header()->isAncestorOf(open.window->focusWidget()));
        QTest::keyClick(open.window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(drawer->isAncestorOf(open.window->focusWidget()));
        QTest::keyClick(open.window.get(), Qt::Key_Escape);
        QTRY_VERIFY(!drawer->isVisible());
        QCOMPARE(open.window->focusWidget(), open.find<QWidget>(u"activity.list"_s));
    }

    /// Every control of every page is reached by Tab, and Tab comes round.
    void tabReachesEveryControl()
    {
        test::OpenWindow open;
        QApplication::setActiveWindow(open.window.get());
        for (const PageId id : {PageId::Overview, PageId::Accounts, PageId::Send, PageId::Receive,
                                PageId::Activity, PageId::Network}) {
            open.view()->go({id, {}, {}, {}, {}});
            test::settle(20);
            QSet<QWidget*> wanted;
            for (auto* widget : open.window->findChildren<QWidget*>()) {
                const bool part = widget->objectName().startsWith("qt_"_L1) || widget->focusProxy();
                if (widget->isVisible() && widget->isEnabled() && !part &&
                    widget->focusPolicy() & Qt::TabFocus)
                    wanted.insert(widget);
            }
            QSet<const QButtonGroup*> groups;
            const auto count = wanted.size();
            for (int i = 0; i < 3 * count && !wanted.isEmpty(); ++i) {
                if (QWidget* now = open.window->focusWidget()) {
                    wanted.remove(now);
                    if (const auto* button = qobject_cast<QAbstractButton*>(now))
                        groups.insert(button->group());
                }
                QTest::keyClick(open.window->focusWidget() ? open.window->focusWidget()
                                                           : open.window.get(),
                                Qt::Key_Tab);
            }
            QStringList missed;
            for (const auto* widget : wanted) {
                // Arrows reach the other choices of a group.
                const auto* button = qobject_cast<const QAbstractButton*>(widget);
                if (button && button->group() && button->group()->exclusive() &&
                    groups.contains(button->group()))
                    continue;
                missed << widget->objectName();
            }
            QCOMPARE(missed.join(u' '), QString());
        }
    }

    void theLanguageChangesAtOnce()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Settings, {}, {}, {}, {}});
        auto* language = open.find<QComboBox>(u"settings.language"_s);
        language->setFocus();
        QTest::keyClick(language, Qt::Key_End); // Chinese is the last one.
        QTRY_VERIFY(open.window->findChild<QToolButton*>(u"sidebar.send"_s) &&
                    open.window->findChild<QToolButton*>(u"sidebar.send"_s)->text() == u"发送"_s);
        setLanguage(u"en"_s);
    }

    void receiveShowsTheAddressOfTheChosenAccount()
    {
        test::OpenWindow open;
        open.fake.state().latencyMs = 20; // As the engine: never within the same turn.
        open.view()->go({PageId::Receive, u"account-2"_s, {}, {}, {}});
        auto* page = open.window->findChild<ReceivePage*>();
        QVERIFY(page);
        const auto accountOf = [&](const QString& address) {
            for (const auto& each : open.fake.state().wallet(u"Savings"_s)->addresses)
                if (each.address == address)
                    return each.account;
            return QString();
        };
        QTRY_COMPARE(accountOf(page->address()), u"account-2"_s);
        auto* accounts = open.find<QComboBox>(u"receive.account"_s);
        accounts->setCurrentIndex(0);
        accounts->setCurrentIndex(1);
        accounts->setCurrentIndex(0);
        QTRY_COMPARE(accountOf(page->address()), u"account-1"_s);
        test::settle(60); // No late answer of the other account.
        QCOMPARE(accountOf(page->address()), u"account-1"_s);
    }

    void aPassphraseIsTypedTwice()
    {
        test::FakeApi fake;
        MainWindow window(fake.api(), {});
        window.show();
        window.shell()->startPage()->showCreate();
        auto* flow = window.shell()->startPage()->createFlow();
        const auto type = [&](const QString& name, const QString& text) {
            QTest::keyClicks(window.findChild<PassphraseEdit*>(name), text);
        };
        type(u"create.password"_s, u"secret pass"_s);
        type(u"create.repeat"_s, u"secret pass"_s);
        window.findChild<QAbstractButton*>(u"create.with_passphrase"_s)->click();
        auto* create = window.findChild<QPushButton*>(u"create.create"_s);
        create->click(); // Empty is not "none".
        type(u"create.passphrase"_s, u"extra"_s);
        create->click();
        type(u"create.passphrase_again"_s, u"extar"_s);
        create->click();
        test::settle(20);
        QCOMPARE(flow->step(), CreateFlow::Step::Password);
        window.findChild<PassphraseEdit*>(u"create.passphrase_again"_s)->clear();
        type(u"create.passphrase_again"_s, u"extra"_s);
        create->click();
        QTRY_COMPARE(flow->step(), CreateFlow::Step::Words);
    }

    void idlenessLocksEveryWallet()
    {
        test::OpenWindow open;
        open.fake.addSampleWallet(u"Second"_s);
        open.fake.unlock(u"Second"_s);
        auto* lock = open.window->shell()->findChild<AutoLock*>();
        Q_EMIT lock->lockNow();
        QTRY_VERIFY(!open.fake.state().wallet(u"Savings"_s)->info.unlocked);
        QTRY_VERIFY(!open.fake.state().wallet(u"Second"_s)->info.unlocked);
    }

    void testCoinsAreOnlyThereOnThePlayground()
    {
        test::OpenWindow real;
        real.view()->go({PageId::Receive, {}, {}, {}, {}});
        QVERIFY(!real.find<QPushButton>(u"receive.test_coins"_s)->isVisible());
        test::OpenWindow local(u"regtest"_s);
        local.view()->go({PageId::Receive, {}, {}, {}, {}});
        QVERIFY(local.find<QPushButton>(u"receive.test_coins"_s)->isVisible());
        QTRY_VERIFY(!local.window->findChild<ReceivePage*>()->address().isEmpty());
        local.press(u"receive.test_coins"_s);
        QTRY_COMPARE(local.find<QLabel>(u"receive.status"_s)->text(),
                     u"Seen, waiting for a block"_s);
        local.fake.mineBlock();
        QTRY_VERIFY(local.find<QLabel>(u"receive.status"_s)->text().startsWith(u"Received"_s));
    }
};

COFFER_UI_TEST_MAIN(PagesTest)
#include "pages_test.moc"
