// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/signing/policy_gate.h"

#include "core/base/hex.h"
#include "core/bitcoin/address.h"
#include "core/bitcoin/psbt/psbt_roles.h"
#include "core/bitcoin/wallet/coin_selection.h"

#include <algorithm>
#include <map>

namespace coffer::signing {

using base::Error;
using base::ErrorCode;
using base::Result;
using bitcoin::DescriptorOutput;
using bitcoin::ScriptOwner;
using bitcoin::Transaction;
using bitcoin::TxOutput;

namespace {

/// An input of a type that nobody can size: larger than any single-key one.
constexpr std::int64_t kUnknownInputWeight = 600;

Error rejected(const std::string& what)
{
    return Error{ErrorCode::Rejected, "differs from what was reviewed: " + what};
}

/// The transaction itself is what was reviewed, field by field.
Result<void> compareTransaction(const Transaction& transaction, const ReviewedPayment& reviewed)
{
    if (transaction.version != reviewed.version)
        return rejected("version");
    if (transaction.lockTime != reviewed.lockTime)
        return rejected("lock time");
    if (transaction.inputs.size() != reviewed.inputs.size())
        return rejected("number of inputs");
    if (transaction.outputs.size() != reviewed.outputs.size())
        return rejected("number of outputs");
    for (std::size_t i = 0; i < reviewed.inputs.size(); ++i) {
        if (transaction.inputs[i].previous != reviewed.inputs[i].point)
            return rejected("input " + std::to_string(i));
        if (transaction.inputs[i].sequence != reviewed.inputs[i].sequence)
            return rejected("sequence of input " + std::to_string(i));
    }
    for (std::size_t i = 0; i < reviewed.outputs.size(); ++i) {
        if (transaction.outputs[i].script != reviewed.outputs[i].output.script)
            return rejected("recipient of output " + std::to_string(i));
        if (transaction.outputs[i].amount != reviewed.outputs[i].output.amount)
            return rejected("amount of output " + std::to_string(i));
    }
    return {};
}

/// Full transactions by the id that we compute ourselves.
using Previous = std::map<bitcoin::Txid, Transaction>;

Previous collectPrevious(const bitcoin::Psbt& psbt,
                         std::span<const bitcoin::TransactionPointer> given)
{
    Previous previous;
    for (const bitcoin::TransactionPointer& transaction : given) {
        if (transaction)
            previous.emplace(transaction->txid(), *transaction);
    }
    for (std::size_t i = 0; i < psbt.inputCount(); ++i) {
        const bitcoin::PsbtInput input = psbt.input(i);
        if (input.nonWitnessUtxo)
            previous.emplace(input.nonWitnessUtxo->txid(), *input.nonWitnessUtxo);
    }
    return previous;
}

/// The outputs that the inputs really spend.
Result<std::vector<TxOutput>> proveSpent(const bitcoin::Psbt& psbt, const Previous& previous,
                                         const ReviewedPayment& reviewed)
{
    std::vector<TxOutput> spent;
    for (std::size_t i = 0; i < reviewed.inputs.size(); ++i) {
        const bitcoin::OutPoint& point = reviewed.inputs[i].point;
        const auto found = previous.find(point.txid);
        if (found == previous.end())
            return Error{ErrorCode::Unproved,
                         "no previous transaction proves input " + std::to_string(i)};
        if (point.index >= found->second.outputs.size())
            return Error{ErrorCode::Unproved, "input spends an output that does not exist"};
        const TxOutput& output = found->second.outputs[point.index];
        if (output.amount != reviewed.inputs[i].amount)
            return rejected("amount of input " + std::to_string(i));
        // The signer signs by these fields: they must tell the same.
        const auto claimed = bitcoin::spentOutput(psbt, i);
        if (!claimed || claimed->output != output)
            return Error{ErrorCode::Unproved,
                         "the PSBT claims another coin for input " + std::to_string(i)};
        spent.push_back(output);
    }
    return spent;
}

/// Derives where the review says that a script is ours.
class Owners
{
public:
    explicit Owners(std::span<const OwnDescriptors> accounts)
        : m_accounts(accounts)
    {
    }

