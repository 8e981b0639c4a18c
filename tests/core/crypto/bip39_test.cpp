// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: words in ten languages to the same seed as everybody's, however they are typed. Method: the
// 240 vectors of python-mnemonic up to the root key; spacing, case and Unicode forms; a table of
// refusals; every single exchanged word; phrases that are valid twice; Electrum's seeds.

#include "core/base/hex.h"
#include "core/base/random.h"
#include "core/crypto/bip32.h"
#include "core/crypto/bip39.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::crypto;
using base::Bytes;
using base::ErrorCode;
using base::SecretBytes;

namespace {

SecretBytes secretOf(std::string_view text)
{
    return SecretBytes::copyOf(base::viewOf(text));
}

std::string textOf(const SecretBytes& secret)
{
    return {secret.reveal().begin(), secret.reveal().end()};
}

SecretBytes fromHex(std::string_view hex)
{
    auto bytes = base::parseHex(hex);
    ASSERT(bytes);
    return SecretBytes::copyOf(*bytes);
}

base::Result<Mnemonic> parsed(std::string_view text)
{
    return Mnemonic::parse(secretOf(text));
}

const std::string kAbandon =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
    "abandon about";

} // namespace

class Bip39Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesTheVectors_data();
    void passesTheVectors();
    void readsWhatPeopleType_data();
    void readsWhatPeopleType();
    void refuses_data();
    void refuses();
    void neverTellsWordsInErrors();
    void findsExchangedWords();
    void listsLanguagesWhenThereAreTwo();
    void asksAboutEnglishAndFrench();
    void recognisesElectrumSeeds_data();
    void recognisesElectrumSeeds();
    void bringsBackEntropyOfEverySize();
    void refusesEntropyOfOtherSizes();
    void normalisesPassphrases();
    void showsWordsOneByOne();
};

void Bip39Test::passesTheVectors_data()
{
    QTest::addColumn<WordListLanguage>("language");
    QTest::addColumn<QByteArray>("entropy");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("seed");
    QTest::addColumn<QByteArray>("root");
    const auto file = test::jsonFile("btc/bip39/vectors.json");
    QCOMPARE(file.size(), kWordListLanguages.size());
    for (const auto& [name, vectors] : file.items()) {
        const auto language = parseWordListName(name);
        VERIFY_RESULT(language);
        QCOMPARE(vectors.size(), std::size_t{24});
        int number = 0;
        for (const auto& vector : vectors) {
            const auto field = [&vector](std::size_t i) {
                return QByteArray::fromStdString(vector[i].get<std::string>());
            };
            QTest::addRow("%s %d", name.c_str(), number++)
                << *language << field(0) << field(1) << field(2) << field(3);
        }
    }
}

void Bip39Test::passesTheVectors()
{
    QFETCH(WordListLanguage, language);
    QFETCH(QByteArray, entropy);
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, seed);
    QFETCH(QByteArray, root);
    const auto made = Mnemonic::fromEntropy(fromHex(entropy.toStdString()), language);
    VERIFY_RESULT(made);

    const auto read = Mnemonic::parse(secretOf(words.toStdString()), language);
    VERIFY_RESULT(read);
    QVERIFY(read->toText().equals(made->toText()));
    QCOMPARE(base::toHex(read->entropy().reveal()), entropy.toStdString());
    const auto candidates = Mnemonic::candidates(secretOf(words.toStdString()));
    QVERIFY(std::ranges::find(candidates, language) != candidates.end());
    const auto any = parsed(words.toStdString());
    if (candidates.size() == 1)
        QCOMPARE(any->language(), language);
    else
        COMPARE_ERROR(any, ErrorCode::Rejected);

    // The same words, if perhaps in another Unicode form.
    QVERIFY(nfkd(made->toText())->equals(*nfkd(secretOf(words.toStdString()))) ||
            language == WordListLanguage::Japanese);
    const auto derived = made->toSeed(secretOf("TREZOR"));
    VERIFY_RESULT(derived);
    QCOMPARE(base::toHex(derived->reveal()), seed.toStdString());
    const auto key = ExtendedPrivateKey::fromSeed(*derived, KeyNetwork::Main);
    VERIFY_RESULT(key);
    QCOMPARE(textOf(key->toSecretText()), root.toStdString());
}

