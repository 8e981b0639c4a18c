// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: hex in both directions. Method: all bytes, both cases, a table of refusals.

#include "core/base/hex.h"
#include "tests/support/test.h"

using namespace coffer::base;

class HexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsBackEveryByte();
    void readsEitherCase();
    void refuses_data();
    void refuses();
    void readsExactLengths();
};

void HexTest::bringsBackEveryByte()
{
    Bytes all;
    for (unsigned i = 0; i < 256; ++i)
        all.push_back(static_cast<std::uint8_t>(i));
    const auto text = toHex(all);
    QCOMPARE(text.substr(0, 8), std::string("00010203"));
    QCOMPARE(text.substr(504), std::string("fcfdfeff"));
    const auto back = parseHex(text);
    VERIFY_RESULT(back);
    QVERIFY(*back == all);
}

void HexTest::readsEitherCase()
{
    const auto bytes = parseHex("aBFf09");
    VERIFY_RESULT(bytes);
    QVERIFY((*bytes == Bytes{0xab, 0xff, 0x09}));
    VERIFY_RESULT(parseHex(""));
}

void HexTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const auto* text :
         {"0", "abc", "0g", "g0", "0x00", " 00", "00 ", "/0", ":0", "@0", "`0", "G0", "\xff\xff"})
        QTest::newRow(text) << QByteArray(text);
}

void HexTest::refuses()
{
    QFETCH(QByteArray, text);
    COMPARE_ERROR(parseHex(text.toStdString()), ErrorCode::Malformed);
}

void HexTest::readsExactLengths()
{
    const auto array = parseHexArray<2>("0102");
    VERIFY_RESULT(array);
    QVERIFY((*array == ByteArray<2>{1, 2}));
    COMPARE_ERROR(parseHexArray<2>("01"), ErrorCode::Malformed);
    COMPARE_ERROR(parseHexArray<2>("010203"), ErrorCode::Malformed);
    COMPARE_ERROR(parseHexArray<2>("01zz"), ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(HexTest)
#include "hex_test.moc"
