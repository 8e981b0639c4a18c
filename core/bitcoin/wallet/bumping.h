// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/wallet/transaction_builder.h"

namespace coffer::bitcoin {

/// Satoshi per kvB that a replacement pays for its own relay. Newer nodes want a tenth of it.
inline constexpr FeeRate kIncrementalRelayFeeRate = FeeRate::fromSatPerVb(1);
/// Added to the old rate by the wallet, as Bitcoin Core does: fewer, larger steps.
inline constexpr FeeRate kWalletIncrementalFeeRate = FeeRate::fromSatPerVb(5);
/// A foreign parent's fee is unknown to a light node; more than this is not paid for it.
inline constexpr std::int64_t kMaxForeignParentFee = 50'000;
/// What a replacement may drop at most and still be relayed.
inline constexpr std::size_t kMaxReplaced = 100;

/// What a replacement of a transaction must pay.
struct BumpTerms
{
    std::int64_t oldFee = 0;
    std::int64_t oldVsize = 0;
    FeeRate oldRate;
    std::int64_t evictedFees = 0; ///< Of it and all its descendants.
    FeeRate leastRate;            ///< Anything less is refused.
    std::vector<Txid> evicted;    ///< The original first; descendants vanish with it.

    /// The least fee of a replacement of this size (BIP125 rules 3 and 4 and the wallet's floor).
    std::int64_t leastFee(std::int64_t vsize) const;
};

/// NotFound; Rejected: confirmed, not ours, fee unknown, or too many descendants.
base::Result<BumpTerms> bumpTerms(const WalletState& wallet, const Txid& txid);

/// What a replacement is built from.
struct BumpRequest
{
    Txid txid;
    AccountId account;
    std::optional<FeeRate> feeRate; ///< Absent: the least that is relayed.
    std::set<OutPoint> unavailable;
    std::int64_t tipTimeMs = 0;
    std::int64_t nowMs = 0;
    PsbtVersion psbtVersion = PsbtVersion::V0;
};

/// The same payment with a higher fee: recipients and inputs stay, change shrinks or goes,
/// confirmed inputs are added if need be. FeeOutOfBounds: the rate is below the least one.
base::Result<BuiltTransaction> buildBump(const BumpRequest& request, const WalletState& wallet,
                                         base::Random& random);
/// Pays everything back to the account: the original's first input is spent again, so that only one
/// of both can ever confirm.
base::Result<BuiltTransaction> buildCancel(const BumpRequest& request, const WalletState& wallet,
                                           base::Random& random);

/// Child pays for parent: what the child must pay so that it and its unconfirmed ancestors reach a
/// rate.
struct ChildFee
{
    std::int64_t fee = 0;
    std::int64_t ancestorsVsize = 0;
    std::int64_t ancestorsFee = 0;
    bool foreignFeeAssumedZero = false; ///< Some ancestor's fee is unknown.
    bool capped = false;                ///< Above kMaxForeignParentFee: the person must agree.
};
/// Whether kMaxForeignParentFee holds.
enum class ForeignFeeCap
{
    Keep,
    Lifted ///< The person agreed to pay more for a foreign parent.
};
base::Result<ChildFee> childFee(const WalletState& wallet, const std::vector<OutPoint>& coins,
                                std::int64_t childVsize, FeeRate target,
                                ForeignFeeCap cap = ForeignFeeCap::Keep);
/// Spends an unconfirmed coin of ours back to the account at the rate for the whole package.
base::Result<BuiltTransaction> buildChild(const BumpRequest& request, const OutPoint& coin,
                                          const WalletState& wallet, base::Random& random,
                                          ForeignFeeCap cap = ForeignFeeCap::Keep);

} // namespace coffer::bitcoin
