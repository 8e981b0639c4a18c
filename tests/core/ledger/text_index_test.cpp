// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the index finds what a naive scan finds. Method: cases of folding, then random texts that
// change.
#include "core/base/random.h"
#include "core/ledger/text_index.h"
#include "tests/support/test.h"

using namespace coffer;
using ledger::foldText;
using ledger::TextIndex;

class TextIndexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void folds()
    {
        QCOMPARE(foldText("CoFFee"), std::string("coffee"));
        QCOMPARE(foldText("CAF\xC3\x89"), std::string("caf\xC3\xA9"));
        QCOMPARE(foldText("CAFE\xCC\x81"), std::string("caf\xC3\xA9")); // Decomposed.
        QCOMPARE(foldText("STRASSE"), foldText("Stra\xC3\x9F"
                                               "e"));
        QCOMPARE(foldText("\xFF"), std::string("\xFF"));
    }

    void findsShortAndLongNeedles()
    {
        TextIndex index;
        index.set(0, "Kaffee");
        index.set(2, "\xE5\x92\x96\xE5\x95\xA1"); // Coffee in Chinese: two characters.
        index.set(3, "tea");
        QCOMPARE(index.containing("KAFF", 4), (std::vector<bool>{true, false, false, false}));
        QCOMPARE(index.containing("\xE5\x92\x96", 4),
                 (std::vector<bool>{false, false, true, false}));
        QCOMPARE(index.containing("a", 4), (std::vector<bool>{true, false, false, true}));
        QCOMPARE(index.containing("", 4), (std::vector<bool>(4, true)));
        QCOMPARE(index.containing("eetea", 4), (std::vector<bool>(4, false)));
        QCOMPARE(index.containing("kaffee", 0), (std::vector<bool>()));
        QVERIFY(TextIndex().containing("x", 3) == std::vector<bool>(3, false));
    }

    void agreesWithANaiveScan()
    {
        base::SeededRandom random(5);
        TextIndex index;
        std::vector<std::string> texts(200);
        const auto word = [&random](std::size_t longest) {
            std::string out(random.below(longest + 1), 'a');
            for (char& c : out)
                c = static_cast<char>('a' + random.below(3));
            return out;
        };
        for (int i = 0; i < 20'000; ++i) { // Enough garbage to compact several times.
            const auto row = random.below(texts.size());
            texts[row] = word(60);
            index.set(row, texts[row]);
            if (i % 50 != 0)
                continue;
            const auto needle = word(6);
            const auto found = index.containing(needle, texts.size());
            for (std::size_t k = 0; k < texts.size(); ++k)
                QCOMPARE(bool(found[k]), texts[k].find(needle) != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TextIndexTest)
#include "text_index_test.moc"
