// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What the wallet knows of the chain: a sparse best chain and a graph of transactions.
///
/// Problem: blocks, unconfirmed transactions, replacements and reorganisations arrive in any order,
/// and the balance must not depend on that order, nor on a crash between two of them. Approach: the
/// graph is monotone. Nothing is ever removed: a reorganisation cuts chain points, a replacement
/// adds a conflicting transaction, and the view rule (wallet_view.h) decides what counts. Each
/// change returns a change set that merges with others in any order; storing the change sets and
/// applying them again gives the same graph. Times only move one way (first seen down, last seen
/// and last evicted up), anchors only accumulate. Limits: only transactions that concern the wallet
/// belong here; the caller filters (scanBlock). The chain part is ordered: of two changes to one
/// height the later counts.

#include "core/bitcoin/merkle.h"
#include "core/bitcoin/transaction.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace coffer::bitcoin {

using TransactionPointer = std::shared_ptr<const Transaction>;

/// Says that a transaction stands in a block, and how that is proved.
struct Anchor
{
    std::uint32_t height = 0;
    BlockHash block;
    std::int64_t timeSeconds = 0; ///< Of the block header.
    MerkleBranch branch;          ///< Proves the inclusion; its index is the place in the block.
    bool operator==(const Anchor& other) const
    {
        return height == other.height && block == other.block;
    }
};

/// Who made a transaction.
enum class Origin : std::uint8_t
{
    Foreign = 0,
    Own = 1 ///< Created and signed by this wallet.
};

/// What is known, or newly known, about one transaction. Merging is commutative.
struct TransactionFacts
{
    TransactionPointer transaction; ///< Null in a change that only adds facts.
    std::optional<std::int64_t> firstSeenMs;
    std::optional<std::int64_t> lastSeenMs;    ///< Absent: only ever seen in blocks.
    std::optional<std::int64_t> lastEvictedMs; ///< Dropped by the person, or known to be gone.
    Origin origin = Origin::Foreign;
    std::vector<Anchor> anchors; ///< By height, then block.

    /// When it was last known to be there: relayed, or in any block; absent if never.
    std::optional<std::int64_t> lastKnownMs() const;
    /// Dropped, and not met anywhere since.
    bool isEvicted() const;
    /// True if anything was new.
    bool merge(const TransactionFacts& other);
    bool empty() const;
};

/// A difference between two states of a graph and its chain.
struct ChangeSet
{
    /// Height to block hash, or none where a point was removed.
    std::map<std::uint32_t, std::optional<BlockHash>> chain;
    std::map<Txid, TransactionFacts> transactions;
    /// Outputs known without their transaction.
    std::map<OutPoint, TxOutput> outputs;

    /// `later` wins on the chain; all else is order-free.
    void merge(ChangeSet later);
    bool empty() const { return chain.empty() && transactions.empty() && outputs.empty(); }
};

/// The best chain, known at some heights only: genesis, the tip and where our transactions are.
class SparseChain
{
public:
    explicit SparseChain(const BlockHash& genesis);

    std::uint32_t tipHeight() const;
    const BlockHash& tipHash() const;
    std::optional<BlockHash> at(std::uint32_t height) const;
    bool contains(std::uint32_t height, const BlockHash& hash) const;
    const std::map<std::uint32_t, BlockHash>& points() const { return m_points; }

private:
    friend class TxGraph;
    bool insert(std::uint32_t height, const BlockHash& hash);
    bool erase(std::uint32_t height);

    std::map<std::uint32_t, BlockHash> m_points;
    /// The same once more: the view asks for every transaction.
    std::unordered_map<std::uint32_t, BlockHash> m_byHeight;
};

/// A transaction of a block that concerns the wallet.
struct BlockTransaction
{
    TransactionPointer transaction;
    MerkleBranch branch;
};

/// The monotone graph and the chain it is seen from. The five inputs of the node are here.
class TxGraph
{
public:
    explicit TxGraph(const BlockHash& genesis);

