// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The regtest chain of tests/data/btc/regtest, a wallet with the accounts of "abandon ... about",
/// and makers of small transactions.

#include "core/bitcoin/wallet/tx_graph_scan.h"
#include "core/bitcoin/wallet/wallet_view.h"
#include "core/crypto/bip32.h"
#include "core/crypto/hash.h"
#include "tests/support/json_file.h"

#include <array>
#include <cmath>

namespace coffer::test {

/// Of the fixture's accounts.
inline constexpr std::array<std::uint8_t, 4> kPurposes{44, 49, 84, 86};

/// A unique, repeatable account id.
inline bitcoin::AccountId accountId(std::uint8_t number)
{
    base::ByteArray<16> bytes{};
    bytes[15] = number;
    return bitcoin::AccountId(bytes);
}

/// Satoshi of a decimal that JSON read as a double.
inline std::int64_t satoshi(const base::Json& btc)
{
    return std::llround(btc.get<double>() * 1e8);
}

/// One block of the fixture.
struct FixtureBlock
{
    std::uint32_t height = 0;
    bitcoin::BlockHash hash;
    bitcoin::Block block;
};

struct ChainFixture
{
    base::Json json = jsonFile("btc/regtest/fixture.json");
    std::vector<FixtureBlock> chain = blocks("chain");
    std::vector<FixtureBlock> stale = blocks("stale_branch");
    std::uint32_t forkHeight = json.at("fork_height").get<std::uint32_t>();

    std::vector<FixtureBlock> blocks(const char* key) const
    {
        std::vector<FixtureBlock> found;
        for (const auto& entry : json.at(key)) {
            auto bytes = base::parseHex(entry.at("block").get<std::string>());
            ASSERT(bytes);
            auto block = bitcoin::Block::parse(*bytes);
            ASSERT(block);
            auto hash = bitcoin::BlockHash::parse(entry.at("hash").get<std::string>());
            ASSERT(hash);
            found.push_back({entry.at("height").get<std::uint32_t>(), *hash, block.take()});
        }
        return found;
    }

    /// Accounts 44, 49, 84 and 86 with the numbers of their purposes.
    bitcoin::ScriptIndex index() const
    {
        bitcoin::ScriptIndex index;
        for (const auto& entry : json.at("descriptors")) {
            auto descriptor = bitcoin::Descriptor::parse(entry.at("public").get<std::string>(),
                                                         bitcoin::Network::Regtest);
            ASSERT(descriptor);
            const auto role = entry.at("internal").get<bool>() ? bitcoin::DescriptorRole::Change
                                                               : bitcoin::DescriptorRole::Receive;
            const auto added = index.addDescriptor(
                accountId(entry.at("purpose").get<std::uint8_t>()), role, descriptor.take());
            ASSERT(added);
        }
        return index;
    }

    /// The root key of the fixture's words, "abandon ... about".
    static crypto::ExtendedPrivateKey root()
    {
        // The BIP39 seed of the words with an empty passphrase, as every tool shows it.
        auto seed =
            base::parseHex("5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
                           "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4");
        ASSERT(seed);
        auto key = crypto::ExtendedPrivateKey::fromSeed(base::SecretBytes::copyOf(*seed),
                                                        crypto::KeyNetwork::Test);
        ASSERT(key);
        return key.take();
    }
};

/// Graph and scripts that follow a chain.
struct WalletFixture
{
    explicit WalletFixture(const ChainFixture& chain)
        : graph(chain.chain[0].hash)
        , index(chain.index())
    {
    }

    bitcoin::ChangeSet apply(const FixtureBlock& block)
    {
        auto scan = bitcoin::scanBlock(block.block, graph, index);
        ASSERT(scan);
        if (scan->transactions.empty()) {
            auto changes = graph.applyTip(block.height, block.hash);
            ASSERT(changes);
            return changes.take();
        }
        auto changes =
            graph.applyBlock(block.height, block.hash, block.block.header.time, scan->transactions);
        ASSERT(changes);
        return changes.take();
    }

    bitcoin::WalletView view() const { return bitcoin::WalletView::compute(graph, index); }

    bitcoin::TxGraph graph;
    bitcoin::ScriptIndex index;
};

/// A scripted output.
inline bitcoin::TxOutput pay(std::int64_t amount, bitcoin::Script script)
{
    return {amount, std::move(script)};
}

/// Somebody else's script, unlike for each number.
inline bitcoin::Script foreignScript(std::uint32_t number)
{
    const std::string text = "foreign " + std::to_string(number);
    return bitcoin::p2wpkh(crypto::hash160(base::viewOf(text)));
}

/// An outpoint that nobody knows, unlike for each number.
inline bitcoin::OutPoint foreignPoint(std::uint32_t number)
{
    const std::string text = "point " + std::to_string(number);
    return {bitcoin::Txid(crypto::sha256(base::viewOf(text))), number % 3};
}

inline bitcoin::TransactionPointer transaction(const std::vector<bitcoin::OutPoint>& inputs,
                                               std::vector<bitcoin::TxOutput> outputs)
{
    bitcoin::Transaction made;
    for (const auto& point : inputs) {
        bitcoin::TxInput input;
        input.previous = point;
        input.sequence = bitcoin::kSequenceReplaceable;
        made.inputs.push_back(input);
    }
    made.outputs = std::move(outputs);
    return std::make_shared<const bitcoin::Transaction>(std::move(made));
}

inline bitcoin::BlockHash blockHash(std::uint32_t number)
{
    const std::string text = "block " + std::to_string(number);
    return bitcoin::BlockHash(crypto::sha256(base::viewOf(text)));
}

} // namespace coffer::test