void Bip39Test::readsWhatPeopleType_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto joined = [](const char* separator) {
        return QByteArray("abandon").append(separator).repeated(11) + "about";
    };
    QTest::newRow("as it is") << joined(" ");
    QTest::newRow("capitals") << joined(" ").toUpper();
    QTest::newRow("around") << " \t\r\n" + joined(" ") + "\n";
    QTest::newRow("many blanks") << joined("   ");
    QTest::newRow("tabs") << joined("\t");
    QTest::newRow("lines") << joined("\r\n");
    QTest::newRow("vertical tab and form feed") << joined("\v\f");
    QTest::newRow("U+3000") << joined("\xe3\x80\x80");
    QTest::newRow("no-break") << joined("\xc2\xa0");
    QTest::newRow("em space") << joined("\xe2\x80\x83");
    QTest::newRow("narrow no-break") << joined("\xe2\x80\xaf");
    QTest::newRow("line separator") << joined("\xe2\x80\xa8");
    QTest::newRow("paragraph separator") << joined("\xe2\x80\xa9");
    QTest::newRow("next line") << joined("\xc2\x85");
    QTest::newRow("Ogham") << joined("\xe1\x9a\x80");
    QTest::newRow("zero width") << joined(" \xe2\x80\x8b");
    QTest::newRow("byte order mark") << "\xef\xbb\xbf" + joined(" ");
    QTest::newRow("full width letters") << joined(" ").replace(
        "about", "\xef\xbd\x81\xef\xbd\x82\xef\xbd\x8f\xef\xbd\x95\xef\xbd\x94");
}

void Bip39Test::readsWhatPeopleType()
{
    QFETCH(QByteArray, text);
    const auto mnemonic = parsed(text.toStdString());
    VERIFY_RESULT(mnemonic);
    QCOMPARE(textOf(mnemonic->toText()), kAbandon);
    QCOMPARE(mnemonic->language(), WordListLanguage::English);
}

void Bip39Test::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    const auto abandon = QByteArray::fromStdString(kAbandon);
    QTest::newRow("nothing") << QByteArray() << ErrorCode::Malformed;
    QTest::newRow("blanks") << QByteArray("  \n ") << ErrorCode::Malformed;
    QTest::newRow("one word") << QByteArray("abandon") << ErrorCode::Malformed;
    QTest::newRow("eleven words") << abandon.left(abandon.size() - 6) << ErrorCode::Malformed;
    QTest::newRow("thirteen words") << abandon + " about" << ErrorCode::Malformed;
    QTest::newRow("27 words") << (abandon + ' ').repeated(2) + "zoo zoo zoo"
                              << ErrorCode::Malformed;
    QTest::newRow("a thousand words") << QByteArray("zoo ").repeated(1000) << ErrorCode::Malformed;
    QTest::newRow("a megabyte") << QByteArray(1'000'000, 'a') << ErrorCode::Malformed;
    QTest::newRow("unknown word") << QByteArray(abandon).replace("about", "abouts")
                                  << ErrorCode::Malformed;
    QTest::newRow("four letters only")
        << QByteArray(abandon).replace("about", "abou") << ErrorCode::Malformed;
    QTest::newRow("words of two languages")
        << QByteArray(abandon).replace("about", "abaco") << ErrorCode::Malformed;
    QTest::newRow("commas") << QByteArray(abandon).replace(' ', ',') << ErrorCode::Malformed;
    QTest::newRow("checksum") << QByteArray(abandon).replace("about", "abandon")
                              << ErrorCode::BadChecksum;
    QTest::newRow("not UTF-8") << abandon + "\xff" << ErrorCode::Malformed;
    QTest::newRow("NUL") << abandon + QByteArray(1, '\0') << ErrorCode::Malformed;
}

void Bip39Test::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    COMPARE_ERROR(parsed(text.toStdString()), code);
    COMPARE_ERROR(Mnemonic::parse(secretOf(text.toStdString()), WordListLanguage::English), code);
    QVERIFY(Mnemonic::candidates(secretOf(text.toStdString())).empty());
}

void Bip39Test::neverTellsWordsInErrors()
{
    auto text = kAbandon;
    text.replace(text.find("about"), 5, "sesquipedalian");
    const auto result = parsed(text);
    QVERIFY(!result);
    QCOMPARE(result.error().detail, std::string("word 12 is not in the word list"));
    for (const auto* word : {"sesqui", "abandon"})
        QVERIFY(result.error().detail.find(word) == std::string::npos);
    COMPARE_ERROR(Mnemonic::parse(secretOf(kAbandon), WordListLanguage::Korean),
                  ErrorCode::Malformed);
}

