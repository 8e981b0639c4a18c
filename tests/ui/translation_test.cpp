// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Goal: Simplified Chinese is complete and keeps every placeholder. Method: the catalogue is read
// as text: no message is unfinished or empty, and %1, %n and mnemonics are where the source has
// them.
#include "tests/ui/open_window.h"

#include <QXmlStreamReader>

using namespace coffer;
using namespace Qt::StringLiterals;

class TranslationTest : public QObject
{
    Q_OBJECT

private:
    static QStringList placeholders(const QString& text)
    {
        static const QRegularExpression mark(u"%(?:[0-9]|n)"_s);
        QStringList found;
        auto matches = mark.globalMatch(text);
        while (matches.hasNext())
            found << matches.next().captured();
        found.sort();
        found.removeDuplicates();
        return found;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(test::anyWarning()); }

    void chineseIsComplete()
    {
        QFile file(QStringLiteral(COFFER_SOURCE_DIR "/translations/coffer_zh_CN.ts"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        int messages = 0;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == "source"_L1) {
                source = xml.readElementText();
            } else if (xml.name() == "translation"_L1) {
                const QString type = xml.attributes().value("type"_L1).toString();
                if (type == "vanished"_L1 || type == "obsolete"_L1)
                    continue;
                QVERIFY2(type.isEmpty(), qPrintable(u"unfinished: "_s + source));
                const QString text =
                    xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
                QVERIFY2(!text.isEmpty(), qPrintable(u"empty: "_s + source));
                QCOMPARE(placeholders(text), placeholders(source));
                const bool mnemonic = source.contains(QRegularExpression(u"&[A-Za-z0-9]"_s));
                QVERIFY2(!mnemonic || text.contains(QRegularExpression(u"\\(&[A-Za-z0-9]\\)"_s)),
                         qPrintable(u"no mnemonic: "_s + source));
                ++messages;
            }
        }
        QVERIFY(!xml.hasError());
        QVERIFY2(messages > 300, qPrintable(QString::number(messages)));
    }

    void chineseIsInstalled()
    {
        ui::setLanguage(u"zh_CN"_s);
        QCOMPARE(QCoreApplication::translate("coffer::ui::Sidebar", "Send"), u"发送"_s);
        ui::setLanguage(u"en"_s);
        QCOMPARE(QCoreApplication::translate("coffer::ui::Sidebar", "Send"), u"Send"_s);
    }
};

COFFER_UI_TEST_MAIN(TranslationTest)
#include "translation_test.moc"
