// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: no header gets in that breaks a rule, the most work wins, and what is stored comes back.
// Method: chains mined at the easiest limit, with real retargets; mainnet facts for the shipped
// checkpoints.

#include "core/base/hex.h"
#include "core/bitcoin/proof_of_work.h"
#include "core/lightnode/chain/header_chain.h"
#include "tests/support/chain_builder.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

namespace {

constexpr std::int64_t kNow = 2'000'000'000;

std::vector<RawHeader> headersOf(const ChainBuilder& chain, std::uint32_t from, std::uint32_t to)
{
    std::vector<RawHeader> out;
    for (auto h = from; h <= to; ++h)
        out.push_back(chain.at(h).block.header.serialize());
    return out;
}

HeadersResult feed(HeaderChain& headers, const ChainBuilder& chain, std::uint32_t from,
                   std::uint32_t to)
{
    return headers.accept(headersOf(chain, from, to), kNow, DeepReorganisations::Ask);
}

/// Retargets as the main network does, but starts at a quarter of regtest's limit and plans a
/// second for a period, so that the first retarget makes it four times as easy. (With a longer plan
/// the product of target and time would not fit 256 bits at such a limit.)
const bitcoin::NetworkParams& retargeting()
{
    static const bitcoin::NetworkParams s_params = [] {
        auto params = bitcoin::paramsOf(bitcoin::Network::Regtest);
        params.noRetargeting = false;
        params.minDifficultyBlocks = false;
        params.targetTimespan = 1;
        params.genesis.bits = 0x201fffff;
        params.genesisHash = params.genesis.hash();
        return params;
    }();
    return s_params;
}

/// The same with the rules of test networks.
const bitcoin::NetworkParams& testing()
{
    static const bitcoin::NetworkParams s_params = [] {
        auto params = retargeting();
        params.minDifficultyBlocks = true;
        params.enforceBip94 = true;
        return params;
    }();
    return s_params;
}

/// Three periods and a bit.
const ChainBuilder& longChain()
{
    static const ChainBuilder s_chain = [] {
        ChainBuilder chain(retargeting());
        chain.mineMany(3 * 2016 + 50);
        return chain;
    }();
    return s_chain;
}

Checkpoints checkpointsFrom(const ChainBuilder& chain, std::uint32_t periods)
{
    Checkpoints out = checkpointsOf(bitcoin::Network::Regtest);
    for (std::uint32_t p = 0; p < periods; ++p) {
        const auto last = (p + 1) * 2016 - 1;
        out.periods.push_back({chain.at(last).hash, chain.at(last + 1).block.header.bits});
    }
    return out;
}

/// A header on top of a chain, changed by `change` and mined again.
template <typename Change>
RawHeader nextHeader(const ChainBuilder& chain, Change change)
{
    auto header = chain.tip().block.header;
    header.previous = chain.tip().hash;
    header.time += 600;
    change(header);
    while (!bitcoin::checkProofOfWork(header.hash(), header.bits, chain.params()))
        ++header.nonce;
    return header.serialize();
}

StoredState stored(HeaderChain& chain)
{
    StorageBatch batch;
    chain.takeChanges(batch);
    StoredState out;
    out.headerPeriods = batch.headerPeriods;
    return out;
}

} // namespace

class HeaderChainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void extendsAndRetargets();
    void rejectsHeadersWithoutWork();
    void rejectsWrongBits();
    void rejectsWrongBitsAtARetarget();
    void rejectsTimesNotAboveTheMedian();
    void rejectsVersionsBelowTheirHeight();
    void rejectsBrokenLinks();
    void keepsWhatCameBeforeABadHeader();
    void waitsForHeadersFromTheFuture();
    void followsMostWorkAndFirstSeen();
    void followsWorkAndNotLength();
    void asksBeforeDeepReorganisations();
    void boundsBranches();
    void provesWhatTheSenderKnows();
    void startsAtAPeriodBoundary();
    void fillsInOldPeriods();
    void refusesOldPeriodsThatDoNotEndRight();
    void storesAndRestores();
    void restoresFromDamagedRows();
    void writesReorganisationsAsOneChange();
    void makesLocators();
    void shippedCheckpointsHold();
    void followsTestnet4Rules();
};

