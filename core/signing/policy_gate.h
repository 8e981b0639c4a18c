// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The one gate before every signature.
///
/// Problem: between what a person reviewed and what is signed stand a builder, a store, a window
/// and perhaps a device; a bug or a hostile client in any of them could swap a recipient, raise the
/// fee or call somebody else's address "change". Approach: the gate trusts none of them. It takes
/// the bytes to be signed, full previous transactions (which prove amounts by their hash) and the
/// account's own descriptors, computes what the transaction does, and compares it with what was
/// reviewed, field by field. Change is only what our own change descriptor derives at the stated
/// index, never what a PSBT claims. Then limits: fee, payment, day. Only the gate can make a
/// GateApproved, and no signer takes anything else. Limits: in one process this guards against bugs
/// and clients of the engine, not against code that reads or writes our memory.

#include "core/bitcoin/psbt/psbt.h"
#include "core/bitcoin/wallet/script_index.h"
#include "core/bitcoin/wallet/tx_graph.h"
#include "core/signing/reviewed_payment.h"
#include "core/signing/spend_policy.h"

#include <span>

namespace coffer::signing {

/// What the gate found out by itself.
struct PaymentEffects
{
    std::int64_t inputSum = 0;
    std::int64_t ownInputSum = 0;
    std::int64_t ownOutputSum = 0;
    std::int64_t leaving = 0; ///< ownInputSum - ownOutputSum: recipients and our share of the fee.
    std::int64_t fee = 0;
    std::int64_t vsize = 0; ///< Estimated, signed.
};

/// An input that the approved account really owns.
struct ApprovedInput
{
    std::size_t index = 0;
    bitcoin::ScriptOwner owner;
    bitcoin::DescriptorOutput coin; ///< Derived by the gate.
};

/// A permission to sign exactly these bytes: only PolicyGate can make one, and it is used up by
/// moving.
class GateApproved
{
public:
    GateApproved(GateApproved&&) = default;
    GateApproved& operator=(GateApproved&&) = default;
    GateApproved(const GateApproved&) = delete;
    GateApproved& operator=(const GateApproved&) = delete;

    const bitcoin::Psbt& psbt() const { return m_psbt; }
    const ReviewedPayment& reviewed() const { return m_reviewed; }
    const PaymentEffects& effects() const { return m_effects; }
    /// What the signer may sign, ascending.
    const std::vector<ApprovedInput>& ownInputs() const { return m_ownInputs; }
    /// The outputs that the inputs spend, proved.
    const std::vector<bitcoin::TxOutput>& spent() const { return m_spent; }
    bitcoin::Network network() const { return m_network; }

private:
    friend class PolicyGate;
    GateApproved(bitcoin::Psbt psbt, ReviewedPayment reviewed)
        : m_psbt(std::move(psbt))
        , m_reviewed(std::move(reviewed))
    {
    }

    bitcoin::Psbt m_psbt;
    ReviewedPayment m_reviewed;
    PaymentEffects m_effects;
    std::vector<ApprovedInput> m_ownInputs;
    std::vector<bitcoin::TxOutput> m_spent;
    bitcoin::Network m_network = bitcoin::Network::Main;
};

/// An account's descriptors as the sealed record has them.
struct OwnDescriptors
{
    bitcoin::AccountId account;
    bitcoin::Descriptor receive;
    std::optional<bitcoin::Descriptor> change; ///< Absent: watch-only with one descriptor.
};

/// A yes, with the counters that must be sealed before anything is signed.
struct GateDecision
{
    GateApproved approved;
    SpendCounters counters;
};

/// Decides about signatures.
class PolicyGate
{
public:
    PolicyGate(bitcoin::Network network, SpendPolicy policy);

    /// `accounts`: of the whole wallet. `previous`: full transactions of the inputs; those inside
    /// the PSBT count too, since their hash proves them. Rejected names the field that differs;
    /// Unproved: an amount is not proved; FeeOutOfBounds; Conflict: a limit of the policy is
    /// exceeded.
    base::Result<GateDecision> approve(bitcoin::Psbt psbt, ReviewedPayment reviewed,
                                       std::span<const OwnDescriptors> accounts,
                                       std::span<const bitcoin::TransactionPointer> previous,
                                       const SpendCounters& counters, std::int64_t nowMs) const;

private:
    /// For a person: an address, or the script where there is none.
    std::string nameOf(const bitcoin::Script& script) const;
    base::Result<void> checkLimits(const PaymentEffects& effects,
                                   const ReviewedPayment& reviewed) const;

    bitcoin::Network m_network;
    SpendPolicy m_policy;
};

} // namespace coffer::signing
