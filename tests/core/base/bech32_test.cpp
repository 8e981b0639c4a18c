// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: BIP173 and BIP350, and hints where a text is wrong. Method: both BIPs' vectors with the
// reason of every refusal; planted mistakes of one and two characters must be found, of three never
// be "found" in a text that was right; long texts for silent payments.

#include "core/base/bech32.h"
#include "core/base/hex.h"
#include "core/base/random.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::base;

namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// The vectors hold single bytes beyond ASCII as characters of Latin-1.
std::string fromVector(const Json& text)
{
    return QString::fromStdString(text.get<std::string>()).toLatin1().toStdString();
}

std::string lower(std::string text)
{
    return QByteArray::fromStdString(text).toLower().toStdString();
}

/// What we call a reason of the BIPs' lists.
ErrorCode codeOf(const std::string& reason)
{
    if (reason == "overall max length exceeded")
        return ErrorCode::TooLarge;
    if (reason.starts_with("checksum calculated") || reason.starts_with("Invalid checksum"))
        return ErrorCode::BadChecksum;
    if (reason.starts_with("Invalid witness version") ||
        reason.starts_with("Invalid program length"))
        return ErrorCode::OutOfRange;
    return ErrorCode::Malformed;
}

/// The scriptPubKey of a witness program (BIP141).
std::string scriptOf(const SegwitAddress& address)
{
    const auto version =
        static_cast<std::uint8_t>(address.version == 0 ? 0 : 0x50 + address.version);
    const Bytes head{version, static_cast<std::uint8_t>(address.program.size())};
    return toHex(concat(head, address.program));
}

std::string randomAddress(Random& random)
{
    SegwitAddress address{"bc", static_cast<int>(random.below(2)), Bytes(32)};
    random.fill(address.program);
    auto text = toSegwitAddress(address);
    ASSERT(text);
    return text.take();
}

/// Exchanges `count` characters behind the prefix and returns where, ascending.
std::vector<std::size_t> damage(std::string& text, std::size_t count, Random& random)
{
    std::vector<std::size_t> places;
    while (places.size() < count) {
        const auto at = 3 + random.below(text.size() - 3);
        const char other = kAlphabet[random.below(32)];
        if (std::ranges::find(places, at) != places.end() || text[at] == other)
            continue;
        text[at] = other;
        places.push_back(at);
    }
    std::ranges::sort(places);
    return places;
}

} // namespace

class Bech32Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsValidTexts_data();
    void readsValidTexts();
    void refusesInvalidTexts_data();
    void refusesInvalidTexts();
    void readsValidAddresses();
    void refusesInvalidAddresses();
    void refusesToWriteNonsense();
    void writesLongTexts();
    void convertsBits();
    void locatesOneMistake();
    void locatesTwoMistakes();
    void locatesStrangeCharacters();
    void neverPointsAtARightText();
    void locatesInLongTexts();
};

void Bech32Test::readsValidTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Bech32Variant>("variant");
    const std::pair<const char*, Bech32Variant> files[] = {
        {"btc/bip173/bech32.json", Bech32Variant::Bech32},
        {"btc/bip350/bech32m.json", Bech32Variant::Bech32m}};
    for (const auto& [file, variant] : files) {
        const auto vectors = test::jsonFile(file);
        for (const auto& text : vectors["valid_bech"]) {
            const auto bytes = QByteArray::fromStdString(fromVector(text));
            QTest::newRow(bytes.constData()) << bytes << variant;
        }
    }
}

void Bech32Test::readsValidTexts()
{
    QFETCH(QByteArray, text);
    QFETCH(Bech32Variant, variant);
    const auto decoded = parseBech32(text.toStdString());
    VERIFY_RESULT(decoded);
    QCOMPARE(decoded->variant, variant);
    const auto back = toBech32(variant, decoded->prefix, decoded->values);
    VERIFY_RESULT(back);
    QCOMPARE(*back, lower(text.toStdString()));
    QVERIFY(locateBech32Errors(text.toStdString()).empty());
}

void Bech32Test::refusesInvalidTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    for (const auto* file : {"btc/bip173/bech32.json", "btc/bip350/bech32m.json"}) {
        const auto vectors = test::jsonFile(file);
        for (const auto& vector : vectors["invalid_bech"]) {
            const auto bytes = QByteArray::fromStdString(fromVector(vector["string"]));
            QTest::newRow(bytes.toHex().constData())
                << bytes << codeOf(vector["reason"].get<std::string>());
        }
    }
    QTest::newRow("empty") << QByteArray() << ErrorCode::Malformed;
    QTest::newRow("mixed case") << QByteArray("A12UEl5L") << ErrorCode::Malformed;
}

