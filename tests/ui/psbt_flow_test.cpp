// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: a PSBT is shown for what it is, each step is open only when it may be, and nothing is
// signed or sent that was not shown. Method: the window over the fake engine, PSBTs of every state;
// real key events where keys matter; the fake counts what was signed and sent.
#include "tests/ui/open_window.h"
#include "tests/ui/page_faults.h"
#include "ui/psbt/psbt_actions.h"
#include "ui/psbt/psbt_code_dialog.h"
#include "ui/psbt/psbt_source.h"
#include "ui/psbt/psbt_view.h"
#include "ui/scan/qr_reader.h"
#include "ui/scan/scan_sheet.h"
#include "ui/secret/passphrase_edit.h"
#include "ui/send/compose_view.h"
#include "ui/send/recipient_row.h"
#include "ui/send/send_page.h"
#include "ui/send/sign_view.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/mnemonic.h"
#include "ui/widgets/qr_view.h"
#include "ui/widgets/step_indicator.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;
using test::FakePsbts;
using Signed = FakePsbts::Signed;

namespace {

/// A window on the Send page, and ways to bring a PSBT there.
struct Psbts : test::OpenWindow
{
    Psbts()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        view()->go({PageId::Send, {}, {}, {}, {}});
        page = qobject_cast<SendPage*>(view()->currentPage());
    }

    void bring(const QByteArray& bytes)
    {
        view()->go({PageId::Send,
                    {},
                    QString::fromLatin1(bytes.toBase64()),
                    {},
                    Destination::Action::Psbt});
    }
    void open(const QString& kind, Signed by = Signed::Nobody)
    {
        bring(FakePsbts::sample(kind, by));
        QTRY_VERIFY(page->psbt()->isVisible());
        QCOMPARE(page->step(), SendPage::Step::Review);
    }
    void clipboard(const QString& text)
    {
        QGuiApplication::clipboard()->setText(text);
        find<QAction>(u"send.open_psbt.clipboard"_s)->trigger();
    }
    bool enabled(const char* name) const
    {
        return find<QPushButton>(u"psbt."_s + QString::fromLatin1(name))->isEnabled();
    }
    QString said(const QString& name) const
    {
        auto* message = find<InlineMessage>(name);
        return message && message->isVisible() ? message->text() : QString();
    }
    /// Everything that is written below the buttons.
    QString reasons() const
    {
        QStringList all;
        for (const auto* label : find<QWidget>(u"psbt.reasons"_s)->findChildren<QLabel*>())
            if (label->isVisible())
                all << label->text();
        return all.join(u'|');
    }
    QString text(const QString& name) const
    {
        const QLabel* found = nullptr;
        for (const auto* label : page->findChildren<QLabel*>(name))
            found = label->isVisible() ? label : found;
        return found ? withoutIsolates(found->text()) : QString();
    }
    void sign(const char* password = "correct")
    {
        press(u"psbt.sign"_s);
        QTRY_COMPARE(page->step(), SendPage::Step::Sign);
        QTest::keyClicks(page->signView()->passwordField(), QString::fromLatin1(password));
        press(u"sign.confirm"_s);
    }

    SendPage* page = nullptr;
};

QString base64(const QString& kind)
{
    return QString::fromLatin1(FakePsbts::sample(kind).toBase64());
}

} // namespace

class PsbtFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void isReadInEveryForm_data();
    void isReadInEveryForm();
    void whatIsNoneIsNamed_data();
    void whatIsNoneIsNamed();
    void anErrorKeepsTheForm();
    void comesFromAFile();
    void comesFromADroppedFile();
    void comesFromACode();
    void aPastedOneIsNoAddress();
    void showsWhoseCoinsGoIn();
    void everyStateSaysWhatIsOpen_data();
    void everyStateSaysWhatIsOpen();
    void aDangerBlocksUntilItsBoxIsTicked();
    void enterNeverSignsOrSends();
    void isSignedAndSent();
    void aWrongPasswordKeepsIt();
    void signaturesComeTogether();
    void anotherCopyIsCombinedByItself();
    void anotherTransactionAsksFirst();
    void isSavedAsItIs();
    void isCopiedAndShown();
    void namesHaveNoMnemonics();
    void isMadeInsteadOfSigning();
    void aWatchingWalletMakesOne();
    void goingBackFreesItsCoins();
    void discreetAmountsAreSeenFirst();
    void whatWasAddedIsNotLostSilently();
    void everyControlIsNamedAndReached();
    void theStepsGiveWayToTheButton();
    void everyTextHasItsHeight_data();
    void everyTextHasItsHeight();
};

