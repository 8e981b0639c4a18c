// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: what the window shows as a code is read back as exactly that. Method: codes and whole
// pages are rendered offscreen, in both schemes and at several scales, and decoded again.
#include "tests/ui/open_window.h"
#include "ui/pages/receive_page.h"
#include "ui/pages/request_sheet.h"
#include "ui/scan/code_choice.h"
#include "ui/scan/qr_reader.h"
#include "ui/scan/scan_sheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/qr_view.h"

#include <QDialog>
#include <QLineEdit>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>
#include <QTemporaryDir>

using namespace coffer;
using namespace coffer::ui;
using namespace Qt::StringLiterals;

class QrTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void aCodeIsReadBack_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("address") << u"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"_s;
        QTest::newRow("link") << u"bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=0.5"_s;
        QTest::newRow("Chinese") << u"bitcoin:bc1q?label=咖啡"_s;
        QTest::newRow("psbt") << u"cHNidP8BAHUCAAAAASaBcTce3/KF6Tet7qSze3gADAVmy7OtZGQXE8pCFxv2"_s;
    }

    void aCodeIsReadBack()
    {
        QFETCH(QString, text);
        QrView view;
        view.setContent(text, u"code"_s);
        view.resize(288, 288);
        QCOMPARE(readQrCodes(view.grab().toImage()), QStringList{text});
        QCOMPARE(readQrCodes(view.image(3)), QStringList{text});
        QImage inverted = view.image(3);
        inverted.invertPixels();
        QCOMPARE(readQrCodes(inverted), QStringList{text});
    }

    void theReceivePageIsItsOwnSource_data()
    {
        QTest::addColumn<int>("choice");
        QTest::newRow("light") << int(SchemeChoice::Light);
        QTest::newRow("dark") << int(SchemeChoice::Dark);
    }

    void theReceivePageIsItsOwnSource()
    {
        QFETCH(int, choice);
        test::OpenWindow open;
        Theme::instance().setChoice(SchemeChoice(choice));
        open.view()->go({PageId::Receive, {}, {}, {}, {}});
        auto* page = qobject_cast<ReceivePage*>(open.view()->currentPage());
        QTRY_VERIFY(!page->address().isEmpty());
        open.find<QLineEdit>(u"receive.amount"_s)->setText(u"0,25"_s);
        open.find<QLineEdit>(u"receive.label"_s)->setText(u"Invoice 7"_s);
        QCOMPARE(page->uri(), u"bitcoin:%1?amount=0.25&label=Invoice%207"_s.arg(page->address()));
        QCOMPARE(readQrCodes(open.window->grab().toImage()), QStringList{page->uri()});
    }

    void nothingIsChosenAmongSeveralCodes()
    {
        test::OpenWindow open;
        QStringList links;
        QImage picture(1200, 400, QImage::Format_RGB32);
        picture.fill(Qt::white);
        {
            QPainter painter(&picture);
            for (int i = 0; i < 2; ++i) {
                links << u"bitcoin:%1"_s.arg(i == 0 ? open.fake.strangerAddress()
                                                    : open.fake.knownAddress());
                QrView view;
                view.setContent(links.last(), u"code"_s);
                painter.drawImage(QPoint(40 + i * 600, 40), view.image(6));
            }
        }
        ScanSheet* scan = open.view()->scan();
        scan->openSheet();
        scan->readImage(picture);
        auto* list = scan->findChild<CodeChoice*>(u"scan.several"_s);
        QTRY_VERIFY(list->isVisible());
        QCOMPARE(list->count(), 2);
        QVERIFY(scan->resultText().isEmpty());
        const QString second = list->item(1)->toolTip();
        QVERIFY(links.contains(second));
        QTest::keyClick(list, Qt::Key_2);
        QTRY_VERIFY(scan->findChild<QPushButton*>(u"scan.action"_s)->isVisible());
        QCOMPARE(scan->resultText(), second);
    }

    void whatIsPrintedIsRead()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Receive, {}, {}, {}, {}});
        auto* page = qobject_cast<ReceivePage*>(open.view()->currentPage());
        QTRY_VERIFY(!page->address().isEmpty());
        open.find<QLineEdit>(u"receive.amount"_s)->setText(u"0.25"_s);
        open.find<QLineEdit>(u"receive.label"_s)->setText(u"Invoice 7"_s);
        QImage paper(827, 1169, QImage::Format_RGB32); // A4 at 100 dots an inch.
        QPainter painter(&paper);
        const RequestSheet sheet = page->sheet();
        paintRequest(&painter, QRectF(paper.rect()), sheet);
        painter.end();
        QCOMPARE(readQrCodes(paper), QStringList{page->uri()});
        QCOMPARE(sheet.address, page->address());
        QVERIFY(sheet.lines.first().contains(u"25"_s));
        QCOMPARE(sheet.lines.last(), u"Invoice 7"_s);
    }

    void printingGoesToWhatTheDialogSays()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Receive, {}, {}, {}, {}});
        auto* page = qobject_cast<ReceivePage*>(open.view()->currentPage());
        QTRY_VERIFY(!page->address().isEmpty());
        open.press(u"receive.print"_s);
        auto* dialog = open.window->findChild<QPrintDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"request.pdf"_s);
        dialog->printer()->setOutputFormat(QPrinter::PdfFormat);
        dialog->printer()->setOutputFileName(path);
        dialog->done(QDialog::Accepted);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("%PDF"));
    }

    void theEnlargedCodeIsTheSame()
    {
        test::OpenWindow open;
        open.view()->go({PageId::Receive, {}, {}, {}, {}});
        auto* page = qobject_cast<ReceivePage*>(open.view()->currentPage());
        QTRY_VERIFY(!page->address().isEmpty());
        open.press(u"receive.enlarge"_s);
        auto* dialog = open.window->findChild<QDialog*>(u"code.dialog"_s);
        QVERIFY(dialog);
        QVERIFY(dialog->findChild<QWidget*>(u"code.qr"_s)->width() >
                open.find<QWidget>(u"receive.qr"_s)->width());
        QCOMPARE(readQrCodes(dialog->grab().toImage()), QStringList{page->uri()});
        dialog->reject();
    }

    void nothingIsFoundInNothing()
    {
        QVERIFY(readQrCodes(QImage()).isEmpty());
        QImage empty(400, 300, QImage::Format_RGB32);
        empty.fill(Qt::white);
        QVERIFY(readQrCodes(empty).isEmpty());
    }

    void aScannedLinkIsOfferedAndNothingMore()
    {
        test::OpenWindow open;
        const QString link = u"bitcoin:%1?amount=0.5"_s.arg(open.fake.strangerAddress());
        QrView view;
        view.setContent(link, u"code"_s);
        ScanSheet* scan = open.view()->scan();
        scan->openSheet();
        scan->readImage(view.image(4));
        auto* action = scan->findChild<QPushButton*>(u"scan.action"_s);
        QTRY_VERIFY(action->isVisible());
        QCOMPARE(scan->resultText(), link);
        QCOMPARE(open.view()->currentId(), PageId::Overview); // Nothing happened by itself.
        action->click();
        QCOMPARE(open.view()->currentId(), PageId::Send);
        QCOMPARE(open.find<QLineEdit>(u"send.to"_s)->text(), link);
    }
};

COFFER_UI_TEST_MAIN(QrTest)
#include "qr_test.moc"
