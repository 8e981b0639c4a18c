// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: filter headers chain into checkpoints, levels are kept for each height, and every step can
// be undone. Method: made-up filter hashes.

#include "core/bitcoin/block_filter.h"
#include "core/lightnode/chain/filter_header_chain.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::lightnode;
using bitcoin::Hash256;

namespace {

Hash256 hashAt(std::uint32_t height)
{
    Hash256 out{};
    for (std::size_t i = 0; i < 4; ++i)
        out[i] = static_cast<std::uint8_t>(height >> (8 * i));
    return out;
}

std::vector<Hash256> hashes(std::uint32_t from, std::uint32_t to)
{
    std::vector<Hash256> out;
    for (auto h = from; h <= to; ++h)
        out.push_back(hashAt(h));
    return out;
}

Hash256 headerAt(std::uint32_t height)
{
    Hash256 header{};
    for (std::uint32_t h = 0; h <= height; ++h)
        header = bitcoin::filterHeader(hashAt(h), header);
    return header;
}

Checkpoints checkpoints()
{
    Checkpoints out;
    for (const std::uint32_t height : {0U, 1'500U, 3'000U})
        out.filters.push_back({height, headerAt(height), std::nullopt, 0});
    return out;
}

} // namespace

class FilterHeaderChainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void provesUpToTheCheckpoint();
    void refusesWhatContradictsACheckpoint();
    void cutsAndGrowsAgain();
    void levelsRiseAndFall();
    void growsDownwards();
    void storesAndRestores();
    void dropsRowsThatDoNotFit();
};