void HeaderChainTest::extendsAndRetargets()
{
    const auto& chain = longChain();
    const Checkpoints none = checkpointsOf(bitcoin::Network::Regtest);
    HeaderChain headers(retargeting(), none);
    QCOMPARE(headers.tipHeight(), std::int64_t{0});
    for (std::uint32_t from = 1; from <= chain.height(); from += 2000) {
        const auto result = feed(headers, chain, from, std::min(chain.height(), from + 1999));
        QCOMPARE(result.outcome, HeadersOutcome::Extended);
    }
    QCOMPARE(headers.tipHeight(), static_cast<std::int64_t>(chain.height()));
    QVERIFY(headers.tipHash() == chain.tip().hash);
    QVERIFY(chain.at(2016).block.header.bits != chain.at(2015).block.header.bits);
    QCOMPARE(feed(headers, chain, 1, 1000).outcome, HeadersOutcome::Duplicate);
    QVERIFY(headers.hashAt(4031) == chain.at(4031).hash);
    QCOMPARE(headers.heightOf(chain.at(77).hash), std::optional<std::uint32_t>(77));
}

void HeaderChainTest::rejectsHeadersWithoutWork()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(5);
    HeaderChain headers(chain.params(), checkpointsOf(bitcoin::Network::Regtest));
    feed(headers, chain, 1, 5);
    auto header = chain.tip().block.header;
    header.previous = chain.tip().hash;
    header.time += 600;
    while (bitcoin::checkProofOfWork(header.hash(), header.bits, chain.params()))
        ++header.nonce;
    const RawHeader raw = header.serialize();
    const auto result = headers.accept({&raw, 1}, kNow, DeepReorganisations::Ask);
    QCOMPARE(result.outcome, HeadersOutcome::Refused);
    QCOMPARE(result.refusal, HeaderRefusal::NoWork);
    QCOMPARE(headers.tipHeight(), std::int64_t{5});
    // Targets above the limit, zero and negative ones carry no work either.
    for (const std::uint32_t bits : {0x217fffffU, 0x00000000U, 0x20800000U, 0x04923456U}) {
        header.bits = bits;
        const RawHeader bad = header.serialize();
        QCOMPARE(headers.accept({&bad, 1}, kNow, DeepReorganisations::Ask).refusal,
                 HeaderRefusal::NoWork);
    }
}

void HeaderChainTest::rejectsWrongBits()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(5);
    HeaderChain headers(chain.params(), checkpointsOf(bitcoin::Network::Regtest));
    feed(headers, chain, 1, 5);
    // More work than required is just as wrong.
    const auto raw = nextHeader(chain, [](auto& header) { header.bits = 0x207ffff0; });
    QCOMPARE(headers.accept({&raw, 1}, kNow, DeepReorganisations::Ask).refusal,
             HeaderRefusal::WrongBits);
}

void HeaderChainTest::rejectsWrongBitsAtARetarget()
{
    auto chain = longChain();
    chain.cutAbove(2015);
    const Checkpoints none = checkpointsOf(bitcoin::Network::Regtest);
    HeaderChain headers(retargeting(), none);
    feed(headers, chain, 1, 2015);
    const auto raw = nextHeader(chain, [](auto&) {}); // Keeps the old nBits over the boundary.
    QCOMPARE(headers.accept({&raw, 1}, kNow, DeepReorganisations::Ask).refusal,
             HeaderRefusal::WrongBits);
    QCOMPARE(feed(headers, longChain(), 2016, 2040).outcome, HeadersOutcome::Extended);
}

void HeaderChainTest::rejectsTimesNotAboveTheMedian()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(20);
    HeaderChain headers(chain.params(), checkpointsOf(bitcoin::Network::Regtest));
    feed(headers, chain, 1, 20);
    const auto median = chain.at(15).block.header.time;
    const auto old = nextHeader(chain, [&](auto& header) { header.time = median; });
    QCOMPARE(headers.accept({&old, 1}, kNow, DeepReorganisations::Ask).refusal,
             HeaderRefusal::TimeTooOld);
    const auto good = nextHeader(chain, [&](auto& header) { header.time = median + 1; });
    QCOMPARE(headers.accept({&good, 1}, kNow, DeepReorganisations::Ask).outcome,
             HeadersOutcome::Extended);
}

void HeaderChainTest::rejectsVersionsBelowTheirHeight()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(3);
    HeaderChain headers(chain.params(), checkpointsOf(bitcoin::Network::Regtest));
    feed(headers, chain, 1, 3);
    // Bit 31, as on the BLAKE2b side of the split, makes the version negative.
    for (const std::int32_t version : {3, 1, 0, -1, INT32_MIN}) {
        const auto raw = nextHeader(chain, [&](auto& header) { header.version = version; });
        QCOMPARE(headers.accept({&raw, 1}, kNow, DeepReorganisations::Ask).refusal,
                 HeaderRefusal::Version);
    }
}

