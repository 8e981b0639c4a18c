// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: every run ends in the truth or in the right sentence (bitcoin.md, test 2). Method: random
// networks of honest, faulty and lying strangers with random latency and loss, reorganisations and
// restarts on the way; each run is made from one seed, which a failure prints.
// COFFER_SIMULATION_RUNS asks for more runs, COFFER_SIMULATION_SEED for a single one.

#include "tests/core/lightnode/peer_world.h"

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

/// One random network and what the node makes of it.
class Run
{
public:
    explicit Run(std::uint64_t seed)
        : m_random(seed * 7'919)
        , m_story(makeStory(m_random))
        , m_simulator(PeerWorld::config(), options(seed))
    {
        addPeers();
        m_simulator.onFact = [this](const Fact& fact) { handle(fact); };
    }

    /// Empty, or what went wrong.
    QString play()
    {
        m_simulator.start();
        watch();
        m_simulator.runFor(below(20'000));
        if (below(4) == 0) {
            m_simulator.restart(static_cast<std::size_t>(
                below(static_cast<std::int64_t>(m_simulator.writes.size()) + 1)));
            watch();
        }
        m_simulator.runFor(below(10'000));
        m_simulator.setChainEverywhere(m_story.after);
        if (m_liar)
            m_simulator.host(*m_liar).filterChain = lie(m_story.after);
        const bool live = m_simulator.runUntil(
            [this] { return m_simulator.isLiveAt(m_story.after); }, 40 * 60'000);
        return live ? verdict() : whereItStands();
    }

private:
    std::int64_t below(std::int64_t bound)
    {
        return static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(bound)));
    }

    NodeSimulator::Options options(std::uint64_t seed)
    {
        NodeSimulator::Options out;
        out.seed = seed;
        out.maxLatencyMs = 20 + below(400);
        out.lossPermille = static_cast<unsigned>(below(12));
        out.maxJobMs = below(200);
        return out;
    }

    void addPeers()
    {
        const auto honest = 3 + static_cast<unsigned>(below(2));
        const auto faulty = static_cast<unsigned>(below(4));
        const bool liar = below(3) == 0;
        for (unsigned n = 0; n < honest + faulty; ++n) {
            m_simulator.know(stranger(n), n % 2 == 0 ? PeerSource::Dns : PeerSource::Shipped);
            auto& host = m_simulator.addHost(stranger(n), m_story.before);
            if (n < honest)
                m_honest.insert(stranger(n));
            else
                host.faults.insert(kFaults[below(std::ssize(kFaults))]);
        }
        if (!liar)
            return;
        m_liar = stranger(honest + faulty);
        m_simulator.know(*m_liar, PeerSource::Gossip, "4:9.9");
        m_simulator.addHost(*m_liar, m_story.before).filterChain = lie(m_story.before);
    }

    /// A chain of filters that omits an output somewhere.
    ChainBuilder lie(const ChainBuilder& chain)
    {
        auto forged = chain;
        const auto height = 1 + static_cast<std::uint32_t>(below(chain.height()));
        const auto left = bitcoin::filterOutputScripts(chain.at(height).block).front();
        forged.forgeFilter(height, filterWithout(chain, height, left));
        return forged;
    }

    void handle(const Fact& fact)
    {
        if (const auto* matched = std::get_if<BlockMatched>(&fact)) {
            m_found[matched->height] = matched->hash;
            m_simulator.node().blockHandled(matched->hash, BlockUse::Relevant, m_simulator.now());
        } else if (const auto* forked = std::get_if<Reorganised>(&fact)) {
            m_found.erase(m_found.upper_bound(forked->forkHeight), m_found.end());
        }
    }

    void watch()
    {
        m_found.clear();
        m_simulator.node().watch({1, m_story.mine, 0, -1}, m_simulator.now());
        m_simulator.drain();
    }

    QString verdict()
    {
        for (const auto height : m_story.paidAfter) {
            const auto at = m_found.find(height);
            if (at == m_found.end() || at->second != m_story.after.at(height).hash)
                return QStringLiteral("payment at %1 missed").arg(height);
        }
        for (const auto& address : m_honest) {
            const auto row = m_simulator.bookRow(address);
            if (row && row->bannedUntil > 0) {
                return QStringLiteral("honest peer banned: %1")
                    .arg(QString::fromStdString(row->banReason));
            }
        }
        return {};
    }

    QString whereItStands()
    {
        const auto status = m_simulator.status();
        auto text = QStringLiteral("not live: stage %1, headers %2 of %3, filters %4, scanned %5, "
                                   "problem %6 at %7; peers:")
                        .arg(static_cast<int>(status.stage))
                        .arg(status.headerHeight)
                        .arg(m_story.after.height())
                        .arg(status.filterHeight)
                        .arg(status.scanHeight)
                        .arg(static_cast<int>(status.problem))
                        .arg(status.problemHeight);
        for (const auto& peer : status.peers) {
            text += QStringLiteral(" %1 state %2 at %3,")
                        .arg(QString::fromStdString(peer.address))
                        .arg(static_cast<int>(peer.state))
                        .arg(peer.provedHeight);
        }
        for (const auto& address : m_honest) {
            const auto row = m_simulator.bookRow(address);
            text += QStringLiteral(" honest %1 failures %2 elsewhere %3,")
                        .arg(QString::fromStdString(address))
                        .arg(row ? row->failures : 0)
                        .arg(row ? row->otherChainUntil : 0);
        }
        return text;
    }

    base::SeededRandom m_random;
    Story m_story;
    NodeSimulator m_simulator;
    std::set<std::string> m_honest;
    std::optional<std::string> m_liar;
    std::map<std::uint32_t, bitcoin::BlockHash> m_found;
};

QString simulate(std::uint64_t seed)
{
    return Run(seed).play();
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
    for (int seed = 1; seed <= wanted; ++seed) {
        const auto failure = simulate(static_cast<std::uint64_t>(seed));
        QVERIFY2(failure.isEmpty(),
                 qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(failure)));
    }
}

QTEST_GUILESS_MAIN(SimulationTest)
#include "simulation_test.moc"
