// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/wallet/script_index.h"
#include "core/bitcoin/wallet/tx_graph.h"

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace coffer::bitcoin {

/// Blocks on top of a coinbase before it may be spent (consensus).
inline constexpr int kCoinbaseMaturity = 100;

/// How a transaction stands in the view.
enum class TransactionStatus : std::uint8_t
{
    Confirmed,
    Unconfirmed, ///< Counts, but waits for a block.
    Refused,     ///< A conflicting transaction counts instead.
    Evicted      ///< Dropped, or nobody has seen it since it was.
};

/// Where on the best chain a transaction stands.
struct BlockPlace
{
    std::uint32_t height = 0;
    BlockHash block;
    std::int64_t timeSeconds = 0; ///< Of the block header.
    std::uint32_t position = 0;   ///< In the block.
    bool operator==(const BlockPlace&) const = default;
};

/// What a transaction changed for one account.
struct AccountEffect
{
    AccountId account;
    std::int64_t received = 0; ///< Sum of outputs to it.
    std::int64_t sent = 0;     ///< Sum of its outputs that were spent.
    std::int64_t delta() const { return received - sent; }
    bool operator==(const AccountEffect&) const = default;
};

/// One transaction of the graph and how it counts.
struct TransactionView
{
    Txid txid;
    TransactionPointer transaction;
    TransactionStatus status = TransactionStatus::Unconfirmed;
    std::optional<BlockPlace> place; ///< Only if confirmed.
    int confirmations = 0;           ///< 0 if unconfirmed.
    bool coinbase = false;
    Origin origin = Origin::Foreign;
    bool allInputsOurs = false;
    bool paysOthers = false;            ///< Has an output that is not ours and can be spent.
    std::optional<std::int64_t> fee;    ///< Only where every input is known.
    std::vector<AccountEffect> effects; ///< By account; only accounts that it touches.
    std::optional<std::int64_t> firstSeenMs;
    std::optional<std::int64_t> lastSeenMs;

    bool counts() const
    {
        return status == TransactionStatus::Confirmed || status == TransactionStatus::Unconfirmed;
    }
    /// Of the block if confirmed, else when it was first seen; 0 unknown.
    std::int64_t timeMs() const;
};

/// How sure a coin is.
enum class CoinStatus : std::uint8_t
{
    Confirmed,
    Immature,      ///< A coinbase below 100 confirmations.
    PendingOwn,    ///< Unconfirmed, it and its unconfirmed ancestors all made by us: our change.
    PendingForeign ///< Unconfirmed, from somebody else: can still be cancelled.
};

/// An unspent output of ours.
struct Coin
{
    OutPoint point;
    TxOutput output;
    ScriptOwner owner;
    CoinStatus status = CoinStatus::Confirmed;
    int confirmations = 0;
    std::int64_t height = -1; ///< -1 if unconfirmed.
    bool coinbase = false;
    /// Unconfirmed ancestors, itself included; 0 if confirmed. Counted up to 26.
    int unconfirmedAncestors = 0;
    bool operator==(const Coin&) const = default;
    /// Spendable without asking: confirmed and mature, or our own change.
    bool spendable() const
    {
        return status == CoinStatus::Confirmed || status == CoinStatus::PendingOwn;
    }
};

/// Satoshi by state. They do not overlap, except that spendable = confirmed + pendingOwn.
struct Balance
{
    std::int64_t confirmed = 0;
    std::int64_t immature = 0;
    std::int64_t pendingOwn = 0;
    std::int64_t pendingForeign = 0;
    std::int64_t spendable = 0;

    std::int64_t total() const { return confirmed + immature + pendingOwn + pendingForeign; }
    void add(const Coin& coin);
    bool operator==(const Balance&) const = default;
};

/// A snapshot of what counts: recomputed after each change from graph, chain and scripts alone, so
/// that the order of updates cannot matter. Cheap enough to recompute always (10,000 transactions:
/// < 10 ms).
class WalletView
{
public:
    WalletView() = default;
    static WalletView compute(const TxGraph& graph, const ScriptIndex& index);

    std::uint32_t tipHeight() const { return m_tipHeight; }
    /// All transactions of the graph that touch us or were made by us: newest first, unconfirmed on
    /// top.
    const std::vector<TransactionView>& transactions() const { return m_transactions; }
    /// Null if unknown.
    const TransactionView* find(const Txid& txid) const;
    /// By outpoint.
    const std::vector<Coin>& coins() const { return m_coins; }
    const Coin* findCoin(const OutPoint& point) const;
    /// Accounts without coins have zero balances.
    const std::map<AccountId, Balance>& balances() const { return m_balances; }
    Balance balance(const AccountId& account) const;
    Balance total() const;

private:
    friend class ViewBuilder;
    std::uint32_t m_tipHeight = 0;
    std::vector<TransactionView> m_transactions;
    std::unordered_map<Txid, std::uint32_t> m_byTxid;
    std::vector<Coin> m_coins;
    std::map<AccountId, Balance> m_balances;
};

/// Outputs that are not ours: whom a payment of ours paid. Of a foreign payment this is somebody's
/// change.
std::vector<TxOutput> foreignOutputs(const Transaction& transaction, const ScriptIndex& index);
/// Transactions that spend one of the same coins.
std::vector<Txid> conflictsOf(const TxGraph& graph, const Txid& txid);
/// In the graph and counted by the view: everything that hangs on it. Says what a replacement
/// drops.
std::vector<Txid> descendantsOf(const TxGraph& graph, const Txid& txid);
/// Unconfirmed transactions below it that count, itself excluded.
std::vector<Txid> unconfirmedAncestorsOf(const TxGraph& graph, const WalletView& view,
                                         const Txid& txid);

/// What changed for one transaction between two views; each becomes entries in the ledger.
enum class ViewChangeKind : std::uint8_t
{
    Appeared,     ///< New and unconfirmed.
    Confirmed,    ///< In a block (new, or was unconfirmed before).
    Reanchored,   ///< In another block than before.
    Unconfirmed,  ///< Lost its block and waits again.
    Vanished,     ///< Refused or evicted: counts no more.
    EffectChanged ///< Counts as before, but more of its scripts are known to be ours.
};

/// The change of one transaction, with what to book.
struct ViewChange
{
    Txid txid;
    ViewChangeKind kind = ViewChangeKind::Appeared;
    TransactionStatus before = TransactionStatus::Refused;
    TransactionStatus after = TransactionStatus::Refused;
    /// What is booked before and after; empty where it does not count.
    std::vector<AccountEffect> effectsBefore;
    std::vector<AccountEffect> effectsAfter;
    bool operator==(const ViewChange&) const = default;
};

/// Oldest first (by block, then place, then time, then txid); vanished ones before all others.
std::vector<ViewChange> difference(const WalletView& before, const WalletView& after);

} // namespace coffer::bitcoin
