// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the ten lists as BIP39 publishes them, and words found as people type them. Method: SHA-256
// of the published files, look-up of every word, completion.

#include "core/base/hex.h"
#include "core/crypto/hash.h"
#include "core/crypto/unicode.h"
#include "core/crypto/word_list.h"
#include "tests/support/test.h"

#include <set>

using namespace coffer;
using namespace coffer::crypto;
using base::ErrorCode;

namespace {

std::vector<std::string> wordsOf(WordListLanguage language,
                                 const std::vector<std::uint16_t>& indexes)
{
    std::vector<std::string> words;
    for (const auto index : indexes)
        words.emplace_back(word(language, index));
    return words;
}

std::string folded(std::string_view text)
{
    auto out = nfkdFoldedPublic(text);
    ASSERT(out);
    return out.take();
}

} // namespace

class WordListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsThePublishedLists_data();
    void holdsThePublishedLists();
    void findsEveryWord();
    void findsNoOtherWord();
    void completesPrefixes();
    void needsFourLettersInEnglish();
    void namesLists();
};

void WordListTest::holdsThePublishedLists_data()
{
    QTest::addColumn<WordListLanguage>("language");
    QTest::addColumn<QByteArray>("digest");
    // The first half of SHA-256 over the published file (bitcoin/bips, bip-0039).
    using enum WordListLanguage;
    QTest::newRow("english") << English << QByteArray("2f5eed53a4727b4b");
    QTest::newRow("chinese simplified") << ChineseSimplified << QByteArray("5c5942792bd8340c");
    QTest::newRow("chinese traditional") << ChineseTraditional << QByteArray("417b26b3d8500a4a");
    QTest::newRow("czech") << Czech << QByteArray("7e80e161c3e93d95");
    QTest::newRow("french") << French << QByteArray("ebc3959ab7801a1d");
    QTest::newRow("italian") << Italian << QByteArray("d392c49fdb700a24");
    QTest::newRow("japanese") << Japanese << QByteArray("2eed0aef492291e0");
    QTest::newRow("korean") << Korean << QByteArray("9e95f86c167de88f");
    QTest::newRow("portuguese") << Portuguese << QByteArray("2685e9c194c82ae6");
    QTest::newRow("spanish") << Spanish << QByteArray("46846a5a0139d1e3");
}

void WordListTest::holdsThePublishedLists()
{
    QFETCH(WordListLanguage, language);
    QFETCH(QByteArray, digest);
    std::string file;
    for (std::size_t i = 0; i < kWordListSize; ++i)
        file += std::string(word(language, i)) + "\n";
    QCOMPARE(base::toHex(sha256(base::viewOf(file))).substr(0, 16), digest.toStdString());
}

void WordListTest::findsEveryWord()
{
    for (const auto language : kWordListLanguages) {
        std::set<std::string> distinct;
        for (std::size_t i = 0; i < kWordListSize; ++i) {
            const auto text = folded(word(language, i));
            distinct.insert(text);
            const auto found = findWord(language, base::viewOf(text));
            QVERIFY(found && *found == i);
        }
        QCOMPARE(distinct.size(), kWordListSize);
    }
}

void WordListTest::findsNoOtherWord()
{
    for (const auto* text : {"", "a", "abando", "abandonn", "zoos", "ZOO", "zzz", "\xff"})
        QVERIFY(!findWord(WordListLanguage::English, base::viewOf(text)));
    // Spanish words are listed with accents, and found only with them.
    QVERIFY(!findWord(WordListLanguage::Spanish, base::viewOf("abaco")));
    QVERIFY(findWord(WordListLanguage::Spanish, base::viewOf("a\xcc\x81"
                                                             "baco")));
}

void WordListTest::completesPrefixes()
{
    using Words = std::vector<std::string>;
    const auto complete = [](std::string_view prefix, std::size_t maximum = 2048) {
        return wordsOf(WordListLanguage::English,
                       findWordsByPrefix(WordListLanguage::English, base::viewOf(prefix), maximum));
    };
    QCOMPARE(complete("aban"), Words{"abandon"});
    QCOMPARE(complete("act"), (Words{"act", "action", "actor", "actress", "actual"}));
    QCOMPARE(complete("act", 2), (Words{"act", "action"}));
    QCOMPARE(complete("zz"), Words{});
    QCOMPARE(complete("zoo"), Words{"zoo"});
    QCOMPARE(complete("").size(), kWordListSize);
    QCOMPARE(complete("", 0).size(), std::size_t{0});
    const auto spanish = findWordsByPrefix(WordListLanguage::Spanish,
                                           base::viewOf(folded("\xc3\xa1"
                                                               "ba")),
                                           10);
    // The published list is in decomposed form already.
    QCOMPARE(wordsOf(WordListLanguage::Spanish, spanish), Words{"a\xcc\x81"
                                                                "baco"});
}

void WordListTest::needsFourLettersInEnglish()
{
    for (std::size_t i = 0; i < kWordListSize; ++i) {
        const auto text = word(WordListLanguage::English, i);
        const auto found =
            findWordsByPrefix(WordListLanguage::English, base::viewOf(text.substr(0, 4)), 2048);
        QVERIFY(!found.empty() && found.front() == i);
        QVERIFY(found.size() == 1 || text.size() < 4);
    }
}

void WordListTest::namesLists()
{
    for (const auto language : kWordListLanguages) {
        const auto back = parseWordListName(wordListName(language));
        VERIFY_RESULT(back);
        QCOMPARE(*back, language);
    }
    COMPARE_ERROR(parseWordListName("klingon"), ErrorCode::NotFound);
    COMPARE_ERROR(parseWordListName("English"), ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(WordListTest)
#include "word_list_test.moc"
