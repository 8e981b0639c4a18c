// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: every page can be used by keyboard and by assistive programs, and the ways in and out of a
// wallet hold. Method: the whole window over the fake engine, offscreen.
#include "tests/ui/open_window.h"
#include "ui/dialogs/change_password_dialog.h"
#include "ui/pages/receive_page.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/secret/secret_words_view.h"
#include "ui/secret/word_list.h"
#include "ui/secret/words_edit.h"
#include "ui/shell/auto_lock.h"
#include "ui/shell/sidebar.h"
#include "ui/start/create_flow.h"
#include "ui/start/restore_flow.h"
#include "ui/start/start_page.h"
#include "ui/start/unlock_page.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSet>
#include <QTabWidget>
#include <QToolButton>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;

namespace {

/// What is wrong with the names of what can be focused and seen below `root`.
QStringList nameFaults(QWidget* root)
{
    QStringList faults;
    QSet<QString> seen;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        if (widget->objectName().startsWith("qt_"_L1) || widget->focusProxy())
            continue; // Parts that Qt makes inside its own controls.
        const QString name = widget->objectName();
        const QString label =
            QStringLiteral("%1 “%2”").arg(QLatin1String(widget->metaObject()->className()), name);
        if (!name.contains(u'.'))
            faults << label + u": no object name"_s;
        else if (seen.contains(name))
            faults << label + u": object name twice"_s;
        seen.insert(name);
        if (widget->accessibleName().isEmpty())
            faults << label + u": no accessible name"_s;
    }
    return faults;
}

} // namespace

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
        local.press(u"receive.test_coins"_s);
        QTRY_COMPARE(local.find<QLabel>(u"receive.status"_s)->text(),
                     u"Seen, waiting for a block"_s);
        local.fake.mineBlock();
        QTRY_VERIFY(local.find<QLabel>(u"receive.status"_s)->text().startsWith(u"Received"_s));
    }
};

COFFER_UI_TEST_MAIN(PagesTest)
#include "pages_test.moc"
