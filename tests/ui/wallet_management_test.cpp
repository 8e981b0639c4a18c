// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: wallets come in from files and words, change their names and go, by keyboard alone and
// never by accident. Method: the whole window over the fake engine, offscreen.
#include "tests/ui/open_window.h"
#include "tests/ui/page_faults.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/secret/words_edit.h"
#include "ui/shell/jobs_popover.h"
#include "ui/start/create_flow.h"
#include "ui/start/open_file_flow.h"
#include "ui/start/restore_flow.h"
#include "ui/start/start_page.h"
#include "ui/widgets/inline_message.h"

#include <QComboBox>
#include <QDialog>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QUrl>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;
using test::heightFaults;
using test::nameFaults;

namespace {

/// A window without a wallet, in English.
struct EmptyWindow
{
    EmptyWindow()
    {
        fake.state().settings.language = u"en"_s;
        window = std::make_unique<MainWindow>(fake.api(), WindowOptions{});
        window->show();
        QApplication::setActiveWindow(window.get());
    }
    StartPage* start() const { return window->shell()->startPage(); }
    template <typename Widget>
    Widget* find(const QString& name) const
    {
        return window->findChild<Widget*>(name);
    }
    void type(const QString& name, const QString& text) const
    {
        QTest::keyClicks(find<PassphraseEdit>(name), text);
    }
    QString message(const QString& name) const
    {
        auto* found = find<InlineMessage>(name);
        return found && found->isVisible() ? found->text() : QString();
    }
    QString focused() const
    {
        auto* widget = window->focusWidget();
        return widget ? widget->objectName() : QString();
    }
    void typeWords() const
    {
        auto* words = find<WordsEdit>(u"restore.words"_s);
        for (int i = 0; i < 11; ++i)
            QTest::keyClicks(words, u"abandon "_s);
        QTest::keyClicks(words, u"about"_s);
        type(u"restore.password"_s, u"pw"_s);
        type(u"restore.repeat"_s, u"pw"_s);
    }

    test::FakeApi fake;
    std::unique_ptr<MainWindow> window;
};

} // namespace

class WalletManagementTest : public QObject
{
    Q_OBJECT

private:
    template <typename Widget>
    static void waitFor(QWidget* window, const QString& name)
    {
        QTRY_VERIFY(window->findChild<Widget*>(name) &&
                    window->findChild<Widget*>(name)->isVisible());
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void aFileIsOpened()
    {
        EmptyWindow open;
        open.find<QAbstractButton>(u"start.open_file"_s)->click();
        QCOMPARE(open.focused(), u"open.file"_s);
        QTest::keyClicks(open.find<QLineEdit>(u"open.file"_s), u"/media/stick/Old money.coffer"_s);
        QTest::keyClick(open.find<QLineEdit>(u"open.file"_s), Qt::Key_Return);
        QCOMPARE(open.focused(), u"open.password"_s);
        QCOMPARE(open.find<QLineEdit>(u"open.name"_s)->text(), u"Old money"_s);
        open.type(u"open.password"_s, u"wrong"_s);
        QTest::keyClick(open.find<PassphraseEdit>(u"open.password"_s), Qt::Key_Return);
        QTRY_VERIFY(open.message(u"open.message"_s).startsWith(u"This is not the password"_s));
        QCOMPARE(open.focused(), u"open.password"_s);
        open.type(u"open.password"_s, u"correct"_s);
        QTest::keyClick(open.find<PassphraseEdit>(u"open.password"_s), Qt::Key_Return);
        QTRY_COMPARE(open.window->shell()->mode(), Shell::Mode::Wallet);
        QCOMPARE(open.fake.state().importedFile, u"/media/stick/Old money.coffer"_s);
        QCOMPARE(open.window->session()->wallet(), u"Old money"_s);
    }

    void aFileThatIsNoneIsSaidInWords_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        const auto row = [](base::ErrorCode code, const char* words) {
            QTest::newRow(words) << int(code) << QString::fromUtf8(words);
        };
        row(base::ErrorCode::Damaged, "This is no wallet file");
        row(base::ErrorCode::WrongNetwork, "This wallet belongs to another network");
        row(base::ErrorCode::NotFound, "There is no such file");
        row(base::ErrorCode::InUse, "Another program has this wallet open");
        row(base::ErrorCode::Conflict, "This very wallet is here already");
        row(base::ErrorCode::VersionTooNew, "A newer version of Coffer");
        row(base::ErrorCode::AlreadyExists, "There is already one of that name");
        row(base::ErrorCode::DiskFull, "There is no space left");
    }
    void aFileThatIsNoneIsSaidInWords()
    {
        QFETCH(int, code);
        QFETCH(QString, words);
        EmptyWindow open;
        open.start()->showOpenFile(u"/tmp/x.coffer"_s);
        open.type(u"open.password"_s, u"correct"_s);
        open.fake.state().nextImportError = base::Error{base::ErrorCode(code), "test"};
        open.find<QPushButton>(u"open.open"_s)->click();
        QTRY_VERIFY2(open.message(u"open.message"_s).startsWith(words),
                     qPrintable(open.message(u"open.message"_s)));
        QTRY_COMPARE(heightFaults(open.window.get()).join(u'\n'), QString());
        QCOMPARE(open.window->shell()->mode(), Shell::Mode::Start);
    }