void Bech32Test::refusesInvalidTexts()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    COMPARE_ERROR(parseBech32(text.toStdString()), code);
}

void Bech32Test::readsValidAddresses()
{
    int count = 0;
    const auto vectors = test::jsonFile("btc/bip350/bech32m.json");
    for (const auto& vector : vectors["valid_address"]) {
        const auto text = vector["address"].get<std::string>();
        const auto address = parseSegwitAddress(text);
        VERIFY_RESULT(address);
        QCOMPARE(scriptOf(*address), vector["scriptPubKey"].get<std::string>());
        const auto back = toSegwitAddress(*address);
        VERIFY_RESULT(back);
        QCOMPARE(*back, lower(text));
        ++count;
    }
    QVERIFY(count >= 7);
    // BIP173's own list is older: from version 1 on its checksums are the wrong ones now.
    const auto older = test::jsonFile("btc/bip173/bech32.json");
    for (const auto& vector : older["valid_address"]) {
        const auto address = parseSegwitAddress(vector["address"].get<std::string>());
        if (vector["scriptPubKey"].get<std::string>().starts_with("00"))
            VERIFY_RESULT(address);
        else
            COMPARE_ERROR(address, ErrorCode::BadChecksum);
    }
}

void Bech32Test::refusesInvalidAddresses()
{
    int count = 0;
    for (const auto* file : {"btc/bip173/bech32.json", "btc/bip350/bech32m.json"}) {
        const bool isOld = std::string_view(file) == "btc/bip173/bech32.json";
        const auto vectors = test::jsonFile(file);
        for (const auto& vector : vectors["invalid_address"]) {
            const auto text = vector["address"].get<std::string>();
            const auto reason = vector["reason"].get<std::string>();
            const auto address = parseSegwitAddress(text);
            ++count;
            // Which prefix is right is the network's matter, not ours.
            if (reason == "Invalid human-readable part") {
                QVERIFY(!address || address->prefix == "tc");
                continue;
            }
            // Old vectors with a version above 0 fail earlier, by their checksum.
            const bool isOldVersion = isOld && address.error().code == ErrorCode::BadChecksum;
            if (!isOldVersion)
                COMPARE_ERROR(address, codeOf(reason));
        }
    }
    QVERIFY(count > 20);
}

void Bech32Test::refusesToWriteNonsense()
{
    const Bytes values{0, 31};
    VERIFY_RESULT(toBech32(Bech32Variant::Bech32, "bc", values));
    COMPARE_ERROR(toBech32(Bech32Variant::Bech32, "", values), ErrorCode::Malformed);
    COMPARE_ERROR(toBech32(Bech32Variant::Bech32, "BC", values), ErrorCode::Malformed);
    COMPARE_ERROR(toBech32(Bech32Variant::Bech32, "b c", values), ErrorCode::Malformed);
    COMPARE_ERROR(toBech32(Bech32Variant::Bech32, "bc", Bytes{32}), ErrorCode::Malformed);
    COMPARE_ERROR(toBech32(Bech32Variant::Bech32, "bc", Bytes(82)), ErrorCode::TooLarge);
    COMPARE_ERROR(toSegwitAddress({"bc", 0, Bytes(21)}), ErrorCode::OutOfRange);
    COMPARE_ERROR(toSegwitAddress({"bc", 1, Bytes(1)}), ErrorCode::OutOfRange);
    COMPARE_ERROR(toSegwitAddress({"bc", 1, Bytes(41)}), ErrorCode::OutOfRange);
    COMPARE_ERROR(toSegwitAddress({"bc", 17, Bytes(32)}), ErrorCode::OutOfRange);
    COMPARE_ERROR(toSegwitAddress({"bc", -1, Bytes(32)}), ErrorCode::OutOfRange);
}

void Bech32Test::writesLongTexts()
{
    // A silent payment address: version and 66 bytes, 116 characters with "sp".
    Bytes values{0};
    const auto payload = toFiveBitValues(Bytes(66, 0xa5));
    values.insert(values.end(), payload.begin(), payload.end());
    const auto text = toBech32(Bech32Variant::Bech32m, "sp", values, kBech32LongMaxLength);
    VERIFY_RESULT(text);
    QCOMPARE(text->size(), std::size_t{116});
    COMPARE_ERROR(parseBech32(*text), ErrorCode::TooLarge);
    const auto back = parseBech32(*text, kBech32LongMaxLength);
    VERIFY_RESULT(back);
    QVERIFY(back->values == values);
    const auto longest =
        toBech32(Bech32Variant::Bech32m, "sp", Bytes(1023 - 9, 7), kBech32LongMaxLength);
    VERIFY_RESULT(longest);
    VERIFY_RESULT(parseBech32(*longest, kBech32LongMaxLength));
    COMPARE_ERROR(toBech32(Bech32Variant::Bech32m, "sp", Bytes(1023 - 8, 7), kBech32LongMaxLength),
                  ErrorCode::TooLarge);
    COMPARE_ERROR(parseBech32(*longest + "q", kBech32LongMaxLength), ErrorCode::TooLarge);
}

