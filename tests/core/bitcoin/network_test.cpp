// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Goal: the constants of each chain are the right ones. Method: genesis headers hash to their hash
// and carry their work; shipped genesis data agrees.

#include "core/base/hex.h"
#include "core/bitcoin/network.h"
#include "core/bitcoin/proof_of_work.h"
#include "tests/core/bitcoin/vectors.h"
#include "tests/support/json_file.h"

using namespace coffer;
using namespace coffer::test;
using base::ErrorCode;
using bitcoin::Network;
using bitcoin::paramsOf;

namespace {

constexpr std::array kAll{Network::Main, Network::Testnet4, Network::Signet, Network::Regtest};

} // namespace

class NetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void genesisHashesToItsName();
    void agreesWithTheCheckpointFile();
    void readsNames();
};

void NetworkTest::genesisHashesToItsName()
{
    for (const auto network : kAll) {
        const auto& params = paramsOf(network);
        QCOMPARE(params.network, network);
        QCOMPARE(shown(params.genesis.hash().toHex()), shown(params.genesisHash.toHex()));
        VERIFY_RESULT(bitcoin::checkProofOfWork(params.genesisHash, params.genesis.bits, params));
        QCOMPARE(bitcoin::compactFrom(params.powLimit), params.genesis.bits);
    }
}

void NetworkTest::agreesWithTheCheckpointFile()
{
    const auto genesis = jsonFile("btc/checkpoints/checkpoints.json")["genesis"];
    const std::pair<const char*, Network> rows[] = {{"main", Network::Main},
                                                    {"testnet4", Network::Testnet4},
                                                    {"signet", Network::Signet},
                                                    {"regtest", Network::Regtest}};
    for (const auto& [name, network] : rows) {
        QVERIFY2(genesis.contains(name), name);
        const auto& params = paramsOf(network);
        QCOMPARE(shown(text(genesis[name]["block_hash"])), shown(params.genesisHash.toHex()));
        QCOMPARE(shown(text(genesis[name]["header"])), shown(params.genesis.serialize()));
    }
}

void NetworkTest::readsNames()
{
    for (const auto network : kAll) {
        const auto parsed = bitcoin::parseNetwork(paramsOf(network).name);
        VERIFY_RESULT(parsed);
        QCOMPARE(*parsed, network);
    }
    COMPARE_ERROR(bitcoin::parseNetwork("testnet3"), ErrorCode::NotFound);
    COMPARE_ERROR(bitcoin::parseNetwork("Main"), ErrorCode::NotFound);
    COMPARE_ERROR(bitcoin::parseNetwork(""), ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(NetworkTest)
#include "network_test.moc"
