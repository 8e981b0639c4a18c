// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the book remembers, forgets the right ones, and chooses widely. Method: a seeded choice.

#include "core/lightnode/peer_book.h"
#include "tests/support/test.h"

using namespace coffer;
using namespace coffer::lightnode;

namespace {

constexpr std::int64_t kNow = 1'800'000'000;

PeerAddress address(unsigned group, unsigned host)
{
    PeerAddress out;
    out.kind = AddressKind::Ipv4;
    out.bytes = {20, static_cast<std::uint8_t>(group), 1, static_cast<std::uint8_t>(host)};
    out.port = 8333;
    return out;
}

} // namespace

class PeerBookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prefersWhoWorkedButTriesOthers();
    void avoidsGroupsAndClasses();
    void waitsLongerAfterEachFailure();
    void leavesOutBannedAndElsewhere();
    void storesAndRestores();
    void shipsFirstContacts();
    void refusesAddressesThatCannotBeReached();
};

void PeerBookTest::prefersWhoWorkedButTriesOthers()
{
    PeerBook book(bitcoin::Network::Main);
    for (unsigned g = 0; g < 10; ++g)
        book.add(address(g, 1), 0, PeerSource::Dns, {});
    for (int i = 0; i < 10; ++i)
        book.succeeded(address(3, 1).toString(), service::kWanted, 50, kNow);
    base::SeededRandom random(1);
    std::map<std::string, int> chosen;
    for (int i = 0; i < 2'000; ++i)
        ++chosen[book.choose({}, random, kNow)->toString()];
    QCOMPARE(chosen.size(), std::size_t{10});
    for (const auto& [key, count] : chosen)
        QVERIFY(key == address(3, 1).toString() || count < chosen[address(3, 1).toString()]);
}

void PeerBookTest::avoidsGroupsAndClasses()
{
    PeerBook book(bitcoin::Network::Main);
    book.add(address(1, 1), 0, PeerSource::Dns, {});
    book.add(address(1, 2), 0, PeerSource::Gossip, "4:9.9");
    book.add(address(2, 1), 0, PeerSource::Gossip, "4:9.9");
    base::SeededRandom random(1);
    PeerBook::Avoid avoid;
    avoid.networkGroups.insert(address(1, 1).networkGroup());
    QCOMPARE(book.choose(avoid, random, kNow)->toString(), address(2, 1).toString());
    avoid.sourceClasses.insert("gossip:4:9.9");
    QVERIFY(!book.choose(avoid, random, kNow));
    QCOMPARE(book.sourceClass(address(2, 1).toString()), std::string("gossip:4:9.9"));
}

void PeerBookTest::waitsLongerAfterEachFailure()
{
    PeerBook book(bitcoin::Network::Main);
    book.add(address(1, 1), 0, PeerSource::Dns, {});
    const auto key = address(1, 1).toString();
    base::SeededRandom random(1);
    book.tried(key, kNow);
    book.failed(key);
    QVERIFY(!book.choose({}, random, kNow + 599));
    QVERIFY(book.choose({}, random, kNow + 600));
    book.failed(key);
    QVERIFY(!book.choose({}, random, kNow + 1'199));
    QVERIFY(book.choose({}, random, kNow + 1'200));
    for (int i = 0; i < 40; ++i)
        book.failed(key);
    QVERIFY(book.choose({}, random, kNow + 24 * 60 * 60));
    book.succeeded(key, service::kWanted, 1, kNow);
    QVERIFY(book.choose({}, random, kNow));
}

void PeerBookTest::leavesOutBannedAndElsewhere()
{
    PeerBook book(bitcoin::Network::Main);
    book.add(address(1, 1), 0, PeerSource::Dns, {});
    book.add(address(2, 1), 0, PeerSource::Dns, {});
    base::SeededRandom random(1);
    book.ban(address(1, 1).toString(), kNow + 100, "lied");
    book.markOtherChain(address(2, 1).toString(), kNow + 200);
    QVERIFY(!book.choose({}, random, kNow + 99));
    QCOMPARE(book.choose({}, random, kNow + 100)->toString(), address(1, 1).toString());
}

void PeerBookTest::storesAndRestores()
{
    PeerBook book(bitcoin::Network::Main);
    book.add(address(1, 1), service::kWanted, PeerSource::Gossip, "4:9.9");
    book.succeeded(address(1, 1).toString(), service::kWanted, 77, kNow);
    book.ban(address(1, 1).toString(), kNow + 5, "lied");
    StorageBatch batch;
    book.takeChanges(batch);
    QCOMPARE(batch.peers.size(), std::size_t{1});
    StorageBatch nothing;
    book.takeChanges(nothing);
    QVERIFY(nothing.empty());
    PeerBook restored(bitcoin::Network::Main);
    batch.peers.push_back({});
    batch.peers.back().address = "not an address";
    restored.restore(batch.peers, 8333);
    QCOMPARE(restored.size(), std::size_t{1});
    const auto* row = restored.find(address(1, 1).toString());
    QVERIFY(row != nullptr);
    QCOMPARE(row->stored.handshakeMs, 77U);
    QCOMPARE(row->stored.banReason, std::string("lied"));
}

void PeerBookTest::shipsFirstContacts()
{
    for (const auto network :
         {bitcoin::Network::Main, bitcoin::Network::Signet, bitcoin::Network::Testnet4}) {
        PeerBook book(network);
        book.addShipped(bitcoin::paramsOf(network).port);
        QVERIFY(book.size() > 80);
        QVERIFY(!dnsSeeds(network).empty());
    }
    PeerBook main(bitcoin::Network::Main);
    main.addShipped(8333);
    QVERIFY(main.promising(kNow) >= 90);
    PeerBook regtest(bitcoin::Network::Regtest);
    regtest.addShipped(18444);
    QCOMPARE(regtest.size(), std::size_t{0});
    QVERIFY(dnsSeeds(bitcoin::Network::Regtest).empty());
    // Without a proxy an onion name cannot be dialled.
    base::SeededRandom random(1);
    PeerBook::Avoid avoid;
    avoid.clearnetOnly = true;
    for (int i = 0; i < 200; ++i)
        QVERIFY(main.choose(avoid, random, kNow)->kind != AddressKind::TorV3);
}

void PeerBookTest::refusesAddressesThatCannotBeReached()
{
    PeerBook book(bitcoin::Network::Main);
    for (const char* text : {"10.0.0.1", "127.0.0.1", "my.node", "[fe80::1]"})
        book.add(parsePeerAddress(text, 8333).take(), service::kWanted, PeerSource::Gossip, {});
    QCOMPARE(book.size(), std::size_t{0});
}

QTEST_GUILESS_MAIN(PeerBookTest)
#include "peer_book_test.moc"