void PsbtFlowTest::isReadInEveryForm_data()
{
    QTest::addColumn<QByteArray>("given");
    const QByteArray binary = FakePsbts::sample(u"own"_s);
    const QByteArray text = binary.toBase64();
    QTest::newRow("binary") << binary;
    QTest::newRow("base64") << text;
    QTest::newRow("base64 in lines") << text.left(20) + "\r\n" + text.mid(20) + "\n";
    QTest::newRow("hex") << binary.toHex();
    QTest::newRow("hex in capitals") << " " + binary.toHex().toUpper() + "\n";
}

void PsbtFlowTest::isReadInEveryForm()
{
    QFETCH(QByteArray, given);
    const auto read = binaryPsbt(given);
    VERIFY_RESULT(read);
    QCOMPARE(*read, FakePsbts::sample(u"own"_s));
}

void PsbtFlowTest::whatIsNoneIsNamed_data()
{
    QTest::addColumn<QString>("clipboard");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << u" "_s << u"clipboard is empty"_s;
    QTest::newRow("something else") << u"bc1qxyz"_s << u"no PSBT"_s;
    QTest::newRow("a picture of words") << u"cHNidA=="_s << u"no PSBT"_s;
    QTest::newRow("cut base64") << base64(u"own"_s).chopped(1) + u'!' << u"damaged"_s;
    QTest::newRow("cut hex") << u"70736274ff0"_s << u"damaged"_s;
    QTest::newRow("cut map") << QString::fromLatin1(QByteArray("psbt\xff").toBase64())
                             << u"damaged"_s;
    QTest::newRow("another network") << base64(u"othernet"_s) << u"another network"_s;
    QTest::newRow("many maps") << base64(u"big"_s) << u"too large"_s;
    QTest::newRow("many bytes")
        << QString::fromLatin1((QByteArray("psbt\xff") + QByteArray(4'000'000, 'x')).toHex())
        << u"too large"_s;
}

void PsbtFlowTest::whatIsNoneIsNamed()
{
    QFETCH(QString, clipboard);
    QFETCH(QString, words);
    Psbts s;
    s.clipboard(clipboard);
    QTRY_VERIFY2(s.said(u"send.message"_s).contains(words), qPrintable(s.said(u"send.message"_s)));
    QCOMPARE(s.page->step(), SendPage::Step::Compose);
    QVERIFY(!s.page->psbt()->isOpen());
    s.clipboard(base64(u"own"_s)); // The next one takes it away.
    QTRY_COMPARE(s.page->step(), SendPage::Step::Review);
    QCOMPARE(s.said(u"send.message"_s), QString());
}

void PsbtFlowTest::anErrorKeepsTheForm()
{
    Psbts s;
    s.find<QLineEdit>(u"send.to"_s)->setText(s.fake.strangerAddress());
    s.find<QLineEdit>(u"send.amount"_s)->setText(u"0,01"_s);
    s.clipboard(u"nonsense"_s);
    QTRY_VERIFY(!s.said(u"send.message"_s).isEmpty());
    QCOMPARE(s.find<QLineEdit>(u"send.to"_s)->text(), s.fake.strangerAddress());
    s.open(u"own"_s);
    s.press(u"psbt.back"_s);
    QCOMPARE(s.page->step(), SendPage::Step::Compose);
    QCOMPARE(s.find<QLineEdit>(u"send.to"_s)->text(), s.fake.strangerAddress());
    QCOMPARE(s.find<QLineEdit>(u"send.amount"_s)->text(), u"0,01"_s);
}

