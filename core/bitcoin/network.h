// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/block.h"
#include "core/bitcoin/uint256.h"

namespace coffer::bitcoin {

/// The chains Coffer knows. Testnet3 is not among them; its prefixes are those of Testnet4.
enum class Network
{
    Main,
    Testnet4,
    Signet,
    Regtest,
};

/// What differs between the chains.
struct NetworkParams
{
    Network network = Network::Main;
    std::string_view name;
    base::ByteArray<4> magic{};
    std::uint16_t port = 0;

    std::string_view bech32Prefix;
    std::uint8_t p2pkhVersion = 0;
    std::uint8_t p2shVersion = 0;
    std::uint8_t wifVersion = 0;
    std::uint32_t xpubVersion = 0;
    std::uint32_t xprvVersion = 0;
    std::uint32_t coinType = 0; ///< SLIP-44, unhardened.

    Uint256 powLimit;                 ///< The easiest target.
    bool noRetargeting = false;       ///< Regtest: the target never changes.
    bool minDifficultyBlocks = false; ///< Testnet: the easiest target after 20 minutes.
    bool enforceBip94 = false;        ///< Testnet4: retarget from the first block of a period.
    std::uint32_t retargetInterval = 2016;
    std::uint32_t targetTimespan = 1'209'600; ///< Seconds; two weeks.
    std::uint32_t targetSpacing = 600;        ///< Seconds.
    std::uint32_t bip34Height = 0;
    std::uint32_t bip65Height = 0;
    std::uint32_t bip66Height = 0;
    std::uint32_t subsidyHalvingInterval = 0;

    BlockHeader genesis;
    BlockHash genesisHash;
};

/// The parameters of a chain; the reference lives as long as the program.
const NetworkParams& paramsOf(Network network);
/// "main", "testnet4", "signet", "regtest"; anything else is NotFound.
base::Result<Network> parseNetwork(std::string_view name);

} // namespace coffer::bitcoin
