// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: whatever a peer does wrong (bitcoin.md, section 9), the node finds the truth with the
// honest ones, blames nobody without proof, and stays within its bounds. Method: one faulty
// stranger among three honest ones, the fixture's wallet, several seeds for each row.

#include "tests/core/lightnode/peer_world.h"

using namespace coffer;
using namespace coffer::lightnode;
using namespace coffer::test;

namespace {

enum class Expected
{
    Nothing,    ///< Neither banned nor noted as elsewhere.
    Ban,        ///< Banned whenever it was caught; in at least one run.
    OtherChain, ///< Noted for 24 hours, not banned.
    NotUsed     ///< Never counts as agreeing; not banned.
};

struct Row
{
    const char* name;
    Fault fault;
    Expected expected;
};

constexpr Row kRows[] = {
    {"silent after handshake", Fault::SilentAfterHandshake, Expected::NotUsed},
    {"one byte a second", Fault::ByteByByte, Expected::NotUsed},
    {"closes after some messages", Fault::ClosesAfterMessages, Expected::Nothing},
    {"never pongs", Fault::NeverPongs, Expected::Nothing},
    {"wrong magic", Fault::WrongMagic, Expected::NotUsed},
    {"length above 4 MB", Fault::HugeLength, Expected::NotUsed},
    {"bad checksums", Fault::BadChecksum, Expected::NotUsed},
    {"164-byte headers", Fault::LongHeaders, Expected::OtherChain},
    {"headers without work", Fault::HeadersWithoutWork, Expected::Ban},
    {"wrong nBits", Fault::WrongBits, Expected::OtherChain},
    {"time not above the median", Fault::OldTime, Expected::OtherChain},
    {"broken link", Fault::BrokenLink, Expected::Nothing},
    {"time in the future", Fault::FutureTime, Expected::Nothing},
    {"empty headers", Fault::EmptyHeaders, Expected::NotUsed},
    {"headers from genesis", Fault::HeadersFromGenesis, Expected::Nothing},
    {"more than 2000 headers", Fault::TooManyHeaders, Expected::NotUsed},
    {"filter of another block", Fault::OtherFilter, Expected::Ban},
    {"filters late", Fault::FiltersLate, Expected::Nothing},
    {"filter headers never", Fault::FilterHeadersNever, Expected::Nothing},
    {"block changed", Fault::BlockSwapped, Expected::Ban},
    {"block with a duplicate", Fault::BlockDuplicated, Expected::Ban},
    {"block truncated", Fault::BlockTruncated, Expected::Nothing},
    {"block with a wrong witness", Fault::BlockWrongWitness, Expected::Ban},
    {"50,000 announcements", Fault::FloodsAnnouncements, Expected::Nothing},
    {"floods addresses", Fault::FloodsAddresses, Expected::Nothing},
    {"addresses of wrong length", Fault::BadAddresses, Expected::Nothing},
    {"unknown messages", Fault::Chatters, Expected::Nothing},
};

} // namespace

class FaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheTruthBesides_data();
    void findsTheTruthBesides();
    void emptyAnswersAreNoAgreement();
    void peersThatNeverPongAreReplaced();
    void claimedHeightsCountForNothing();
    void twoFacedPeersDoNotMoveTheTip();
    void floodsOfAddressesAreBounded();
    void peersWithoutFiltersOnlyTellAddresses();
    void staleStopsAreNotAskedFor();
    void disconnectsAtEveryStage();
    void aSlowClockIsNamed_data();
    void aSlowClockIsNamed();
    void ownNodeElsewhereIsNamed();
    void ownNodeThatHidesItsChainIsNamed();
    void ownNodeWithoutFiltersIsNamed();
    void silenceOfEverybodyIsTold();
    void refusalsAreNoStorm();

private:
    NodeFixture m_fixture;
};

void FaultsTest::findsTheTruthBesides_data()
{
    QTest::addColumn<int>("row");
    for (int i = 0; i < static_cast<int>(std::size(kRows)); ++i)
        QTest::newRow(kRows[i].name) << i;
}