void PsbtFlowTest::comesFromAFile()
{
    QTemporaryDir folder;
    const auto file = [&](const QString& name, const QByteArray& content) {
        QFile out(folder.filePath(name));
        out.open(QIODevice::WriteOnly);
        out.write(content);
        return out.fileName();
    };
    const QString binary = file(u"a.psbt"_s, FakePsbts::sample(u"own"_s));
    const QString text = file(u"b.txt"_s, FakePsbts::sample(u"own"_s).toBase64() + "\n");
    for (const QString& path : {binary, text}) {
        Psbts s;
        s.find<QAction>(u"send.open_psbt.file"_s)->trigger();
        auto* dialog = s.window->findChild<QFileDialog*>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(path);
        dialog->reject();
        QTRY_COMPARE(s.page->step(), SendPage::Step::Review);
        QVERIFY(s.page->psbt()->isVisible());
    }
    Psbts s;
    Q_EMIT s.find<PsbtSource>(u"send.open_psbt"_s)
        ->failed(readPsbtFile(folder.filePath(u"none.psbt"_s)).error());
    QTRY_VERIFY(s.said(u"send.message"_s).contains(u"could not be read"_s));
}

void PsbtFlowTest::comesFromADroppedFile()
{
    QTemporaryDir folder;
    const auto drop = [&](Psbts& s, const QString& name, const QByteArray& content) {
        QFile out(folder.filePath(name));
        out.open(QIODevice::WriteOnly);
        out.write(content);
        out.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(out.fileName())});
        s.view()->scan()->openWith(data);
    };
    Psbts s;
    drop(s, u"a.psbt"_s, FakePsbts::sample(u"joint"_s));
    QCOMPARE(s.find<QLabel>(u"scan.kind"_s)->text(), u"A transaction to sign"_s);
    QCOMPARE(s.page->step(), SendPage::Step::Compose); // A result never acts.
    s.press(u"scan.action"_s);
    QTRY_VERIFY(s.page->psbt()->isVisible());
    Psbts other;
    drop(other, u"b.psbt"_s, "no such thing");
    QVERIFY(other.said(u"scan.message"_s).contains(u"no PSBT"_s));
    drop(other, u"c.png"_s, "no such thing");
    QVERIFY(other.said(u"scan.message"_s).contains(u"neither a picture nor a PSBT"_s));
}

void PsbtFlowTest::comesFromACode()
{
    Psbts s;
    QrView code;
    code.setContent(base64(u"own"_s), u"code"_s);
    s.view()->scan()->openSheet();
    s.view()->scan()->readImage(code.image(4));
    auto* kind = s.find<QLabel>(u"scan.kind"_s);
    QTRY_COMPARE(kind->text(), u"A transaction to sign"_s);
    s.press(u"scan.action"_s);
    QTRY_VERIFY(s.page->psbt()->isVisible());
}

void PsbtFlowTest::aPastedOneIsNoAddress()
{
    Psbts s;
    s.find<QLineEdit>(u"send.to"_s)->setText(base64(u"own"_s));
    QTRY_VERIFY(s.find<QLabel>(u"send.to_problem"_s)->text().contains(u"Open PSBT"_s));
}

