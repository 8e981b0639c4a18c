// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: reading never leaves the input, and what is written is read again. Method: every integer in
// both byte orders, every truncation, CompactSize at its borders and in all non-canonical forms.

#include "core/base/bytes.h"
#include "core/base/hex.h"
#include "core/base/random.h"
#include "tests/support/test.h"

using namespace coffer::base;

class BytesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrote();
    void refusesEveryTruncation();
    void knowsCompactSizes_data();
    void knowsCompactSizes();
    void refusesCompactSizes_data();
    void refusesCompactSizes();
    void takesViewsAndArrays();
    void concatenatesAndCompares();
    void drawsEvenly();
};

void BytesTest::readsWhatItWrote()
{
    ByteWriter out;
    out.u8(0x01);
    out.u16le(0x0203);
    out.u16be(0x0405);
    out.u32le(0x06070809);
    out.u32be(0x0a0b0c0d);
    out.u64le(0x0e0f101112131415);
    out.u64be(0x161718191a1b1c1d);
    QCOMPARE(toHex(out.view()), std::string("01030204050908"
                                            "07060a0b0c0d15141312"
                                            "11100f0e161718191a1b1c1d"));
    const auto bytes = out.take();
    ByteReader in(bytes);
    QCOMPARE(*in.u8(), std::uint8_t{0x01});
    QCOMPARE(*in.u16le(), std::uint16_t{0x0203});
    QCOMPARE(*in.u16be(), std::uint16_t{0x0405});
    QCOMPARE(*in.u32le(), std::uint32_t{0x06070809});
    QCOMPARE(*in.u32be(), std::uint32_t{0x0a0b0c0d});
    QCOMPARE(*in.u64le(), std::uint64_t{0x0e0f101112131415});
    COMPARE_ERROR(in.expectEnd(), ErrorCode::Malformed);
    QCOMPARE(*in.u64be(), std::uint64_t{0x161718191a1b1c1d});
    VERIFY_RESULT(in.expectEnd());
}

void BytesTest::refusesEveryTruncation()
{
    for (std::size_t size = 0; size < 8; ++size) {
        const Bytes bytes(size, 0xff);
        COMPARE_ERROR(ByteReader(bytes).u64le(), ErrorCode::Malformed);
        COMPARE_ERROR(ByteReader(bytes).u64be(), ErrorCode::Malformed);
        COMPARE_ERROR(ByteReader(bytes).take(size + 1), ErrorCode::Malformed);
        COMPARE_ERROR(ByteReader(bytes).skip(SIZE_MAX), ErrorCode::Malformed);
        COMPARE_ERROR(ByteReader(bytes).array<8>(), ErrorCode::Malformed);
        if (size < 4) {
            COMPARE_ERROR(ByteReader(bytes).u32le(), ErrorCode::Malformed);
            COMPARE_ERROR(ByteReader(bytes).u32be(), ErrorCode::Malformed);
        }
        if (size < 2) {
            COMPARE_ERROR(ByteReader(bytes).u16le(), ErrorCode::Malformed);
            COMPARE_ERROR(ByteReader(bytes).u16be(), ErrorCode::Malformed);
        }
    }
    COMPARE_ERROR(ByteReader({}).u8(), ErrorCode::Malformed);
}

void BytesTest::knowsCompactSizes_data()
{
    QTest::addColumn<quint64>("value");
    QTest::addColumn<QString>("hex");
    QTest::newRow("0") << quint64(0) << QStringLiteral("00");
    QTest::newRow("252") << quint64(252) << QStringLiteral("fc");
    QTest::newRow("253") << quint64(253) << QStringLiteral("fdfd00");
    QTest::newRow("65535") << quint64(65535) << QStringLiteral("fdffff");
    QTest::newRow("65536") << quint64(65536) << QStringLiteral("fe00000100");
    QTest::newRow("2^32-1") << quint64(0xffffffff) << QStringLiteral("feffffffff");
    QTest::newRow("2^32") << quint64(0x100000000) << QStringLiteral("ff0000000001000000");
    QTest::newRow("2^64-1") << quint64(UINT64_MAX) << QStringLiteral("ffffffffffffffffff");
}

void BytesTest::knowsCompactSizes()
{
    QFETCH(quint64, value);
    QFETCH(QString, hex);
    ByteWriter out;
    out.compactSize(value);
    QCOMPARE(QString::fromStdString(toHex(out.view())), hex);
    ByteReader in(out.view());
    QCOMPARE(*in.compactSize(value), std::uint64_t{value});
    VERIFY_RESULT(in.expectEnd());
    if (value > 0)
        COMPARE_ERROR(ByteReader(out.view()).compactSize(value - 1), ErrorCode::TooLarge);
}

void BytesTest::refusesCompactSizes_data()
{
    QTest::addColumn<QString>("hex");
    for (const auto* hex : {"", "fd", "fdfc", "fdfc00", "fd0000", "fe", "feffff", "fe00000000",
                            "feffff0000", "ff", "ff00000000000000", "ffffffffff00000000"})
        QTest::newRow(hex) << QString::fromUtf8(hex);
}

void BytesTest::refusesCompactSizes()
{
    QFETCH(QString, hex);
    const auto bytes = parseHex(hex.toStdString());
    VERIFY_RESULT(bytes);
    COMPARE_ERROR(ByteReader(*bytes).compactSize(UINT64_MAX), ErrorCode::Malformed);
}

void BytesTest::takesViewsAndArrays()
{
    const Bytes bytes{1, 2, 3, 4, 5};
    ByteReader in(bytes);
    VERIFY_RESULT(in.skip(1));
    const auto view = in.take(2);
    VERIFY_RESULT(view);
    QVERIFY(view->data() == bytes.data() + 1);
    QCOMPARE(in.position(), std::size_t{3});
    QCOMPARE(in.remaining(), std::size_t{2});
    const auto array = in.array<2>();
    VERIFY_RESULT(array);
    QVERIFY((*array == ByteArray<2>{4, 5}));
    QVERIFY(in.atEnd());
    VERIFY_RESULT(in.take(0));
}

void BytesTest::concatenatesAndCompares()
{
    QVERIFY(concat(viewOf("ab"), viewOf("")) == bytesOf("ab"));
    QVERIFY(concat(viewOf("a"), viewOf("bc")) == bytesOf("abc"));
    QVERIFY(equal(viewOf("abc"), bytesOf("abc")));
    QVERIFY(!equal(viewOf("abc"), viewOf("abd")));
    QVERIFY(!equal(viewOf("abc"), viewOf("ab")));
    QVERIFY(equal({}, {}));
}

void BytesTest::drawsEvenly()
{
    SeededRandom random(1);
    std::map<std::uint64_t, int> counts;
    for (int i = 0; i < 30'000; ++i)
        ++counts[random.below(3)];
    QCOMPARE(counts.size(), std::size_t{3});
    for (const auto& [value, count] : counts)
        QVERIFY(count > 9'500 && count < 10'500);
    QCOMPARE(random.below(1), std::uint64_t{0});
    SeededRandom first(7);
    SeededRandom second(7);
    QCOMPARE(first.u64(), second.u64());
    SystemRandom system;
    QVERIFY(system.u64() != system.u64());
}

QTEST_GUILESS_MAIN(BytesTest)
#include "bytes_test.moc"
