// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: exactly the deterministic subset is written and read. Method: the examples of RFC 8949,
// appendix A, in both directions; a table of every form that is refused; random documents, whole
// and damaged.

#include "core/base/cbor.h"
#include "core/base/hex.h"
#include "core/base/random.h"
#include "tests/core/base/cbor_copy.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::base;

namespace {

Bytes fromHex(const QString& text)
{
    auto bytes = parseHex(text.toStdString());
    ASSERT(bytes);
    return bytes.take();
}

/// A random document of bounded size.
void writeRandom(CborWriter& out, Random& random, int depth)
{
    const auto kind = random.below(depth < 4 ? 9 : 7);
    Bytes content(random.below(40));
    random.fill(content);
    switch (kind) {
    case 0:
        out.uint(random.u64() >> random.below(64));
        break;
    case 1:
        out.integer(-static_cast<std::int64_t>(random.u64() >> (1 + random.below(62))) - 1);
        break;
    case 2:
        out.bytes(content);
        break;
    case 3:
        out.text(toHex(content));
        break;
    case 4:
        out.boolean(random.below(2) == 0);
        break;
    case 5:
        out.null();
        break;
    case 6: {
        content.resize(32);
        content[0] |= 1;
        out.bigInteger(random.below(2) == 0 ? CborSign::Positive : CborSign::Negative, content);
        break;
    }
    case 7: {
        const auto count = random.below(5);
        out.beginArray(count);
        for (std::uint64_t i = 0; i < count; ++i)
            writeRandom(out, random, depth + 1);
        break;
    }
    default: {
        const auto count = random.below(5);
        out.beginMap(count);
        for (std::uint64_t i = 0; i < count; ++i) {
            out.uint(i * 100);
            writeRandom(out, random, depth + 1);
        }
    }
    }
}

} // namespace

class CborTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheExamplesOfTheRfc_data();
    void writesTheExamplesOfTheRfc();
    void readsTheExamplesOfTheRfc_data();
    void readsTheExamplesOfTheRfc();
    void refuses_data();
    void refuses();
    void readsValuesByType();
    void readsIntegersOfAnySize();
    void refusesIntegersOutOfRange();
    void skipsWholeItems();
    void countsNestingOnlyUpToItsLimit();
    void expectsContainersToBeComplete();
    void copiesRandomDocuments();
    void neverAcceptsTwoFormsOfOneDocument();
};

using Write = void (*)(CborWriter&);
Q_DECLARE_METATYPE(Write)

