// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/wallet_session.h"

namespace coffer::engine {

/// A payment that passed the gate, signed and complete.
struct SignedIntent
{
    bitcoin::Transaction transaction;
    signing::SpendCounters counters; ///< To be committed with it.
};

/// Takes a stored intent through the policy gate and the software signer. `key` is the password's
/// key.
///
/// The gate compares the stored PSBT with what the intent showed, field by field; the signer gets
/// only what the gate approved; and every input is verified once more before anything is stored.
/// Rejected, Unproved, FeeOutOfBounds, Conflict (limits), WrongPassword, WrongWallet,
/// PasswordNeeded (passphrase).
base::Result<SignedIntent> signThroughGate(WalletSession& session, const ledger::Intent& intent,
                                           const base::SecretBytes& key,
                                           const base::SecretBytes& passphrase,
                                           base::Random& random, std::int64_t nowMs);

/// A PSBT with our signatures; perhaps others are still missing.
struct GateSignedPsbt
{
    bitcoin::Psbt psbt;
    signing::SpendCounters counters; ///< To be committed before it leaves.
};

/// The same gate and signer for a PSBT from outside, reviewed as signing::reviewOf() does. The
/// errors are those of signThroughGate().
base::Result<GateSignedPsbt> signPsbtThroughGate(WalletSession& session, bitcoin::Psbt psbt,
                                                 signing::ReviewedPayment reviewed,
                                                 const base::SecretBytes& key,
                                                 const base::SecretBytes& passphrase,
                                                 base::Random& random, std::int64_t nowMs);

} // namespace coffer::engine