    void aDroppedFileIsTaken()
    {
        EmptyWindow open;
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/tmp/Dropped.coffer"_s)});
        // Qt sends what is dropped to where it entered.
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton,
                              Qt::NoModifier);
        QCoreApplication::sendEvent(open.start(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(open.start(), &drop);
        QVERIFY(open.start()->openFlow());
        QCOMPARE(open.find<QLineEdit>(u"open.file"_s)->text(), u"/tmp/Dropped.coffer"_s);
        QCOMPARE(open.find<QLineEdit>(u"open.name"_s)->text(), u"Dropped"_s);
        QCOMPARE(open.focused(), u"open.password"_s);
    }

    void theLanguageOfTheWordsIsAsked()
    {
        EmptyWindow open;
        open.fake.state().phraseLanguages = {u"english"_s, u"french"_s};
        open.start()->showRestore();
        open.typeWords();
        auto* start = open.find<QPushButton>(u"restore.start"_s);
        start->click();
        auto* language = open.find<QComboBox>(u"restore.phrase_language"_s);
        QTRY_VERIFY(language->isVisible());
        QCOMPARE(nameFaults(open.window.get()), QStringList());
        QTRY_COMPARE(heightFaults(open.window.get()).join(u'\n'), QString());
        start->click(); // Nothing chosen: nothing is decided for the person.
        test::settle(20);
        QVERIFY(open.fake.state().wallets.empty());
        QCOMPARE(open.focused(), u"restore.phrase_language"_s);
        language->setCurrentIndex(language->findData(u"french"_s));
        QCOMPARE(language->currentText(), u"Français"_s);
        start->click();
        QTRY_COMPARE(open.window->shell()->mode(), Shell::Mode::Wallet);
        QCOMPARE(open.fake.state().restoredLanguage, u"french"_s);
    }

    void oneLanguageIsNotAsked()
    {
        EmptyWindow open;
        open.start()->showRestore();
        open.typeWords();
        QTest::keyClick(open.find<PassphraseEdit>(u"restore.repeat"_s), Qt::Key_Return);
        QTRY_COMPARE(open.window->shell()->mode(), Shell::Mode::Wallet);
        QCOMPARE(open.fake.state().restoredLanguage, u"english"_s);
    }

    void theSearchForAccountsIsSeen()
    {
        test::OpenWindow open;
        auto* wallet = open.fake.state().wallet(u"Savings"_s);
        wallet->info.searching = true;
        const int before = int(wallet->accounts.size());
        open.fake.publish(u"Savings"_s);
        auto* session = open.window->session();
        QTRY_COMPARE(session->jobs().size(), std::size_t{1});
        QVERIFY(session->jobs().begin()->second.contains(QString::number(before)));
        QSignalSpy noticed(session, &Session::noticed);
        auto account = wallet->accounts.front();
        account.id = u"found"_s;
        account.name = u"Legacy"_s;
        wallet->accounts.push_back(account);
        open.fake.publish(u"Savings"_s);
        QTRY_COMPARE(noticed.size(), 1);
        QCOMPARE(noticed.front().front().value<Notice>().text, u"Legacy"_s);
        QVERIFY(session->jobs().begin()->second.contains(QString::number(before + 1)));
        wallet->info.searching = false;
        open.fake.publish(u"Savings"_s);
        QTRY_VERIFY(session->jobs().empty());
    }

    void theStartIsUsedByKeyboard()
    {
        EmptyWindow open;
        QTRY_COMPARE(open.focused(), u"start.create"_s);
        open.start()->showCreate();
        QCOMPARE(open.focused(), u"create.name"_s);
        const auto enter = [&] { QTest::keyClick(open.window->focusWidget(), Qt::Key_Return); };
        enter();
        QCOMPARE(open.focused(), u"create.password"_s);
        QTest::keyClick(open.window->focusWidget(), Qt::Key_Escape);
        QCOMPARE(open.focused(), u"start.create"_s);
        test::settle(20); // The page that was left is gone.
        open.start()->showRestore();
        QCOMPARE(open.focused(), u"restore.words"_s);
        QTest::keyClick(open.window->focusWidget(), Qt::Key_Escape);
        open.start()->showWatch();
        QCOMPARE(open.focused(), u"watch.descriptor"_s);
        QTest::keyClick(open.window->focusWidget(), Qt::Key_Escape);
        open.start()->showCreate();
        enter();
        open.type(u"create.password"_s, u"secret pass"_s);
        enter();
        QCOMPARE(open.focused(), u"create.repeat"_s);
        open.type(u"create.repeat"_s, u"secret pass"_s);
        enter();
        QTRY_COMPARE(open.start()->createFlow()->step(), CreateFlow::Step::Words);
        // The wallet exists and its words are still to be written down: Esc leaves nothing behind.
        QTest::keyClick(open.window->focusWidget(), Qt::Key_Escape);
        QCOMPARE(open.start()->createFlow()->step(), CreateFlow::Step::Words);
    }

    void escapeDropsNothingSilently()
    {
        EmptyWindow open;
        open.start()->showRestore();
        QTest::keyClicks(open.find<WordsEdit>(u"restore.words"_s), u"abandon "_s);
        QTest::keyClick(open.find<WordsEdit>(u"restore.words"_s), Qt::Key_Escape);
        waitFor<QDialog>(open.window.get(), u"start_leave.dialog"_s);
        open.find<QPushButton>(u"start_leave.cancel"_s)->click();
        QVERIFY(open.start()->restoreFlow());
        QTest::keyClick(open.find<WordsEdit>(u"restore.words"_s), Qt::Key_Escape);
        test::settle(20);
        waitFor<QDialog>(open.window.get(), u"start_leave.dialog"_s);
        open.find<QPushButton>(u"start_leave.confirm"_s)->click();
        QVERIFY(!open.start()->restoreFlow());
    }

    void aWalletIsRenamed()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Settings, {}, {}, {}, {}});
        open.press(u"settings.rename_wallet"_s);
        waitFor<QDialog>(open.window.get(), u"rename_wallet.dialog"_s);
        QCOMPARE(nameFaults(open.find<QDialog>(u"rename_wallet.dialog"_s)), QStringList());
        auto* action = open.find<QPushButton>(u"rename_wallet.action"_s);
        QTest::keyClicks(open.find<PassphraseEdit>(u"rename_wallet.password"_s), u"correct"_s);
        QVERIFY(!action->isEnabled()); // The name it has already.
        open.find<QLineEdit>(u"rename_wallet.name"_s)->setText(u"Rainy day"_s);
        QVERIFY(action->isEnabled());
        action->click();
        QTRY_COMPARE(open.window->session()->wallet(), u"Rainy day"_s);
        QTRY_VERIFY(open.window->windowTitle().startsWith(u"Rainy day"_s));
        QCOMPARE(open.window->shell()->mode(), Shell::Mode::Wallet);
    }

    void deletingTakesPasswordAndName_data()
    {
        QTest::addColumn<bool>("backedUp");
        QTest::newRow("backed up") << true;
        QTest::newRow("not backed up") << false;
    }
    void deletingTakesPasswordAndName()
    {
        QFETCH(bool, backedUp);
        test::OpenWindow open;
        open.fake.state().wallet(u"Savings"_s)->info.backedUp = backedUp;
        open.fake.publish(u"Savings"_s);
        open.view()->go({PageId::Settings, {}, {}, {}, {}});
        open.press(u"settings.delete_wallet"_s);
        waitFor<QDialog>(open.window.get(), u"delete_wallet.dialog"_s);
        auto* dialog = open.find<QDialog>(u"delete_wallet.dialog"_s);
        QCOMPARE(nameFaults(dialog), QStringList());
        QTRY_COMPARE(heightFaults(dialog).join(u'\n'), QString());
        auto* action = open.find<QPushButton>(u"delete_wallet.action"_s);
        auto* password = open.find<PassphraseEdit>(u"delete_wallet.password"_s);
        auto* again = dialog->findChild<QLineEdit*>(u"delete_wallet.name_again"_s);
        QCOMPARE(again == nullptr, backedUp);
        QTest::keyClicks(password, u"wrong"_s);
        QVERIFY(!action->isEnabled());
        open.find<QLineEdit>(u"delete_wallet.name"_s)->setText(u"savings"_s);
        QVERIFY(!action->isEnabled());
        open.find<QLineEdit>(u"delete_wallet.name"_s)->setText(u"Savings"_s);
        QCOMPARE(action->isEnabled(), backedUp);
        if (again)
            again->setText(u"Savings"_s);
        action->click();
        QTRY_VERIFY(open.find<InlineMessage>(u"delete_wallet.message"_s)->isVisible());
        QCOMPARE(open.fake.state().wallets.size(), std::size_t{1});
        QTest::keyClicks(password, u"correct"_s);
        action->click();
        QTRY_VERIFY(open.fake.state().wallets.empty());
        QTRY_COMPARE(open.window->shell()->mode(), Shell::Mode::Start);
    }

    void limitsAskForThePasswordOnlyToAllowMore()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Settings, {}, {}, {}, {}});
        const auto save = [&](const QString& perDay) {
            open.press(u"settings.limits"_s);
            waitFor<QDialog>(open.window.get(), u"limits.dialog"_s);
            QCOMPARE(nameFaults(open.find<QDialog>(u"limits.dialog"_s)), QStringList());
            QTRY_VERIFY(open.find<QPushButton>(u"limits.save"_s)->isEnabled()); // It is known.
            open.find<QLineEdit>(u"limits.per_day"_s)->setText(perDay);
            open.press(u"limits.save"_s);
            test::settle(20);
        };
        save(u"0.5"_s);
        QTRY_VERIFY(open.fake.state().policy.perDay);
        QCOMPARE(*open.fake.state().policy.perDay, money::Amount(50'000'000));
        QTRY_VERIFY(!open.window->findChild<QDialog*>(u"limits.dialog"_s));
        save(QString()); // No limit: more than before.
        auto* password = open.find<PassphraseEdit>(u"limits.password"_s);
        QTRY_VERIFY(password->isVisible());
        QVERIFY(open.fake.state().policy.perDay);
        QTest::keyClicks(password, u"no"_s);
        open.press(u"limits.save"_s);
        QTRY_VERIFY(password->isEmpty());
        QVERIFY(open.fake.state().policy.perDay);
        QTest::keyClicks(password, u"correct"_s);
        open.press(u"limits.save"_s);
        QTRY_VERIFY(!open.fake.state().policy.perDay);
    }

    void limitsRefuseWhatIsNoAmount()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Settings, {}, {}, {}, {}});
        open.press(u"settings.limits"_s);
        waitFor<QDialog>(open.window.get(), u"limits.dialog"_s);
        QTRY_VERIFY(open.find<QPushButton>(u"limits.save"_s)->isEnabled());
        open.find<QLineEdit>(u"limits.per_payment"_s)->setText(u"much"_s);
        open.press(u"limits.save"_s);
        QTRY_VERIFY(open.find<InlineMessage>(u"limits.message"_s)->isVisible());
        QVERIFY(!open.fake.state().policy.perPayment);
    }

    void aRestoreIsRehearsed()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Settings, {}, {}, {}, {}});
        open.press(u"settings.rehearse"_s);
        waitFor<QDialog>(open.window.get(), u"rehearse.dialog"_s);
        auto* dialog = open.find<QDialog>(u"rehearse.dialog"_s);
        QCOMPARE(nameFaults(dialog), QStringList());
        QTRY_COMPARE(heightFaults(dialog).join(u'\n'), QString());
        open.press(u"rehearse.action"_s); // Not complete.
        QTRY_VERIFY(open.find<InlineMessage>(u"rehearse.message"_s)->isVisible());
        auto* words = open.find<WordsEdit>(u"rehearse.words"_s);
        for (int i = 0; i < 11; ++i)
            QTest::keyClicks(words, u"abandon "_s);
        QTest::keyClicks(words, u"about"_s);
        open.press(u"rehearse.action"_s);
        waitFor<QPushButton>(open.window.get(), u"rehearse.close"_s);
        QCOMPARE(open.find<InlineMessage>(u"rehearse.message"_s)->kind(), MessageKind::Ok);
        QCOMPARE(words->wordCount(), 0); // Nothing stays behind.
        QVERIFY(open.fake.state().wallet(u"Savings"_s)->info.rehearsedAtMs > 0);
    }
};

COFFER_UI_TEST_MAIN(WalletManagementTest)
#include "wallet_management_test.moc"
