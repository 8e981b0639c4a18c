// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/wallet_view.h"

#include <algorithm>
#include <limits>

namespace coffer::bitcoin {

namespace {

constexpr int kMaxCountedAncestors = 26;

/// Amounts of foreign unconfirmed transactions are only claims: they must not overflow a sum.
std::int64_t saturatingAdd(std::int64_t first, std::int64_t second)
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(first, second, &sum))
        return std::numeric_limits<std::int64_t>::max();
    return sum;
}

enum class Verdict : std::uint8_t
{
    Open,
    Canonical,
    Refused
};

} // namespace

std::int64_t TransactionView::timeMs() const
{
    if (place)
        return place->timeSeconds * 1000;
    return firstSeenMs.value_or(0);
}

void Balance::add(const Coin& coin)
{
    const std::int64_t amount = coin.output.amount;
    switch (coin.status) {
    case CoinStatus::Confirmed:
        confirmed = saturatingAdd(confirmed, amount);
        break;
    case CoinStatus::Immature:
        immature = saturatingAdd(immature, amount);
        break;
    case CoinStatus::PendingOwn:
        pendingOwn = saturatingAdd(pendingOwn, amount);
        break;
    case CoinStatus::PendingForeign:
        pendingForeign = saturatingAdd(pendingForeign, amount);
        break;
    }
    if (coin.spendable())
        spendable = saturatingAdd(spendable, amount);
}

/// Computes one view; lives for one call. Transactions are dense numbers throughout, because
/// hashing their ids again would be most of the work.
class ViewBuilder
{
public:
    ViewBuilder(const TxGraph& graph, const ScriptIndex& index)
        : m_graph(graph)
        , m_index(index)
        , m_nodes(graph.nodes())
        , m_verdicts(m_nodes.size(), Verdict::Open)
        , m_places(m_nodes.size())
    {
    }

    WalletView build()
    {
        m_view.m_tipHeight = m_graph.chain().tipHeight();
        findPlaces();
        decide();
        findOwners();
        findTrust();
        addTransactions();
        addCoins();
        return std::move(m_view);
    }

private:
    using Number = std::uint32_t;
    static constexpr std::int32_t kForeign = -1;

    void findPlaces();
    void decide();
    void accept(Number number);
    void refuse(Number number);

    void findOwners();
    void findTrust();
    bool parentsTrusted(Number number) const;
    void addTransactions();
    void fillTransaction(Number number, TransactionView& view) const;
    bool concernsUs(Number number) const;
    void addEffects(Number number, TransactionView& view) const;
    void addCoins();
    Coin coin(Number number, std::uint32_t output) const;
    int unconfirmedAncestors(Number number) const;
    TransactionStatus status(Number number) const;
    bool counts(Number number) const { return m_verdicts[number] == Verdict::Canonical; }
    const ScriptOwner* owner(Number number, std::uint32_t output) const
    {
        const std::int32_t slot = m_ownerSlots[m_firstOutput[number] + output];
        return slot == kForeign ? nullptr : &m_owners[static_cast<std::size_t>(slot)];
    }
    int confirmations(Number number) const
    {
        return m_places[number]
                   ? static_cast<int>(m_view.m_tipHeight - m_places[number]->height) + 1
                   : 0;
    }

    const TxGraph& m_graph;
    const ScriptIndex& m_index;
    const std::vector<TxGraph::Node>& m_nodes;
    std::vector<Verdict> m_verdicts;
    std::vector<std::optional<BlockPlace>> m_places;
    std::vector<std::size_t> m_firstOutput;
    std::vector<std::int32_t> m_ownerSlots; ///< For every output of every transaction.
    std::vector<ScriptOwner> m_owners;
    std::vector<bool> m_trusted; ///< Unconfirmed, but safe to build on.
    std::vector<Number> m_closure;
    std::vector<std::uint8_t> m_inClosure;
    WalletView m_view;
};

void ViewBuilder::findPlaces()
{
    for (Number number = 0; number < m_nodes.size(); ++number) {
        for (const Anchor& anchor : m_nodes[number].facts.anchors) {
            if (!m_graph.chain().contains(anchor.height, anchor.block))
                continue;
            m_places[number] =
                BlockPlace{anchor.height, anchor.block, anchor.timeSeconds, anchor.branch.index};
        }
    }
}