void PsbtFlowTest::showsWhoseCoinsGoIn()
{
    Psbts s;
    s.open(u"joint"_s, Signed::Others);
    QCOMPARE(s.find<QWidget>(u"psbt.input1_owner"_s)->accessibleName(), u"yours"_s);
    QCOMPARE(s.find<QWidget>(u"psbt.input2_owner"_s)->accessibleName(), u"somebody else's"_s);
    QCOMPARE(s.find<QWidget>(u"psbt.input1_signatures"_s)->accessibleName(), u"0 of 1 signed"_s);
    QCOMPARE(s.find<QWidget>(u"psbt.input2_signatures"_s)->accessibleName(), u"signed"_s);
    QCOMPARE(s.find<QWidget>(u"psbt.state"_s)->accessibleName(), u"1 of 2 signatures"_s);
    const auto written = [&s](std::int64_t satoshi) {
        return withoutIsolates(
            s.window->session()->amount(money::Amount(satoshi), money::Currency::bitcoin()));
    };
    QCOMPARE(s.text(u"psbt.leaving"_s), written(20'002'000));
    QVERIFY(s.text(u"psbt.fee"_s).startsWith(written(12'000)));
    QVERIFY(s.text(u"psbt.fee"_s).contains(u"14,2"_s));
    // Nothing proves what the other puts in: neither is the fee known.
    Psbts unproved;
    unproved.open(u"unproved"_s);
    QVERIFY(unproved.text(u"psbt.fee"_s).contains(u"unknown: nothing proves"_s));
    QVERIFY(unproved.said(u"psbt.problem1"_s).contains(u"Coin 2"_s));
    Psbts missing;
    missing.open(u"missing"_s);
    QVERIFY(missing.text(u"psbt.fee"_s).contains(u"unknown: the file does not tell"_s));
}

void PsbtFlowTest::everyStateSaysWhatIsOpen_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("signedBy");
    QTest::addColumn<QString>("open"); ///< Of: sign broadcast finalise combine.
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* kind, Signed by, const char* open,
                        const char* reason) {
        QTest::newRow(name) << QString::fromLatin1(kind) << int(by) << QString::fromLatin1(open)
                            << QString::fromLatin1(reason);
    };
    row("ours to sign", "own", Signed::Nobody, "sign combine", "Signatures are missing");
    row("signed by us", "own", Signed::Us, "broadcast finalise", "Your signatures are in it");
    row("the others first", "joint", Signed::Nobody, "sign combine", "No coin has all");
    row("the others signed", "joint", Signed::Others, "sign finalise combine", "missing");
    row("we signed first", "joint", Signed::Us, "finalise combine", "Your signatures are in it");
    row("all signed", "joint", Signed::All, "broadcast finalise", "No signature is missing");
    row("unproved", "unproved", Signed::Nobody, "combine", "does not prove what others put in");
    row("untold", "missing", Signed::Nobody, "combine", "marked as a danger");
    row("a false claim", "lie", Signed::Nobody, "combine", "marked as a danger");
    row("foreign", "foreign", Signed::Nobody, "combine", "No coin of this wallet goes in");
    row("in a block", "mined", Signed::All, "finalise", "in a block already");
    row("sent", "sent", Signed::All, "finalise", "handed to the network already");
    row("spent", "spent", Signed::Nobody, "combine", "spent by something else");
    row("frozen", "frozen", Signed::Nobody, "combine", "that you froze");
    row("held", "held", Signed::Nobody, "combine", "Another payment holds");
    row("too early", "early", Signed::Nobody, "combine", "still looking for its coins");
}

void PsbtFlowTest::everyStateSaysWhatIsOpen()
{
    QFETCH(QString, kind);
    QFETCH(int, signedBy);
    QFETCH(QString, open);
    QFETCH(QString, reason);
    Psbts s;
    s.open(kind, Signed(signedBy));
    QStringList enabled;
    for (const char* name : {"sign", "broadcast", "finalise", "combine"})
        if (s.enabled(name))
            enabled << QString::fromLatin1(name);
    QCOMPARE(enabled.join(u' '), open);
    for (const char* name : {"save", "copy", "code", "back"})
        QVERIFY2(s.enabled(name), name);
    QVERIFY2(s.reasons().contains(reason), qPrintable(s.reasons()));
    QCOMPARE(s.window->findChild<QWidget*>(u"psbt.foreign"_s) != nullptr, kind == u"foreign"_s);
}

void PsbtFlowTest::aDangerBlocksUntilItsBoxIsTicked()
{
    Psbts s;
    s.open(u"danger"_s);
    QVERIFY(!s.enabled("sign"));
    QVERIFY(s.reasons().contains(u"Tick the boxes"_s));
    s.page->stepForward();
    QCOMPARE(s.page->step(), SendPage::Step::Review);
    s.find<QCheckBox>(u"psbt.acknowledge1"_s)->setChecked(true);
    QVERIFY(s.enabled("sign"));
    s.sign();
    QTRY_COMPARE(s.fake.state().psbtSigns, 1);
    // It is read again after it was signed; what was ticked stays so.
    QTRY_VERIFY(s.enabled("broadcast"));
    s.find<QCheckBox>(u"psbt.acknowledge1"_s)->setChecked(false);
    QVERIFY(!s.enabled("broadcast"));
}

void PsbtFlowTest::enterNeverSignsOrSends()
{
    Psbts s;
    s.open(u"own"_s, Signed::Us);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space}) {
        QWidget* focus = s.window->focusWidget() ? s.window->focusWidget() : s.window.get();
        QTest::keyClick(focus, key);
        QTest::keyClick(focus, key, Qt::ControlModifier);
    }
    s.page->stepForward();
    QCOMPARE(s.page->step(), SendPage::Step::Review);
    QCOMPARE(s.fake.state().psbtBroadcasts, 0);
    Psbts unsigned_;
    unsigned_.open(u"own"_s);
    unsigned_.press(u"psbt.sign"_s);
    QTRY_COMPARE(unsigned_.page->step(), SendPage::Step::Sign);
    QTest::keyClicks(unsigned_.page->signView()->passwordField(), u"correct"_s);
    QTest::keyClick(unsigned_.page->signView()->passwordField(), Qt::Key_Return);
    QTest::keyClick(unsigned_.page->signView()->signButton(), Qt::Key_Return);
    unsigned_.page->stepForward();
    QCoreApplication::sendPostedEvents();
    QCOMPARE(unsigned_.fake.state().psbtSigns, 0);
    QTest::keyClick(unsigned_.page->signView()->signButton(), Qt::Key_Space);
    QTRY_COMPARE(unsigned_.fake.state().psbtSigns, 1);
}

