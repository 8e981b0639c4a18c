// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/transaction_builder_assembly.h"

#include "core/bitcoin/psbt/psbt_roles.h"

namespace coffer::bitcoin::assembly {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

Transaction unsignedTransaction(const Plan& plan)
{
    Transaction transaction;
    transaction.version = 2;
    transaction.lockTime = plan.lockTime;
    for (const Coin& coin : plan.inputs) {
        TxInput input;
        input.previous = coin.point;
        input.sequence = kSequenceReplaceable;
        transaction.inputs.push_back(std::move(input));
    }
    for (const BuiltOutput& output : plan.outputs)
        transaction.outputs.push_back(output.output);
    return transaction;
}

Result<void> addInput(BuiltTransaction& built, std::size_t index, const Coin& coin,
                      const WalletState& wallet)
{
    TransactionPointer previous = wallet.graph.transaction(coin.point.txid);
    if (!previous)
        return Error{ErrorCode::NotFound, "the transaction of a coin is missing"};
    const Descriptor* descriptor =
        TRY(wallet.index.descriptor(coin.owner.account, coin.owner.role));
    const DescriptorOutput expanded = TRY(descriptor->expand(coin.owner.index));
    TRY(updateInput(built.psbt, index, *previous, expanded));
    built.inputs.push_back({coin, std::move(previous)});
    return {};
}

Result<void> describeOutput(BuiltTransaction& built, std::size_t index, const ScriptOwner& owner,
                            const WalletState& wallet)
{
    const Descriptor* descriptor = TRY(wallet.index.descriptor(owner.account, owner.role));
    const DescriptorOutput expanded = TRY(descriptor->expand(owner.index));
    if (expanded.script != built.outputs[index].output.script)
        return {}; // Another script of a combo() descriptor: paid, but not described.
    return updateOutput(built.psbt, index, expanded);
}

} // namespace

Result<BuiltTransaction> assemble(Plan plan, const WalletState& wallet)
{
    const Transaction transaction = unsignedTransaction(plan);
    TRY(transaction.checkStructure());
    Psbt psbt = TRY(Psbt::create(transaction, plan.psbtVersion));
    BuiltTransaction built(std::move(psbt));
    built.outputs = std::move(plan.outputs);
    for (std::size_t i = 0; i < plan.inputs.size(); ++i)
        TRY(addInput(built, i, plan.inputs[i], wallet));
    std::int64_t inputSum = 0;
    for (const Coin& coin : plan.inputs)
        inputSum = TRY(addMoney(inputSum, coin.output.amount));
    std::int64_t outputSum = 0;
    for (std::size_t i = 0; i < built.outputs.size(); ++i) {
        const BuiltOutput& output = built.outputs[i];
        outputSum = TRY(addMoney(outputSum, output.output.amount));
        if (output.owner)
            TRY(describeOutput(built, i, *output.owner, wallet));
        if (output.change)
            built.changeIndex = i;
        else
            built.amount += output.output.amount;
    }
    if (outputSum > inputSum)
        return Error{ErrorCode::Internal, "outputs exceed inputs"};
    built.fee = inputSum - outputSum;
    built.vsize = (plan.weight + 3) / 4;
    built.feeRate = FeeRate::of(built.fee, built.vsize);
    if (built.fee > kMaxFee)
        return Error{ErrorCode::FeeOutOfBounds, "the fee would be above 0.1 BTC"};
    built.algorithm = plan.algorithm;
    built.notWorth = std::move(plan.notWorth);
    built.tooDeep = std::move(plan.tooDeep);
    built.replaces = std::move(plan.replaces);
    return built;
}

Result<std::int64_t> inputWeightOf(const ScriptOwner& owner, const WalletState& wallet)
{
    const Descriptor* descriptor = TRY(wallet.index.descriptor(owner.account, owner.role));
    const auto weight = descriptor->inputWeight();
    if (!weight)
        return Error{ErrorCode::Unsupported, "nobody knows how to spend from this account"};
    return *weight;
}

Result<CoinCandidate> candidateOf(const Coin& coin, const WalletState& wallet)
{
    CoinCandidate candidate;
    candidate.point = coin.point;
    candidate.amount = coin.output.amount;
    candidate.inputWeight = TRY(inputWeightOf(coin.owner, wallet));
    candidate.script = coin.output.script;
    candidate.type = classify(coin.output.script);
    candidate.confirmations = coin.confirmations;
    candidate.unconfirmedAncestors = coin.unconfirmedAncestors;
    const TransactionView* creator = wallet.view.find(coin.point.txid);
    candidate.ownOrigin = creator && creator->allInputsOurs;
    return candidate;
}

Result<ChangePlace> changePlaceFor(const OwnedScript& script, const WalletState& wallet)
{
    ChangePlace place;
    place.script = script;
    place.outputWeight = outputWeight(script.script);
    place.inputWeight = TRY(inputWeightOf(script.owner, wallet));
    place.dust = std::max(dustThreshold(script.script, kDiscardFeeRate.satPerKvB()),
                          dustThreshold(script.script));
    return place;
}

Result<ChangePlace> changePlaceOf(const AccountId& account, const WalletState& wallet)
{
    auto script = wallet.index.nextUnused(account, DescriptorRole::Change);
    // A watch-only account of one descriptor gets its change there.
    if (!script)
        script = wallet.index.nextUnused(account, DescriptorRole::Receive);
    if (!script)
        return script.error();
    return changePlaceFor(*script, wallet);
}

Witnesses witnessesOf(const AccountId& account, const WalletState& wallet)
{
    const auto descriptor = wallet.index.descriptor(account, DescriptorRole::Receive);
    if (!descriptor)
        return Witnesses::Some;
    const ScriptType type = (*descriptor)->scriptType();
    const bool legacy = type == ScriptType::P2pkh || type == ScriptType::Multisig ||
                        (type == ScriptType::P2sh && !(*descriptor)->isNestedWitness());
    // combo() has every type; unknown scripts are taken for the larger form.
    return legacy ? Witnesses::None : Witnesses::Some;
}

std::int64_t weightOfOutputs(const std::vector<TxOutput>& outputs, Witnesses witnesses)
{
    std::int64_t weight = transactionOverheadWeight(1, outputs.size());
    if (witnesses == Witnesses::None)
        weight -= 2;
    for (const TxOutput& output : outputs)
        weight += outputWeight(output.script);
    return weight;
}

BuiltOutput outputTo(TxOutput output, const WalletState& wallet)
{
    BuiltOutput built;
    built.owner = wallet.index.lookup(output.script);
    built.output = std::move(output);
    return built;
}

} // namespace coffer::bitcoin::assembly
