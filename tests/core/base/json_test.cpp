// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: untrusted JSON is read strictly and our own comes back unchanged. Method: tables of what is
// taken and of what is refused, with the reason; reading members by type.

#include "core/base/json.h"
#include "tests/support/test.h"

using namespace coffer::base;

class JsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatItReads_data();
    void keepsWhatItReads();
    void refuses_data();
    void refuses();
    void boundsDepth();
    void readsManyKeys();
    void readsMembersByType();
    void readsOptionalMembers();
    void namesTheMemberThatIsWrong();
    void replacesInvalidUtf8WhenWriting();
};

void JsonTest::keepsWhatItReads_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto texts = {"null",
                        "true",
                        "0",
                        "-1",
                        "9223372036854775807",
                        "-9223372036854775808",
                        "18446744073709551615",
                        "1.5",
                        R"("")",
                        R"("a\"\\\n\u0001")",
                        "\"\xc3\xbc\xe6\xb0\xb4\"",
                        "[]",
                        "{}",
                        R"([1,[2,[3]],{"b":1,"a":[{}]}])",
                        R"({"z":1,"y":{"z":2},"x":null})"};
    for (const auto* text : texts)
        QTest::newRow(text) << QByteArray(text);
}

void JsonTest::keepsWhatItReads()
{
    QFETCH(QByteArray, text);
    const auto json = parseJson(text.toStdString());
    VERIFY_RESULT(json);
    QCOMPARE(writeJson(*json), text.toStdString());
}

void JsonTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, QByteArray text, ErrorCode code = ErrorCode::Malformed) {
        QTest::newRow(name) << text << code;
    };
    row("nothing", "");
    row("blank", "  ");
    row("word", "hello");
    row("cut object", R"({"a":1)");
    row("cut array", "[1,");
    row("cut string", R"("abc)");
    row("cut escape", R"("\u12")");
    row("trailing comma", "[1,]");
    row("trailing comma in object", R"({"a":1,})");
    row("trailing value", "1 2");
    row("trailing bracket", "[]]");
    row("trailing after NUL", QByteArray("1\0garbage", 9));
    row("NUL inside", QByteArray("[1,\0 2]", 7));
    row("byte order mark", "\xef\xbb\xbf{}");
    row("comment", "/* x */ 1");
    row("line comment", "1 // x");
    row("single quotes", "{'a':1}");
    row("bare key", "{a:1}");
    row("NaN", "NaN");
    row("NaN in array", "[NaN]");
    row("infinity", "Infinity");
    row("negative infinity", "-Infinity");
    row("hex number", "0x10");
    row("leading zero", "01");
    row("plus", "+1");
    row("bare point", "1.");
    row("point first", ".5");
    row("empty exponent", "1e");
    row("control character", "\"\n\"");
    row("invalid UTF-8", "\"\xff\"");
    row("overlong UTF-8", "\"\xc0\x80\"");
    row("surrogate in UTF-8", "\"\xed\xa0\x80\"");
    row("lonely surrogate escape", R"("\ud800")");
    row("duplicate key", R"({"a":1,"a":1})");
    row("duplicate key apart", R"({"a":1,"b":2,"a":3})");
    row("duplicate key inside", R"([{"x":{"k":1,"k":2}}])");
    row("duplicate key by escape", R"({"a":1,"\u0061":2})");
    row("duplicate empty key", R"({"":1,"":2})");
    row("integer beyond 64 bits", "18446744073709551616", ErrorCode::TooLarge);
    row("negative beyond 64 bits", "-9223372036854775809", ErrorCode::TooLarge);
    row("integer of 400 digits", QByteArray(400, '9'), ErrorCode::TooLarge);
    row("double beyond range", "1e400", ErrorCode::TooLarge);
    row("negative double beyond range", "[-1.5e999]", ErrorCode::TooLarge);
}

void JsonTest::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    COMPARE_ERROR(parseJson(text.toStdString()), code);
}

