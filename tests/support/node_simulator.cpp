// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/node_simulator.h"

#include <algorithm>

namespace coffer::test {

using namespace lightnode;

void MemoryStore::apply(const StorageBatch& batch)
{
    const auto replace = [](auto& rows, const auto& row, auto key) {
        std::erase_if(rows, [&](const auto& old) { return old.*key == row.*key; });
        rows.push_back(row);
    };
    for (const auto& row : batch.staleHeaders)
        replace(state.staleHeaders, row, &StaleHeaderRow::hash);
    if (batch.removePeriodsFrom)
        std::erase_if(state.headerPeriods,
                      [&](const auto& row) { return row.period >= *batch.removePeriodsFrom; });
    for (const auto& row : batch.headerPeriods)
        replace(state.headerPeriods, row, &HeaderPeriodRow::period);
    if (batch.removeFilterHeadersFrom)
        std::erase_if(state.filterHeaders, [&](const auto& row) {
            return row.segment >= *batch.removeFilterHeadersFrom;
        });
    for (const auto& row : batch.filterHeaders)
        replace(state.filterHeaders, row, &FilterHeaderRow::segment);
    for (const auto segment : batch.removeFilters) {
        filters.erase(segment);
        std::erase_if(state.filters, [&](const auto& info) { return info.segment == segment; });
    }
    for (const auto& segment : batch.filters) {
        filters[segment->segment] = *segment;
        FilterSegmentInfo info;
        info.segment = segment->segment;
        info.firstHeight = segment->firstHeight;
        info.count = static_cast<std::uint32_t>(segment->filters.size());
        for (const auto& filter : segment->filters)
            info.sizeBytes += filter.size();
        replace(state.filters, info, &FilterSegmentInfo::segment);
    }
    for (const auto& address : batch.removePeers)
        std::erase_if(state.peers, [&](const auto& row) { return row.address == address; });
    for (const auto& row : batch.peers)
        replace(state.peers, row, &PeerRow::address);
    if (batch.scanState)
        state.scanState = batch.scanState;
}

NodeSimulator::NodeSimulator(Config config, Options options)
    : m_config(std::move(config))
    , m_options(options)
    , m_network(options.seed)
{
    makeNode();
}

NodeSimulator::~NodeSimulator() = default;

void NodeSimulator::makeNode()
{
    ++m_incarnation;
    m_nodeRandom = std::make_unique<base::SeededRandom>(m_options.seed * 1'000 + m_incarnation);
    m_node = std::make_unique<Node>(m_config, *m_nodeRandom);
}

FakeHost& NodeSimulator::addHost(const std::string& address, const ChainBuilder& chain)
{
    m_hosts[address] = std::make_unique<FakeHost>(chain);
    return *m_hosts[address];
}

void NodeSimulator::know(const std::string& address, PeerSource source, const std::string& group)
{
    PeerRow row;
    row.address = address;
    row.services = service::kWanted;
    row.source = static_cast<std::uint8_t>(source);
    row.sourceGroup = group;
    m_known.push_back(row);
    m_store.state.peers.push_back(row);
}

Time NodeSimulator::now() const
{
    return {m_nowMs, m_options.utc + m_nowMs / 1'000};
}

void NodeSimulator::start()
{
    m_node->restore(m_store.state);
    m_node->start(now());
    drain();
}

void NodeSimulator::restart(std::optional<std::size_t> count)
{
    m_links.clear();
    m_timer = -1;
    m_facts.clear();
    if (count) {
        MemoryStore replayed;
        replayed.state.peers = m_known; // In the book before the node wrote anything.
        for (std::size_t i = 0; i < *count && i < writes.size(); ++i)
            replayed.apply(writes[i]);
        m_store = std::move(replayed);
        writes.resize(std::min(*count, writes.size()));
    }
    makeNode();
    start();
}

void NodeSimulator::shutDown()
{
    m_node->stop(now());
    drain();
}

void NodeSimulator::at(std::int64_t delayMs, std::function<void()> action)
{
    m_events.emplace(m_nowMs + std::max<std::int64_t>(0, delayMs), std::move(action));
}

NodeSimulator::Link* NodeSimulator::link(PeerId id)
{
    for (auto& candidate : m_links) {
        if (candidate.id == id)
            return &candidate;
    }
    return nullptr;
}

std::int64_t NodeSimulator::latency()
{
    const auto spread =
        static_cast<std::uint64_t>(m_options.maxLatencyMs - m_options.minLatencyMs + 1);
    return m_options.minLatencyMs + static_cast<std::int64_t>(m_network.below(spread));
}

void NodeSimulator::connect(const Connect& effect)
{
    connects.push_back(effect);
    m_links.push_back({effect.peer, effect.address.toString(), nullptr, 0, 0});
    const auto id = effect.peer;
    const auto incarnation = m_incarnation;
    at(latency(), [this, id, incarnation] {
        auto* found = incarnation == m_incarnation ? link(id) : nullptr;
        if (found == nullptr)
            return;
        const auto host = m_hosts.find(found->address);
        if (host == m_hosts.end()) {
            closeLink(id, "refused");
            return;
        }
        found->peer = std::make_unique<FakePeer>(*host->second);
        m_node->connected(id, now());
        drain();
    });
}

void NodeSimulator::closeLink(PeerId id, const std::string& reason)
{
    const auto before = m_links.size();
    m_links.remove_if([id](const Link& candidate) { return candidate.id == id; });
    if (m_links.size() == before)
        return;
    m_node->closed(id, reason, now());
    drain();
}

void NodeSimulator::deliverToPeer(PeerId id, const base::Bytes& bytes)
{
    auto* found = link(id);
    if (found == nullptr || !found->peer)
        return;
    largestSend = std::max(largestSend, bytes.size());
    auto arrival = std::max(m_nowMs + latency(), found->lastDeparture);
    found->lastDeparture = arrival;
    const auto incarnation = m_incarnation;
    at(arrival - m_nowMs, [this, id, bytes, incarnation] {
        auto* there = incarnation == m_incarnation ? link(id) : nullptr;
        if (there == nullptr || !there->peer)
            return;
        if (m_network.below(1'000) < m_options.lossPermille) {
            closeLink(id, "connection lost");
            return;
        }
        deliverToNode(id, there->peer->received(bytes));
    });
}

void NodeSimulator::deliverToNode(PeerId id, std::vector<FakePeer::Action> actions)
{
    auto* found = link(id);
    if (found == nullptr)
        return;
    const bool trickles = found->peer && found->peer->has(Fault::ByteByByte);
    const auto incarnation = m_incarnation;
    for (auto& action : actions) {
        auto arrival = std::max(m_nowMs + latency() + action.delayMs, found->lastArrival);
        if (trickles) {
            for (const auto byte : action.bytes) {
                arrival += 1'000;
                at(arrival - m_nowMs, [this, id, byte, incarnation] {
                    if (incarnation == m_incarnation && link(id) != nullptr) {
                        m_node->received(id, base::ByteView(&byte, 1), now());
                        drain();
                    }
                });
            }
            found->lastArrival = arrival;
            continue;
        }
        found->lastArrival = arrival;
        at(arrival - m_nowMs, [this, id, action = std::move(action), incarnation] {
            if (incarnation != m_incarnation || link(id) == nullptr)
                return;
            if (action.close) {
                closeLink(id, "closed by peer");
                return;
            }
            // TCP knows no messages: sometimes it comes in two pieces.
            const base::ByteView all(action.bytes);
            const auto cut = all.size() > 1 && m_network.below(4) == 0
                                 ? static_cast<std::size_t>(m_network.below(all.size()))
                                 : all.size();
            m_node->received(id, all.first(cut), now());
            drain();
            if (cut < all.size() && link(id) != nullptr) {
                m_node->received(id, all.subspan(cut), now());
                drain();
            }
        });
    }
}

void NodeSimulator::perform(const Effect& effect)
{
    ++effectsDone;
    const auto incarnation = m_incarnation;
    if (const auto* connectEffect = std::get_if<Connect>(&effect)) {
        connect(*connectEffect);
    } else if (const auto* send = std::get_if<Send>(&effect)) {
        deliverToPeer(send->peer, send->bytes);
    } else if (const auto* close = std::get_if<Close>(&effect)) {
        closeReasons.push_back(close->reason);
        m_links.remove_if([&](const Link& candidate) { return candidate.id == close->peer; });
    } else if (const auto* resolve = std::get_if<Resolve>(&effect)) {
        resolvedNames.push_back(resolve->seed);
    } else if (const auto* write = std::get_if<Write>(&effect)) {
        writes.push_back(write->batch);
        m_store.apply(write->batch);
    } else if (const auto* load = std::get_if<LoadFilters>(&effect)) {
        at(1, [this, segment = load->segment, incarnation] {
            if (incarnation != m_incarnation)
                return;
            const auto found = m_store.filters.find(segment);
            if (found == m_store.filters.end())
                m_node->filtersLoaded(segment, base::Error{base::ErrorCode::NotFound, ""}, now());
            else
                m_node->filtersLoaded(segment, found->second, now());
            drain();
        });
    } else if (const auto* job = std::get_if<StartJob>(&effect)) {
        const auto delay = static_cast<std::int64_t>(
            m_network.below(static_cast<std::uint64_t>(m_options.maxJobMs) + 1));
        at(delay, [this, id = job->id, work = job->job, incarnation] {
            if (incarnation != m_incarnation)
                return;
            m_node->jobDone(id, run(*work), now());
            drain();
        });
    } else if (const auto* timer = std::get_if<SetTimer>(&effect)) {
        m_timer = timer->atMonotonicMs;
    }
}

void NodeSimulator::drain()
{
    if (m_draining)
        return; // Inputs called from onFact are picked up by the loop below.
    m_draining = true;
    while (true) {
        auto output = m_node->take();
        if (output.effects.empty() && output.facts.empty())
            break;
        for (const auto& effect : output.effects)
            perform(effect);
        for (const auto& fact : output.facts) {
            m_facts.push_back(fact);
            if (onFact) {
                onFact(fact);
            } else if (const auto* matched = std::get_if<BlockMatched>(&fact)) {
                m_node->blockHandled(matched->hash, BlockUse::Relevant, now());
            }
        }
    }
    m_draining = false;
}

void NodeSimulator::setChain(const std::string& address, const ChainBuilder& chain)
{
    auto& changed = host(address);
    const auto before = changed.chain;
    changed.chain = chain;
    changed.filterChain.reset();
    std::vector<PeerId> ids;
    for (const auto& candidate : m_links) {
        if (candidate.address == address && candidate.peer)
            ids.push_back(candidate.id);
    }
    for (const auto id : ids) {
        if (auto* found = link(id))
            deliverToNode(id, found->peer->chainChanged(before));
    }
}

void NodeSimulator::setChainEverywhere(const ChainBuilder& chain)
{
    for (const auto& [address, host] : m_hosts)
        setChain(address, chain);
}

void NodeSimulator::announce(const std::string& address, const bitcoin::Transaction& transaction)
{
    host(address).pool[transaction.txid()] = transaction;
    std::vector<PeerId> ids;
    for (const auto& candidate : m_links) {
        if (candidate.address == address && candidate.peer)
            ids.push_back(candidate.id);
    }
    for (const auto id : ids) {
        if (auto* found = link(id))
            deliverToNode(id, found->peer->announce(transaction));
    }
}

void NodeSimulator::removeHost(const std::string& address)
{
    std::vector<PeerId> ids;
    for (const auto& candidate : m_links) {
        if (candidate.address == address)
            ids.push_back(candidate.id);
    }
    for (const auto id : ids)
        closeLink(id, "host is gone");
    m_hosts.erase(address);
}

bool NodeSimulator::stepOnce(std::int64_t until)
{
    const auto next = m_events.empty() ? INT64_MAX : m_events.begin()->first;
    const auto timer = m_timer < 0 ? INT64_MAX : m_timer;
    const auto when = std::min(next, timer);
    if (when > until) {
        m_nowMs = until;
        return false;
    }
    m_nowMs = std::max(m_nowMs, when);
    if (timer <= next) {
        m_timer = -1;
        m_node->tick(now());
        drain();
        return true;
    }
    auto action = std::move(m_events.begin()->second);
    m_events.erase(m_events.begin());
    action();
    return true;
}

void NodeSimulator::runFor(std::int64_t ms)
{
    const auto until = m_nowMs + ms;
    while (stepOnce(until)) {
    }
}

bool NodeSimulator::runUntil(const std::function<bool()>& condition, std::int64_t maxMs)
{
    const auto until = m_nowMs + maxMs;
    while (!condition()) {
        if (!stepOnce(until))
            return condition();
    }
    return true;
}

bool NodeSimulator::runUntilLive(std::int64_t maxMs)
{
    return runUntil([this] { return status().stage == Stage::Live; }, maxMs);
}

bool NodeSimulator::isLiveAt(const ChainBuilder& chain)
{
    if (m_node->tipHeight() != static_cast<std::int64_t>(chain.height()))
        return false; // The cheap question first: this is asked after every event.
    const auto current = status();
    return current.stage == Stage::Live && current.headerHeight == chain.height() &&
           current.scanHeight == chain.height() &&
           m_node->blockHashAt(chain.height()) == chain.tip().hash;
}

std::optional<PeerRow> NodeSimulator::bookRow(const std::string& address) const
{
    for (const auto& row : m_store.state.peers) {
        if (row.address == address)
            return row;
    }
    return std::nullopt;
}

} // namespace coffer::test
