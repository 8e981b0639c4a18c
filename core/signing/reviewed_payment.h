// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/wallet/transaction_builder.h"

namespace coffer::signing {

/// An output exactly as it was shown.
struct ReviewedOutput
{
    bitcoin::TxOutput output;
    /// Set where it was shown as our own money: it must derive there.
    std::optional<bitcoin::ScriptOwner> own;
    bool operator==(const ReviewedOutput&) const = default;
};

/// An input exactly as it was reserved.
struct ReviewedInput
{
    bitcoin::OutPoint point;
    std::int64_t amount = 0;
    std::uint32_t sequence = bitcoin::kSequenceReplaceable;
    /// Where its script derives; absent: not ours (only in a PSBT from outside) and not signed.
    std::optional<bitcoin::ScriptOwner> own;
    bool operator==(const ReviewedInput&) const = default;
};

/// What an intent showed to the person, and nothing else may be signed. The intent stores it.
struct ReviewedPayment
{
    base::Uuid intent;
    bitcoin::AccountId account;
    std::vector<ReviewedInput> inputs;   ///< In the transaction's order.
    std::vector<ReviewedOutput> outputs; ///< In the transaction's order.
    std::int64_t fee = 0;
    std::int32_t version = 2;
    std::uint32_t lockTime = 0;
    bool operator==(const ReviewedPayment&) const = default;
};

/// The review of what a builder made.
ReviewedPayment reviewOf(const bitcoin::BuiltTransaction& built, const base::Uuid& intent,
                         const bitcoin::AccountId& account);

/// The review of a PSBT from outside: own inputs and outputs are those that the index knows. Errors
/// of spentOutput(), or OutOfRange when outputs exceed inputs.
base::Result<ReviewedPayment> reviewOf(const bitcoin::Psbt& psbt, const bitcoin::ScriptIndex& index,
                                       const base::Uuid& intent, const bitcoin::AccountId& account);

/// Deterministic CBOR, for the intent's record.
base::Bytes encodeReviewed(const ReviewedPayment& reviewed);
base::Result<ReviewedPayment> decodeReviewed(base::ByteView bytes);

} // namespace coffer::signing