    /// Transactions of ours in a block of the best chain. Conflict when another block is known at
    /// this height: reorganised() comes first. `timeSeconds` is the header's.
    base::Result<ChangeSet> applyBlock(std::uint32_t height, const BlockHash& hash,
                                       std::int64_t timeSeconds,
                                       const std::vector<BlockTransaction>& transactions);
    /// The best chain reaches up to here and everything of ours below was applied.
    base::Result<ChangeSet> applyTip(std::uint32_t height, const BlockHash& hash);
    /// Drops the chain points above the fork, nothing else.
    ChangeSet reorganised(std::uint32_t forkHeight);
    /// Relayed to us or, with Origin::Own, created here. Rejected or OutOfRange when it breaks a
    /// rule of consensus that can be seen on it alone.
    base::Result<ChangeSet> seen(TransactionPointer transaction, std::int64_t timeMs,
                                 Origin origin = Origin::Foreign);
    /// Gone from the network, or dropped by the person. NotFound if unknown.
    base::Result<ChangeSet> evicted(const Txid& txid, std::int64_t timeMs);
    /// An output that is not of a transaction of ours, for fees of foreign inputs.
    ChangeSet addOutput(const OutPoint& point, const TxOutput& output);

    /// Stored change sets, in the order in which they were stored. Malformed if facts name a
    /// transaction that was never given.
    base::Result<void> apply(const ChangeSet& changes);
    /// The whole state as one change set.
    ChangeSet all() const;

    const SparseChain& chain() const { return m_chain; }
    std::size_t size() const { return m_nodes.size(); }
    /// Null if unknown.
    const TransactionFacts* find(const Txid& txid) const;
    TransactionPointer transaction(const Txid& txid) const;
    /// From its transaction, or known alone.
    std::optional<TxOutput> output(const OutPoint& point) const;
    /// Every transaction in the graph that spends it.
    std::vector<Txid> spendersOf(const OutPoint& point) const;

    // For the view: transactions by dense number, in the order in which they came.
    static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;
    /// One edge to the transaction whose output is spent.
    struct Input
    {
        std::uint32_t parent = kUnknown; ///< Number of the parent, kUnknown if not in the graph.
        std::uint32_t output = 0;
    };
    struct Node
    {
        Txid txid;
        TransactionFacts facts;
        std::vector<Input> inputs;
        std::vector<std::uint32_t> children;  ///< Numbers of spenders; a child may appear twice.
        std::vector<std::uint32_t> conflicts; ///< Others that spend one of its inputs; unique.
        bool coinbase = false;
    };
    const std::vector<Node>& nodes() const { return m_nodes; }
    std::uint32_t numberOf(const Txid& txid) const;

private:
    std::uint32_t insert(const Txid& txid, TransactionPointer transaction);
    void linkInputs(std::uint32_t number);
    void linkChildren(std::uint32_t number);
    ChangeSet addFacts(const Txid& txid, TransactionFacts facts);
    void setPoint(std::uint32_t height, const BlockHash& hash, ChangeSet& changes);
    void erasePoint(std::uint32_t height, ChangeSet& changes);
    void noteAnchors(const std::vector<Anchor>& anchors);

    SparseChain m_chain;
    std::set<std::pair<std::uint32_t, BlockHash>> m_anchored; ///< Blocks with transactions of ours.
    std::set<std::uint32_t> m_tipOnly; ///< Heights of points that no transaction needs.
    std::vector<Node> m_nodes;
    std::unordered_map<Txid, std::uint32_t> m_numbers;
    std::unordered_map<OutPoint, std::vector<std::uint32_t>> m_spenders;
    std::map<OutPoint, TxOutput> m_outputs;
};

/// What became of one transaction: the sealed record holds the whole state, not the difference, so
/// that the newest record of a transaction alone suffices. Deterministic CBOR.
base::Bytes encodeTransactionRecord(const TransactionFacts& facts);
base::Result<TransactionFacts> decodeTransactionRecord(base::ByteView bytes);
/// Chain points that changed.
base::Bytes encodeChainRecord(const std::map<std::uint32_t, std::optional<BlockHash>>& points);
base::Result<std::map<std::uint32_t, std::optional<BlockHash>>>
decodeChainRecord(base::ByteView bytes);
/// An output known without its transaction.
base::Bytes encodeOutputRecord(const OutPoint& point, const TxOutput& output);
base::Result<std::pair<OutPoint, TxOutput>> decodeOutputRecord(base::ByteView bytes);
/// A whole change set in one piece, for transport and tests.
base::Bytes encodeChangeSet(const ChangeSet& changes);
base::Result<ChangeSet> decodeChangeSet(base::ByteView bytes);

} // namespace coffer::bitcoin