void CborTest::writesTheExamplesOfTheRfc_data()
{
    QTest::addColumn<Write>("write");
    QTest::addColumn<QString>("hex");
    const auto row = [](const char* hex, Write write) {
        QTest::newRow(hex) << write << QString::fromUtf8(hex);
    };
    row("00", [](CborWriter& out) { out.uint(0); });
    row("17", [](CborWriter& out) { out.uint(23); });
    row("1818", [](CborWriter& out) { out.uint(24); });
    row("1864", [](CborWriter& out) { out.integer(100); });
    row("18ff", [](CborWriter& out) { out.uint(255); });
    row("190100", [](CborWriter& out) { out.uint(256); });
    row("1903e8", [](CborWriter& out) { out.uint(1000); });
    row("1a000f4240", [](CborWriter& out) { out.uint(1000000); });
    row("1b000000e8d4a51000", [](CborWriter& out) { out.uint(1000000000000); });
    row("1bffffffffffffffff", [](CborWriter& out) { out.uint(UINT64_MAX); });
    row("c249010000000000000000", [](CborWriter& out) {
        out.bigInteger(CborSign::Positive, Bytes{0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
    });
    row("3bffffffffffffffff", [](CborWriter& out) {
        out.bigInteger(CborSign::Negative, Bytes{1, 0, 0, 0, 0, 0, 0, 0, 0});
    });
    row("c349010000000000000000", [](CborWriter& out) {
        out.bigInteger(CborSign::Negative, Bytes{1, 0, 0, 0, 0, 0, 0, 0, 1});
    });
    row("20", [](CborWriter& out) { out.integer(-1); });
    row("3863", [](CborWriter& out) { out.bigInteger(CborSign::Negative, Bytes{100}); });
    row("3903e7", [](CborWriter& out) { out.integer(-1000); });
    row("3b7fffffffffffffff", [](CborWriter& out) { out.integer(INT64_MIN); });
    row("f4", [](CborWriter& out) { out.boolean(false); });
    row("f5", [](CborWriter& out) { out.boolean(true); });
    row("f6", [](CborWriter& out) { out.null(); });
    row("40", [](CborWriter& out) { out.bytes({}); });
    row("4401020304", [](CborWriter& out) { out.bytes(Bytes{1, 2, 3, 4}); });
    row("60", [](CborWriter& out) { out.text(""); });
    row("6449455446", [](CborWriter& out) { out.text("IETF"); });
    row("62c3bc", [](CborWriter& out) { out.text("\xc3\xbc"); });
    row("64f0908591", [](CborWriter& out) { out.text("\xf0\x90\x85\x91"); });
    row("80", [](CborWriter& out) { out.beginArray(0); });
    row("8301820203820405", [](CborWriter& out) {
        out.beginArray(3);
        out.uint(1);
        for (std::uint64_t first : {2U, 4U}) {
            out.beginArray(2);
            out.uint(first);
            out.uint(first + 1);
        }
    });
    row("a0", [](CborWriter& out) { out.beginMap(0); });
    row("a26161016162820203", [](CborWriter& out) {
        out.beginMap(2);
        out.text("a");
        out.uint(1);
        out.text("b");
        out.beginArray(2);
        out.uint(2);
        out.uint(3);
    });
}

void CborTest::writesTheExamplesOfTheRfc()
{
    QFETCH(Write, write);
    QFETCH(QString, hex);
    CborWriter out;
    write(out);
    QCOMPARE(QString::fromStdString(toHex(out.take())), hex);
}

void CborTest::readsTheExamplesOfTheRfc_data()
{
    QTest::addColumn<QString>("hex");
    const auto examples = {"00",
                           "01",
                           "0a",
                           "17",
                           "1818",
                           "1819",
                           "1864",
                           "1903e8",
                           "1a000f4240",
                           "1b000000e8d4a51000",
                           "1bffffffffffffffff",
                           "c249010000000000000000",
                           "3bffffffffffffffff",
                           "c349010000000000000000",
                           "20",
                           "29",
                           "3863",
                           "3903e7",
                           "f4",
                           "f5",
                           "f6",
                           "40",
                           "4401020304",
                           "60",
                           "6161",
                           "6449455446",
                           "62225c",
                           "62c3bc",
                           "63e6b0b4",
                           "64f0908591",
                           "80",
                           "83010203",
                           "8301820203820405",
                           "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
                           "a0",
                           "a201020304",
                           "a26161016162820203",
                           "826161a161626163",
                           "a56161614161626142616361436164614461656145"};
    for (const auto* example : examples)
        QTest::newRow(example) << QString::fromUtf8(example);
}

void CborTest::readsTheExamplesOfTheRfc()
{
    QFETCH(QString, hex);
    const auto bytes = fromHex(hex);
    const auto copy = test::copyCbor(bytes);
    VERIFY_RESULT(copy);
    QCOMPARE(QString::fromStdString(toHex(*copy)), hex);
    CborReader in(bytes);
    VERIFY_RESULT(in.skip());
    VERIFY_RESULT(in.expectEnd());
}

void CborTest::refuses_data()
{
    QTest::addColumn<QString>("hex");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, const char* hex, ErrorCode code = ErrorCode::Malformed) {
        QTest::newRow(name) << QString::fromUtf8(hex) << code;
    };
    row("nothing", "");
    row("uint 23 in two bytes", "1817");
    row("uint 0 in two bytes", "1800");
    row("uint 255 in three bytes", "1900ff");
    row("uint 65535 in five bytes", "1a0000ffff");
    row("uint 2^32-1 in nine bytes", "1b00000000ffffffff");
    row("negative not shortest", "3800");
    row("length not shortest", "580161");
    row("text length not shortest", "780161");
    row("array count not shortest", "980101");
    row("map count not shortest", "b8010101");
    row("tag not shortest", "d80249010000000000000000");
    row("half float", "f90000");
    row("single float", "fa47c35000");
    row("double", "fb3ff199999999999a");
    row("infinity", "f97c00");
    row("NaN", "f97e00");
    row("undefined", "f7");
    row("simple 16", "f0");
    row("simple 255", "f8ff");
    row("false in two bytes", "f814");
    row("reserved 28", "1c");
    row("reserved 30 in a map", "a1011e");
    row("indefinite bytes", "5f42010243030405ff");
    row("indefinite text", "7f657374726561646d696e67ff");
    row("indefinite array", "9fff");
    row("indefinite map", "bf61610161629f0203ffff");
    row("break alone", "ff");
    row("tag 0", "c074323031332d30332d32315432303a30343a30305a");
    row("tag 1", "c11a514b67b0");
    row("tag 24", "d818456449455446");
    row("bignum that fits 64 bits", "c248ffffffffffffffff");
    row("bignum with a leading zero", "c24a00010000000000000000");
    row("empty bignum", "c240");
    row("bignum of text", "c269616161616161616161");
    row("bignum of an array", "c280");
    row("bignum of nothing", "c2");
    row("bignum of a bignum", "c2c249010000000000000000");
    row("bignum beyond 256 bits",
        "c25821010000000000000000000000000000000000000000000000000000000000000000",
        ErrorCode::TooLarge);
    row("negative bignum beyond 256 bits",
        "c35820ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ErrorCode::TooLarge);
    row("keys equal", "a201010102");
    row("keys descending", "a202010101");
    row("text keys by length, not alphabet", "a2626161016162"
                                             "02");
    row("text key before integer key", "a261610101"
                                       "02");
    row("null as a key", "a1f601");
    row("array as a key", "a18001");
    row("map as a key", "a1a001");
    row("bignum as a key", "a1c24901000000000000000001");
    row("keys descending inside", "81a202010101");
    row("value missing", "a101", ErrorCode::TooLarge);
    row("value cut off", "a10119");
    row("item missing", "8201", ErrorCode::TooLarge);
    row("item missing inside", "828101");
    row("uint cut off", "1903");
    row("bytes cut off", "44010203");
    row("text cut off", "62c3");
    row("array count beyond the input", "9a0001000000", ErrorCode::TooLarge);
    row("array count beyond memory", "9bffffffffffffffff", ErrorCode::TooLarge);
    row("map count beyond the input", "ba00010000010203", ErrorCode::TooLarge);
    row("byte length beyond memory", "5bffffffffffffffff");
    row("text not UTF-8", "61ff");
    row("text with a surrogate", "63eda080");
    row("text overlong", "62c080");
    row("trailing byte", "0000");
}

void CborTest::refuses()
{
    QFETCH(QString, hex);
    QFETCH(ErrorCode, code);
    COMPARE_ERROR(test::copyCbor(fromHex(hex)), code);
    // Whoever skips an item must not let through what a reader would refuse.
    const auto bytes = fromHex(hex);
    CborReader in(bytes);
    const auto skipped = in.skip();
    const bool isBigNumber = code == ErrorCode::TooLarge && hex.startsWith(QStringLiteral("c"));
    QVERIFY(!skipped || !in.expectEnd() || isBigNumber);
}

void CborTest::readsValuesByType()
{
    CborWriter out;
    out.beginArray(7);
    out.uint(7);
    out.integer(-7);
    out.text("seven");
    out.bytes(Bytes{7, 7});
    out.boolean(true);
    out.null();
    out.beginMap(1);
    out.uint(1);
    out.beginArray(0);
    const auto bytes = out.take();

    CborReader in(bytes);
    const auto count = in.array();
    VERIFY_RESULT(count);
    QCOMPARE(*count, std::size_t{7});
    QCOMPARE(*in.peek(), CborType::Uint);
    QCOMPARE(*in.uint(), std::uint64_t{7});
    QCOMPARE(*in.peek(), CborType::NegativeInteger);
    QCOMPARE(*in.integer(), std::int64_t{-7});
    QCOMPARE(*in.peek(), CborType::TextString);
    QVERIFY(*in.text() == "seven");
    QCOMPARE(*in.peek(), CborType::ByteString);
    const auto array = in.byteArray<2>();
    VERIFY_RESULT(array);
    QVERIFY((*array == ByteArray<2>{7, 7}));
    QCOMPARE(*in.peek(), CborType::Boolean);
    QCOMPARE(*in.boolean(), true);
    QCOMPARE(*in.peek(), CborType::Null);
    VERIFY_RESULT(in.null());
    QCOMPARE(*in.peek(), CborType::Map);
    QCOMPARE(*in.map(), std::size_t{1});
    QCOMPARE(*in.uint(), std::uint64_t{1});
    QCOMPARE(*in.peek(), CborType::Array);
    QCOMPARE(*in.array(), std::size_t{0});
    QCOMPARE(*in.peek(), CborType::End);
    VERIFY_RESULT(in.expectEnd());

    // The wrong question is an error for every type.
    const auto seven = fromHex(QStringLiteral("07"));
    const auto text = fromHex(QStringLiteral("6107"));
    COMPARE_ERROR(CborReader(seven).text(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(seven).bytes(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(seven).array(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(seven).map(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(seven).boolean(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(seven).null(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(seven).tag(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(text).uint(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(text).integer(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(text).bigInteger(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(text).bytes(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(fromHex(QStringLiteral("4101"))).byteArray<2>(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(fromHex(QStringLiteral("f6"))).boolean(), ErrorCode::Malformed);
    COMPARE_ERROR(CborReader(fromHex(QStringLiteral("f5"))).null(), ErrorCode::Malformed);
}

void CborTest::readsIntegersOfAnySize()
{
    // 2^256 - 1 both ways, and -2^256 + 1, whose encoding ends in fe.
    const Bytes all(32, 0xff);
    for (const auto sign : {CborSign::Positive, CborSign::Negative}) {
        CborWriter out;
        out.bigInteger(sign, all);
        const auto bytes = out.take();
        CborReader in(bytes);
        const auto value = in.bigInteger();
        VERIFY_RESULT(value);
        QCOMPARE(value->sign, sign);
        QVERIFY(equal(value->magnitude, all));
    }
    // -2^64 fits major type 1, one less does not.
    const auto low = fromHex(QStringLiteral("3bffffffffffffffff"));
    const auto value = CborReader(low).bigInteger();
    VERIFY_RESULT(value);
    QCOMPARE(value->sign, CborSign::Negative);
    QCOMPARE(toHex(ByteView(value->magnitude).last(9)), std::string("010000000000000000"));
    // Zero has one form.
    CborWriter zero;
    zero.bigInteger(CborSign::Positive, Bytes(32, 0));
    QCOMPARE(toHex(zero.take()), std::string("00"));
}

void CborTest::refusesIntegersOutOfRange()
{
    const auto wide = fromHex(QStringLiteral("1b8000000000000000"));
    COMPARE_ERROR(CborReader(wide).integer(), ErrorCode::Malformed);
    QCOMPARE(*CborReader(wide).uint(), std::uint64_t{1} << 63);
    const auto low = fromHex(QStringLiteral("3b8000000000000000"));
    COMPARE_ERROR(CborReader(low).integer(), ErrorCode::Malformed);
    const auto lowest = fromHex(QStringLiteral("3b7fffffffffffffff"));
    QCOMPARE(*CborReader(lowest).integer(), INT64_MIN);
}

void CborTest::skipsWholeItems()
{
    const auto bytes = fromHex(QStringLiteral("83a26161016162820203c24901000000000000000007"));
    CborReader in(bytes);
    QCOMPARE(*in.array(), std::size_t{3});
    VERIFY_RESULT(in.skip());
    QCOMPARE(*in.peek(), CborType::Tag);
    VERIFY_RESULT(in.skip());
    QCOMPARE(*in.uint(), std::uint64_t{7});
    VERIFY_RESULT(in.expectEnd());
    COMPARE_ERROR(in.skip(), ErrorCode::Malformed);
}

void CborTest::countsNestingOnlyUpToItsLimit()
{
    Bytes deep(CborNesting::kMaxDepth - 1, 0x81);
    deep.push_back(0x80); // Empty: opens no level.
    VERIFY_RESULT(test::copyCbor(deep));
    Bytes full(CborNesting::kMaxDepth, 0x81);
    full.push_back(0);
    VERIFY_RESULT(test::copyCbor(full));
    Bytes tooDeep(CborNesting::kMaxDepth + 1, 0x81);
    tooDeep.push_back(0);
    COMPARE_ERROR(test::copyCbor(tooDeep), ErrorCode::TooLarge);
    CborReader skipping(tooDeep);
    COMPARE_ERROR(skipping.skip(), ErrorCode::TooLarge);
    const Bytes hostile(100'000, 0x81);
    COMPARE_ERROR(test::copyCbor(hostile), ErrorCode::TooLarge);
}

void CborTest::expectsContainersToBeComplete()
{
    const auto bytes = fromHex(QStringLiteral("8201a10102"));
    CborReader in(bytes);
    VERIFY_RESULT(in.array());
    VERIFY_RESULT(in.uint());
    VERIFY_RESULT(in.map());
    VERIFY_RESULT(in.uint());
    COMPARE_ERROR(in.expectEnd(), ErrorCode::Malformed);
    VERIFY_RESULT(in.uint());
    VERIFY_RESULT(in.expectEnd());
}

void CborTest::copiesRandomDocuments()
{
    SeededRandom random(8949);
    for (int i = 0; i < 2000; ++i) {
        CborWriter out;
        writeRandom(out, random, 0);
        const auto bytes = out.take();
        const auto copy = test::copyCbor(bytes);
        VERIFY_RESULT(copy);
        QCOMPARE(toHex(*copy), toHex(bytes));
    }
}

void CborTest::neverAcceptsTwoFormsOfOneDocument()
{
    SeededRandom random(4221);
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        CborWriter out;
        writeRandom(out, random, 2);
        auto bytes = out.take();
        bytes[random.below(bytes.size())] = static_cast<std::uint8_t>(random.below(256));
        if (random.below(4) == 0)
            bytes.resize(random.below(bytes.size() + 1));
        const auto copy = test::copyCbor(bytes);
        if (copy) {
            ++accepted;
            QCOMPARE(toHex(*copy), toHex(bytes));
        }
    }
    QVERIFY(accepted > 100); // Else the damage was so great that nothing was shown.
}

QTEST_GUILESS_MAIN(CborTest)
#include "cbor_test.moc"