void HeaderChainTest::rejectsBrokenLinks()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(10);
    HeaderChain headers(chain.params(), checkpointsOf(bitcoin::Network::Regtest));
    auto broken = headersOf(chain, 1, 10);
    broken.erase(broken.begin() + 4);
    const auto result = headers.accept(broken, kNow, DeepReorganisations::Ask);
    QCOMPARE(result.outcome, HeadersOutcome::Refused);
    QCOMPARE(result.refusal, HeaderRefusal::BrokenLink);
    QCOMPARE(headers.tipHeight(), std::int64_t{4});
    QCOMPARE(feed(headers, chain, 7, 10).outcome, HeadersOutcome::Unconnected);
}

void HeaderChainTest::keepsWhatCameBeforeABadHeader()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(10);
    HeaderChain headers(chain.params(), checkpointsOf(bitcoin::Network::Regtest));
    auto batch = headersOf(chain, 1, 10);
    batch.push_back(nextHeader(chain, [](auto& header) { header.version = 1; }));
    const auto result = headers.accept(batch, kNow, DeepReorganisations::Ask);
    QCOMPARE(result.outcome, HeadersOutcome::Refused);
    QCOMPARE(result.accepted, std::size_t{10});
    QCOMPARE(headers.tipHeight(), std::int64_t{10});
}