void Bip39Test::findsExchangedWords()
{
    base::SeededRandom random(39);
    Bytes entropy(32);
    random.fill(entropy);
    const auto right = Mnemonic::fromEntropy(SecretBytes::copyOf(entropy));
    VERIFY_RESULT(right);
    int accepted = 0;
    const int attempts = 200;
    for (int i = 0; i < attempts; ++i) {
        const auto at = random.below(24);
        std::string text;
        for (std::size_t w = 0; w < 24; ++w) {
            const auto index = w == at ? random.below(kWordListSize) : right->wordIndex(w);
            text += std::string(word(WordListLanguage::English, index)) + " ";
        }
        accepted += parsed(text) ? 1 : 0;
    }
    // An 8-bit checksum lets one in 256 pass.
    QVERIFY(accepted < 10);
}

void Bip39Test::listsLanguagesWhenThereAreTwo()
{
    // Twelve characters that both Chinese lists have at the same places.
    const std::string text =
        "\xe7\x9a\x84 \xe7\x9a\x84 \xe7\x9a\x84 \xe7\x9a\x84 \xe7\x9a\x84 \xe7\x9a\x84 "
        "\xe7\x9a\x84 \xe7\x9a\x84 \xe7\x9a\x84 \xe7\x9a\x84 \xe7\x9a\x84 \xe5\x9c\xa8";
    COMPARE_ERROR(parsed(text), ErrorCode::Rejected);
    const auto candidates = Mnemonic::candidates(secretOf(text));
    QVERIFY((candidates == std::vector{WordListLanguage::ChineseSimplified,
                                       WordListLanguage::ChineseTraditional}));
    for (const auto language : candidates) {
        const auto chosen = Mnemonic::parse(secretOf(text), language);
        VERIFY_RESULT(chosen);
        QCOMPARE(chosen->language(), language);
        QCOMPARE(textOf(chosen->toText()), text);
    }
    COMPARE_ERROR(Mnemonic::parse(secretOf(text), WordListLanguage::English), ErrorCode::Malformed);
    QVERIFY(Mnemonic::candidates(secretOf(kAbandon)) == std::vector{WordListLanguage::English});
}

void Bip39Test::asksAboutEnglishAndFrench()
{
    // English and French share a hundred words: a phrase of them can be right in both.
    std::vector<std::uint16_t> shared;
    for (std::uint16_t i = 0; i < kWordListSize; ++i) {
        if (findWord(WordListLanguage::French, base::viewOf(word(WordListLanguage::English, i))))
            shared.push_back(i);
    }
    QVERIFY(shared.size() > 50);
    base::SeededRandom random(3939);
    int both = 0;
    int one = 0;
    for (int i = 0; i < 5000 && (both < 1 || one < 3); ++i) {
        std::string text;
        for (int w = 0; w < 12; ++w)
            text +=
                std::string(word(WordListLanguage::English, shared[random.below(shared.size())])) +
                " ";
        const auto candidates = Mnemonic::candidates(secretOf(text));
        if (candidates.empty())
            continue;
        const auto result = parsed(text);
        if (candidates.size() == 2) {
            ++both;
            COMPARE_ERROR(result, ErrorCode::Rejected);
            const auto english = Mnemonic::parse(secretOf(text), WordListLanguage::English);
            const auto french = Mnemonic::parse(secretOf(text), WordListLanguage::French);
            VERIFY_RESULT(english);
            VERIFY_RESULT(french);
            QVERIFY(!english->entropy().equals(french->entropy()));
        } else {
            ++one;
            QCOMPARE(candidates.size(), std::size_t{1});
            QCOMPARE(result->language(), candidates[0]);
        }
    }
    QVERIFY(both >= 1 && one >= 3);
}

void Bip39Test::recognisesElectrumSeeds_data()
{
    // Electrum's own tests (electrum/tests/test_mnemonic.py).
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("segwit") << QByteArray(
        "wild father tree among universe such mobile favorite target dynamic credit identify");
    QTest::newRow("standard") << QByteArray(
        "cram swing cover prefer miss modify ritual silly deliver chunk behind inform able");
    QTest::newRow("capitals and blanks") << QByteArray(
        "  WILD father TREE among universe such mobile favorite target\ndynamic credit  identify ");
    QTest::newRow("Japanese") << QByteArray(
        "\xe3\x81\xaa\xe3\x81\xae\xe3\x81\x8b \xe3\x81\xb2\xe3\x82\x8d\xe3\x81\x84 "
        "\xe3\x81\x97\xe3\x81\xaa\xe3\x82\x93 \xe3\x81\xbe\xe3\x81\xaa\xe3\x81\xb6 "
        "\xe3\x81\xa4\xe3\x81\xb6\xe3\x81\x99 \xe3\x81\x95\xe3\x81\x8c\xe3\x81\x99 "
        "\xe3\x81\x8a\xe3\x81\x97\xe3\x82\x83\xe3\x82\x8c \xe3\x81\x8b\xe3\x82\x8f\xe3\x81\x8f "
        "\xe3\x81\x8a\xe3\x81\x84\xe3\x81\x8b\xe3\x81\x91\xe3\x82\x8b "
        "\xe3\x81\x91\xe3\x81\x95\xe3\x81\x8d \xe3\x81\x8b\xe3\x81\x84\xe3\x81\xa8\xe3\x81\x86 "
        "\xe3\x81\x95\xe3\x81\x9f\xe3\x82\x93");
    QTest::newRow("Spanish") << QByteArray(
        "alm\xc3\xad"
        "bar tibio superar vencer hacha peat\xc3\xb3n pr\xc3\xadncipe matar consejo polen "
        "veh\xc3\xad"
        "culo odisea");
    QTest::newRow("Chinese") << QByteArray(
        "\xe7\x9c\xbc \xe6\x82\xb2 \xe5\x8f\x9b \xe6\x94\xb9 \xe8\x8a\x82 \xe8\xb7\x83 "
        "\xe8\xa1\xa1 "
        "\xe5\x93\x8d \xe7\x96\x86 \xe8\x82\xa1 \xe9\x81\x82 \xe5\x86\xac");
}

