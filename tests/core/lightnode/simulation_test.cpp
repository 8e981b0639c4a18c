// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: every run ends in the truth or in the right sentence (bitcoin.md, test 2). Method: random
// networks of honest, faulty and lying strangers with random latency and loss, reorganisations and
// restarts on the way; each run is made from one seed, which a failure prints.
// COFFER_SIMULATION_RUNS asks for more runs, COFFER_SIMULATION_SEED for a single one.

#include "tests/core/lightnode/peer_world.h"

#include <QElapsedTimer>

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

namespace {

constexpr std::uint32_t kHeight = 60;
constexpr std::uint32_t kPayments = 5;

/// A chain with some payments to `mine`.
struct Story
{
    ChainBuilder before;
    ChainBuilder after; ///< What everybody honest shows later: longer, or another branch.
    std::vector<bitcoin::Script> mine;
    std::vector<std::uint32_t> paidAfter;
};

Story makeStory(base::Random& random)
{
    ChainBuilder chain(bitcoin::paramsOf(bitcoin::Network::Regtest));
    std::vector<bitcoin::Script> mine;
    for (std::uint64_t i = 0; i < 4; ++i)
        mine.push_back(scriptNumber(5'000'000 + random.below(1'000'000) + i));
    std::set<std::uint32_t> paid;
    while (paid.size() < kPayments)
        paid.insert(1 + static_cast<std::uint32_t>(random.below(kHeight)));
    const auto grow = [&](ChainBuilder& target, std::uint32_t to, std::uint32_t salt) {
        while (target.height() < to) {
            const bool pays = salt == 0 ? paid.contains(target.height() + 1) : random.below(6) == 0;
            if (pays)
                target.mine({{1'000, mine[static_cast<std::size_t>(random.below(mine.size()))]}},
                            {}, salt);
            else
                target.mine({}, {}, salt);
        }
    };
    grow(chain, kHeight, 0);
    auto after = chain;
    const auto depth = static_cast<std::uint32_t>(random.below(8));
    after.cutAbove(kHeight - depth);
    grow(after, kHeight + 1 + static_cast<std::uint32_t>(random.below(6)), 1);
    Story out{chain, after, mine, {}};
    for (std::uint32_t h = 1; h <= after.height(); ++h) {
        for (const auto& script : bitcoin::filterOutputScripts(after.at(h).block)) {
            if (std::find(mine.begin(), mine.end(), script) != mine.end())
                out.paidAfter.push_back(h);
        }
    }
    return out;
}

constexpr Fault kFaults[] = {Fault::SilentAfterHandshake,
                             Fault::ClosesAfterMessages,
                             Fault::NeverPongs,
                             Fault::WrongMagic,
                             Fault::HugeLength,
                             Fault::BadChecksum,
                             Fault::LongHeaders,
                             Fault::HeadersWithoutWork,
                             Fault::WrongBits,
                             Fault::OldTime,
                             Fault::BrokenLink,
                             Fault::FutureTime,
                             Fault::EmptyHeaders,
                             Fault::HeadersFromGenesis,
                             Fault::TooManyHeaders,
                             Fault::OtherFilter,
                             Fault::FiltersLate,
                             Fault::FilterHeadersNever,
                             Fault::BlockSwapped,
                             Fault::BlockDuplicated,
                             Fault::BlockTruncated,
                             Fault::FloodsAnnouncements,
                             Fault::BadAddresses,
                             Fault::Chatters};

QString simulate(std::uint64_t seed)
{
    base::SeededRandom random(seed * 7'919);
    const auto story = makeStory(random);
    NodeSimulator::Options options;
    options.seed = seed;
    options.maxLatencyMs = 20 + static_cast<std::int64_t>(random.below(400));
    options.lossPermille = static_cast<unsigned>(random.below(12));
    options.maxJobMs = static_cast<std::int64_t>(random.below(200));
    NodeSimulator simulator(PeerWorld::config(), options);
    const auto honest = 3 + static_cast<unsigned>(random.below(2));
    const auto faulty = static_cast<unsigned>(random.below(4));
    const bool liar = random.below(3) == 0;
    std::set<std::string> good;
    for (unsigned n = 0; n < honest + faulty; ++n) {
        const auto source = n % 2 == 0 ? PeerSource::Dns : PeerSource::Shipped;
        simulator.know(stranger(n), source);
        auto& host = simulator.addHost(stranger(n), story.before);
        if (n < honest)
            good.insert(stranger(n));
        else
            host.faults.insert(kFaults[random.below(std::size(kFaults))]);
    }
    const auto lie = [&](const ChainBuilder& chain) {
        auto forged = chain;
        const auto height = 1 + static_cast<std::uint32_t>(random.below(chain.height()));
        forged.forgeFilter(
            height, filterWithout(chain, height,
                                  bitcoin::filterOutputScripts(chain.at(height).block).front()));
        return forged;
    };
    const auto liarAddress = stranger(honest + faulty);
    if (liar) {
        simulator.know(liarAddress, PeerSource::Gossip, "4:9.9");
        simulator.addHost(liarAddress, story.before).filterChain = lie(story.before);
    }
    std::map<std::uint32_t, bitcoin::BlockHash> found;
    simulator.onFact = [&](const Fact& fact) {
        if (const auto* matched = std::get_if<BlockMatched>(&fact)) {
            found[matched->height] = matched->hash;
            simulator.node().blockHandled(matched->hash, BlockUse::Relevant, simulator.now());
        } else if (const auto* forked = std::get_if<Reorganised>(&fact)) {
            found.erase(found.upper_bound(forked->forkHeight), found.end());
        }
    };
    const auto watch = [&] {
        found.clear();
        simulator.node().watch({1, story.mine, 0, -1}, simulator.now());
        simulator.drain();
    };
    simulator.start();
    watch();
    simulator.runFor(static_cast<std::int64_t>(random.below(20'000)));
    if (random.below(4) == 0) {
        simulator.restart(static_cast<std::size_t>(random.below(simulator.writes.size() + 1)));
        watch();
    }
    simulator.runFor(static_cast<std::int64_t>(random.below(10'000)));
    simulator.setChainEverywhere(story.after);
    if (liar)
        simulator.host(liarAddress).filterChain = lie(story.after);
    const bool live =
        simulator.runUntil([&] { return simulator.isLiveAt(story.after); }, 40 * 60'000);
    const auto status = simulator.status();
    if (!live)
        return QStringLiteral(
                   "not live: stage %1, headers %2 of %3, filters %4, scanned %5, problem %6 at %7")
            .arg(static_cast<int>(status.stage))
            .arg(status.headerHeight)
            .arg(story.after.height())
            .arg(status.filterHeight)
            .arg(status.scanHeight)
            .arg(static_cast<int>(status.problem))
            .arg(status.problemHeight);
    for (const auto height : story.paidAfter) {
        const auto at = found.find(height);
        if (at == found.end() || at->second != story.after.at(height).hash)
            return QStringLiteral("payment at %1 missed").arg(height);
    }
    for (const auto& address : good) {
        const auto row = simulator.bookRow(address);
        if (row && row->bannedUntil > 0)
            return QStringLiteral("honest peer banned: %1")
                .arg(QString::fromStdString(row->banReason));
    }
    return {};
}

} // namespace

class SimulationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRunEndsInTheTruth();
};

void SimulationTest::everyRunEndsInTheTruth()
{
    if (qEnvironmentVariableIsSet("COFFER_SIMULATION_SEED")) {
        const auto seed = qEnvironmentVariable("COFFER_SIMULATION_SEED").toULongLong();
        const auto failure = simulate(seed);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
        return;
    }
    const int runs = std::max(1, qEnvironmentVariableIntValue("COFFER_SIMULATION_RUNS"));
    const int wanted = runs > 1 ? runs : 1'000;
    QElapsedTimer timer;
    timer.start();
    for (int seed = 1; seed <= wanted; ++seed) {
        const auto failure = simulate(static_cast<std::uint64_t>(seed));
        QVERIFY2(failure.isEmpty(),
                 qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(failure)));
    }
    qInfo("%d runs in %lld ms", wanted, static_cast<long long>(timer.elapsed()));
}

QTEST_GUILESS_MAIN(SimulationTest)
#include "simulation_test.moc"
