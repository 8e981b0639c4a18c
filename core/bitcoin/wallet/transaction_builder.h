// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/psbt/psbt.h"
#include "core/bitcoin/wallet/coin_selection.h"
#include "core/bitcoin/wallet/wallet_view.h"

#include <set>

namespace coffer::bitcoin {

/// To whom and how much; without an amount everything (only as the single recipient).
struct Recipient
{
    Script script;
    std::optional<std::int64_t> amount;
};

/// What a payment is built from.
struct BuildRequest
{
    AccountId account;
    std::vector<Recipient> recipients;
    FeeRate feeRate;
    FeePayer feePayer = FeePayer::Sender;
    std::vector<OutPoint> coins;    ///< Exactly these; empty: chosen by us.
    std::set<OutPoint> unavailable; ///< Frozen, or reserved by other intents.
    std::int64_t tipTimeMs = 0;     ///< Of the tip's header: an old tip gives lock time 0.
    std::int64_t nowMs = 0;
    PsbtVersion psbtVersion = PsbtVersion::V0;
};

/// An input of a built transaction.
struct BuiltInput
{
    Coin coin;
    TransactionPointer previous; ///< The whole transaction that created it.
};

/// An output of a built transaction.
struct BuiltOutput
{
    TxOutput output;
    std::optional<ScriptOwner> owner; ///< Ours: change, or a payment to ourselves.
    bool change = false;
};

/// A transaction ready to be reviewed: what is shown, reserved and later signed are these same
/// bytes.
struct BuiltTransaction
{
    explicit BuiltTransaction(Psbt unsignedPsbt)
        : psbt(std::move(unsignedPsbt))
    {
    }

    Psbt psbt;
    std::vector<BuiltInput> inputs;   ///< In the transaction's order.
    std::vector<BuiltOutput> outputs; ///< In the transaction's order.
    std::int64_t amount = 0;          ///< To the recipients.
    std::int64_t fee = 0;
    std::int64_t vsize = 0; ///< Estimated with the largest signatures.
    FeeRate feeRate;        ///< fee / vsize.
    std::optional<std::size_t> changeIndex;
    SelectionAlgorithm algorithm = SelectionAlgorithm::Manual;
    std::vector<Coin> notWorth; ///< Left behind by "send all": they cost more than they hold.
    std::vector<Coin> tooDeep;  ///< Left behind: they hang on too much that waits for a block.
    std::vector<Txid>
        replaces; ///< For a replacement: everything that vanishes, the original first.

    const Transaction& transaction() const { return psbt.unsignedTransaction(); }
};

/// Everything a builder looks at. References must outlive the call.
struct WalletState
{
    const TxGraph& graph;
    const WalletView& view;
    const ScriptIndex& index;
};

/// Builds a payment. The caller must then mark the change script as revealed
/// (ScriptIndex::revealNext or restore) before the transaction leaves. Errors: Malformed (no
/// recipients, several "all"), Dust (a recipient below the dust limit), InsufficientFunds,
/// FeeOutOfBounds, TooLarge, NotFound (unknown account or coin), Rejected (a chosen coin is
/// unavailable, or only coins would do that hang on too much that is unconfirmed), Unsupported
/// (account cannot be solved).
base::Result<BuiltTransaction> buildTransaction(const BuildRequest& request,
                                                const WalletState& wallet, base::Random& random);

/// Coins of an account that a builder may choose from.
std::vector<CoinCandidate> candidatesOf(const AccountId& account, const WalletState& wallet,
                                        const std::set<OutPoint>& unavailable);

/// Against fee sniping: the tip's height, now and then a little less, 0 when the tip is old.
std::uint32_t chooseLockTime(std::uint32_t tipHeight, std::int64_t tipTimeMs, std::int64_t nowMs,
                             base::Random& random);

} // namespace coffer::bitcoin
