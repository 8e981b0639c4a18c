// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: of several strangers, one of whom hides a payment in its filters, the honest ones are
// believed on the evidence of the block, and the liar is banned. Method: real bitcoinds behind a
// proxy that leads made-up public addresses to them; on the liar's way it empties the filter of one
// block and computes all filter headers anew, so that the lie is consistent.

#include "core/base/hex.h"
#include "core/crypto/hash.h"
#include "core/storage/chain_store.h"
#include "tests/functional/steps.h"
#include "tests/support/socks_server.h"

using namespace coffer::test;
using coffer::base::Bytes;
using coffer::base::Json;

namespace {

using Hash = coffer::base::ByteArray<32>;
constexpr std::uint64_t kWantedServices = 0x49;
constexpr const char* kHonest[] = {"20.1.0.1:18444", "30.1.0.1:18444"};
constexpr const char* kLiar = "40.1.0.1:18444";

/// What the liar says about one block, and what follows from it. Consistent wherever it is asked.
struct Lie
{
    Bytes block;               ///< Hash, as on the wire.
    Hash realHash{};           ///< Of the filter.
    Bytes filter{0};           ///< Empty: nothing is in this block.
    std::map<Hash, Hash> told; ///< The true filter header to the one that is told.
};

Hash filterHeader(const Hash& filterHash, const Hash& previous)
{
    Bytes both(filterHash.begin(), filterHash.end());
    both.insert(both.end(), previous.begin(), previous.end());
    return coffer::crypto::sha256d(both);
}

Hash hashAt(const Bytes& payload, std::size_t place)
{
    Hash hash{};
    std::copy_n(payload.begin() + static_cast<std::ptrdiff_t>(place), 32, hash.begin());
    return hash;
}

/// Changes a cfheaders message (type, stop hash, previous header, count, filter hashes).
Bytes liedHeaders(const Lie& lie, Bytes payload)
{
    const auto put = [&](std::size_t place, const Hash& hash) {
        std::copy(hash.begin(), hash.end(), payload.begin() + static_cast<std::ptrdiff_t>(place));
    };
    if (const auto previous = lie.told.find(hashAt(payload, 33)); previous != lie.told.end())
        put(33, previous->second);
    // The count has one byte below 253, three above.
    const std::size_t first = 65 + (payload[65] < 253 ? 1 : 3);
    for (auto place = first; place + 32 <= payload.size(); place += 32) {
        if (hashAt(payload, place) == lie.realHash)
            put(place, coffer::crypto::sha256d(lie.filter));
    }
    return payload;
}

/// Changes a cfilter message (type, block hash, length, filter) if it is about that block.
Bytes liedFilter(const Lie& lie, Bytes payload)
{
    if (std::equal(lie.block.begin(), lie.block.end(), payload.begin() + 1)) {
        payload.resize(33);
        payload.push_back(static_cast<std::uint8_t>(lie.filter.size()));
        payload.insert(payload.end(), lie.filter.begin(), lie.filter.end());
    }
    return payload;
}

MessageRewriter liar(const Lie& lie)
{
    return [lie](const std::string& command, Bytes payload) {
        if (command == "cfheaders")
            return liedHeaders(lie, std::move(payload));
        if (command == "cfilter")
            return liedFilter(lie, std::move(payload));
        return payload;
    };
}

Bytes wireHash(const std::string& hash)
{
    const auto bytes = must(coffer::base::parseHex(hash));
    return {bytes.rbegin(), bytes.rend()};
}

/// About the block at a height, and all headers from there to the tip.
Lie lieAbout(RegtestNode& node, int height)
{
    Lie lie;
    Hash told{};
    const auto tip = must(node.rpc("getblockcount")).get<int>();
    for (int at = height - 1; at <= tip; ++at) {
        const auto block = must(node.rpc("getblockhash", Json::array({at})));
        const auto said = must(node.rpc("getblockfilter", Json::array({block})));
        const auto filter = must(coffer::base::parseHex(said["filter"].get<std::string>()));
        const auto real = hashAt(wireHash(said["header"].get<std::string>()), 0);
        if (at == height - 1) {
            told = real;
            continue;
        }
        auto filterHash = coffer::crypto::sha256d(filter);
        if (at == height) {
            lie.block = wireHash(block.get<std::string>());
            lie.realHash = filterHash;
            filterHash = coffer::crypto::sha256d(lie.filter);
        }
        told = filterHeader(filterHash, told);
        lie.told[real] = told;
    }
    return lie;
}

coffer::storage::PeerRow stranger(const char* address, std::uint8_t source, const char* group)
{
    coffer::storage::PeerRow row;
    row.address = address;
    row.services = kWantedServices;
    row.source = source; // 1 DNS, 2 shipped, 3 gossip.
    row.sourceGroup = group;
    return row;
}

/// The chain data of a command line that is not running.
coffer::base::Result<coffer::storage::ChainStore> book(const CommandLine& cli)
{
    return coffer::storage::ChainStore::open(cli.dataDirectory().toStdString() + "/node",
                                             "regtest");
}

coffer::storage::PeerRow rowAt(const CommandLine& cli, const char* address)
{
    auto store = book(cli);
    ASSERT(store);
    const auto state = store->load();
    ASSERT(state);
    const auto found =
        std::ranges::find(state->peers, std::string(address), &coffer::storage::PeerRow::address);
    ASSERT(found != state->peers.end());
    return *found;
}

} // namespace

class SeveralPeersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void theHonestOnesWinByEvidence();
};

void SeveralPeersTest::theHonestOnesWinByEvidence()
{
    auto node = must(RegtestNode::start());
    const auto miner = must(node->newAddress());
    must(node->mine(110, miner));
    CommandLine cli(QStringLiteral("regtest"), {});
    const auto address = newWallet(cli);
    must(node->send(address.toStdString(), "1"));
    must(node->mine(9, miner));

    SocksServer proxy;
    const auto lie = lieAbout(*node, 111);
    proxy.lead(QStringLiteral("20.1.0.1"), node->p2pPort());
    proxy.lead(QStringLiteral("30.1.0.1"), node->p2pPort());
    proxy.lead(QStringLiteral("40.1.0.1"), node->p2pPort(), [lie] { return liar(lie); });
    cli.setProxy(proxy.url());
    {
        auto store = book(cli);
        VERIFY_RESULT(store);
        coffer::storage::ChainBatch batch;
        batch.peers = {stranger(kHonest[0], 1, ""), stranger(kHonest[1], 2, ""),
                       stranger(kLiar, 3, "50.1")};
        VERIFY_RESULT(store->write(batch));
    }

    // Whoever was asked first, the payment is found.
    sync(cli);
    QCOMPARE(text(balance(cli), "settled"), QStringLiteral("100000000"));
    // It may have been heard and banned already; an engine that stays hears it at the latest now.
    if (rowAt(cli, kLiar).bannedUntil == 0) {
        auto engine = cli.startHeadless();
        QVERIFY(engine);
        auto watching = cli.start(words("watch")); // Keeps the wallet open.
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT((said += engine->readAllStandardError()).contains(kLiar), 60'000);
        sync(cli);
        QCOMPARE(text(balance(cli), "settled"), QStringLiteral("100000000"));
        watching->kill();
        watching->waitForFinished();
        engine->terminate();
        QVERIFY(engine->waitForFinished(20'000));
    }
    const auto row = rowAt(cli, kLiar);
    QVERIFY(row.bannedUntil > QDateTime::currentSecsSinceEpoch());
    QVERIFY2(row.banReason.find("filter") != std::string::npos, row.banReason.c_str());
    for (const char* honest : kHonest) {
        QCOMPARE(rowAt(cli, honest).bannedUntil, 0);
        QVERIFY(rowAt(cli, honest).successes > 0);
    }
    const auto entries = must(cli, words("history"))["entries"];
    QCOMPARE(entries.size(), 1U);
    verifyBooks(cli);

    // From now on it is not even dialled.
    const auto before = proxy.requests().size();
    sync(cli);
    const auto requests = proxy.requests();
    QVERIFY(requests.size() > before);
    for (auto i = before; i < requests.size(); ++i)
        QVERIFY(requests[i].host != QStringLiteral("40.1.0.1"));
}

QTEST_GUILESS_MAIN(SeveralPeersTest)
#include "several_peers_test.moc"