void PsbtFlowTest::isSignedAndSent()
{
    Psbts s;
    s.open(u"own"_s);
    s.press(u"psbt.sign"_s);
    QTRY_COMPARE(s.page->step(), SendPage::Step::Sign);
    QCOMPARE(s.page->signView()->signButton()->text(), u"&Sign"_s); // Nothing is sent by it.
    QTest::keyClicks(s.page->signView()->passwordField(), u"correct"_s);
    s.press(u"sign.confirm"_s);
    QTRY_COMPARE(s.page->step(), SendPage::Step::Review);
    QTRY_VERIFY(s.said(u"psbt.message"_s).contains(u"complete"_s));
    QCOMPARE(s.fake.state().psbtBroadcasts, 0);
    QVERIFY(s.page->signView()->passwordField()->isEmpty());
    s.press(u"psbt.finalise"_s);
    QTRY_VERIFY(s.said(u"psbt.message"_s).contains(u"final"_s));
    QVERIFY(!s.enabled("finalise"));
    s.press(u"psbt.broadcast"_s);
    QTRY_COMPARE(s.page->step(), SendPage::Step::Sent);
    QCOMPARE(s.fake.state().psbtBroadcasts, 1);
    QCOMPARE(s.find<QLabel>(u"sent.title"_s)->text(), u"Payment sent"_s);
    s.press(u"sent.again"_s);
    QCOMPARE(s.page->step(), SendPage::Step::Compose);
    QVERIFY(!s.page->psbt()->isOpen());
    QVERIFY(!s.page->hasDraft());
}

void PsbtFlowTest::aWrongPasswordKeepsIt()
{
    Psbts s;
    s.open(u"own"_s);
    s.sign("wrong");
    QTRY_VERIFY(s.page->signView()->passwordField()->isEmpty());
    QCOMPARE(s.page->step(), SendPage::Step::Sign);
    QCOMPARE(s.fake.state().psbtSigns, 0);
    QVERIFY(s.page->stepBack());
    QVERIFY(s.page->psbt()->isOpen());
    s.fake.state().nextConfirmError = base::Error{base::ErrorCode::Conflict, "spent"};
    s.sign();
    QTRY_VERIFY(s.enabled("broadcast"));
    s.press(u"psbt.broadcast"_s);
    QTRY_VERIFY(!s.said(u"psbt.message"_s).isEmpty());
    QCOMPARE(s.page->step(), SendPage::Step::Review);
    QCOMPARE(s.fake.state().psbtBroadcasts, 0);
}

