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

/// What the liar says instead of the filter of one block.
struct Lie
{
    Bytes block;     ///< Hash, as on the wire.
    Hash realHash{}; ///< Of the filter.
    Bytes filter{0}; ///< Empty: nothing is in this block.
};

/// One connection's lie: filters and filter headers that fit together.
class Liar
{
public:
    explicit Liar(Lie lie)
        : m_lie(std::move(lie))
    {
    }

    Bytes operator()(const std::string& command, Bytes payload)
    {
        if (command == "cfheaders")
            return filterHeaders(std::move(payload));
        // cfilter: type, block hash, length, filter.
        if (command == "cfilter" &&
            std::equal(m_lie.block.begin(), m_lie.block.end(), payload.begin() + 1)) {
            payload.resize(33);
            payload.push_back(static_cast<std::uint8_t>(m_lie.filter.size()));
            payload.insert(payload.end(), m_lie.filter.begin(), m_lie.filter.end());
        }
        return payload;
    }

private:
    /// cfheaders: type, stop hash, previous header, count, hashes.
    Bytes filterHeaders(Bytes payload)
    {
        const auto at = [&](std::size_t place) {
            Hash hash{};
            std::copy_n(payload.begin() + static_cast<std::ptrdiff_t>(place), 32, hash.begin());
            return hash;
        };
        const auto put = [&](std::size_t place, const Hash& hash) {
            std::copy(hash.begin(), hash.end(),
                      payload.begin() + static_cast<std::ptrdiff_t>(place));
        };
        auto real = at(33);
        auto told = m_told.contains(real) ? m_told.at(real) : real;
        put(33, told);
        // The count has one byte below 253, three above.
        const std::size_t first = 65 + (payload[65] < 253 ? 1 : 3);
        for (auto place = first; place + 32 <= payload.size(); place += 32) {
            const auto hash = at(place);
            real = header(hash, real);
            if (hash == m_lie.realHash)
                put(place, coffer::crypto::sha256d(m_lie.filter));
            told = header(at(place), told);
            m_told[real] = told;
        }
        return payload;
    }

    static Hash header(const Hash& filterHash, const Hash& previous)
    {
        Bytes both(filterHash.begin(), filterHash.end());
        both.insert(both.end(), previous.begin(), previous.end());
        return coffer::crypto::sha256d(both);
    }

    Lie m_lie;
    std::map<Hash, Hash> m_told; ///< The true filter header to the one that was told.
};

Lie lieAbout(RegtestNode& node, const std::string& blockHash)
{
    Lie lie;
    auto hash = must(coffer::base::parseHex(blockHash));
    lie.block.assign(hash.rbegin(), hash.rend());
    const auto filter = must(node.rpc("getblockfilter", Json::array({blockHash})));
    const auto bytes = must(coffer::base::parseHex(filter["filter"].get<std::string>()));
    lie.realHash = coffer::crypto::sha256d(bytes);
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
    const auto block = must(node->mine(1, miner))[0].get<std::string>();
    must(node->mine(8, miner));

    SocksServer proxy;
    const auto lie = lieAbout(*node, block);
    proxy.lead(QStringLiteral("20.1.0.1"), node->p2pPort());
    proxy.lead(QStringLiteral("30.1.0.1"), node->p2pPort());
    proxy.lead(QStringLiteral("40.1.0.1"), node->p2pPort(),
               [lie] { return MessageRewriter(Liar(lie)); });
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
    const auto liar = rowAt(cli, kLiar);
    QVERIFY(liar.bannedUntil > QDateTime::currentSecsSinceEpoch());
    QVERIFY2(liar.banReason.find("filter") != std::string::npos, liar.banReason.c_str());
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
