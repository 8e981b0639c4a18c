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

#include <QCheckBox>
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
