// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/ledger.h"

namespace coffer::ledger {

/// What a transaction changes on one account.
struct AccountDelta
{
    base::Uuid account;
    money::Amount amount; ///< Received minus spent by this account, fee included.
};

/// How a transaction counts in the view.
enum class ChainState
{
    Unconfirmed,
    Confirmed,
    Refused ///< Cannot be part of the chain as the view sees it.
};

/// Why a transaction does not count.
enum class Refusal
{
    Replaced,   ///< `other` is ours and spends an input of it.
    Conflicted, ///< `other` is not ours.
    Dropped     ///< Given up, or forgotten by the network.
};

/// What a wallet's view says of one transaction that touches its accounts.
struct TxEffect
{
    TransactionId transaction{};
    money::Currency currency;
    std::vector<AccountDelta> deltas;
    /// Paid by us. Absent: nothing, or not known since not all inputs are ours; what then leaves
    /// the accounts counts as sent.
    std::optional<money::Amount> fee;
    ChainState state = ChainState::Unconfirmed;
    Refusal refusal = Refusal::Dropped; ///< When refused.
    std::optional<TransactionId> other; ///< What replaced it or conflicts with it.
    std::optional<std::int64_t> height; ///< When confirmed.
    std::optional<BlockId> block;       ///< When confirmed.
    std::int64_t blockTimeMs = 0;       ///< When confirmed.
    std::int64_t firstSeenMs = 0;
    bool coinbase = false;
    std::optional<base::Uuid> intent;
    std::string counterparty; ///< Address, when there is exactly one.
};

/// The entries that bring the books to what the view says of these transactions: the difference, so
/// the same effects give nothing the second time. Pure: post with Ledger::compose() and apply().
///
/// A movement is a pair of entries: its appearance (pending) and its settlement (pending to
/// settled). A lost block reverses the settlement, a refusal also the appearance; a block that
/// changed, or an effect that is known better, reverses and posts again.
/// Conflict when an effect is impossible (a confirmed one without height, two for one transaction).
base::Result<std::vector<EntryDraft>> bookkeeping(const Ledger& books,
                                                  std::span<const TxEffect> effects);

/// The same for a whole view: transactions of the books in this currency that are not named were
/// dropped.
base::Result<std::vector<EntryDraft>> bookkeepingOfView(const Ledger& books,
                                                        const money::Currency& currency,
                                                        std::span<const TxEffect> effects);

} // namespace coffer::ledger
