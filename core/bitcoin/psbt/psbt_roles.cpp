// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/psbt/psbt_roles.h"

#include "core/bitcoin/verify.h"
#include "core/crypto/hash.h"

#include <algorithm>

namespace coffer::bitcoin {

using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

/// BIP341, "Constructing and spending Taproot outputs".
Hash256 leafHash(const TaprootLeaf& leaf)
{
    ByteWriter out;
    out.u8(leaf.version);
    out.compactSize(leaf.script.size());
    out.append(leaf.script);
    return crypto::taggedHash("TapLeaf", out.view());
}

bool containsKey(const Script& script, ByteView key)
{
    return std::search(script.begin(), script.end(), key.begin(), key.end()) != script.end();
}

/// The value of a taproot derivation: the leaves that use the key, and its origin.
Bytes tapDerivationValue(const TaprootInfo& taproot, ByteView xOnly, const KeyOrigin& origin)
{
    std::vector<Hash256> hashes;
    for (const TaprootLeaf& leaf : taproot.leaves) {
        if (containsKey(leaf.script, xOnly))
            hashes.push_back(leafHash(leaf));
    }
    ByteWriter out;
    out.compactSize(hashes.size());
    for (const Hash256& hash : hashes)
        out.append(hash);
    out.append(encodeKeyOrigin(origin));
    return out.take();
}

bool isWitness(const DescriptorOutput& coin)
{
    return witnessProgram(coin.script).has_value() || witnessProgram(coin.redeemScript).has_value();
}

Result<void> setIfAny(Psbt& psbt, std::size_t index, std::uint64_t type, const Script& script)
{
    return script.empty() ? Result<void>() : psbt.setInputField(index, type, {}, script);
}

Result<void> setKeys(Psbt& psbt, std::size_t index, const DescriptorOutput& coin)
{
    if (coin.taproot) {
        TRY(psbt.setInputField(index, psbt_type::kInTapInternalKey, {},
                               base::bytesOf(coin.taproot->internalKey)));
        if (coin.taproot->merkleRoot)
            TRY(psbt.setInputField(index, psbt_type::kInTapMerkleRoot, {},
                                   base::bytesOf(*coin.taproot->merkleRoot)));
    }
    for (const DerivedKey& key : coin.keys) {
        if (!coin.taproot) {
            TRY(psbt.setInputField(index, psbt_type::kInDerivation, key.publicKey,
                                   encodeKeyOrigin(key.origin)));
            continue;
        }
        const ByteView xOnly = ByteView(key.publicKey).subspan(1, 32);
        TRY(psbt.setInputField(index, psbt_type::kInTapDerivation, xOnly,
                               tapDerivationValue(*coin.taproot, xOnly, key.origin)));
    }
    return {};
}

} // namespace

Result<void> updateInput(Psbt& psbt, std::size_t index, const Transaction& previous,
                         const DescriptorOutput& coin, UtxoFields fields)
{
    if (index >= psbt.inputCount())
        return Error{ErrorCode::OutOfRange, "no such input"};
    const OutPoint point = psbt.unsignedTransaction().inputs[index].previous;
    if (previous.txid() != point.txid || point.index >= previous.outputs.size() ||
        previous.outputs[point.index].script != coin.script)
        return Error{ErrorCode::Conflict, "another coin than the input spends"};
    const bool taproot = classify(coin.script) == ScriptType::P2tr;
    const bool witness = isWitness(coin);
    if (witness)
        TRY(psbt.setInputField(index, psbt_type::kInWitnessUtxo, {},
                               serializeOutput(previous.outputs[point.index])));
    if (!witness || (!taproot && fields == UtxoFields::Both))
        TRY(psbt.setInputField(index, psbt_type::kInNonWitnessUtxo, {}, previous.serialize()));
    TRY(setIfAny(psbt, index, psbt_type::kInRedeemScript, coin.redeemScript));
    TRY(setIfAny(psbt, index, psbt_type::kInWitnessScript, coin.witnessScript));
    return setKeys(psbt, index, coin);
}

