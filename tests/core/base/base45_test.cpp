// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: what fits a QR code's alphanumeric mode, after RFC 9285. Method: its examples (sections 4.3
// and 4.4), a table of refusals, round trips.

#include "core/base/base45.h"
#include "core/base/random.h"
#include "tests/support/test.h"

using namespace coffer::base;

class Base45Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheExamplesOfTheRfc_data();
    void knowsTheExamplesOfTheRfc();
    void refuses_data();
    void refuses();
    void bringsBackEveryPairOfBytes();
};

void Base45Test::knowsTheExamplesOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("AB") << QByteArray("AB") << QByteArray("BB8");
    QTest::newRow("Hello!!") << QByteArray("Hello!!") << QByteArray("%69 VD92EX0");
    QTest::newRow("base-45") << QByteArray("base-45") << QByteArray("UJCLQE7W581");
    QTest::newRow("ietf!") << QByteArray("ietf!") << QByteArray("QED8WEX0");
}

void Base45Test::knowsTheExamplesOfTheRfc()
{
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, text);
    QCOMPARE(toBase45(viewOf(plain.toStdString())), text.toStdString());
    const auto bytes = parseBase45(text.toStdString());
    VERIFY_RESULT(bytes);
    QVERIFY(equal(*bytes, viewOf(plain.toStdString())));
}

void Base45Test::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    // 65536, "GGX" plus more, and a byte of 256; "U5" is 230, ":::" the greatest group.
    for (const auto* text : {"GGW0", "A", "ABCD", "GGX", ":::", "::", "6+", "ab8", "BB=", "BB\xc3"})
        QTest::newRow(text) << QByteArray(text);
}

void Base45Test::refuses()
{
    QFETCH(QByteArray, text);
    COMPARE_ERROR(parseBase45(text.toStdString()), ErrorCode::Malformed);
}

void Base45Test::bringsBackEveryPairOfBytes()
{
    for (unsigned value = 0; value <= 0xffff; ++value) {
        const Bytes pair{static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
        const auto back = parseBase45(toBase45(pair));
        QVERIFY(back && *back == pair);
    }
    SeededRandom random(45);
    for (std::size_t size = 0; size < 80; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        const auto back = parseBase45(toBase45(bytes));
        VERIFY_RESULT(back);
        QVERIFY(*back == bytes);
    }
}

QTEST_GUILESS_MAIN(Base45Test)
#include "base45_test.moc"