void PsbtFlowTest::signaturesComeTogether()
{
    Psbts s;
    s.open(u"joint"_s, Signed::Us);
    const auto combine = [&s](const QByteArray& other) {
        QGuiApplication::clipboard()->setText(QString::fromLatin1(other.toBase64()));
        s.find<QAction>(u"psbt.combine.clipboard"_s)->trigger();
    };
    combine(FakePsbts::sample(u"own"_s));
    QTRY_VERIFY(s.said(u"psbt.message"_s).contains(u"another transaction"_s));
    combine("nonsense");
    QTRY_VERIFY(s.said(u"psbt.message"_s).contains(u"no PSBT"_s));
    QVERIFY(!s.enabled("broadcast"));
    combine(FakePsbts::sample(u"joint"_s));
    QTRY_VERIFY(s.said(u"psbt.message"_s).contains(u"nothing new"_s));
    combine(FakePsbts::sample(u"joint"_s, Signed::Others));
    QTRY_VERIFY(s.said(u"psbt.message"_s).contains(u"1 new signature"_s));
    QVERIFY(s.enabled("broadcast"));
    QCOMPARE(s.page->psbt()->psbt(), FakePsbts::sample(u"joint"_s, Signed::All));
}

void PsbtFlowTest::anotherCopyIsCombinedByItself()
{
    Psbts s;
    s.open(u"joint"_s, Signed::Us);
    s.bring(FakePsbts::sample(u"joint"_s, Signed::Others));
    QTRY_VERIFY(s.said(u"psbt.message"_s).contains(u"1 new signature"_s));
    QVERIFY(s.enabled("broadcast"));
}

void PsbtFlowTest::anotherTransactionAsksFirst()
{
    Psbts s;
    s.open(u"joint"_s, Signed::Us);
    s.bring(FakePsbts::sample(u"own"_s));
    QTRY_VERIFY(s.window->findChild<QDialog*>(u"leave.dialog"_s));
    QCOMPARE(s.page->psbt()->psbt(), FakePsbts::sample(u"joint"_s, Signed::Us));
    s.press(u"leave.confirm"_s);
    QTRY_COMPARE(s.page->psbt()->psbt(), FakePsbts::sample(u"own"_s));
    // Nor does it push a payment away that is being reviewed.
    Psbts other;
    other.find<QLineEdit>(u"send.to"_s)->setText(other.fake.strangerAddress());
    other.find<QLineEdit>(u"send.amount"_s)->setText(u"0,01"_s);
    QTRY_VERIFY(other.page->compose()->isComplete());
    other.press(u"send.continue"_s);
    QTRY_COMPARE(other.page->step(), SendPage::Step::Review);
    other.bring(FakePsbts::sample(u"own"_s));
    QTRY_VERIFY(other.window->findChild<QDialog*>(u"leave.dialog"_s));
    QVERIFY(!other.page->psbt()->isOpen());
    other.press(u"leave.confirm"_s);
    QTRY_VERIFY(other.page->psbt()->isVisible());
    QVERIFY(other.fake.state().wallet(u"Savings"_s)->prepared.empty());
}

void PsbtFlowTest::isSavedAsItIs()
{
    Psbts s;
    s.open(u"own"_s);
    s.sign();
    QTRY_VERIFY(s.enabled("broadcast"));
    QVERIFY(s.page->hasDraft());
    s.press(u"psbt.save"_s);
    auto* dialog = s.window->findChild<QFileDialog*>();
    QVERIFY(dialog);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"signed.psbt"_s);
    Q_EMIT dialog->fileSelected(path);
    QVERIFY(s.said(u"psbt.message"_s).contains(u"Saved"_s));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), FakePsbts::sample(u"own"_s, Signed::Us)); // Binary.
    QVERIFY(!s.page->hasDraft());
    Q_EMIT dialog->fileSelected(folder.filePath(u"no/such/folder.psbt"_s));
    dialog->reject();
    QVERIFY(s.said(u"psbt.message"_s).contains(u"could not be written"_s));
}

void PsbtFlowTest::isCopiedAndShown()
{
    Psbts s;
    s.open(u"own"_s);
    s.press(u"psbt.copy"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), base64(u"own"_s));
    s.press(u"psbt.code"_s);
    auto* dialog = s.window->findChild<PsbtCodeDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    const auto read = readQrCodes(dialog->grab().toImage());
    QCOMPARE(read, QStringList{base64(u"own"_s)});
    dialog->accept();
    QVERIFY(PsbtCodeDialog::fits(QByteArray(1746, 'x')));
    QVERIFY(!PsbtCodeDialog::fits(QByteArray(1747, 'x')));
}

