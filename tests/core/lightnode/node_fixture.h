// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The regtest chain of tests/data/btc/regtest behind fake peers, and a wallet that only does what
/// the node needs of one: grow its window, count coins.

#include "core/base/hex.h"
#include "core/bitcoin/wallet/script_index.h"
#include "tests/support/json_file.h"
#include "tests/support/node_simulator.h"

namespace coffer::test {

inline constexpr const char* kOwnAddress = "10.0.0.1:18444";

/// Amounts in the fixture are JSON decimals; as text they are exact.
inline std::int64_t fixtureSatoshi(const base::Json& amount)
{
    auto parsed = bitcoin::parseBtc(amount.dump());
    ASSERT(parsed);
    return parsed.take();
}

struct NodeFixture
{
    base::Json json = jsonFile("btc/regtest/fixture.json");
    ChainBuilder main = ChainBuilder::fromFixture(json.at("chain"));
    ChainBuilder stale = staleChain();
    std::uint32_t forkHeight = json.at("fork_height").get<std::uint32_t>();

    ChainBuilder staleChain() const
    {
        auto out = main;
        out.cutAbove(json.at("fork_height").get<std::uint32_t>());
        out.appendFixture(json.at("stale_branch"));
        return out;
    }

    static lightnode::Config ownNodeConfig()
    {
        lightnode::Config config;
        config.network = bitcoin::Network::Regtest;
        config.ownNodes = {lightnode::parsePeerAddress(kOwnAddress, 18444).take()};
        return config;
    }
};

/// Hands its scripts to the node, window by window, and remembers the blocks it was given.
class StubWallet
{
public:
    /// `purposes`: 44, 49, 84, 86.
    StubWallet(NodeSimulator& simulator, const base::Json& fixture, std::vector<int> purposes)
        : m_simulator(simulator)
    {
        std::vector<bitcoin::Script> scripts;
        for (const auto& entry : fixture.at("descriptors")) {
            const int purpose = entry.at("purpose").get<int>();
            if (std::find(purposes.begin(), purposes.end(), purpose) == purposes.end())
                continue;
            auto descriptor = bitcoin::Descriptor::parse(entry.at("public").get<std::string>(),
                                                         bitcoin::Network::Regtest);
            ASSERT(descriptor);
            base::ByteArray<16> id{};
            id[15] = static_cast<std::uint8_t>(purpose);
            const auto role = entry.at("internal").get<bool>() ? bitcoin::DescriptorRole::Change
                                                               : bitcoin::DescriptorRole::Receive;
            auto added = m_index.addDescriptor(bitcoin::AccountId(id), role, descriptor.take(), 20);
            ASSERT(added);
            for (auto& owned : *added)
                scripts.push_back(owned.script);
        }
        m_watches[m_nextWatch++] = {std::move(scripts), 0};
        connect();
    }

    void connect()
    {
        m_simulator.onFact = [this](const lightnode::Fact& fact) { handle(fact); };
    }
    /// Hands everything to a (restarted) node.
    void watchAll()
    {
        for (const auto& [id, watch] : m_watches) {
            m_simulator.node().watch({id, watch.scripts, m_birthday, watch.testedTo},
                                     m_simulator.now());
        }
        m_simulator.drain();
    }
    void setBirthday(std::uint32_t height) { m_birthday = height; }
    /// Holds answers to matched blocks back.
    void pause() { m_paused = true; }
    void resume()
    {
        m_paused = false;
        for (const auto& hash : std::exchange(m_held, {}))
            m_simulator.node().blockHandled(hash, lightnode::BlockUse::Relevant, m_simulator.now());
        m_simulator.drain();
    }