Result<void> updateOutput(Psbt& psbt, std::size_t index, const DescriptorOutput& output)
{
    if (index >= psbt.outputCount())
        return Error{ErrorCode::OutOfRange, "no such output"};
    if (psbt.unsignedTransaction().outputs[index].script != output.script)
        return Error{ErrorCode::Conflict, "another script than the output pays"};
    if (!output.redeemScript.empty())
        TRY(psbt.setOutputField(index, psbt_type::kOutRedeemScript, {}, output.redeemScript));
    if (!output.witnessScript.empty())
        TRY(psbt.setOutputField(index, psbt_type::kOutWitnessScript, {}, output.witnessScript));
    if (output.taproot)
        TRY(psbt.setOutputField(index, psbt_type::kOutTapInternalKey, {},
                                base::bytesOf(output.taproot->internalKey)));
    for (const DerivedKey& key : output.keys) {
        if (!output.taproot) {
            TRY(psbt.setOutputField(index, psbt_type::kOutDerivation, key.publicKey,
                                    encodeKeyOrigin(key.origin)));
            continue;
        }
        const ByteView xOnly = ByteView(key.publicKey).subspan(1, 32);
        TRY(psbt.setOutputField(index, psbt_type::kOutTapDerivation, xOnly,
                                tapDerivationValue(*output.taproot, xOnly, key.origin)));
    }
    return {};
}

Result<void> addGlobalXpub(Psbt& psbt, ByteView serializedXpub, const KeyOrigin& origin)
{
    return psbt.setGlobalField(psbt_type::kGlobalXpub, serializedXpub, encodeKeyOrigin(origin));
}

Result<SpentOutput> spentOutput(const Psbt& psbt, std::size_t index)
{
    const PsbtInput input = psbt.input(index);
    if (!input.nonWitnessUtxo) {
        if (!input.witnessUtxo)
            return Error{ErrorCode::NotFound, "the PSBT does not hold the coin of an input"};
        return SpentOutput{*input.witnessUtxo, false};
    }
    // Its hash and index were checked when it entered the PSBT.
    const TxOutput& output = input.nonWitnessUtxo->outputs[input.previous.index];
    if (input.witnessUtxo && *input.witnessUtxo != output)
        return Error{ErrorCode::Unproved, "witness utxo differs from the previous transaction"};
    if (!isMoney(output.amount))
        return Error{ErrorCode::OutOfRange, "amount of a spent output"};
    return SpentOutput{output, true};
}

Result<std::vector<TxOutput>> spentOutputs(const Psbt& psbt)
{
    std::vector<TxOutput> outputs;
    for (std::size_t i = 0; i < psbt.inputCount(); ++i) {
        auto spent = TRY(spentOutput(psbt, i));
        outputs.push_back(std::move(spent.output));
    }
    return outputs;
}

Result<std::int64_t> feeOf(const Psbt& psbt)
{
    const auto spent = TRY(spentOutputs(psbt));
    std::int64_t sum = 0;
    for (const TxOutput& output : spent)
        sum = TRY(addMoney(sum, output.amount));
    const std::int64_t paid = TRY(psbt.unsignedTransaction().outputSum());
    if (paid > sum)
        return Error{ErrorCode::OutOfRange, "outputs exceed inputs"};
    return sum - paid;
}

Result<Psbt> combine(std::span<const Psbt> psbts)
{
    if (psbts.empty())
        return Error{ErrorCode::Malformed, "nothing to combine"};
    Psbt combined = psbts[0];
    for (const Psbt& psbt : psbts.subspan(1))
        TRY(combined.merge(psbt));
    return combined;
}

Result<Transaction> extract(const Psbt& psbt)
{
    if (!psbt.isComplete())
        return Error{ErrorCode::Rejected, "the PSBT is not fully signed"};
    Transaction transaction = psbt.unsignedTransaction();
    for (std::size_t i = 0; i < transaction.inputs.size(); ++i) {
        const PsbtInput input = psbt.input(i);
        transaction.inputs[i].scriptSig = input.finalScriptSig.value_or(Script{});
        transaction.inputs[i].witness = input.finalWitness.value_or(std::vector<Bytes>{});
    }
    const auto spent = spentOutputs(psbt);
    if (!spent)
        return transaction; // Nothing to check against.
    for (std::size_t i = 0; i < transaction.inputs.size(); ++i) {
        const auto verified = verifyInput(transaction, i, *spent);
        if (!verified && verified.error().code != ErrorCode::Unsupported)
            return verified.error();
    }
    return transaction;
}

} // namespace coffer::bitcoin