/// The view rule (ARCHITECTURE.md, "What counts").
void ViewBuilder::decide()
{
    m_inClosure.assign(m_nodes.size(), 0);
    std::vector<Number> confirmed;
    std::vector<Number> waiting;
    std::vector<Number> lost;
    for (Number number = 0; number < m_nodes.size(); ++number) {
        const TransactionFacts& facts = m_nodes[number].facts;
        if (m_places[number])
            confirmed.push_back(number);
        else if (m_nodes[number].coinbase)
            refuse(number); // Consensus ties it to its block: lost with it, for ever.
        else if (!facts.isEvicted() && facts.lastSeenMs)
            waiting.push_back(number);
        else if (!facts.isEvicted() && !facts.anchors.empty())
            lost.push_back(number);
    }

    // 1. What the best chain holds, oldest first.
    std::sort(confirmed.begin(), confirmed.end(), [&](Number first, Number second) {
        const BlockPlace& a = *m_places[first];
        const BlockPlace& b = *m_places[second];
        return std::tie(a.height, a.position, m_nodes[first].txid) <
               std::tie(b.height, b.position, m_nodes[second].txid);
    });
    // 2. What was seen unconfirmed, the latest first: a replacement wins.
    std::sort(waiting.begin(), waiting.end(), [&](Number first, Number second) {
        return std::tie(*m_nodes[second].facts.lastSeenMs, m_nodes[first].txid) <
               std::tie(*m_nodes[first].facts.lastSeenMs, m_nodes[second].txid);
    });
    // 3. What only stale blocks hold, newest first: a payment lost in a reorganisation waits again.
    std::sort(lost.begin(), lost.end(), [&](Number first, Number second) {
        const Anchor& a = m_nodes[first].facts.anchors.back();
        const Anchor& b = m_nodes[second].facts.anchors.back();
        return std::tie(b.height, m_nodes[first].txid) < std::tie(a.height, m_nodes[second].txid);
    });
    for (const auto* group : {&confirmed, &waiting, &lost}) {
        for (const Number number : *group)
            accept(number);
    }
}

void ViewBuilder::accept(Number number)
{
    if (m_verdicts[number] != Verdict::Open)
        return;
    // It stands or falls with its ancestors, so they are accepted as one.
    m_closure.assign(1, number);
    m_inClosure[number] = 1;
    for (std::size_t i = 0; i < m_closure.size(); ++i) {
        for (const TxGraph::Input& input : m_nodes[m_closure[i]].inputs) {
            if (input.parent == TxGraph::kUnknown || m_inClosure[input.parent] ||
                m_verdicts[input.parent] != Verdict::Open)
                continue;
            m_inClosure[input.parent] = 1;
            m_closure.push_back(input.parent);
        }
    }
    // A forged transaction can spend the same coin as its own ancestor; no block can ever hold it.
    bool contradictory = false;
    for (const Number member : m_closure) {
        for (const Number conflict : m_nodes[member].conflicts)
            contradictory = contradictory || m_inClosure[conflict];
    }
    for (const Number member : m_closure)
        m_inClosure[member] = 0;
    if (contradictory) {
        refuse(number);
        return;
    }
    for (const Number member : m_closure)
        m_verdicts[member] = Verdict::Canonical;
    for (const Number member : m_closure) {
        for (const Number conflict : m_nodes[member].conflicts)
            refuse(conflict);
    }
}

void ViewBuilder::refuse(Number number)
{
    std::vector<Number> open{number};
    while (!open.empty()) {
        const Number next = open.back();
        open.pop_back();
        if (m_verdicts[next] != Verdict::Open)
            continue;
        m_verdicts[next] = Verdict::Refused;
        for (const Number child : m_nodes[next].children)
            open.push_back(child);
    }
}

void ViewBuilder::findOwners()
{
    m_firstOutput.reserve(m_nodes.size() + 1);
    for (const TxGraph::Node& node : m_nodes) {
        m_firstOutput.push_back(m_ownerSlots.size());
        for (const TxOutput& output : node.facts.transaction->outputs) {
            const auto found = m_index.lookup(output.script);
            if (!found) {
                m_ownerSlots.push_back(kForeign);
                continue;
            }
            m_ownerSlots.push_back(static_cast<std::int32_t>(m_owners.size()));
            m_owners.push_back(*found);
        }
    }
}

bool ViewBuilder::parentsTrusted(Number number) const
{
    const TxGraph::Node& node = m_nodes[number];
    return !node.coinbase &&
           std::all_of(node.inputs.begin(), node.inputs.end(), [&](const auto& in) {
               return in.parent != TxGraph::kUnknown && owner(in.parent, in.output) &&
                      (m_places[in.parent] || m_trusted[in.parent]);
           });
}