void FilterHeaderChainTest::provesUpToTheCheckpoint()
{
    const auto points = checkpoints();
    FilterHeaderChain chain(points);
    QCOMPARE(chain.tipHeight(), 0U);
    QVERIFY(chain.append(hashes(1, 1'000), ProofLevel::OneServer));
    QCOMPARE(chain.levelAt(500), ProofLevel::OneServer);
    QCOMPARE(chain.weakest(1, 1'000), ProofLevel::OneServer);
    QVERIFY(chain.append(hashes(1'001, 1'600), ProofLevel::OneServer));
    QCOMPARE(chain.levelAt(500), ProofLevel::Proved);
    QCOMPARE(chain.levelAt(1'500), ProofLevel::Proved);
    QCOMPARE(chain.levelAt(1'501), ProofLevel::OneServer);
    QCOMPARE(chain.weakest(1, 1'500), ProofLevel::Proved);
    QVERIFY(chain.at(1'600) == headerAt(1'600));
}

void FilterHeaderChainTest::refusesWhatContradictsACheckpoint()
{
    const auto points = checkpoints();
    FilterHeaderChain chain(points);
    auto lie = hashes(1, 1'500);
    lie[700][5] = 1;
    QVERIFY(!chain.append(lie, ProofLevel::OneServer));
    QCOMPARE(chain.tipHeight(), 0U);
    QVERIFY(chain.append(hashes(1, 1'600), ProofLevel::OneServer));
    auto second = hashes(1'601, 3'000);
    second[10][5] = 1;
    QVERIFY(!chain.append(second, ProofLevel::OneServer));
    QCOMPARE(chain.tipHeight(), 1'500U);
    QVERIFY(chain.append(hashes(1'501, 3'000), ProofLevel::OneServer));
    QCOMPARE(chain.weakest(1, 3'000), ProofLevel::Proved);
}

void FilterHeaderChainTest::cutsAndGrowsAgain()
{
    const auto points = checkpoints();
    FilterHeaderChain chain(points);
    QVERIFY(chain.append(hashes(1, 3'500), ProofLevel::OneServer));
    const auto revision = chain.revision();
    for (const std::uint32_t height : {3'400U, 3'000U, 2'000U, 1'999U, 0U}) {
        chain.cutAbove(height);
        QCOMPARE(chain.tipHeight(), height);
        QVERIFY(chain.at(height) == headerAt(height));
    }
    QVERIFY(chain.revision() > revision);
    QVERIFY(chain.append(hashes(1, 3'500), ProofLevel::OwnNode));
    QVERIFY(chain.at(3'500) == headerAt(3'500));
}

void FilterHeaderChainTest::levelsRiseAndFall()
{
    const auto points = checkpoints();
    FilterHeaderChain chain(points);
    QVERIFY(chain.append(hashes(1, 5'000), ProofLevel::OneServer));
    chain.raiseLevels(4'500, ProofLevel::Quorum);
    QCOMPARE(chain.levelAt(4'500), ProofLevel::Quorum);
    QCOMPARE(chain.levelAt(3'001), ProofLevel::Quorum);
    QCOMPARE(chain.levelAt(3'000), ProofLevel::Proved);
    QCOMPARE(chain.levelAt(4'501), ProofLevel::OneServer);
    QCOMPARE(chain.weakest(1, 4'500), ProofLevel::Quorum);
    chain.lowerLevels(4'400, ProofLevel::OneServer);
    QCOMPARE(chain.levelAt(4'399), ProofLevel::Quorum);
    QCOMPARE(chain.levelAt(4'400), ProofLevel::OneServer);
}

void FilterHeaderChainTest::growsDownwards()
{
    const auto points = checkpoints();
    FilterHeaderChain chain(points);
    chain.startAt(points.filters[2]);
    QCOMPARE(chain.baseHeight(), 3'000U);
    QVERIFY(chain.append(hashes(3'001, 3'100), ProofLevel::OneServer));
    auto lie = hashes(1'501, 3'000);
    lie[3][9] = 7;
    QVERIFY(!chain.prepend(points.filters[1], lie));
    QVERIFY(!chain.prepend(points.filters[1], hashes(1'501, 2'999)));
    QCOMPARE(chain.baseHeight(), 3'000U);
    QVERIFY(chain.prepend(points.filters[1], hashes(1'501, 3'000)));
    QCOMPARE(chain.baseHeight(), 1'500U);
    QVERIFY(chain.prepend(points.filters[0], hashes(1, 1'500)));
    QCOMPARE(chain.baseHeight(), 0U);
    QCOMPARE(chain.tipHeight(), 3'100U);
    for (const std::uint32_t height : {0U, 1U, 999U, 1'000U, 1'500U, 2'345U, 3'000U, 3'100U})
        QVERIFY(chain.at(height) == headerAt(height));
    QCOMPARE(chain.weakest(1, 3'000), ProofLevel::Proved);
}

void FilterHeaderChainTest::storesAndRestores()
{
    const auto points = checkpoints();
    FilterHeaderChain chain(points);
    chain.startAt(points.filters[1]);
    QVERIFY(chain.append(hashes(1'501, 4'200), ProofLevel::OneServer));
    chain.raiseLevels(4'100, ProofLevel::Quorum);
    StorageBatch batch;
    chain.takeChanges(batch);
    QCOMPARE(batch.filterHeaders.size(), std::size_t{4});
    QCOMPARE(batch.filterHeaders[0].firstHeight, 1'500U);
    FilterHeaderChain restored(points);
    restored.restore(batch.filterHeaders);
    QCOMPARE(restored.baseHeight(), 1'500U);
    QCOMPARE(restored.tipHeight(), 4'200U);
    QVERIFY(restored.at(4'200) == headerAt(4'200));
    QCOMPARE(restored.levelAt(4'100), ProofLevel::Quorum);
    QCOMPARE(restored.levelAt(4'101), ProofLevel::OneServer);
    StorageBatch nothing;
    restored.takeChanges(nothing);
    QVERIFY(nothing.empty());
}

void FilterHeaderChainTest::dropsRowsThatDoNotFit()
{
    const auto points = checkpoints();
    FilterHeaderChain chain(points);
    QVERIFY(chain.append(hashes(1, 4'200), ProofLevel::OneServer));
    StorageBatch batch;
    chain.takeChanges(batch);
    auto gap = batch.filterHeaders;
    gap.erase(gap.begin() + 3);
    FilterHeaderChain first(points);
    first.restore(gap);
    QCOMPARE(first.tipHeight(), 1'500U); // Since the last checkpoint below the gap.
    auto wrong = batch.filterHeaders;
    wrong[3].headers[0] ^= 1; // Height 3,000 is a checkpoint.
    FilterHeaderChain second(points);
    second.restore(wrong);
    QCOMPARE(second.tipHeight(), 1'500U);
    auto odd = batch.filterHeaders;
    odd[0].levels.pop_back();
    FilterHeaderChain third(points);
    third.restore(odd);
    QCOMPARE(third.tipHeight(), 0U);
}

QTEST_GUILESS_MAIN(FilterHeaderChainTest)
#include "filter_header_chain_test.moc"
