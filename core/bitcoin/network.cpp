// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/network.h"

#include "core/base/assert.h"

namespace coffer::bitcoin {

using base::ErrorCode;
using base::Result;

namespace {

Hash256 known(std::string_view reversedHex)
{
    auto hash = parseReversedHex(reversedHex);
    ASSERT(hash); // A literal of this file.
    return *hash;
}

Uint256 knownNumber(std::string_view hex)
{
    auto number = Uint256::parseHex(hex);
    ASSERT(number); // A literal of this file.
    return *number;
}

BlockHeader genesisOf(std::string_view merkleRoot, std::uint32_t time, std::uint32_t bits,
                      std::uint32_t nonce)
{
    BlockHeader header;
    header.version = 1;
    header.merkleRoot = known(merkleRoot);
    header.time = time;
    header.bits = bits;
    header.nonce = nonce;
    return header;
}

// Satoshi's coinbase; testnet4 has its own.
constexpr std::string_view kGenesisRoot =
    "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";
constexpr std::string_view kTestnet4Root =
    "7aa0a7ae1e223414cb807e40cd57e667b718e42aaf9306db9102fe28912b7b4e";

/// Everything test networks share.
NetworkParams testParams(Network network, std::string_view name)
{
    NetworkParams params;
    params.network = network;
    params.name = name;
    params.bech32Prefix = "tb";
    params.p2pkhVersion = 0x6f;
    params.p2shVersion = 0xc4;
    params.wifVersion = 0xef;
    params.xpubVersion = 0x043587cf;
    params.xprvVersion = 0x04358394;
    params.coinType = 1;
    params.bip34Height = 1;
    params.bip65Height = 1;
    params.bip66Height = 1;
    params.subsidyHalvingInterval = 210'000;
    return params;
}

NetworkParams mainParams()
{
    NetworkParams params;
    params.network = Network::Main;
    params.name = "main";
    params.magic = {0xf9, 0xbe, 0xb4, 0xd9};
    params.port = 8333;
    params.bech32Prefix = "bc";
    params.p2pkhVersion = 0x00;
    params.p2shVersion = 0x05;
    params.wifVersion = 0x80;
    params.xpubVersion = 0x0488b21e;
    params.xprvVersion = 0x0488ade4;
    params.coinType = 0;
    params.powLimit =
        knownNumber("00000000ffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
    params.bip34Height = 227'931;
    params.bip65Height = 388'381;
    params.bip66Height = 363'725;
    params.subsidyHalvingInterval = 210'000;
    params.genesis = genesisOf(kGenesisRoot, 1231006505, 0x1d00ffff, 2083236893);
    params.genesisHash =
        BlockHash(known("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"));
    return params;
}

NetworkParams testnet4Params()
{
    auto params = testParams(Network::Testnet4, "testnet4");
    params.magic = {0x1c, 0x16, 0x3f, 0x28};
    params.port = 48333;
    params.powLimit =
        knownNumber("00000000ffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
    params.minDifficultyBlocks = true;
    params.enforceBip94 = true;
    params.genesis = genesisOf(kTestnet4Root, 1714777860, 0x1d00ffff, 393743547);
    params.genesisHash =
        BlockHash(known("00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043"));
    return params;
}

NetworkParams signetParams()
{
    auto params = testParams(Network::Signet, "signet");
    params.magic = {0x0a, 0x03, 0xcf, 0x40};
    params.port = 38333;
    params.powLimit =
        knownNumber("00000377ae000000000000000000000000000000000000000000000000000000");
    params.genesis = genesisOf(kGenesisRoot, 1598918400, 0x1e0377ae, 52613770);
    params.genesisHash =
        BlockHash(known("00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6"));
    return params;
}

NetworkParams regtestParams()
{
    auto params = testParams(Network::Regtest, "regtest");
    params.magic = {0xfa, 0xbf, 0xb5, 0xda};
    params.port = 18444;
    params.bech32Prefix = "bcrt";
    params.powLimit =
        knownNumber("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
    params.noRetargeting = true;
    params.minDifficultyBlocks = true;
    params.subsidyHalvingInterval = 150;
    params.genesis = genesisOf(kGenesisRoot, 1296688602, 0x207fffff, 2);
    params.genesisHash =
        BlockHash(known("0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206"));
    return params;
}

} // namespace

const NetworkParams& paramsOf(Network network)
{
    static const NetworkParams s_main = mainParams();
    static const NetworkParams s_testnet4 = testnet4Params();
    static const NetworkParams s_signet = signetParams();
    static const NetworkParams s_regtest = regtestParams();
    switch (network) {
    case Network::Main:
        return s_main;
    case Network::Testnet4:
        return s_testnet4;
    case Network::Signet:
        return s_signet;
    case Network::Regtest:
        return s_regtest;
    }
    return s_main;
}

Result<Network> parseNetwork(std::string_view name)
{
    for (const auto network :
         {Network::Main, Network::Testnet4, Network::Signet, Network::Regtest}) {
        if (paramsOf(network).name == name)
            return network;
    }
    return {ErrorCode::NotFound, "networks are main, testnet4, signet and regtest"};
}

} // namespace coffer::bitcoin