    Result<const bitcoin::Descriptor*> descriptor(const ScriptOwner& owner) const
    {
        for (const OwnDescriptors& account : m_accounts) {
            if (account.account != owner.account)
                continue;
            if (owner.role == bitcoin::DescriptorRole::Receive)
                return &account.receive;
            if (account.change)
                return &*account.change;
        }
        return Error{ErrorCode::Rejected, "not an account of this wallet"};
    }

    Result<DescriptorOutput> derive(const ScriptOwner& owner, const bitcoin::Script& script) const
    {
        const bitcoin::Descriptor* own = TRY(descriptor(owner));
        auto output = TRY(own->expand(owner.index));
        if (output.script != script)
            return Error{ErrorCode::Rejected, "a script is not ours although the review says so"};
        return output;
    }

private:
    std::span<const OwnDescriptors> m_accounts;
};

Result<std::int64_t> weightOf(const ReviewedPayment& reviewed, const std::vector<TxOutput>& spent,
                              const Owners& owners)
{
    std::int64_t weight =
        bitcoin::transactionOverheadWeight(reviewed.inputs.size(), reviewed.outputs.size());
    for (const ReviewedOutput& output : reviewed.outputs)
        weight += bitcoin::outputWeight(output.output.script);
    for (std::size_t i = 0; i < spent.size(); ++i) {
        auto input = bitcoin::inputWeight(bitcoin::classify(spent[i].script));
        if (reviewed.inputs[i].own) {
            const bitcoin::Descriptor* own = TRY(owners.descriptor(*reviewed.inputs[i].own));
            input = own->inputWeight();
        }
        weight += input.value_or(kUnknownInputWeight);
    }
    return weight;
}

Result<PaymentEffects> effectsOf(const ReviewedPayment& reviewed,
                                 const std::vector<TxOutput>& spent, const Owners& owners)
{
    PaymentEffects effects;
    for (std::size_t i = 0; i < spent.size(); ++i) {
        effects.inputSum = TRY(bitcoin::addMoney(effects.inputSum, spent[i].amount));
        if (reviewed.inputs[i].own)
            effects.ownInputSum += spent[i].amount;
    }
    std::int64_t outputSum = 0;
    for (const ReviewedOutput& output : reviewed.outputs) {
        outputSum = TRY(bitcoin::addMoney(outputSum, output.output.amount));
        if (!output.own)
            continue;
        const auto derived = owners.derive(*output.own, output.output.script);
        if (!derived)
            return derived.error();
        effects.ownOutputSum += output.output.amount;
    }
    if (outputSum > effects.inputSum)
        return Error{ErrorCode::Rejected, "outputs exceed inputs"};
    effects.fee = effects.inputSum - outputSum;
    effects.leaving = effects.ownInputSum - effects.ownOutputSum;
    const std::int64_t weight = TRY(weightOf(reviewed, spent, owners));
    effects.vsize = (weight + 3) / 4;
    return effects;
}

/// Own inputs with what the signer needs; each must be signable and ours.
Result<std::vector<ApprovedInput>> approveInputs(const bitcoin::Psbt& psbt,
                                                 const ReviewedPayment& reviewed,
                                                 const std::vector<TxOutput>& spent,
                                                 const Owners& owners)
{
    std::vector<ApprovedInput> own;
    for (std::size_t i = 0; i < spent.size(); ++i) {
        const auto& owner = reviewed.inputs[i].own;
        if (!owner)
            continue;
        if (owner->account != reviewed.account)
            return Error{ErrorCode::Rejected, "an input belongs to another account"};
        auto coin = TRY(owners.derive(*owner, spent[i].script));
        const auto plan = bitcoin::planSignature(psbt, i);
        if (!plan)
            return plan.error();
        if (psbt.input(i).isFinal())
            return Error{ErrorCode::Rejected, "an input of ours is signed already"};
        own.push_back({i, *owner, std::move(coin)});
    }
    if (own.empty())
        return Error{ErrorCode::Rejected, "no input is ours"};
    return own;
}

} // namespace

PolicyGate::PolicyGate(bitcoin::Network network, SpendPolicy policy)
    : m_network(network)
    , m_policy(std::move(policy))
{
}

std::string PolicyGate::nameOf(const bitcoin::Script& script) const
{
    const auto address = bitcoin::addressOf(script, m_network);
    return address ? *address : "script " + base::toHex(script);
}

Result<void> PolicyGate::checkLimits(const PaymentEffects& effects,
                                     const ReviewedPayment& reviewed) const
{
    if (effects.fee != reviewed.fee)
        return rejected("fee");
    if (effects.fee > m_policy.maxFee)
        return Error{ErrorCode::FeeOutOfBounds, "the fee is above the policy's cap"};
    if (effects.fee * 1000 / effects.vsize > m_policy.maxFeeRate)
        return Error{ErrorCode::FeeOutOfBounds, "the fee rate is above the policy's cap"};
    if (m_policy.perPayment && effects.leaving > *m_policy.perPayment)
        return Error{ErrorCode::Conflict,
                     std::to_string(effects.leaving) + " sat would leave, the policy allows " +
                         std::to_string(*m_policy.perPayment) +
                         " for one payment: pay less, or raise it (policy set --per-payment)"};
    if (m_policy.allowedScripts.empty())
        return {};
    for (const ReviewedOutput& output : reviewed.outputs) {
        const auto& allowed = m_policy.allowedScripts;
        if (!output.own &&
            std::find(allowed.begin(), allowed.end(), output.output.script) == allowed.end())
            return Error{ErrorCode::Conflict, "the recipient " + nameOf(output.output.script) +
                                                  " is not on the allow-list: add it first "
                                                  "(policy set --allow)"};
    }
    return {};
}

Result<GateDecision> PolicyGate::approve(bitcoin::Psbt psbt, ReviewedPayment reviewed,
                                         std::span<const OwnDescriptors> accounts,
                                         std::span<const bitcoin::TransactionPointer> previous,
                                         const SpendCounters& counters, std::int64_t nowMs) const
{
    if (m_policy.state == PolicyState::Frozen)
        return Error{ErrorCode::Conflict, "the wallet is frozen, nothing is signed: unfreeze it "
                                          "first (policy set --state active)"};
    for (const OwnDescriptors& account : accounts) {
        if (account.receive.network() != m_network ||
            (account.change && account.change->network() != m_network))
            return Error{ErrorCode::WrongNetwork, "account of another network"};
    }
    TRY(compareTransaction(psbt.unsignedTransaction(), reviewed));
    TRY(psbt.unsignedTransaction().checkStructure());
    const Owners owners(accounts);
    auto spent = TRY(proveSpent(psbt, collectPrevious(psbt, previous), reviewed));
    auto ownInputs = TRY(approveInputs(psbt, reviewed, spent, owners));
    const PaymentEffects effects = TRY(effectsOf(reviewed, spent, owners));
    TRY(checkLimits(effects, reviewed));

    SpendCounters::Spent payment;
    payment.intent = reviewed.intent;
    payment.atMs = nowMs;
    payment.amount = std::max<std::int64_t>(effects.leaving, 0);
    for (const ApprovedInput& input : ownInputs)
        payment.inputs.push_back(reviewed.inputs[input.index].point);
    SpendCounters updated = counters.with(std::move(payment), nowMs);
    if (m_policy.perDay && updated.sum(nowMs) > *m_policy.perDay)
        return Error{ErrorCode::Conflict,
                     std::to_string(updated.sum(nowMs)) + " sat would have left in 24 hours, the " +
                         "policy allows " + std::to_string(*m_policy.perDay) +
                         ": wait, pay less, or raise it (policy set --per-day)"};
    if (updated.spent.size() > kMaxCountedPayments)
        return Error{ErrorCode::Conflict, "too many payments in 24 hours"};

    GateApproved approved(std::move(psbt), std::move(reviewed));
    approved.m_effects = effects;
    approved.m_ownInputs = std::move(ownInputs);
    approved.m_spent = std::move(spent);
    approved.m_network = m_network;
    return GateDecision{std::move(approved), std::move(updated)};
}

} // namespace coffer::signing
