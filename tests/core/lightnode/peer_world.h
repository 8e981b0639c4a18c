// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// A small network of fake strangers around a node without an own node.

#include "core/lightnode/chain/checkpoints.h"
#include "core/lightnode/chain/filter_evidence.h"
#include "tests/core/lightnode/node_fixture.h"

namespace coffer::test {

/// The n-th stranger's address, each in a network group of its own.
inline std::string stranger(unsigned number)
{
    return "8." + std::to_string(number + 1) + ".1.1:18444";
}

struct PeerWorld
{
    explicit PeerWorld(std::uint64_t seed, const ChainBuilder& served)
        : simulator(config(), options(seed))
        , chain(served)
    {
    }

    static lightnode::Config config()
    {
        lightnode::Config out;
        out.network = bitcoin::Network::Regtest;
        return out;
    }
    static NodeSimulator::Options options(std::uint64_t seed)
    {
        NodeSimulator::Options out;
        out.seed = seed;
        return out;
    }

    FakeHost& add(lightnode::PeerSource source = lightnode::PeerSource::Dns,
                  const std::string& group = {})
    {
        const auto address = stranger(count++);
        simulator.know(address, source, group);
        return simulator.addHost(address, chain);
    }
    FakeHost& addFaulty(Fault fault)
    {
        auto& host = add();
        host.faults.insert(fault);
        return host;
    }
    bool isBanned(unsigned number)
    {
        const auto row = simulator.bookRow(stranger(number));
        return row && row->bannedUntil > 0;
    }
    bool isElsewhere(unsigned number)
    {
        const auto row = simulator.bookRow(stranger(number));
        return row && row->otherChainUntil > 0;
    }
    bool anyHonestBanned(unsigned firstHonest)
    {
        for (auto n = firstHonest; n < count; ++n) {
            if (isBanned(n) || isElsewhere(n))
                return true;
        }
        return false;
    }

    NodeSimulator simulator;
    ChainBuilder chain;
    unsigned count = 0;
};

/// The filter of a block without some of its scripts.
inline base::Bytes filterWithoutAny(const ChainBuilder& chain, std::uint32_t height,
                                    const std::function<bool(const bitcoin::Script&)>& isLeft)
{
    auto elements = bitcoin::filterOutputScripts(chain.at(height).block);
    for (const auto& transaction : chain.at(height).block.transactions) {
        for (const auto& input : transaction.inputs) {
            for (std::uint32_t h = 1; h <= chain.height(); ++h) {
                for (const auto& maker : chain.at(h).block.transactions) {
                    if (maker.txid() == input.previous.txid)
                        elements.push_back(maker.outputs[input.previous.index].script);
                }
            }
        }
    }
    std::erase_if(elements, isLeft);
    return bitcoin::BlockFilter::build(chain.at(height).hash, std::move(elements)).encoded;
}

/// The same without one of them.
inline base::Bytes filterWithout(const ChainBuilder& chain, std::uint32_t height,
                                 const bitcoin::Script& left)
{
    return filterWithoutAny(chain, height, [&](const auto& script) { return script == left; });
}

} // namespace coffer::test
