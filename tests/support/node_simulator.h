// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lightnode/fees.h"
#include "core/lightnode/node.h"
#include "core/lightnode/peer_book.h"
#include "tests/support/fake_peer.h"

#include <functional>
#include <list>
#include <memory>
#include <optional>

namespace coffer::test {

/// The chain store in memory: what a real one would hold after the batches applied so far.
struct MemoryStore
{
    lightnode::StoredState state;
    std::map<std::uint32_t, lightnode::FilterSegment> filters;

    void apply(const lightnode::StorageBatch& batch);
};

/// Drives a node with fake peers over a virtual network, clock and disk; the seed decides every
/// latency, loss and order, so that a failing run can be repeated.
class NodeSimulator
{
public:
    struct Options
    {
        std::uint64_t seed = 1;
        std::int64_t minLatencyMs = 5;
        std::int64_t maxLatencyMs = 80;
        unsigned lossPermille = 0; ///< Chance that a message breaks its connection.
        std::int64_t maxJobMs = 20;
        std::int64_t utc = 1'800'000'000;
    };

    NodeSimulator(lightnode::Config config, Options options);
    ~NodeSimulator();

    /// A node that answers at "IP:PORT".
    FakeHost& addHost(const std::string& address, const ChainBuilder& chain);
    FakeHost& host(const std::string& address) { return *m_hosts.at(address); }
    /// Puts an address into the book (before start).
    void know(const std::string& address, lightnode::PeerSource source,
              const std::string& group = {});
    void start();
    /// Stops without a word and starts again from the first `writes` batches written so far.
    void restart(std::optional<std::size_t> writes = std::nullopt);
    void shutDown();
    void setChain(const std::string& address, const ChainBuilder& chain);
    void setChainEverywhere(const ChainBuilder& chain);
    void announce(const std::string& address, const bitcoin::Transaction& transaction);
    void removeHost(const std::string& address);

    void runFor(std::int64_t ms);
    /// False when it did not become true in time.
    bool runUntil(const std::function<bool()>& condition, std::int64_t maxMs = 600'000);
    bool runUntilLive(std::int64_t maxMs = 600'000);
    bool isLiveAt(const ChainBuilder& chain);

    lightnode::Node& node() { return *m_node; }
    lightnode::Time now() const;
    lightnode::NodeStatus status() { return m_node->status(now()); }
    /// After calling an input of the node.
    void drain();

    /// Called for every fact; the default answers BlockMatched at once.
    std::function<void(const lightnode::Fact&)> onFact;
    template <typename Kind>
    std::vector<Kind> facts() const
    {
        std::vector<Kind> out;
        for (const auto& fact : m_facts) {
            if (const auto* kind = std::get_if<Kind>(&fact))
                out.push_back(*kind);
        }
        return out;
    }
    std::vector<std::string> resolvedNames; ///< What the node wanted to look up.
    std::vector<lightnode::Connect> connects;
    std::vector<lightnode::StorageBatch> writes;
    std::vector<std::string> closeReasons;
    MemoryStore& store() { return m_store; }
    std::optional<lightnode::PeerRow> bookRow(const std::string& address) const;
    std::size_t largestSend = 0;
    std::size_t effectsDone = 0;

private:
    struct Link
    {
        lightnode::PeerId id = 0;
        std::string address;
        std::unique_ptr<FakePeer> peer; ///< Null while dialling.
        std::int64_t lastArrival = 0;   ///< Bytes stay in order.
        std::int64_t lastDeparture = 0;
    };

    void at(std::int64_t delayMs, std::function<void()> action);
    Link* link(lightnode::PeerId id);
    void perform(const lightnode::Effect& effect);
    void connect(const lightnode::Connect& effect);
    void deliverToPeer(lightnode::PeerId id, const base::Bytes& bytes);
    void deliverToNode(lightnode::PeerId id, std::vector<FakePeer::Action> actions);
    void closeLink(lightnode::PeerId id, const std::string& reason);
    std::int64_t latency();
    void makeNode();
    bool stepOnce(std::int64_t until);

    lightnode::Config m_config;
    Options m_options;
    base::SeededRandom m_network;
    std::unique_ptr<base::SeededRandom> m_nodeRandom;
    std::unique_ptr<lightnode::Node> m_node;
    std::uint64_t m_incarnation = 0;
    std::map<std::string, std::unique_ptr<FakeHost>> m_hosts;
    std::list<Link> m_links;
    std::multimap<std::int64_t, std::function<void()>> m_events;
    std::int64_t m_nowMs = 1'000;
    std::int64_t m_timer = -1;
    MemoryStore m_store;
    std::vector<lightnode::PeerRow> m_known;
    std::vector<lightnode::Fact> m_facts;
    bool m_draining = false;
};

} // namespace coffer::test