/// Unconfirmed transactions whose inputs are all ours, as are those of their unconfirmed ancestors:
/// nobody else can replace them. Parents first, without recursion.
void ViewBuilder::findTrust()
{
    m_trusted.assign(m_nodes.size(), false);
    std::vector<bool> visited(m_nodes.size(), false);
    std::vector<std::pair<Number, std::size_t>> stack;
    for (Number start = 0; start < m_nodes.size(); ++start) {
        if (!counts(start) || m_places[start] || visited[start])
            continue;
        visited[start] = true;
        stack.emplace_back(start, 0);
        while (!stack.empty()) {
            auto& [number, next] = stack.back();
            const auto& inputs = m_nodes[number].inputs;
            if (next == inputs.size()) {
                m_trusted[number] = parentsTrusted(number);
                stack.pop_back();
                continue;
            }
            const Number parent = inputs[next++].parent;
            if (parent == TxGraph::kUnknown || m_places[parent] || visited[parent])
                continue;
            visited[parent] = true;
            stack.emplace_back(parent, 0);
        }
    }
}

TransactionStatus ViewBuilder::status(Number number) const
{
    switch (m_verdicts[number]) {
    case Verdict::Canonical:
        return m_places[number] ? TransactionStatus::Confirmed : TransactionStatus::Unconfirmed;
    case Verdict::Refused:
        return TransactionStatus::Refused;
    case Verdict::Open:
        break;
    }
    return TransactionStatus::Evicted;
}

void ViewBuilder::addEffects(Number number, TransactionView& view) const
{
    const TxGraph::Node& node = m_nodes[number];
    const Transaction& transaction = *node.facts.transaction;
    const auto effectOf = [&](const AccountId& account) -> AccountEffect& {
        for (AccountEffect& effect : view.effects) {
            if (effect.account == account)
                return effect;
        }
        view.effects.push_back({account, 0, 0});
        return view.effects.back();
    };
    std::int64_t inputSum = 0;
    bool inputsKnown = !node.coinbase;
    view.allInputsOurs = !node.coinbase;
    for (std::size_t i = 0; i < node.inputs.size() && !node.coinbase; ++i) {
        const TxGraph::Input& input = node.inputs[i];
        if (input.parent == TxGraph::kUnknown) {
            view.allInputsOurs = false;
            const auto output =
                inputsKnown ? m_graph.output(transaction.inputs[i].previous) : std::nullopt;
            inputsKnown = output.has_value();
            inputSum = saturatingAdd(inputSum, output ? output->amount : 0);
            continue;
        }
        const std::int64_t amount =
            m_nodes[input.parent].facts.transaction->outputs[input.output].amount;
        inputSum = saturatingAdd(inputSum, amount);
        if (const ScriptOwner* from = owner(input.parent, input.output))
            effectOf(from->account).sent += amount;
        else
            view.allInputsOurs = false;
    }
    std::int64_t outputSum = 0;
    for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
        const TxOutput& output = transaction.outputs[i];
        outputSum = saturatingAdd(outputSum, output.amount);
        if (const ScriptOwner* to = owner(number, i))
            effectOf(to->account).received += output.amount;
        else
            view.paysOthers = view.paysOthers || !isUnspendable(output.script);
    }
    if (inputsKnown && inputSum >= outputSum)
        view.fee = inputSum - outputSum;
    std::sort(view.effects.begin(), view.effects.end(),
              [](const auto& a, const auto& b) { return a.account < b.account; });
}

void ViewBuilder::fillTransaction(Number number, TransactionView& view) const
{
    const TxGraph::Node& node = m_nodes[number];
    view.txid = node.txid;
    view.transaction = node.facts.transaction;
    view.status = status(number);
    if (view.status == TransactionStatus::Confirmed) {
        view.place = m_places[number];
        view.confirmations = confirmations(number);
    }
    view.coinbase = node.coinbase;
    view.origin = node.facts.origin;
    view.firstSeenMs = node.facts.firstSeenMs;
    view.lastSeenMs = node.facts.lastSeenMs;
    addEffects(number, view);
}

bool ViewBuilder::concernsUs(Number number) const
{
    const TxGraph::Node& node = m_nodes[number];
    if (node.facts.origin == Origin::Own)
        return true;
    for (std::uint32_t i = 0; i < node.facts.transaction->outputs.size(); ++i) {
        if (owner(number, i))
            return true;
    }
    return std::any_of(node.inputs.begin(), node.inputs.end(), [&](const TxGraph::Input& input) {
        return input.parent != TxGraph::kUnknown && owner(input.parent, input.output);
    });
}

