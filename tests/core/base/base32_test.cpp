// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: onion names and nothing looser. Method: the examples of RFC 4648, section 10, in lower case
// and without padding; a table of refusals; round trips of all short lengths.

#include "core/base/base32.h"
#include "core/base/random.h"
#include "tests/support/test.h"

using namespace coffer::base;

class Base32Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheExamplesOfTheRfc_data();
    void knowsTheExamplesOfTheRfc();
    void refuses_data();
    void refuses();
    void bringsBackEveryLength();
};

void Base32Test::knowsTheExamplesOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("0") << QByteArray("") << QByteArray("");
    QTest::newRow("1") << QByteArray("f") << QByteArray("my");
    QTest::newRow("2") << QByteArray("fo") << QByteArray("mzxq");
    QTest::newRow("3") << QByteArray("foo") << QByteArray("mzxw6");
    QTest::newRow("4") << QByteArray("foob") << QByteArray("mzxw6yq");
    QTest::newRow("5") << QByteArray("fooba") << QByteArray("mzxw6ytb");
    QTest::newRow("6") << QByteArray("foobar") << QByteArray("mzxw6ytboi");
}

void Base32Test::knowsTheExamplesOfTheRfc()
{
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, text);
    QCOMPARE(toBase32(viewOf(plain.toStdString())), text.toStdString());
    const auto bytes = parseBase32(text.toStdString());
    VERIFY_RESULT(bytes);
    QVERIFY(equal(*bytes, viewOf(plain.toStdString())));
}

void Base32Test::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const auto* text :
         {"MY", "my======", "m1", "m8", "m", "mzx", "mzxw6y", "mz", "mzxw7yr", " my", "m\xc3\xbc"})
        QTest::newRow(text) << QByteArray(text);
}

void Base32Test::refuses()
{
    QFETCH(QByteArray, text);
    COMPARE_ERROR(parseBase32(text.toStdString()), ErrorCode::Malformed);
}

void Base32Test::bringsBackEveryLength()
{
    SeededRandom random(32);
    for (std::size_t size = 0; size < 80; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        const auto back = parseBase32(toBase32(bytes));
        VERIFY_RESULT(back);
        QVERIFY(*back == bytes);
    }
}

QTEST_GUILESS_MAIN(Base32Test)
#include "base32_test.moc"