    std::int64_t balance() const
    {
        std::int64_t sum = 0;
        for (const auto& [point, amount] : coins())
            sum += amount;
        return sum;
    }
    std::map<bitcoin::OutPoint, std::int64_t> coins() const
    {
        std::map<bitcoin::OutPoint, std::int64_t> out;
        for (const auto& transaction : ours()) {
            const auto txid = transaction.txid();
            for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
                if (m_index.lookup(transaction.outputs[i].script))
                    out[{txid, i}] = transaction.outputs[i].amount;
            }
        }
        for (const auto& transaction : ours()) {
            for (const auto& input : transaction.inputs)
                out.erase(input.previous);
        }
        return out;
    }
    std::set<std::string> txids() const
    {
        std::set<std::string> out;
        for (const auto& transaction : ours())
            out.insert(transaction.txid().toHex());
        return out;
    }
    bool owns(const bitcoin::Script& script) const { return m_index.lookup(script).has_value(); }
    std::size_t deliveries(std::uint32_t height) const
    {
        const auto found = m_deliveries.find(height);
        return found == m_deliveries.end() ? 0 : found->second;
    }
    std::vector<std::uint32_t> reorganisations;

private:
    struct Watched
    {
        std::vector<bitcoin::Script> scripts;
        std::int64_t testedTo = 0;
    };

    /// Transactions that pay to us or spend from us, in chain order.
    std::vector<bitcoin::Transaction> ours() const
    {
        std::vector<bitcoin::Transaction> out;
        std::set<bitcoin::OutPoint> mine;
        for (const auto& [height, block] : m_blocks) {
            for (const auto& transaction : block->transactions) {
                bool relevant = false;
                for (const auto& input : transaction.inputs)
                    relevant = relevant || mine.contains(input.previous);
                const auto txid = transaction.txid();
                for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
                    if (m_index.lookup(transaction.outputs[i].script)) {
                        relevant = true;
                        mine.insert({txid, i});
                    }
                }
                if (relevant)
                    out.push_back(transaction);
            }
        }
        return out;
    }

    void handle(const lightnode::Fact& fact)
    {
        if (const auto* matched = std::get_if<lightnode::BlockMatched>(&fact)) {
            handleBlock(*matched);
        } else if (const auto* reorganised = std::get_if<lightnode::Reorganised>(&fact)) {
            reorganisations.push_back(reorganised->forkHeight);
            m_blocks.erase(m_blocks.upper_bound(reorganised->forkHeight), m_blocks.end());
        } else if (const auto* tested = std::get_if<lightnode::WatchTested>(&fact)) {
            m_watches[tested->watch].testedTo = tested->testedTo;
        }
    }

    void handleBlock(const lightnode::BlockMatched& matched)
    {
        m_blocks[matched.height] = matched.block;
        ++m_deliveries[matched.height];
        // First everything that is known now, so that growth inside one block is the node's work.
        std::vector<bitcoin::ScriptOwner> used;
        for (const auto& transaction : matched.block->transactions) {
            for (const auto& output : transaction.outputs) {
                if (const auto owner = m_index.lookup(output.script))
                    used.push_back(*owner);
            }
        }
        std::vector<bitcoin::Script> added;
        for (const auto& owner : used) {
            auto grown = m_index.markUsed(owner);
            ASSERT(grown);
            for (auto& owned : *grown)
                added.push_back(owned.script);
        }
        if (!added.empty()) {
            const auto id = m_nextWatch++;
            m_watches[id] = {added, static_cast<std::int64_t>(m_birthday) - 1};
            m_simulator.node().watch(
                {id, added, m_birthday, static_cast<std::int64_t>(m_birthday) - 1},
                m_simulator.now());
        }
        if (m_paused)
            m_held.push_back(matched.hash);
        else
            m_simulator.node().blockHandled(matched.hash, lightnode::BlockUse::Relevant,
                                            m_simulator.now());
    }

    NodeSimulator& m_simulator;
    bitcoin::ScriptIndex m_index;
    std::map<lightnode::WatchId, Watched> m_watches;
    lightnode::WatchId m_nextWatch = 1;
    std::uint32_t m_birthday = 0;
    std::map<std::uint32_t, std::shared_ptr<const bitcoin::Block>> m_blocks;
    std::map<std::uint32_t, std::size_t> m_deliveries;
    bool m_paused = false;
    std::vector<bitcoin::BlockHash> m_held;
};

} // namespace coffer::test