void HeaderChainTest::waitsForHeadersFromTheFuture()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(10);
    HeaderChain headers(chain.params(), checkpointsOf(bitcoin::Network::Regtest));
    const auto time = static_cast<std::int64_t>(chain.tip().block.header.time);
    const auto all = headersOf(chain, 1, 10);
    auto result = headers.accept(all, time - 7'201, DeepReorganisations::Ask);
    QCOMPARE(result.outcome, HeadersOutcome::Future);
    QCOMPARE(result.accepted, std::size_t{9});
    result = headers.accept(all, time - 7'200, DeepReorganisations::Ask);
    QCOMPARE(result.outcome, HeadersOutcome::Extended);
    QCOMPARE(headers.tipHeight(), std::int64_t{10});
}

void HeaderChainTest::followsMostWorkAndFirstSeen()
{
    ChainBuilder first(bitcoin::paramsOf(bitcoin::Network::Regtest));
    first.mineMany(20);
    auto second = first;
    second.cutAbove(15);
    second.mineMany(6, 1);
    HeaderChain headers(first.params(), checkpointsOf(bitcoin::Network::Regtest));
    feed(headers, first, 1, 20);
    // As much work, but later: stays a branch.
    auto result = feed(headers, second, 16, 20);
    QCOMPARE(result.outcome, HeadersOutcome::Forked);
    QCOMPARE(result.forkHeight, 15U);
    QCOMPARE(result.provedHeight, std::int64_t{15});
    QVERIFY(headers.tipHash() == first.tip().hash);
    result = feed(headers, second, 21, 21);
    QCOMPARE(result.outcome, HeadersOutcome::Reorganised);
    QCOMPARE(result.forkHeight, 15U);
    QCOMPARE(result.depth, 5U);
    QVERIFY(headers.tipHash() == second.tip().hash);
    QCOMPARE(headers.heightOf(first.at(16).hash), std::nullopt);
    // And back again, from the branch that was kept.
    first.mineMany(2);
    result = feed(headers, first, 21, 22);
    QCOMPARE(result.outcome, HeadersOutcome::Reorganised);
    QCOMPARE(result.forkHeight, 15U);
    QVERIFY(headers.tipHash() == first.tip().hash);
    QVERIFY(headers.hashAt(16) == first.at(16).hash);
}

void HeaderChainTest::followsWorkAndNotLength()
{
    // Blocks after a pause are easier on test networks: more of them, less work.
    ChainBuilder easy(testing());
    easy.mineMany(20);
    auto hard = easy;
    easy.setSpacing(1'300);
    easy.mineMany(12);
    hard.mineMany(6, 1);
    const Checkpoints none = checkpointsOf(bitcoin::Network::Regtest);
    HeaderChain headers(testing(), none);
    feed(headers, easy, 1, easy.height());
    QVERIFY(headers.tipHash() == easy.tip().hash);
    const auto result = feed(headers, hard, 21, hard.height());
    QCOMPARE(result.outcome, HeadersOutcome::Reorganised);
    QVERIFY(headers.tipHash() == hard.tip().hash);
    QCOMPARE(headers.tipHeight(), static_cast<std::int64_t>(hard.height()));
}

void HeaderChainTest::asksBeforeDeepReorganisations()
{
    ChainBuilder first(bitcoin::paramsOf(bitcoin::Network::Regtest));
    first.mineMany(150);
    auto second = first;
    second.cutAbove(50);
    second.mineMany(101, 1);
    HeaderChain headers(first.params(), checkpointsOf(bitcoin::Network::Regtest));
    feed(headers, first, 1, 150);
    const auto result = feed(headers, second, 51, 151);
    QCOMPARE(result.outcome, HeadersOutcome::DeepFork);
    QCOMPARE(result.depth, 100U);
    QVERIFY(headers.tipHash() == first.tip().hash);
    QCOMPARE(headers.followMostWork().outcome, HeadersOutcome::Reorganised);
    QVERIFY(headers.tipHash() == second.tip().hash);
    QCOMPARE(headers.followMostWork().outcome, HeadersOutcome::Duplicate);
}

void HeaderChainTest::boundsBranches()
{
    ChainBuilder first(bitcoin::paramsOf(bitcoin::Network::Regtest));
    first.mineMany(40);
    HeaderChain headers(first.params(), checkpointsOf(bitcoin::Network::Regtest));
    feed(headers, first, 1, 40);
    std::vector<ChainBuilder> branches;
    for (std::uint32_t salt = 1; salt <= 20; ++salt) {
        auto branch = first;
        branch.cutAbove(20);
        branch.mineMany(3, salt);
        QCOMPARE(feed(headers, branch, 21, 23).outcome, HeadersOutcome::Forked);
        branches.push_back(std::move(branch));
    }
    std::size_t known = 0;
    for (const auto& branch : branches)
        known += headers.isKnown(branch.tip().hash) ? 1 : 0;
    QCOMPARE(known, HeaderChain::kMaxBranches);
    QVERIFY(headers.isKnown(branches.back().tip().hash));
    // A branch that does not overtake within its bound is not kept growing.
    auto slow = longChain();
    slow.cutAbove(10);
    slow.setSpacing(1);
    slow.mineMany(2'030, 5);
    auto fast = longChain();
    const Checkpoints none = checkpointsOf(bitcoin::Network::Regtest);
    HeaderChain bounded(retargeting(), none);
    feed(bounded, fast, 1, 3'000);
    const auto result = feed(bounded, slow, 11, 10 + 2'017);
    QCOMPARE(result.refusal, HeaderRefusal::BranchLimit);
    QVERIFY(bounded.tipHash() == fast.at(3'000).hash);
}

void HeaderChainTest::provesWhatTheSenderKnows()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(20);
    HeaderChain headers(chain.params(), checkpointsOf(bitcoin::Network::Regtest));
    QCOMPARE(feed(headers, chain, 1, 20).provedHeight, std::int64_t{20});
    QCOMPARE(feed(headers, chain, 20, 20).provedHeight, std::int64_t{20});
    QCOMPARE(feed(headers, chain, 5, 9).provedHeight, std::int64_t{9});
    // From genesis on, as a node answers that knows nothing of our locator.
    QCOMPARE(feed(headers, chain, 1, 3).provedHeight, std::int64_t{3});
}

void HeaderChainTest::startsAtAPeriodBoundary()
{
    const auto& chain = longChain();
    const auto checkpoints = checkpointsFrom(chain, 2);
    HeaderChain headers(retargeting(), checkpoints);
    QCOMPARE(headers.baseHeight(), 2016U);
    QCOMPARE(headers.tipHeight(), std::int64_t{2015});
    QVERIFY(headers.tipHash() == chain.at(2015).hash);
    QCOMPARE(headers.locator().size(), std::size_t{1});
    QCOMPARE(feed(headers, chain, 2016, 4015).outcome, HeadersOutcome::Extended);
    QCOMPARE(feed(headers, chain, 4016, chain.height()).outcome, HeadersOutcome::Extended);
    QVERIFY(headers.tipHash() == chain.tip().hash);
    // A chain that is valid but does not pass the checkpoint is refused at its boundary.
    auto other = longChain();
    other.cutAbove(4000);
    other.mineMany(40, 9);
    HeaderChain strict(retargeting(), checkpoints);
    feed(strict, chain, 2016, 4000);
    QCOMPARE(feed(strict, other, 4001, 4040).refusal, HeaderRefusal::Checkpoint);
    QCOMPARE(strict.tipHeight(), std::int64_t{4030});
}

void HeaderChainTest::fillsInOldPeriods()
{
    const auto& chain = longChain();
    const auto checkpoints = checkpointsFrom(chain, 3);
    HeaderChain headers(retargeting(), checkpoints);
    feed(headers, chain, 4032, chain.height());
    QCOMPARE(headers.missingPeriods(0), (std::vector<std::uint32_t>{0, 1}));
    QVERIFY(!headers.has(3000));
    QCOMPARE(headers.acceptPeriod(1, headersOf(chain, 2016, 4031)), HeaderRefusal::None);
    QVERIFY(headers.has(3000));
    QVERIFY(headers.hashAt(3000) == chain.at(3000).hash);
    QCOMPARE(headers.missingPeriods(0), std::vector<std::uint32_t>{0});
    QCOMPARE(HeaderChain::headersToFetch(0), std::size_t{2015});
    QCOMPARE(headers.acceptPeriod(0, headersOf(chain, 1, 2015)), HeaderRefusal::None);
    QVERIFY(headers.hashAt(0) == chain.at(0).hash);
    QVERIFY(headers.missingPeriods(0).empty());
}

void HeaderChainTest::refusesOldPeriodsThatDoNotEndRight()
{
    const auto& chain = longChain();
    const auto checkpoints = checkpointsFrom(chain, 3);
    HeaderChain headers(retargeting(), checkpoints);
    auto other = longChain();
    other.cutAbove(4030);
    other.mineMany(1, 3);
    QCOMPARE(headers.acceptPeriod(1, headersOf(other, 2016, 4031)), HeaderRefusal::Checkpoint);
    QCOMPARE(headers.acceptPeriod(1, headersOf(chain, 2017, 4032)), HeaderRefusal::BrokenLink);
    QCOMPARE(headers.acceptPeriod(1, headersOf(chain, 2016, 4030)), HeaderRefusal::BrokenLink);
    QCOMPARE(headers.acceptPeriod(7, headersOf(chain, 2016, 4031)), HeaderRefusal::BrokenLink);
    QVERIFY(!headers.has(2016));
}

void HeaderChainTest::storesAndRestores()
{
    const auto& chain = longChain();
    const auto checkpoints = checkpointsFrom(chain, 2);
    HeaderChain headers(retargeting(), checkpoints);
    feed(headers, chain, 2016, chain.height());
    headers.acceptPeriod(0, headersOf(chain, 1, 2015));
    const auto state = stored(headers);
    QCOMPARE(state.headerPeriods.size(), std::size_t{4});
    HeaderChain restored(retargeting(), checkpoints);
    restored.restore(state.headerPeriods);
    QVERIFY(restored.tipHash() == chain.tip().hash);
    QVERIFY(restored.hashAt(100) == chain.at(100).hash);
    StorageBatch nothing;
    restored.takeChanges(nothing);
    QVERIFY(nothing.empty());
    // It goes on where it was.
    auto longer = chain;
    longer.mineMany(3);
    QCOMPARE(feed(restored, longer, chain.height() + 1, longer.height()).outcome,
             HeadersOutcome::Extended);
}

void HeaderChainTest::restoresFromDamagedRows()
{
    const auto& chain = longChain();
    const Checkpoints none = checkpointsOf(bitcoin::Network::Regtest);
    HeaderChain headers(retargeting(), none);
    feed(headers, chain, 1, chain.height());
    const auto good = stored(headers);
    for (std::size_t row = 0; row < good.headerPeriods.size(); ++row) {
        auto rows = good.headerPeriods;
        rows[row].headers[80 * 7 + 40] ^= 1;
        HeaderChain restored(retargeting(), none);
        restored.restore(rows);
        // The damaged header may have work by chance; the next one does not link to it.
        QVERIFY(restored.tipHeight() == static_cast<std::int64_t>(row * 2016 + 6) ||
                restored.tipHeight() == static_cast<std::int64_t>(row * 2016 + 7));
        QVERIFY(restored.hashAt(3) == chain.at(3).hash);
        StorageBatch repair;
        restored.takeChanges(repair);
        QCOMPARE(repair.removePeriodsFrom, std::optional<std::uint32_t>(row));
    }
    auto cut = good.headerPeriods;
    cut[1].headers.resize(cut[1].headers.size() - 1);
    HeaderChain restored(retargeting(), none);
    restored.restore(cut);
    QCOMPARE(restored.tipHeight(), std::int64_t{2015});
}

void HeaderChainTest::writesReorganisationsAsOneChange()
{
    ChainBuilder first(bitcoin::paramsOf(bitcoin::Network::Regtest));
    first.mineMany(2020);
    auto second = first;
    second.cutAbove(2010);
    second.mineMany(11, 1);
    HeaderChain headers(first.params(), checkpointsOf(bitcoin::Network::Regtest));
    feed(headers, first, 1, 2000);
    feed(headers, first, 2001, 2020);
    stored(headers);
    feed(headers, second, 2011, 2021);
    StorageBatch batch;
    headers.takeChanges(batch);
    QCOMPARE(batch.removePeriodsFrom, std::optional<std::uint32_t>(0));
    QCOMPARE(batch.headerPeriods.size(), std::size_t{2});
    QCOMPARE(batch.staleHeaders.size(), std::size_t{10});
    HeaderChain restored(first.params(), checkpointsOf(bitcoin::Network::Regtest));
    restored.restore(batch.headerPeriods);
    QVERIFY(restored.tipHash() == second.tip().hash);
}

void HeaderChainTest::makesLocators()
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    chain.mineMany(300);
    HeaderChain headers(chain.params(), checkpointsOf(bitcoin::Network::Regtest));
    feed(headers, chain, 1, 300);
    const auto locator = headers.locator();
    QVERIFY(locator.size() <= kMaxLocator);
    QVERIFY(locator.front() == chain.tip().hash);
    QVERIFY(locator[10] == chain.at(290).hash);
    QVERIFY(locator.back() == chain.at(0).hash);
    for (std::size_t i = 1; i < locator.size(); ++i)
        QVERIFY(*chain.heightOf(locator[i]) < *chain.heightOf(locator[i - 1]));
}

void HeaderChainTest::shippedCheckpointsHold()
{
    const auto& main = checkpointsOf(bitcoin::Network::Main);
    QCOMPARE(main.periods.size(), std::size_t{473});
    QCOMPARE(main.lastPeriodHeight(), std::int64_t{953'567});
    QCOMPARE(main.periods[0].lastHash.toHex(),
             std::string("00000000693067b0e6b440bc51450b9f3850561b07f6d3c021c54fbd6abb9763"));
    // Known nBits: the first retarget (32,256), and 0x1702f128-like values of our time.
    QCOMPARE(main.periods[14].nextBits, 0x1d00ffffU);
    QCOMPARE(main.periods[15].nextBits, 0x1d00d86aU);
    QCOMPARE(main.filters.front().height, 0U);
    QCOMPARE(main.filters.back().height, 960'000U);
    QVERIFY(main.filters.back().block.has_value());
    QCOMPARE(main.filterAtOrBelow(499'999).height, 481'824U);
    QCOMPARE(main.filterAbove(959'999)->height, 960'000U);
    QVERIFY(main.filterAbove(960'000) == nullptr);
    QCOMPARE(checkpointsOf(bitcoin::Network::Signet).periods.size(), std::size_t{153});
    QCOMPARE(checkpointsOf(bitcoin::Network::Testnet4).periods.size(), std::size_t{69});
    QCOMPARE(checkpointsOf(bitcoin::Network::Regtest).filters.size(), std::size_t{1});
    HeaderChain headers(bitcoin::paramsOf(bitcoin::Network::Main), main);
    QCOMPARE(headers.baseHeight(), 472U * 2016U);
}

void HeaderChainTest::followsTestnet4Rules()
{
    ChainBuilder chain(testing());
    chain.mineMany(10);
    QCOMPARE(chain.tip().block.header.bits, 0x201fffffU);
    chain.setSpacing(1'300); // After 20 minutes the easiest target is required.
    chain.mine();
    QCOMPARE(chain.tip().block.header.bits, 0x207fffffU);
    chain.setSpacing(600); // Then that of the last ordinary block again.
    chain.mine();
    QCOMPARE(chain.tip().block.header.bits, 0x201fffffU);
    const Checkpoints none = checkpointsOf(bitcoin::Network::Regtest);
    HeaderChain headers(testing(), none);
    QCOMPARE(feed(headers, chain, 1, chain.height()).outcome, HeadersOutcome::Extended);
    const auto easy = nextHeader(chain, [](auto& header) { header.bits = 0x207fffff; });
    QCOMPARE(headers.accept({&easy, 1}, kNow, DeepReorganisations::Ask).refusal,
             HeaderRefusal::WrongBits);
}

QTEST_GUILESS_MAIN(HeaderChainTest)
#include "header_chain_test.moc"