void Bip39Test::recognisesElectrumSeeds()
{
    QFETCH(QByteArray, text);
    const auto result = parsed(text.toStdString());
    COMPARE_ERROR(result, ErrorCode::Unsupported);
    QVERIFY(result.error().detail.find("Electrum") != std::string::npos);
}

void Bip39Test::bringsBackEntropyOfEverySize()
{
    base::SeededRandom random(128);
    for (const auto language : kWordListLanguages) {
        for (std::size_t size = 16; size <= 32; size += 4) {
            Bytes entropy(size);
            random.fill(entropy);
            const auto made = Mnemonic::fromEntropy(SecretBytes::copyOf(entropy), language);
            VERIFY_RESULT(made);
            QCOMPARE(made->wordCount(), size * 3 / 4);
            QVERIFY(base::equal(made->entropy().reveal(), entropy));
            const auto read = Mnemonic::parse(made->toText(), language);
            VERIFY_RESULT(read);
            QVERIFY(base::equal(read->entropy().reveal(), entropy));
            QVERIFY(read->clone().toText().equals(made->toText()));
        }
    }
}

void Bip39Test::refusesEntropyOfOtherSizes()
{
    for (const std::size_t size : {0U, 1U, 12U, 15U, 17U, 18U, 31U, 33U, 36U, 64U})
        COMPARE_ERROR(Mnemonic::fromEntropy(SecretBytes::allocate(size)), ErrorCode::OutOfRange);
}

void Bip39Test::normalisesPassphrases()
{
    const auto mnemonic = parsed(kAbandon);
    VERIFY_RESULT(mnemonic);
    const auto seedOf = [&mnemonic](std::string_view passphrase) {
        return base::toHex(mnemonic->toSeed(secretOf(passphrase))->reveal());
    };
    QCOMPARE(seedOf(""),
             std::string("5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
                         "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4"));
    QCOMPARE(seedOf("\xc3\xa9"), seedOf("e\xcc\x81"));
    QCOMPARE(seedOf("\xef\xac\x81"), seedOf("fi"));
    QVERIFY(seedOf("e") != seedOf("\xc3\xa9"));
    QVERIFY(seedOf("E") != seedOf("e"));  // A passphrase is not folded,
    QVERIFY(seedOf(" e") != seedOf("e")); // nor trimmed.
    COMPARE_ERROR(mnemonic->toSeed(secretOf("\xff")), ErrorCode::Malformed);
}

void Bip39Test::showsWordsOneByOne()
{
    const auto mnemonic = parsed(kAbandon);
    VERIFY_RESULT(mnemonic);
    QCOMPARE(mnemonic->wordCount(), std::size_t{12});
    QCOMPARE(mnemonic->wordIndex(0), std::uint16_t{0});
    QCOMPARE(mnemonic->wordIndex(11), std::uint16_t{3});
    QVERIFY(mnemonic->word(11) == "about");
    // Printed with U+3000, as BIP39 wants it for Japanese.
    const auto japanese =
        Mnemonic::fromEntropy(SecretBytes::allocate(16), WordListLanguage::Japanese);
    VERIFY_RESULT(japanese);
    QVERIFY(textOf(japanese->toText()).find("\xe3\x80\x80") != std::string::npos);
    QVERIFY(textOf(japanese->toText()).find(' ') == std::string::npos);
}

QTEST_GUILESS_MAIN(Bip39Test)
#include "bip39_test.moc"