void JsonTest::boundsDepth()
{
    const auto nested = [](int depth) {
        return std::string(static_cast<std::size_t>(depth), '[') +
               std::string(static_cast<std::size_t>(depth), ']');
    };
    VERIFY_RESULT(parseJson(nested(32)));
    COMPARE_ERROR(parseJson(nested(33)), ErrorCode::TooLarge);
    VERIFY_RESULT(parseJson(nested(3), 3));
    COMPARE_ERROR(parseJson(nested(4), 3), ErrorCode::TooLarge);
    VERIFY_RESULT(parseJson("1", 0));
    COMPARE_ERROR(parseJson(R"({"a":{"a":1}})", 1), ErrorCode::TooLarge);
    COMPARE_ERROR(parseJson(std::string(1'000'000, '[')), ErrorCode::TooLarge);
}

void JsonTest::readsManyKeys()
{
    // That a search for each key does not stop the engine is measured by the bench (growth.cpp).
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i)
        text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":" + std::to_string(i);
    text += "}";
    const auto json = parseJson(text);
    VERIFY_RESULT(json);
    QCOMPARE(json->size(), std::size_t{100'000});
}

void JsonTest::readsMembersByType()
{
    const auto json = parseJson(R"({"s":"text","i":-5,"u":9223372036854775807,"b":true})");
    VERIFY_RESULT(json);
    QCOMPARE(*jsonString(*json, "s"), std::string("text"));
    QCOMPARE(*jsonInteger(*json, "i"), std::int64_t{-5});
    QCOMPARE(*jsonInteger(*json, "u"), INT64_MAX);
    QCOMPARE(*jsonBoolean(*json, "b"), true);

    const auto wrong =
        parseJson(R"({"s":1,"i":"1","f":1.0,"u":9223372036854775808,"b":0,"n":null})");
    VERIFY_RESULT(wrong);
    COMPARE_ERROR(jsonString(*wrong, "s"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonInteger(*wrong, "i"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonInteger(*wrong, "f"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonInteger(*wrong, "u"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonBoolean(*wrong, "b"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonString(*wrong, "n"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonString(*wrong, "absent"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonString(Json("no object"), "s"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonString(Json::array({1}), "s"), ErrorCode::Malformed);
}

void JsonTest::readsOptionalMembers()
{
    const auto json = parseJson(R"({"s":"x","i":1,"b":false,"n":null})");
    VERIFY_RESULT(json);
    QVERIFY(*jsonOptionalString(*json, "s") == "x");
    QVERIFY(*jsonOptionalInteger(*json, "i") == 1);
    QVERIFY(*jsonOptionalBoolean(*json, "b") == false);
    for (const char* key : {"n", "absent"}) {
        QVERIFY(!jsonOptionalString(*json, key)->has_value());
        QVERIFY(!jsonOptionalInteger(*json, key)->has_value());
        QVERIFY(!jsonOptionalBoolean(*json, key)->has_value());
    }
    COMPARE_ERROR(jsonOptionalString(*json, "i"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonOptionalInteger(*json, "s"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonOptionalBoolean(*json, "s"), ErrorCode::Malformed);
    COMPARE_ERROR(jsonOptionalString(Json(), "s"), ErrorCode::Malformed);
}

void JsonTest::namesTheMemberThatIsWrong()
{
    const auto read = jsonInteger(Json::object(), "height");
    QVERIFY(!read);
    QVERIFY(read.error().detail.find("'height'") != std::string::npos);
}

void JsonTest::replacesInvalidUtf8WhenWriting()
{
    QCOMPARE(writeJson(Json("a\xff")), std::string("\"a\xef\xbf\xbd\""));
    QCOMPARE(writeJson(Json("line\nbreak")), std::string(R"("line\nbreak")"));
}

QTEST_GUILESS_MAIN(JsonTest)
#include "json_test.moc"
