// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: one text for each content. Method: the examples of RFC 4648, section 10, a table of
// refusals, round trips.

#include "core/base/base64.h"
#include "core/base/random.h"
#include "tests/support/test.h"

using namespace coffer::base;

class Base64Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheExamplesOfTheRfc_data();
    void knowsTheExamplesOfTheRfc();
    void refuses_data();
    void refuses();
    void bringsBackEveryLength();
};

void Base64Test::knowsTheExamplesOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("0") << QByteArray("") << QByteArray("");
    QTest::newRow("1") << QByteArray("f") << QByteArray("Zg==");
    QTest::newRow("2") << QByteArray("fo") << QByteArray("Zm8=");
    QTest::newRow("3") << QByteArray("foo") << QByteArray("Zm9v");
    QTest::newRow("4") << QByteArray("foob") << QByteArray("Zm9vYg==");
    QTest::newRow("5") << QByteArray("fooba") << QByteArray("Zm9vYmE=");
    QTest::newRow("6") << QByteArray("foobar") << QByteArray("Zm9vYmFy");
    QTest::newRow("all digits") << QByteArray("\xfb\xff\xbe") << QByteArray("+/++");
}

void Base64Test::knowsTheExamplesOfTheRfc()
{
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, text);
    QCOMPARE(toBase64(viewOf(plain.toStdString())), text.toStdString());
    const auto bytes = parseBase64(text.toStdString());
    VERIFY_RESULT(bytes);
    QVERIFY(equal(*bytes, viewOf(plain.toStdString())));
}

void Base64Test::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const auto* text : {"Z", "Zg", "Zg=", "Zm8", "Zm9v=", "Zm9v====", "====", "=",
                             "Z===", "Zg==Zg==", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm 9", "-_-_",
                             "Zm9v,m9v", "Zm\xc3\xbc"})
        QTest::newRow(text) << QByteArray(text);
}

void Base64Test::refuses()
{
    QFETCH(QByteArray, text);
    COMPARE_ERROR(parseBase64(text.toStdString()), ErrorCode::Malformed);
}

void Base64Test::bringsBackEveryLength()
{
    SeededRandom random(64);
    for (std::size_t size = 0; size < 200; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        const auto text = toBase64(bytes);
        QCOMPARE(
            QByteArray::fromStdString(text),
            QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(size)).toBase64());
        const auto back = parseBase64(text);
        VERIFY_RESULT(back);
        QVERIFY(*back == bytes);
    }
}

QTEST_GUILESS_MAIN(Base64Test)
#include "base64_test.moc"
