// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: nothing is signed that was not shown, and nothing by accident. Method: the whole flow over
// the fake engine, with real key events where keys matter; the fake counts what was signed.
#include "tests/ui/open_window.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/send/compose_view.h"
#include "ui/send/fee_chooser.h"
#include "ui/send/recipient_row.h"
#include "ui/send/review_view.h"
#include "ui/send/send_page.h"
#include "ui/send/sign_view.h"
#include "ui/widgets/inline_message.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;

namespace {

/// A window on the Send page.
struct Sending : test::OpenWindow
{
    Sending()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        view()->go({PageId::Send, {}, {}, {}, {}});
        page = qobject_cast<SendPage*>(view()->currentPage());
    }

    void compose(const QString& address, const QString& amount)
    {
        find<QLineEdit>(u"send.to"_s)->setText(address);
        QTRY_COMPARE(page->compose()->recipient(0)->address(), address);
        find<QLineEdit>(u"send.amount"_s)->setText(amount);
    }

    void review(const QString& address, const QString& amount)
    {
        compose(address, amount);
        QTRY_VERIFY(page->compose()->isComplete());
        press(u"send.continue"_s);
        QTRY_COMPARE(page->step(), SendPage::Step::Review);
    }

    void typePassword()
    {
        QTRY_COMPARE(page->step(), SendPage::Step::Sign);
        QTest::keyClicks(page->signView()->passwordField(), u"correct"_s);
    }

    SendPage* page = nullptr;
};

} // namespace

class SendFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void paysWhatWasShown()
    {
        Sending s;
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        const auto shown = *s.page->prepared();
        QVERIFY(s.page->review()->signButton()->isEnabled()); // A warning does not block.
        s.press(u"review.sign"_s);
        s.typePassword();
        s.press(u"sign.confirm"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Sent);
        QCOMPARE(s.fake.state().confirms, 1);
        QCOMPARE(s.fake.state().signedPayments[0].intent, shown.intent);
        QCOMPARE(s.fake.state().signedPayments[0].total, shown.total);
        s.fake.mineBlock();
        QTRY_COMPARE(s.find<QLabel>(u"sent.title"_s)->text(), u"Payment confirmed"_s);
    }

    void aDangerBlocksUntilItsBoxIsTicked()
    {
        Sending s;
        s.review(s.fake.lookAlikeAddress(), u"0,01"_s);
        QVERIFY(!s.page->review()->signButton()->isEnabled());
        s.page->stepForward(); // Ctrl+Enter does not get past it either.
        QCOMPARE(s.page->step(), SendPage::Step::Review);
        auto* box = s.find<QCheckBox>(u"review.acknowledge1"_s);
        box->setChecked(true);
        QVERIFY(s.page->review()->signButton()->isEnabled());
        box->setChecked(false);
        QVERIFY(!s.page->review()->signButton()->isEnabled());
        box->setChecked(true);
        s.press(u"review.sign"_s);
        s.typePassword();
        s.press(u"sign.confirm"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Sent);
    }

    void enterNeverSigns()
    {
        Sending s;
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        for (const auto key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space}) {
            QWidget* focus = s.window->focusWidget() ? s.window->focusWidget() : s.window.get();
            QTest::keyClick(focus, key);
            QCOMPARE(s.page->step(), SendPage::Step::Review);
        }
        s.press(u"review.sign"_s);
        s.typePassword();
        QTest::keyClick(s.page->signView()->passwordField(), Qt::Key_Return);
        QTest::keyClick(s.page->signView()->passwordField(), Qt::Key_Return, Qt::ControlModifier);
        s.page->stepForward();
        QTest::keyClick(s.page->signView()->signButton(), Qt::Key_Return);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(s.page->step(), SendPage::Step::Sign);
        QCOMPARE(s.fake.state().confirms, 0);
        QTest::keyClick(s.page->signView()->signButton(), Qt::Key_Space); // The button itself does.
        QTRY_COMPARE(s.fake.state().confirms, 1);
    }

    void aChangedNumberIsNeverSigned()
    {
        Sending s;
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        const auto before = *s.page->prepared();
        s.press(u"review.sign"_s);
        s.typePassword();
        s.fake.state().fees.normal->milliSatPerVb = 50'000;
        s.page->compose()->findChild<FeeChooser*>()->refresh();
        QTRY_COMPARE(s.page->compose()->draft().feeRateMilliSatPerVb.value(), 50'000);
        s.page->setAgeForTest(61'000);
        s.press(u"sign.confirm"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Review);
        QCOMPARE(s.fake.state().confirms, 0);
        QVERIFY(s.page->prepared()->fee != before.fee);
        QVERIFY(s.page->signView()->passwordField()->isEmpty());
        s.press(u"review.sign"_s);
        s.typePassword();
        s.press(u"sign.confirm"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Sent);
        QCOMPARE(s.fake.state().signedPayments[0].fee, money::Amount(7'000));
    }

    void anOldQuoteThatHoldsIsSigned()
    {
        Sending s;
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        const auto before = *s.page->prepared();
        s.page->setAgeForTest(61'000);
        s.press(u"review.sign"_s);
        s.typePassword();
        s.press(u"sign.confirm"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Sent);
        QCOMPARE(s.fake.state().signedPayments[0].fee, before.fee);
        QVERIFY(s.fake.state().signedPayments[0].intent != before.intent);
    }

    void aWrongPasswordKeepsTheDraft()
    {
        Sending s;
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        s.press(u"review.sign"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Sign);
        QTest::keyClicks(s.page->signView()->passwordField(), u"wrong"_s);
        s.press(u"sign.confirm"_s);
        QTRY_VERIFY(s.page->signView()->passwordField()->isEmpty());
        QCOMPARE(s.page->step(), SendPage::Step::Sign);
        QCOMPARE(s.fake.state().confirms, 0);
        QVERIFY(s.page->hasDraft());
        QTest::keyClicks(s.page->signView()->passwordField(), u"correct"_s);
        s.press(u"sign.confirm"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Sent);
    }

    void aFailedPrepareKeepsTheForm()
    {
        Sending s;
        s.compose(s.fake.strangerAddress(), u"5000"_s);
        QTRY_VERIFY(s.page->compose()->isComplete());
        s.press(u"send.continue"_s);
        auto* message = s.find<QWidget>(u"send.compose_message"_s);
        QTRY_VERIFY(message->isVisibleTo(s.page->compose()));
        QCOMPARE(s.page->step(), SendPage::Step::Compose);
        QCOMPARE(s.page->compose()->recipient(0)->address(), s.fake.strangerAddress());
    }

    void theFeeIsEstimatedWithoutAnIntent()
    {
        Sending s;
        const auto texts = [&s] {
            QStringList all;
            for (const auto* label : s.find<QWidget>(u"send.summary"_s)->findChildren<QLabel*>())
                if (label->isVisible())
                    all << withoutIsolates(label->text());
            return all.join(u'|');
        };
        const auto written = [&s](std::int64_t satoshi) {
            return withoutIsolates(
                s.window->session()->amount(money::Amount(satoshi), money::Currency::bitcoin()));
        };
        s.compose(s.fake.strangerAddress(), u"0,01"_s);
        QTRY_VERIFY2(texts().contains(written(1'204)), qPrintable(texts())); // 8.6 sat/vB, 140 vB.
        QVERIFY(texts().contains(written(1'001'204)));
        QCOMPARE(s.fake.state().prepares, 0);
        QVERIFY(s.fake.state().wallet(u"Savings"_s)->prepared.empty());
        // What it came to is gone as soon as it is about something else.
        s.find<QLineEdit>(u"send.amount"_s)->setText(u"5000"_s);
        QVERIFY(!texts().contains(written(1'204)));
        auto* note = s.find<QLabel>(u"send.summary_note"_s);
        QTRY_VERIFY(note->isVisible() && note->text().contains(u"enough"_s));
        s.press(u"send.max"_s);
        QTRY_VERIFY2(texts().contains(written(1'204)), qPrintable(texts()));
        QCOMPARE(s.fake.state().prepares, 0);
    }

    void theReviewSaysBlocksOfASpeedOnly()
    {
        Sending s;
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        QVERIFY(s.find<QLabel>(u"review.fee_rate"_s)->text().contains(u"~6"_s));
        QVERIFY(s.page->stepBack());
        s.press(u"send.fee_custom"_s);
        s.find<QLineEdit>(u"send.fee_rate"_s)->setText(u"3,5"_s);
        s.press(u"send.continue"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Review);
        QLabel* rate = nullptr;
        for (auto* label : s.page->review()->findChildren<QLabel*>(u"review.fee_rate"_s))
            rate = label->isVisible() ? label : rate;
        QVERIFY(rate && rate->text().contains(u"3,5"_s) && !rate->text().contains(u'~'));
    }

    void goingBackFreesTheCoins()
    {
        Sending s;
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        QCOMPARE(s.fake.state().wallet(u"Savings"_s)->prepared.size(), 1U);
        QVERIFY(s.page->stepBack());
        QTRY_VERIFY(s.fake.state().wallet(u"Savings"_s)->prepared.empty());
    }

    void theReviewSaysWhatEverythingLeaves()
    {
        Sending s;
        s.find<QLineEdit>(u"send.to"_s)->setText(s.fake.strangerAddress());
        QTRY_VERIFY(!s.page->compose()->recipient(0)->address().isEmpty());
        s.press(u"send.max"_s);
        s.press(u"send.continue"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Review);
        auto* left = s.find<InlineMessage>(u"review.left"_s);
        QVERIFY(left->isVisible());
        QVERIFY2(left->text().contains(u"1 frozen coin"_s), qPrintable(left->text()));
        QVERIFY(left->text().contains(u"0,021"_s));
        QCOMPARE(s.page->prepared()->left.size(), 1U);
    }

    void aPaymentThatNobodyTookIsOfferedAgain()
    {
        Sending s;
        s.fake.state().peersThatTake = 0;
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        s.press(u"review.sign"_s);
        s.typePassword();
        s.press(u"sign.confirm"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Sent);
        auto* retry = s.find<QPushButton>(u"sent.retry"_s);
        QVERIFY(retry->isVisible());
        QVERIFY(s.find<QPushButton>(u"sent.save"_s)->isVisible());
        QVERIFY(!s.find<QWidget>(u"sent.node"_s)->isVisible());
        s.fake.state().node.offline = true;
        s.fake.node().publish();
        QVERIFY(s.find<QWidget>(u"sent.node"_s)->isVisible());
        s.fake.state().node.offline = false;
        s.fake.node().publish();
        s.fake.state().peersThatTake = 2;
        retry->click();
        QTRY_COMPARE(s.fake.state().sentAgain, 1);
        QTRY_VERIFY(!retry->isVisible());
        QVERIFY(!s.find<QPushButton>(u"sent.save"_s)->isVisible());
        QCOMPARE(s.fake.state().confirms, 1); // Nothing was signed again.
    }

    void aSignedTransactionIsSavedAsItIs()
    {
        Sending s;
        s.fake.state().peersThatTake = 0;
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        s.press(u"review.sign"_s);
        s.typePassword();
        s.press(u"sign.confirm"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Sent);
        s.press(u"sent.save"_s);
        auto* dialog = s.window->findChild<QFileDialog*>();
        QVERIFY(dialog);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"payment.txn"_s);
        Q_EMIT dialog->fileSelected(path);
        dialog->reject();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("02000000"));
    }

    void discreetAmountsAreSeenBeforeTheyAreSigned()
    {
        Sending s;
        s.window->session()->changeSettings(
            [](api::SettingsSnapshot& settings) { settings.discreet = true; });
        s.review(s.fake.lookAlikeAddress(), u"0,01"_s);
        static const QRegularExpression number(u"\\d\\W{0,3}BTC"_s);
        const auto shown = [&s] {
            for (const auto* label : s.page->findChildren<QLabel*>())
                if (label->isVisible() && number.match(label->text()).hasMatch())
                    return true;
            return false;
        };
        QVERIFY(!shown());
        s.press(u"review.acknowledge1"_s);
        QVERIFY(!s.page->review()->signButton()->isEnabled());
        s.page->stepForward();
        QCOMPARE(s.page->step(), SendPage::Step::Review);
        s.press(u"review.reveal"_s);
        QTRY_VERIFY(shown());
        QVERIFY(s.page->review()->signButton()->isEnabled()); // What was ticked stays ticked.
        QVERIFY(s.window->session()->settings().discreet);
        s.press(u"review.sign"_s);
        s.typePassword();
        QTRY_VERIFY(shown());
        // Hidden again on the way: nothing is signed until it is seen.
        for (const bool discreet : {false, true})
            s.window->session()->changeSettings(
                [discreet](api::SettingsSnapshot& settings) { settings.discreet = discreet; });
        QTRY_VERIFY(!s.page->signView()->signButton()->isEnabled());
        QVERIFY(!shown());
        s.press(u"sign.reveal"_s);
        s.press(u"sign.confirm"_s);
        QTRY_COMPARE(s.page->step(), SendPage::Step::Sent);
        QTRY_VERIFY(shown());
        s.press(u"sent.again"_s);
        s.review(s.fake.strangerAddress(), u"0,01"_s);
        QVERIFY(!shown()); // Asked for that payment only.
    }

    void aWalletWithoutAccountsSaysSo()
    {
        Sending s;
        s.fake.state().wallet(u"Savings"_s)->accounts.clear();
        s.fake.publish(u"Savings"_s);
        auto* nobody = s.find<QWidget>(u"send.nobody"_s);
        QTRY_VERIFY(nobody->isVisible());
        QVERIFY(!s.find<QWidget>(u"send.to"_s)->isVisible());
        QVERIFY(s.find<QWidget>(u"send.open_psbt"_s)->isVisible());
        s.press(u"send.nobody_add"_s);
        QCOMPARE(s.view()->currentId(), PageId::Accounts);
    }

    void beingOfflineIsSaidWhereItMatters()
    {
        Sending s;
        QVERIFY(!s.find<QWidget>(u"send.node"_s)->isVisible());
        s.fake.state().node.stage = api::NodeStage::Scanning;
        s.fake.state().node.progressPermille = 830;
        s.fake.node().publish();
        auto* note = s.find<InlineMessage>(u"send.node"_s);
        QTRY_VERIFY(note->isVisible());
        QVERIFY(note->text().contains(u"83"_s));
        s.fake.state().node.offline = true;
        s.fake.node().publish();
        QVERIFY(note->text().contains(u"offline"_s));
        s.view()->go({PageId::Receive, {}, {}, {}, {}});
        QVERIFY(s.find<QWidget>(u"receive.node"_s)->isVisible());
    }

    void seedWordsAreRefusedAndNotKept()
    {
        Sending s;
        s.find<QLineEdit>(u"send.to"_s)
            ->setText(u"abandon abandon abandon abandon abandon abandon abandon abandon abandon "
                      "abandon abandon about"_s);
        QTRY_VERIFY(s.find<QLineEdit>(u"send.to"_s)->text().isEmpty());
        QVERIFY(s.find<QWidget>(u"send.to_problem"_s)->isVisible());
    }

    void bumpAndCancelStartAtTheReview()
    {
        Sending s;
        const QString txid = s.fake.state().wallet(u"Savings"_s)->rows[0].txid;
        s.view()->go({PageId::Send, {}, {}, txid, Destination::Action::Bump});
        QTRY_COMPARE(s.page->step(), SendPage::Step::Review);
        QCOMPARE(s.page->prepared()->replaces, txid);
        QVERIFY(s.page->stepBack());
        QCOMPARE(s.page->step(), SendPage::Step::Compose);
        s.view()->go({PageId::Send, {}, {}, txid, Destination::Action::Cancel});
        QTRY_COMPARE(s.page->step(), SendPage::Step::Review);
    }

    void feeRatesAreReadInWholeThousandths_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("rate");
        QTest::newRow("plain") << u"12"_s << qint64(12'000);
        QTest::newRow("comma") << u"12,4"_s << qint64(12'400);
        QTest::newRow("point") << u"1.001"_s << qint64(1'001);
        QTest::newRow("too fine") << u"1.0001"_s << qint64(-1);
        QTest::newRow("sign") << u"-1"_s << qint64(-1);
        QTest::newRow("nothing") << u""_s << qint64(-1);
        QTest::newRow("zero") << u"0"_s << qint64(-1);
        QTest::newRow("absurd") << u"10001"_s << qint64(-1);
    }

    void feeRatesAreReadInWholeThousandths()
    {
        QFETCH(QString, text);
        QFETCH(qint64, rate);
        QCOMPARE(parseFeeRate(text).value_or(-1), rate);
    }
};

COFFER_UI_TEST_MAIN(SendFlowTest)
#include "send_flow_test.moc"
