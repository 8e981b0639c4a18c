// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/tx_graph.h"

#include <algorithm>

namespace coffer::bitcoin {

namespace {

/// Points kept for their own sake: as deep as a reorganisation is followed without asking.
constexpr std::size_t kKeptTips = 100;

bool anchorLess(const Anchor& first, const Anchor& second)
{
    return std::pair(first.height, first.block) < std::pair(second.height, second.block);
}

template <typename T, typename Pick>
bool mergeTime(std::optional<T>& mine, const std::optional<T>& other, Pick pick)
{
    if (!other || (mine && pick(*mine, *other) == *mine))
        return false;
    mine = other;
    return true;
}

std::int64_t least(std::int64_t first, std::int64_t second)
{
    return std::min(first, second);
}
std::int64_t most(std::int64_t first, std::int64_t second)
{
    return std::max(first, second);
}

/// What `update` would add to `known`; the transaction itself only if it is new.
TransactionFacts news(const TransactionFacts& known, const TransactionFacts& update)
{
    TransactionFacts fresh;
    if (!known.transaction)
        fresh.transaction = update.transaction;
    TransactionFacts merged = known;
    merged.merge(update);
    if (merged.firstSeenMs != known.firstSeenMs)
        fresh.firstSeenMs = merged.firstSeenMs;
    if (merged.lastSeenMs != known.lastSeenMs)
        fresh.lastSeenMs = merged.lastSeenMs;
    if (merged.lastEvictedMs != known.lastEvictedMs)
        fresh.lastEvictedMs = merged.lastEvictedMs;
    if (merged.origin != known.origin)
        fresh.origin = merged.origin;
    for (const Anchor& anchor : update.anchors) {
        if (std::find(known.anchors.begin(), known.anchors.end(), anchor) == known.anchors.end())
            fresh.anchors.push_back(anchor);
    }
    return fresh;
}

} // namespace

std::optional<std::int64_t> TransactionFacts::lastKnownMs() const
{
    auto known = lastSeenMs;
    for (const Anchor& anchor : anchors)
        known = std::max(known.value_or(0), anchor.timeSeconds * 1000);
    return known;
}

bool TransactionFacts::isEvicted() const
{
    const auto known = lastKnownMs();
    return lastEvictedMs && (!known || *lastEvictedMs >= *known);
}

bool TransactionFacts::merge(const TransactionFacts& other)
{
    bool changed = false;
    if (!transaction && other.transaction) {
        transaction = other.transaction;
        changed = true;
    }
    changed |= mergeTime(firstSeenMs, other.firstSeenMs, least);
    changed |= mergeTime(lastSeenMs, other.lastSeenMs, most);
    changed |= mergeTime(lastEvictedMs, other.lastEvictedMs, most);
    if (other.origin > origin) {
        origin = other.origin;
        changed = true;
    }
    for (const Anchor& anchor : other.anchors) {
        const auto place = std::lower_bound(anchors.begin(), anchors.end(), anchor, anchorLess);
        if (place != anchors.end() && *place == anchor)
            continue;
        anchors.insert(place, anchor);
        changed = true;
    }
    return changed;
}

bool TransactionFacts::empty() const
{
    return !transaction && !firstSeenMs && !lastSeenMs && !lastEvictedMs && anchors.empty() &&
           origin == Origin::Foreign;
}

void ChangeSet::merge(ChangeSet later)
{
    for (auto& [height, hash] : later.chain)
        chain[height] = hash;
    for (auto& [txid, facts] : later.transactions)
        transactions[txid].merge(facts);
    outputs.merge(later.outputs);
}

SparseChain::SparseChain(const BlockHash& genesis)
{
    insert(0, genesis);
}

bool SparseChain::insert(std::uint32_t height, const BlockHash& hash)
{
    m_byHeight.emplace(height, hash);
    return m_points.emplace(height, hash).second;
}

bool SparseChain::erase(std::uint32_t height)
{
    m_byHeight.erase(height);
    return m_points.erase(height) != 0;
}

std::uint32_t SparseChain::tipHeight() const
{
    return m_points.rbegin()->first;
}

const BlockHash& SparseChain::tipHash() const
{
    return m_points.rbegin()->second;
}

std::optional<BlockHash> SparseChain::at(std::uint32_t height) const
{
    const auto found = m_byHeight.find(height);
    if (found == m_byHeight.end())
        return std::nullopt;
    return found->second;
}

bool SparseChain::contains(std::uint32_t height, const BlockHash& hash) const
{
    const auto found = m_byHeight.find(height);
    return found != m_byHeight.end() && found->second == hash;
}

TxGraph::TxGraph(const BlockHash& genesis)
    : m_chain(genesis)
{
}

base::Result<ChangeSet> TxGraph::applyBlock(std::uint32_t height, const BlockHash& hash,
                                            std::int64_t timeSeconds,
                                            const std::vector<BlockTransaction>& transactions)
{
    const auto known = m_chain.at(height);
    if (known && *known != hash)
        return base::Error{base::ErrorCode::Conflict, "another block is known at this height"};
    for (const BlockTransaction& entry : transactions)
        TRY(entry.transaction->checkStructure());
    ChangeSet changes;
    for (const BlockTransaction& entry : transactions) {
        TransactionFacts facts;
        facts.transaction = entry.transaction;
        facts.anchors.push_back({height, hash, timeSeconds, entry.branch});
        changes.merge(addFacts(entry.transaction->txid(), std::move(facts)));
    }
    setPoint(height, hash, changes);
    return changes;
}

base::Result<ChangeSet> TxGraph::applyTip(std::uint32_t height, const BlockHash& hash)
{
    const auto known = m_chain.at(height);
    if (known && *known != hash)
        return base::Error{base::ErrorCode::Conflict, "another block is known at this height"};
    ChangeSet changes;
    // A node that scans again from below says nothing new about the tip.
    if (height > m_chain.tipHeight())
        setPoint(height, hash, changes);
    return changes;
}

ChangeSet TxGraph::reorganised(std::uint32_t forkHeight)
{
    ChangeSet changes;
    while (m_chain.tipHeight() > forkHeight)
        erasePoint(m_chain.tipHeight(), changes);
    return changes;
}

base::Result<ChangeSet> TxGraph::seen(TransactionPointer transaction, std::int64_t timeMs,
                                      Origin origin)
{
    TRY(transaction->checkStructure());
    const Txid txid = transaction->txid();
    TransactionFacts facts;
    facts.transaction = std::move(transaction);
    facts.firstSeenMs = timeMs;
    facts.lastSeenMs = timeMs;
    facts.origin = origin;
    return addFacts(txid, std::move(facts));
}

base::Result<ChangeSet> TxGraph::evicted(const Txid& txid, std::int64_t timeMs)
{
    if (!m_numbers.contains(txid))
        return base::Error{base::ErrorCode::NotFound, "no such transaction"};
    TransactionFacts facts;
    facts.lastEvictedMs = timeMs;
    return addFacts(txid, std::move(facts));
}

ChangeSet TxGraph::addOutput(const OutPoint& point, const TxOutput& output)
{
    ChangeSet changes;
    if (!m_numbers.contains(point.txid) && m_outputs.emplace(point, output).second)
        changes.outputs.emplace(point, output);
    return changes;
}

base::Result<void> TxGraph::apply(const ChangeSet& changes)
{
    for (const auto& [txid, facts] : changes.transactions) {
        if (!facts.transaction && !m_numbers.contains(txid))
            return base::Error{base::ErrorCode::Malformed, "facts about an unknown transaction"};
        if (facts.transaction)
            TRY(facts.transaction->checkStructure());
    }
    const auto genesis = changes.chain.find(0);
    if (genesis != changes.chain.end() && genesis->second != m_chain.at(0))
        return base::Error{base::ErrorCode::Conflict, "another genesis block"};
    ChangeSet ignored;
    for (const auto& [txid, facts] : changes.transactions)
        addFacts(txid, facts);
    for (const auto& [height, hash] : changes.chain) {
        erasePoint(height, ignored);
        if (hash)
            setPoint(height, *hash, ignored);
    }
    for (const auto& [point, output] : changes.outputs)
        addOutput(point, output);
    return {};
}

ChangeSet TxGraph::all() const
{
    ChangeSet changes;
    for (const auto& [height, hash] : m_chain.points())
        changes.chain.emplace(height, hash);
    for (const Node& node : m_nodes)
        changes.transactions.emplace(node.txid, node.facts);
    changes.outputs = m_outputs;
    return changes;
}

const TransactionFacts* TxGraph::find(const Txid& txid) const
{
    const std::uint32_t number = numberOf(txid);
    return number == kUnknown ? nullptr : &m_nodes[number].facts;
}

TransactionPointer TxGraph::transaction(const Txid& txid) const
{
    const TransactionFacts* facts = find(txid);
    return facts ? facts->transaction : nullptr;
}

std::optional<TxOutput> TxGraph::output(const OutPoint& point) const
{
    if (const TransactionFacts* facts = find(point.txid)) {
        if (point.index >= facts->transaction->outputs.size())
            return std::nullopt;
        return facts->transaction->outputs[point.index];
    }
    const auto found = m_outputs.find(point);
    if (found == m_outputs.end())
        return std::nullopt;
    return found->second;
}

std::vector<Txid> TxGraph::spendersOf(const OutPoint& point) const
{
    std::vector<Txid> txids;
    const auto found = m_spenders.find(point);
    if (found == m_spenders.end())
        return txids;
    for (const std::uint32_t number : found->second)
        txids.push_back(m_nodes[number].txid);
    return txids;
}

std::uint32_t TxGraph::numberOf(const Txid& txid) const
{
    const auto found = m_numbers.find(txid);
    return found == m_numbers.end() ? kUnknown : found->second;
}

std::uint32_t TxGraph::insert(const Txid& txid, TransactionPointer transaction)
{
    const auto number = static_cast<std::uint32_t>(m_nodes.size());
    Node node;
    node.txid = txid;
    node.coinbase = transaction->isCoinbase();
    node.facts.transaction = std::move(transaction);
    m_nodes.push_back(std::move(node));
    m_numbers.emplace(txid, number);
    linkInputs(number);
    linkChildren(number);
    return number;
}

void TxGraph::linkInputs(std::uint32_t number)
{
    const TransactionPointer transaction = m_nodes[number].facts.transaction;
    for (const TxInput& input : transaction->inputs) {
        Input edge{kUnknown, input.previous.index};
        if (!m_nodes[number].coinbase) {
            const std::uint32_t parent = numberOf(input.previous.txid);
            if (parent != kUnknown &&
                input.previous.index < m_nodes[parent].facts.transaction->outputs.size()) {
                edge.parent = parent;
                m_nodes[parent].children.push_back(number);
            }
            std::vector<std::uint32_t>& spenders = m_spenders[input.previous];
            for (const std::uint32_t other : spenders) {
                auto& mine = m_nodes[number].conflicts;
                if (std::find(mine.begin(), mine.end(), other) == mine.end()) {
                    mine.push_back(other);
                    m_nodes[other].conflicts.push_back(number);
                }
            }
            spenders.push_back(number);
        }
        m_nodes[number].inputs.push_back(edge);
    }
}

/// A parent that comes after its children.
void TxGraph::linkChildren(std::uint32_t number)
{
    const Txid txid = m_nodes[number].txid;
    const std::size_t outputs = m_nodes[number].facts.transaction->outputs.size();
    for (std::uint32_t index = 0; index < outputs; ++index) {
        const auto found = m_spenders.find({txid, index});
        if (found == m_spenders.end())
            continue;
        for (const std::uint32_t child : found->second) {
            const auto& inputs = m_nodes[child].facts.transaction->inputs;
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                if (inputs[i].previous == OutPoint{txid, index})
                    m_nodes[child].inputs[i].parent = number;
            }
            m_nodes[number].children.push_back(child);
        }
    }
    // Its outputs are known from itself now.
    for (auto known = m_outputs.lower_bound({txid, 0});
         known != m_outputs.end() && known->first.txid == txid;)
        known = m_outputs.erase(known);
}