void PsbtFlowTest::namesHaveNoMnemonics()
{
    QCOMPARE(withoutMnemonic(u"&Sign…"_s), u"Sign"_s);
    QCOMPARE(withoutMnemonic(u"签名(&S)…"_s), u"签名"_s);
    QCOMPARE(withoutMnemonic(u"Save (twice)"_s), u"Save (twice)"_s);
}

/// Composes a payment that is to be signed elsewhere, up to its review.
void makeElsewhere(Psbts& s)
{
    s.find<QLineEdit>(u"send.to"_s)->setText(s.fake.strangerAddress());
    s.find<QLineEdit>(u"send.amount"_s)->setText(u"0,01"_s);
    s.page->compose()->setAdvancedOpen();
    s.find<QCheckBox>(u"send.elsewhere"_s)->setChecked(true);
    QTRY_VERIFY(s.page->compose()->isComplete());
    s.press(u"send.continue"_s);
    QTRY_VERIFY(s.page->psbt()->isVisible());
}

void PsbtFlowTest::isMadeInsteadOfSigning()
{
    Psbts s;
    makeElsewhere(s);
    QCOMPARE(s.page->psbt()->info().outputs.front().amount, money::Amount(1'000'000));
    QVERIFY(s.page->hasDraft()); // Nobody has it yet.
    QVERIFY(s.enabled("sign"));  // Whoever changes their mind.
    s.press(u"psbt.copy"_s);
    QVERIFY(!s.page->hasDraft());
    s.press(u"psbt.back"_s);
    QCOMPARE(s.page->step(), SendPage::Step::Compose);
    QVERIFY(s.find<QLineEdit>(u"send.to"_s)->text().isEmpty()); // It is on its way.
    QCOMPARE(s.fake.state().wallet(u"Savings"_s)->prepared.size(), 1U);
}

void PsbtFlowTest::aWatchingWalletMakesOne()
{
    Psbts s;
    for (auto& account : s.fake.state().wallet(u"Savings"_s)->accounts)
        account.watchOnly = true;
    s.fake.state().wallet(u"Savings"_s)->info.watchOnly = true;
    s.fake.publish(u"Savings"_s);
    QTRY_VERIFY(s.find<QWidget>(u"send.watching"_s)->isVisible());
    QVERIFY(!s.find<QWidget>(u"send.nobody"_s)->isVisible());
    s.find<QLineEdit>(u"send.to"_s)->setText(s.fake.strangerAddress());
    s.find<QLineEdit>(u"send.amount"_s)->setText(u"0,01"_s);
    QTRY_VERIFY(s.page->compose()->isComplete());
    s.press(u"send.continue"_s);
    QTRY_VERIFY(s.page->psbt()->isVisible());
    QVERIFY(!s.enabled("sign"));
    QVERIFY(s.enabled("save"));
    QVERIFY(s.reasons().contains(u"only watches"_s));
    QCOMPARE(s.fake.state().confirms, 0);
}

void PsbtFlowTest::goingBackFreesItsCoins()
{
    Psbts s;
    makeElsewhere(s);
    QCOMPARE(s.fake.state().wallet(u"Savings"_s)->prepared.size(), 1U);
    QVERIFY(s.page->stepBack());
    QTRY_VERIFY(s.fake.state().wallet(u"Savings"_s)->prepared.empty());
    QCOMPARE(s.find<QLineEdit>(u"send.to"_s)->text(), s.fake.strangerAddress());
}

void PsbtFlowTest::discreetAmountsAreSeenFirst()
{
    Psbts s;
    s.window->session()->changeSettings(
        [](api::SettingsSnapshot& settings) { settings.discreet = true; });
    s.open(u"own"_s, Signed::Us);
    static const QRegularExpression number(u"\\d\\W{0,3}BTC"_s);
    const auto shown = [&s] {
        for (const auto* label : s.page->psbt()->findChildren<QLabel*>())
            if (label->isVisible() && number.match(label->text()).hasMatch())
                return true;
        return false;
    };
    QVERIFY(!shown());
    QVERIFY(!s.enabled("broadcast"));
    QVERIFY(s.reasons().contains(u"Show the amounts"_s));
    s.press(u"psbt.reveal"_s);
    QTRY_VERIFY(shown());
    QVERIFY(s.enabled("broadcast"));
}