void ViewBuilder::addTransactions()
{
    // Ordered as numbers first: the views themselves are large, and are made where they stay.
    std::vector<Number> order;
    order.reserve(m_nodes.size());
    for (Number number = 0; number < m_nodes.size(); ++number) {
        if (concernsUs(number))
            order.push_back(number);
    }
    // Newest first; what has no block stands above all blocks.
    const auto rank = [&](Number number) {
        const auto& place = m_places[number];
        const bool confirmed = place && counts(number);
        constexpr auto kNone = std::numeric_limits<std::uint32_t>::max();
        return std::tuple(confirmed ? place->height : kNone, confirmed ? place->position : 0,
                          m_nodes[number].facts.firstSeenMs.value_or(0));
    };
    std::sort(order.begin(), order.end(), [&](Number first, Number second) {
        const auto a = rank(first);
        const auto b = rank(second);
        return a != b ? a > b : m_nodes[first].txid < m_nodes[second].txid;
    });
    m_view.m_transactions.reserve(order.size());
    m_view.m_byTxid.reserve(order.size());
    for (const Number number : order) {
        m_view.m_byTxid.emplace(m_nodes[number].txid,
                                static_cast<std::uint32_t>(m_view.m_transactions.size()));
        fillTransaction(number, m_view.m_transactions.emplace_back());
    }
}

int ViewBuilder::unconfirmedAncestors(Number number) const
{
    std::vector<Number> found{number};
    for (std::size_t i = 0; i < found.size(); ++i) {
        for (const TxGraph::Input& input : m_nodes[found[i]].inputs) {
            if (input.parent == TxGraph::kUnknown || m_places[input.parent] ||
                std::find(found.begin(), found.end(), input.parent) != found.end())
                continue;
            found.push_back(input.parent);
            if (found.size() >= kMaxCountedAncestors)
                return kMaxCountedAncestors;
        }
    }
    return static_cast<int>(found.size());
}

Coin ViewBuilder::coin(Number number, std::uint32_t output) const
{
    const TxGraph::Node& node = m_nodes[number];
    Coin coin;
    coin.point = {node.txid, output};
    coin.output = node.facts.transaction->outputs[output];
    coin.owner = *owner(number, output);
    coin.coinbase = node.coinbase;
    coin.confirmations = confirmations(number);
    if (m_places[number]) {
        coin.height = m_places[number]->height;
        const bool immature = node.coinbase && coin.confirmations < kCoinbaseMaturity;
        coin.status = immature ? CoinStatus::Immature : CoinStatus::Confirmed;
        return coin;
    }
    coin.unconfirmedAncestors = unconfirmedAncestors(number);
    coin.status = m_trusted[number] ? CoinStatus::PendingOwn : CoinStatus::PendingForeign;
    return coin;
}

void ViewBuilder::addCoins()
{
    std::vector<bool> spent(m_ownerSlots.size(), false);
    for (Number number = 0; number < m_nodes.size(); ++number) {
        if (!counts(number))
            continue;
        for (const TxGraph::Input& input : m_nodes[number].inputs) {
            if (input.parent != TxGraph::kUnknown)
                spent[m_firstOutput[input.parent] + input.output] = true;
        }
    }
    for (const AccountId& account : m_index.accounts())
        m_view.m_balances[account];
    for (Number number = 0; number < m_nodes.size(); ++number) {
        if (!counts(number))
            continue;
        const std::size_t outputs = m_nodes[number].facts.transaction->outputs.size();
        for (std::uint32_t output = 0; output < outputs; ++output) {
            if (owner(number, output) && !spent[m_firstOutput[number] + output])
                m_view.m_coins.push_back(coin(number, output));
        }
    }
    std::sort(m_view.m_coins.begin(), m_view.m_coins.end(),
              [](const Coin& a, const Coin& b) { return a.point < b.point; });
    for (const Coin& found : m_view.m_coins)
        m_view.m_balances[found.owner.account].add(found);
}

WalletView WalletView::compute(const TxGraph& graph, const ScriptIndex& index)
{
    return ViewBuilder(graph, index).build();
}

const TransactionView* WalletView::find(const Txid& txid) const
{
    const auto found = m_byTxid.find(txid);
    return found == m_byTxid.end() ? nullptr : &m_transactions[found->second];
}

const Coin* WalletView::findCoin(const OutPoint& point) const
{
    const auto found = std::lower_bound(
        m_coins.begin(), m_coins.end(), point,
        [](const Coin& coin, const OutPoint& wanted) { return coin.point < wanted; });
    return found != m_coins.end() && found->point == point ? &*found : nullptr;
}

Balance WalletView::balance(const AccountId& account) const
{
    const auto found = m_balances.find(account);
    return found == m_balances.end() ? Balance{} : found->second;
}

Balance WalletView::total() const
{
    Balance sum;
    for (const Coin& coin : m_coins)
        sum.add(coin);
    return sum;
}

std::vector<TxOutput> foreignOutputs(const Transaction& transaction, const ScriptIndex& index)
{
    std::vector<TxOutput> outputs;
    for (const TxOutput& output : transaction.outputs) {
        if (!index.lookup(output.script))
            outputs.push_back(output);
    }
    return outputs;
}

} // namespace coffer::bitcoin