void FaultsTest::findsTheTruthBesides()
{
    QFETCH(int, row);
    const auto& wanted = kRows[row];
    bool caught = false;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        PeerWorld world(seed, m_fixture.main);
        world.addFaulty(wanted.fault);
        for (int i = 0; i < 3; ++i)
            world.add();
        StubWallet wallet(world.simulator, m_fixture.json, {44, 49, 84, 86});
        world.simulator.start();
        wallet.watchAll();
        const bool live =
            world.simulator.runUntil([&] { return world.simulator.isLiveAt(m_fixture.main); });
        QVERIFY2(live, qPrintable(QStringLiteral("seed %1").arg(seed)));
        world.simulator.runFor(6 * 60'000);
        const auto& expected = m_fixture.json.at("expected");
        QCOMPARE(wallet.balance(), fixtureSatoshi(expected.at("balance_main").at("trusted")));
        QVERIFY(world.simulator.isLiveAt(m_fixture.main));
        QVERIFY2(!world.anyHonestBanned(1), qPrintable(QStringLiteral("seed %1").arg(seed)));
        const bool banned = world.isBanned(0);
        const bool elsewhere = world.isElsewhere(0);
        caught = caught || banned || elsewhere;
        switch (wanted.expected) {
        case Expected::Nothing:
            QVERIFY(!banned && !elsewhere);
            break;
        case Expected::Ban:
            QVERIFY(!elsewhere);
            break;
        case Expected::OtherChain:
            QVERIFY(!banned);
            break;
        case Expected::NotUsed:
            QVERIFY(!banned);
            for (const auto& peer : world.simulator.status().peers)
                QVERIFY(peer.address != stranger(0) || peer.state != PeerState::Usable);
            break;
        }
    }
    if (wanted.expected == Expected::Ban || wanted.expected == Expected::OtherChain)
        QVERIFY(caught);
}