ChangeSet TxGraph::addFacts(const Txid& txid, TransactionFacts facts)
{
    std::uint32_t number = numberOf(txid);
    const bool isNew = number == kUnknown;
    if (isNew)
        number = insert(txid, facts.transaction);
    noteAnchors(facts.anchors);
    TransactionFacts& known = m_nodes[number].facts;
    TransactionFacts fresh = news(known, facts);
    if (isNew)
        fresh.transaction = known.transaction;
    known.merge(facts);
    ChangeSet changes;
    if (!fresh.empty())
        changes.transactions.emplace(txid, std::move(fresh));
    return changes;
}

void TxGraph::noteAnchors(const std::vector<Anchor>& anchors)
{
    for (const Anchor& anchor : anchors) {
        m_anchored.insert({anchor.height, anchor.block});
        if (m_chain.contains(anchor.height, anchor.block))
            m_tipOnly.erase(anchor.height);
    }
}

void TxGraph::setPoint(std::uint32_t height, const BlockHash& hash, ChangeSet& changes)
{
    if (m_chain.insert(height, hash))
        changes.chain[height] = hash;
    if (height == 0 || m_anchored.contains({height, hash}))
        return;
    m_tipOnly.insert(height);
    if (m_tipOnly.size() > kKeptTips)
        erasePoint(*m_tipOnly.begin(), changes);
}

void TxGraph::erasePoint(std::uint32_t height, ChangeSet& changes)
{
    m_tipOnly.erase(height);
    if (height == 0 || !m_chain.erase(height))
        return;
    changes.chain[height] = std::nullopt;
}

} // namespace coffer::bitcoin