void Bech32Test::convertsBits()
{
    SeededRandom random(5);
    for (std::size_t size = 0; size < 70; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        const auto values = toFiveBitValues(bytes);
        QVERIFY(std::ranges::all_of(values, [](std::uint8_t value) { return value < 32; }));
        const auto back = fromFiveBitValues(values);
        VERIFY_RESULT(back);
        QVERIFY(*back == bytes);
    }
    COMPARE_ERROR(fromFiveBitValues(Bytes{32}), ErrorCode::Malformed);
    COMPARE_ERROR(fromFiveBitValues(Bytes{0}), ErrorCode::Malformed);      // Five bits left over.
    COMPARE_ERROR(fromFiveBitValues(Bytes{31, 31}), ErrorCode::Malformed); // Two bits, not zero.
    VERIFY_RESULT(fromFiveBitValues(Bytes{31, 28}));
}

void Bech32Test::locatesOneMistake()
{
    SeededRandom random(173);
    for (int i = 0; i < 100; ++i) {
        auto text = randomAddress(random);
        const auto places = damage(text, 1, random);
        COMPARE_ERROR(parseBech32(text), ErrorCode::BadChecksum);
        QCOMPARE(locateBech32Errors(text), places);
        QCOMPARE(locateBech32Errors(QByteArray::fromStdString(text).toUpper().toStdString()),
                 places);
    }
}

void Bech32Test::locatesTwoMistakes()
{
    SeededRandom random(350);
    int silent = 0;
    for (int i = 0; i < 200; ++i) {
        auto text = randomAddress(random);
        const auto places = damage(text, 2, random);
        const auto found = locateBech32Errors(text);
        // Silence is allowed when the other variant explains the text as well (about one in 300).
        if (found.empty())
            ++silent;
        else
            QCOMPARE(found, places);
    }
    QVERIFY(silent <= 5);
}

void Bech32Test::locatesStrangeCharacters()
{
    const std::string right = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    auto text = right;
    text[10] = 'b'; // Never part of the data.
    QCOMPARE(locateBech32Errors(text), (std::vector<std::size_t>{10}));
    text[20] = 'o';
    QCOMPARE(locateBech32Errors(text), (std::vector<std::size_t>{10, 20}));
    text[30] = 'i';
    QVERIFY(locateBech32Errors(text).empty());
    QVERIFY(locateBech32Errors("no text of this kind").empty());
    QVERIFY(locateBech32Errors(std::string(200, 'q')).empty());
}

void Bech32Test::neverPointsAtARightText()
{
    SeededRandom random(1);
    for (int i = 0; i < 50; ++i)
        QVERIFY(locateBech32Errors(randomAddress(random)).empty());
    // More than two mistakes: mostly silence, and a hint is never more than two places.
    int hints = 0;
    for (int i = 0; i < 200; ++i) {
        auto text = randomAddress(random);
        damage(text, 4, random);
        const auto found = locateBech32Errors(text);
        QVERIFY(found.size() <= 2);
        hints += found.empty() ? 0 : 1;
    }
    QVERIFY(hints < 20);
}

void Bech32Test::locatesInLongTexts()
{
    SeededRandom random(352);
    for (int i = 0; i < 20; ++i) {
        Bytes values(107);
        for (auto& value : values)
            value = static_cast<std::uint8_t>(random.below(32));
        auto text = toBech32(Bech32Variant::Bech32m, "sp", values, kBech32LongMaxLength).take();
        const auto places = damage(text, 1, random);
        QCOMPARE(locateBech32Errors(text, kBech32LongMaxLength), places);
    }
    auto longest =
        toBech32(Bech32Variant::Bech32m, "sp", Bytes(1014, 9), kBech32LongMaxLength).take();
    damage(longest, 2, random);
    QVERIFY(locateBech32Errors(longest, kBech32LongMaxLength).size() <= 2);
}

QTEST_GUILESS_MAIN(Bech32Test)
#include "bech32_test.moc"