void FaultsTest::emptyAnswersAreNoAgreement()
{
    PeerWorld world(3, m_fixture.main);
    world.addFaulty(Fault::EmptyHeaders);
    world.addFaulty(Fault::EmptyHeaders);
    world.add();
    world.simulator.start();
    world.simulator.runFor(10 * 60'000);
    // One honest peer alone is not enough to call the tip proved.
    QCOMPARE(world.simulator.status().stage, Stage::Headers);
    QCOMPARE(world.simulator.status().headerHeight,
             static_cast<std::int64_t>(m_fixture.main.height()));
}

void FaultsTest::peersThatNeverPongAreReplaced()
{
    PeerWorld world(1, m_fixture.main);
    world.addFaulty(Fault::NeverPongs);
    for (int i = 0; i < 2; ++i)
        world.add();
    world.simulator.start();
    QVERIFY(world.simulator.runUntilLive());
    world.simulator.runFor(9 * 60'000);
    const auto& reasons = world.simulator.closeReasons;
    QVERIFY(std::find(reasons.begin(), reasons.end(), "no pong") != reasons.end());
    QVERIFY(!world.isBanned(0));
}

void FaultsTest::claimedHeightsCountForNothing()
{
    // A longer claim, a chain with less work: the fork at 100 stays 20 blocks long.
    auto dead = m_fixture.main;
    dead.cutAbove(100);
    dead.mineMany(20, 4);
    PeerWorld world(2, m_fixture.main);
    world.add().chain = dead;
    for (int i = 0; i < 3; ++i)
        world.add();
    world.simulator.start();
    QVERIFY(world.simulator.runUntil([&] { return world.simulator.isLiveAt(m_fixture.main); }));
    world.simulator.runFor(11 * 60'000); // The book is written every five minutes.
    QVERIFY(world.isElsewhere(0) || world.simulator.host(stranger(0)).connections == 0);
    QVERIFY(!world.isBanned(0));
}

void FaultsTest::twoFacedPeersDoNotMoveTheTip()
{
    PeerWorld world(2, m_fixture.main);
    for (int i = 0; i < 3; ++i)
        world.add();
    world.simulator.start();
    QVERIFY(world.simulator.runUntil([&] { return world.simulator.isLiveAt(m_fixture.main); }));
    auto older = m_fixture.main;
    older.cutAbove(120);
    world.simulator.setChain(stranger(0), older);
    world.simulator.setChain(stranger(0), m_fixture.stale);
    world.simulator.runFor(5 * 60'000);
    QVERIFY(world.simulator.isLiveAt(m_fixture.main));
    QVERIFY(!world.isBanned(0));
}

void FaultsTest::floodsOfAddressesAreBounded()
{
    PeerBook book(bitcoin::Network::Main);
    for (std::uint32_t i = 0; i < 30'000; ++i) {
        PeerAddress address;
        address.kind = AddressKind::Ipv4;
        address.bytes = {20, static_cast<std::uint8_t>(i >> 16), static_cast<std::uint8_t>(i >> 8),
                         static_cast<std::uint8_t>(i)};
        address.port = 8333;
        book.add(address, service::kWanted, PeerSource::Gossip, "4:20.0");
        if (i == 0)
            book.succeeded(address.toString(), service::kWanted, 10, 1'000);
    }
    QVERIFY(book.size() <= PeerBook::kMaxRows);
    QVERIFY(book.find("20.0.0.0:8333") != nullptr); // The one that worked stays.
}

void FaultsTest::peersWithoutFiltersOnlyTellAddresses()
{
    PeerWorld world(5, m_fixture.main);
    world.add().services = service::kNetwork | service::kWitness;
    for (int i = 0; i < 2; ++i)
        world.add();
    world.simulator.start();
    QVERIFY(world.simulator.runUntil([&] { return world.simulator.isLiveAt(m_fixture.main); }));
    const auto& seen = world.simulator.host(stranger(0)).seen;
    QVERIFY(std::find(seen.begin(), seen.end(), "getcfilters") == seen.end());
    QVERIFY(std::find(seen.begin(), seen.end(), "getdata") == seen.end());
}

void FaultsTest::staleStopsAreNotAskedFor()
{
    // Reorganisations under way: a stop hash that left makes real nodes hang up for ever.
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        PeerWorld world(seed, m_fixture.stale);
        for (int i = 0; i < 3; ++i)
            world.add();
        StubWallet wallet(world.simulator, m_fixture.json, {84});
        world.simulator.start();
        wallet.watchAll();
        world.simulator.runFor(static_cast<std::int64_t>(seed) * 150);
        world.simulator.setChainEverywhere(m_fixture.main);
        QVERIFY(world.simulator.runUntil([&] { return world.simulator.isLiveAt(m_fixture.main); }));
        std::size_t connections = 0;
        for (unsigned n = 0; n < world.count; ++n)
            connections += world.simulator.host(stranger(n)).connections;
        QVERIFY(connections < 15);
        QVERIFY(!world.anyHonestBanned(0));
    }
}

void FaultsTest::disconnectsAtEveryStage()
{
    // The only source there is hangs up at its first message, then at its second, and so on through
    // handshake, headers, filter headers, filters and blocks; each time it is asked again.
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        NodeSimulator::Options options;
        options.seed = seed;
        NodeSimulator simulator(NodeFixture::ownNodeConfig(), options);
        auto& host = simulator.addHost(kOwnAddress, m_fixture.main);
        host.faults.insert(Fault::ClosesLaterEachTime);
        StubWallet wallet(simulator, m_fixture.json, {44, 49, 84, 86});
        simulator.start();
        wallet.watchAll();
        QVERIFY(simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.main); },
                                   4 * 60 * 60'000));
        const auto& expected = m_fixture.json.at("expected");
        QCOMPARE(wallet.balance(), fixtureSatoshi(expected.at("balance_main").at("trusted")));
        QVERIFY(host.connections > 10); // It took many.
        QVERIFY(simulator.facts<PeerMisbehaved>().empty());
    }
}

void FaultsTest::aSlowClockIsNamed_data()
{
    QTest::addColumn<bool>("own");
    QTest::newRow("own node") << true;
    QTest::newRow("strangers") << false;
}

void FaultsTest::aSlowClockIsNamed()
{
    QFETCH(bool, own);
    // This machine is three hours behind: the newest headers seem to come from the future.
    NodeSimulator::Options options;
    options.utc = m_fixture.main.tip().block.header.time - 3 * 60 * 60;
    NodeSimulator simulator(own ? NodeFixture::ownNodeConfig() : PeerWorld::config(), options);
    if (own)
        simulator.addHost(kOwnAddress, m_fixture.main);
    for (unsigned i = 0; !own && i < 3; ++i) {
        simulator.know(stranger(i), PeerSource::Dns);
        simulator.addHost(stranger(i), m_fixture.main);
    }
    simulator.start();
    simulator.runFor(15 * 60'000);
    QCOMPARE(simulator.status().problem, Problem::Clock);
    QVERIFY(simulator.status().stage != Stage::Live);
    QVERIFY(simulator.facts<PeerMisbehaved>().empty()); // Nobody is blamed for our clock.
    // What was too new then is good as soon as the clock allows it.
    QVERIFY(
        simulator.runUntil([&] { return simulator.isLiveAt(m_fixture.main); }, 2 * 60 * 60'000));
    QCOMPARE(simulator.status().problem, Problem::None);
}

void FaultsTest::ownNodeElsewhereIsNamed()
{
    // The node remembers more work than the person's own node shows now.
    auto other = m_fixture.main;
    other.cutAbove(100);
    other.mineMany(5, 8);
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.main);
    simulator.start();
    QVERIFY(simulator.runUntilLive());
    simulator.removeHost(kOwnAddress);
    simulator.addHost(kOwnAddress, other);
    simulator.runFor(60'000);
    const auto told = simulator.facts<OwnNodeElsewhere>();
    QVERIFY(!told.empty());
    QCOMPARE(told[0].splitHeight, 101U);
    QCOMPARE(simulator.status().problem, Problem::OtherChain);
    QVERIFY(simulator.status().stage != Stage::Live);
    QVERIFY(simulator.facts<PeerMisbehaved>().empty());
    // It comes back to its senses.
    simulator.setChain(kOwnAddress, m_fixture.main);
    QVERIFY(simulator.runUntilLive());
    QCOMPARE(simulator.status().problem, Problem::None);
}

void FaultsTest::ownNodeThatHidesItsChainIsNamed()
{
    // On the other side of the split: the common part is served, the rest is kept back.
    auto common = m_fixture.main;
    common.cutAbove(109);
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    auto& host = simulator.addHost(kOwnAddress, common);
    host.services |= service::kBlake2bChain;
    host.claimsMore = 11;
    simulator.start();
    simulator.runFor(60'000);
    QCOMPARE(simulator.status().problem, Problem::OtherChain);
    QVERIFY(simulator.status().stage != Stage::Live);
    QCOMPARE(simulator.facts<OwnNodeElsewhere>().at(0).splitHeight, 110U);
    QVERIFY(simulator.facts<PeerMisbehaved>().empty());
    // One that shows what it names is believed, whatever its service bits.
    host.claimsMore = 0;
    QVERIFY(simulator.runUntilLive());
    QCOMPARE(simulator.status().problem, Problem::None);
}

void FaultsTest::ownNodeWithoutFiltersIsNamed()
{
    NodeSimulator simulator(NodeFixture::ownNodeConfig(), {});
    simulator.addHost(kOwnAddress, m_fixture.main).services = service::kNetwork | service::kWitness;
    simulator.start();
    simulator.runFor(60'000);
    QCOMPARE(simulator.status().problem, Problem::NoFilters);
    QCOMPARE(simulator.status().headerHeight, static_cast<std::int64_t>(m_fixture.main.height()));
}

void FaultsTest::silenceOfEverybodyIsTold()
{
    PeerWorld world(1, m_fixture.main);
    for (int i = 0; i < 3; ++i)
        world.addFaulty(Fault::SilentAfterHandshake);
    world.simulator.start();
    world.simulator.runFor(5 * 60'000);
    QCOMPARE(world.simulator.status().problem, Problem::NoPeer);
    QVERIFY(world.simulator.status().stage != Stage::Live);
}

void FaultsTest::refusalsAreNoStorm()
{
    // A cable that was pulled, a proxy that leads nowhere: every dial fails within milliseconds.
    auto options = PeerWorld::options(1);
    options.maxLatencyMs = options.minLatencyMs;
    NodeSimulator simulator(PeerWorld::config(), options);
    for (unsigned number = 0; number < 200; ++number)
        simulator.know(stranger(number), PeerSource::Dns);
    simulator.start();
    simulator.runFor(5'000);
    // At most four, every half second.
    QVERIFY2(simulator.connects.size() <= 44,
             qPrintable(QString::number(simulator.connects.size())));
    QVERIFY(simulator.connects.size() >= 20);
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"
