// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: ranges of heights behave like a set. Method: random operations against a plain one.

#include "core/base/random.h"
#include "core/lightnode/chain/height_set.h"
#include "tests/support/test.h"

#include <set>

using namespace coffer;
using lightnode::HeightSet;

class HeightSetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behavesLikeASet();
    void reachesToTheEnd();
};

void HeightSetTest::behavesLikeASet()
{
    base::SeededRandom random(1);
    for (int round = 0; round < 200; ++round) {
        HeightSet set;
        std::set<std::uint32_t> plain;
        for (int step = 0; step < 40; ++step) {
            const auto from = static_cast<std::uint32_t>(random.below(60));
            const auto to = from + static_cast<std::uint32_t>(random.below(15));
            const bool add = random.below(2) == 0;
            if (add)
                set.add(from, to);
            else
                set.remove(from, to);
            for (auto h = from; h <= to; ++h) {
                if (add)
                    plain.insert(h);
                else
                    plain.erase(h);
            }
        }
        for (std::uint32_t h = 0; h < 80; ++h) {
            QCOMPARE(set.contains(h), plain.contains(h));
            const auto next = plain.lower_bound(h);
            QCOMPARE(set.lowestFrom(h), next == plain.end() ? std::nullopt : std::optional(*next));
        }
        std::set<std::uint32_t> inside;
        for (const auto& [from, to] : set.within(10, 50)) {
            for (auto h = from; h <= to; ++h)
                QVERIFY(inside.insert(h).second);
        }
        QCOMPARE(inside.size(), static_cast<std::size_t>(
                                    std::distance(plain.lower_bound(10), plain.upper_bound(50))));
    }
}

void HeightSetTest::reachesToTheEnd()
{
    HeightSet set;
    set.add(100, HeightSet::kEnd);
    QVERIFY(set.contains(HeightSet::kEnd));
    set.remove(150, 160);
    QCOMPARE(set.lowestFrom(150), std::optional<std::uint32_t>(161));
    set.remove(0, HeightSet::kEnd);
    QCOMPARE(set.lowestFrom(0), std::nullopt);
    set.add(5, 3);
    QCOMPARE(set.lowestFrom(0), std::nullopt);
    set.add(7, HeightSet::kEnd);
    set.add(3, 6);
    QCOMPARE(set.within(0, HeightSet::kEnd).size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(HeightSetTest)
#include "height_set_test.moc"