void PsbtFlowTest::whatWasAddedIsNotLostSilently()
{
    Psbts s;
    s.open(u"joint"_s);
    QVERIFY(!s.page->hasDraft());
    s.sign();
    QTRY_VERIFY(s.said(u"psbt.message"_s).contains(u"Hand it on"_s));
    QVERIFY(s.page->hasDraft());
    s.press(u"psbt.back"_s);
    QVERIFY(s.window->findChild<QDialog*>(u"close_psbt.dialog"_s));
    QVERIFY(s.page->psbt()->isOpen());
    s.press(u"close_psbt.confirm"_s);
    QTRY_VERIFY(!s.page->psbt()->isOpen());
    QCOMPARE(s.page->step(), SendPage::Step::Compose);
}

void PsbtFlowTest::everyControlIsNamedAndReached()
{
    Psbts s;
    for (const QString& kind : {u"danger"_s, u"joint"_s, u"lie"_s, u"foreign"_s}) {
        s.open(kind);
        test::settle(20);
        QCOMPARE(test::nameFaults(s.window.get()), QStringList());
        s.press(u"psbt.back"_s);
    }
    s.open(u"danger"_s);
    s.find<QCheckBox>(u"psbt.acknowledge1"_s)->setChecked(true);
    QSet<QString> reached;
    QWidget* start = s.find<QWidget>(u"psbt.output1"_s);
    start->setFocus(Qt::TabFocusReason);
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(s.window->focusWidget(), Qt::Key_Tab);
        reached << s.window->focusWidget()->objectName();
    }
    for (const char* name : {"acknowledge1", "save", "copy", "code", "combine", "back", "sign",
                             "input1", "output2", "txid"})
        QVERIFY2(reached.contains(u"psbt."_s + QString::fromLatin1(name)), name);
    // The menu opens by keys.
    auto* combine = s.find<QPushButton>(u"psbt.combine"_s);
    QVERIFY(combine->menu() && combine->focusPolicy() & Qt::TabFocus);
}

void PsbtFlowTest::theStepsGiveWayToTheButton()
{
    Psbts s;
    auto* steps = s.page->findChild<StepIndicator*>();
    s.window->resize(900, 600);
    test::settle(20);
    QVERIFY(!steps->isVisible());
    const auto* button = s.find<PsbtSource>(u"send.open_psbt"_s);
    QVERIFY(button->isVisible() && button->width() >= button->sizeHint().width());
    s.open(u"own"_s); // Without the button there is room.
    QVERIFY(steps->isVisible() && steps->width() >= steps->sizeHint().width());
    s.window->resize(1180, 760);
    s.press(u"psbt.back"_s);
    QTRY_VERIFY(steps->isVisible() && button->isVisible());
}

void PsbtFlowTest::everyTextHasItsHeight_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"own", "danger", "joint", "lie", "unproved", "foreign"}) {
        QTest::addRow("usual %s", kind) << QSize(1180, 760) << QString::fromLatin1(kind);
        QTest::addRow("small %s", kind) << QSize(900, 600) << QString::fromLatin1(kind);
    }
}

void PsbtFlowTest::everyTextHasItsHeight()
{
    QFETCH(QSize, size);
    QFETCH(QString, kind);
    Psbts s;
    s.window->resize(size);
    s.open(kind);
    const auto faults = [&s] { return test::heightFaults(s.window.get()).join(u'\n'); };
    QTRY_COMPARE(faults(), QString());
    const auto* actions = s.page->psbt()->actions();
    for (const auto* button : actions->findChildren<QPushButton*>())
        QVERIFY2(button->width() >= button->minimumSizeHint().width() &&
                     button->geometry().right() <= actions->width(),
                 qPrintable(button->objectName()));
}

COFFER_UI_TEST_MAIN(PsbtFlowTest)
#include "psbt_flow_test.moc"
