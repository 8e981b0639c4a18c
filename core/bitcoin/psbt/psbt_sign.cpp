// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/psbt/psbt_roles.h"
#include "core/crypto/hash.h"

#include <algorithm>

namespace coffer::bitcoin {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

template <std::size_t N>
base::ByteArray<N> arrayOf(ByteView bytes)
{
    base::ByteArray<N> out{};
    ASSERT(bytes.size() == N);
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

/// What stands between the output script and the keys.
struct Unwrapped
{
    Script script; ///< The innermost one.
    bool witness = false;
    bool taproot = false;
};

Result<Unwrapped> unwrap(const PsbtInput& input, const Script& outputScript)
{
    Unwrapped inner{outputScript, false, false};
    ScriptType type = classify(inner.script);
    if (type == ScriptType::P2sh) {
        if (input.redeemScript.empty())
            return Error{ErrorCode::NotFound, "no redeem script"};
        if (p2shOf(input.redeemScript) != inner.script)
            return Error{ErrorCode::Unproved, "redeem script does not fit the output"};
        inner.script = input.redeemScript;
        type = classify(inner.script);
        if (type == ScriptType::P2sh || type == ScriptType::P2tr)
            return Error{ErrorCode::Unsupported, "script inside a script hash"};
    } else if (!input.redeemScript.empty()) {
        return Error{ErrorCode::Unproved, "redeem script for an output without a script hash"};
    }
    if (type == ScriptType::P2wsh) {
        if (input.witnessScript.empty())
            return Error{ErrorCode::NotFound, "no witness script"};
        if (p2wshOf(input.witnessScript) != inner.script)
            return Error{ErrorCode::Unproved, "witness script does not fit the output"};
        return Unwrapped{input.witnessScript, true, false};
    }
    if (!input.witnessScript.empty())
        return Error{ErrorCode::Unproved, "witness script for an output without one"};
    if (type == ScriptType::P2wpkh) {
        const auto program = witnessProgram(inner.script);
        return Unwrapped{p2wpkhScriptCode(arrayOf<20>(program->program)), true, false};
    }
    if (type == ScriptType::P2tr)
        return Unwrapped{{}, true, true};
    if (type == ScriptType::UnknownWitness || type == ScriptType::P2a)
        return Error{ErrorCode::Unsupported, "witness version"};
    return inner;
}

Result<std::uint8_t> hashTypeOf(const PsbtInput& input, const Unwrapped& inner)
{
    const std::uint8_t usual = inner.taproot ? kSighashDefault : kSighashAll;
    if (!input.sighash)
        return usual;
    if (*input.sighash == kSighashAll || (inner.taproot && *input.sighash == kSighashDefault))
        return static_cast<std::uint8_t>(*input.sighash);
    return Error{ErrorCode::Rejected,
                 sighashName(*input.sighash) + " is not signed, only ALL and DEFAULT are"};
}

/// Whether the script wants a signature of this key.
bool wantsKey(const Script& script, const crypto::PublicKey& key)
{
    const ByteView bytes = key.bytes();
    switch (classify(script)) {
    case ScriptType::P2pkh:
        return script == p2pkh(key.hash160());
    case ScriptType::P2pk:
        return script == p2pk(bytes);
    case ScriptType::Multisig: {
        const auto multi = multisigTemplate(script);
        return multi && std::any_of(multi->keys.begin(), multi->keys.end(),
                                    [&](const Bytes& k) { return base::equal(k, bytes); });
    }
    default:
        return false;
    }
}

Result<bool> signEcdsaInput(Psbt& psbt, std::size_t index, const SigningPlan& plan,
                            const crypto::PrivateKey& key)
{
    const crypto::PublicKey publicKey = key.publicKey();
    if (!wantsKey(plan.scriptCode, publicKey))
        return false;
    const Transaction& transaction = psbt.unsignedTransaction();
    const Hash256 digest =
        plan.kind == SignatureKind::Legacy
            ? legacySighash(transaction, index, plan.scriptCode, plan.hashType)
            : SighashCache(transaction)
                  .witnessV0(index, plan.scriptCode, plan.spent.amount, plan.hashType);
    Bytes signature = crypto::signEcdsa(key, digest);
    // A bit flipped by the hardware would give a signature that betrays the key.
    if (!crypto::verifyEcdsa(publicKey, digest, signature))
        return Error{ErrorCode::Internal, "own signature does not verify"};
    signature.push_back(plan.hashType);
    TRY(psbt.setInputField(index, psbt_type::kInPartialSignature, publicKey.bytes(),
                           std::move(signature)));
    return true;
}

Result<bool> signTaprootInput(Psbt& psbt, std::size_t index, const SigningPlan& plan,
                              const crypto::PrivateKey& key, const crypto::Hash256& auxiliary)
{
    const PsbtInput input = psbt.input(index);
    const crypto::XOnlyPublicKey internal = key.publicKey().xOnly();
    if (input.tapInternalKey && *input.tapInternalKey != internal.bytes())
        return false;
    const auto output = crypto::taprootTweak(internal, input.tapMerkleRoot);
    if (!output || p2tr(output->key.bytes()) != plan.spent.script)
        return false;
    const std::vector<TxOutput> spent = TRY(spentOutputs(psbt));
    const SighashCache cache(psbt.unsignedTransaction(), spent);
    const Hash256 digest = TRY(cache.taprootKeyPath(index, plan.hashType));
    const auto tweaked = TRY(crypto::taprootTweakPrivate(key, input.tapMerkleRoot));
    Bytes signature = base::bytesOf(crypto::signSchnorr(tweaked, digest, auxiliary));
    if (!crypto::verifySchnorr(output->key, digest, signature))
        return Error{ErrorCode::Internal, "own signature does not verify"};
    if (plan.hashType != kSighashDefault)
        signature.push_back(plan.hashType);
    TRY(psbt.setInputField(index, psbt_type::kInTapKeySignature, {}, std::move(signature)));
    return true;
}

} // namespace

Result<SigningPlan> planSignature(const Psbt& psbt, std::size_t index)
{
    if (index >= psbt.inputCount())
        return Error{ErrorCode::OutOfRange, "no such input"};
    const PsbtInput input = psbt.input(index);
    SpentOutput spent = TRY(spentOutput(psbt, index));
    Unwrapped inner = TRY(unwrap(input, spent.output.script));
    // Before segwit a signature does not commit to the amount: only the whole transaction proves
    // it.
    if (!inner.witness && !spent.proved)
        return Error{ErrorCode::Unproved, "a legacy input needs its previous transaction"};
    SigningPlan plan;
    plan.hashType = TRY(hashTypeOf(input, inner));
    plan.kind = inner.taproot   ? SignatureKind::TaprootKeyPath
                : inner.witness ? SignatureKind::WitnessV0
                                : SignatureKind::Legacy;
    plan.scriptCode = std::move(inner.script);
    plan.spent = std::move(spent.output);
    return plan;
}

Result<bool> signInput(Psbt& psbt, std::size_t index, const crypto::PrivateKey& key,
                       const crypto::Hash256& auxiliaryRandom)
{
    const SigningPlan plan = TRY(planSignature(psbt, index));
    if (psbt.input(index).isFinal())
        return false;
    if (plan.kind == SignatureKind::TaprootKeyPath)
        return signTaprootInput(psbt, index, plan, key, auxiliaryRandom);
    return signEcdsaInput(psbt, index, plan, key);
}

namespace {

struct Final
{
    Script scriptSig;
    std::vector<Bytes> witness;
};

/// The stack that satisfies a script, or nothing while signatures are missing.
std::optional<std::vector<Bytes>> satisfy(const Script& script, const PsbtInput& input,
                                          std::uint8_t hashType)
{
    const auto usable = [&](const Bytes& signature) {
        return !signature.empty() && signature.back() == hashType;
    };
    const ScriptType type = classify(script);
    if (type == ScriptType::Multisig) {
        const auto multi = multisigTemplate(script);
        if (!multi)
            return std::nullopt;
        std::vector<Bytes> stack(1); // CHECKMULTISIG pops one item too many.
        for (const Bytes& key : multi->keys) {
            const auto found = input.partialSignatures.find(key);
            if (found != input.partialSignatures.end() && usable(found->second) &&
                stack.size() <= static_cast<std::size_t>(multi->required))
                stack.push_back(found->second);
        }
        if (stack.size() != static_cast<std::size_t>(multi->required) + 1)
            return std::nullopt;
        return stack;
    }
    for (const auto& [key, signature] : input.partialSignatures) {
        if (!usable(signature))
            continue;
        if (type == ScriptType::P2pkh && script == p2pkh(crypto::hash160(key)))
            return std::vector<Bytes>{signature, key};
        if (type == ScriptType::P2pk && script == p2pk(key))
            return std::vector<Bytes>{signature};
    }
    return std::nullopt;
}

std::optional<Final> finalOf(const PsbtInput& input, const SigningPlan& plan)
{
    Final result;
    if (plan.kind == SignatureKind::TaprootKeyPath) {
        if (input.tapKeySignature.empty())
            return std::nullopt;
        result.witness.push_back(input.tapKeySignature);
        return result;
    }
    auto stack = satisfy(plan.scriptCode, input, plan.hashType);
    if (!stack)
        return std::nullopt;
    if (!input.witnessScript.empty())
        stack->push_back(input.witnessScript);
    if (plan.kind == SignatureKind::WitnessV0) {
        result.witness = std::move(*stack);
    } else {
        for (const Bytes& item : *stack)
            appendPush(result.scriptSig, item);
    }
    if (!input.redeemScript.empty())
        appendPush(result.scriptSig, input.redeemScript);
    return result;
}

/// BIP174, "Input Finalizer": all but utxos and unknown fields goes; BIP370 keeps what the input
/// is.
constexpr std::uint64_t kClearedTypes[] = {psbt_type::kInPartialSignature,
                                           psbt_type::kInSighash,
                                           psbt_type::kInRedeemScript,
                                           psbt_type::kInWitnessScript,
                                           psbt_type::kInDerivation,
                                           psbt_type::kInRipemd160,
                                           psbt_type::kInSha256,
                                           psbt_type::kInHash160,
                                           psbt_type::kInHash256,
                                           psbt_type::kInTapKeySignature,
                                           psbt_type::kInTapLeafScript,
                                           psbt_type::kInTapDerivation,
                                           psbt_type::kInTapScriptSignature,
                                           psbt_type::kInTapInternalKey,
                                           psbt_type::kInTapMerkleRoot,
                                           psbt_type::kInMusigParticipants,
                                           psbt_type::kInMusigNonce,
                                           psbt_type::kInMusigSignature};

Bytes serializeWitness(const std::vector<Bytes>& stack)
{
    base::ByteWriter out;
    out.compactSize(stack.size());
    for (const Bytes& item : stack) {
        out.compactSize(item.size());
        out.append(item);
    }
    return out.take();
}

bool finaliseInput(Psbt& psbt, std::size_t index)
{
    const PsbtInput input = psbt.input(index);
    if (input.isFinal())
        return true;
    const auto plan = planSignature(psbt, index);
    if (!plan)
        return false;
    const auto result = finalOf(input, *plan);
    if (!result)
        return false;
    for (const std::uint64_t type : kClearedTypes)
        psbt.eraseInputField(index, type);
    bool stored = true;
    if (!result->scriptSig.empty())
        stored = static_cast<bool>(
            psbt.setInputField(index, psbt_type::kInFinalScriptSig, {}, result->scriptSig));
    if (stored && !result->witness.empty())
        stored = static_cast<bool>(psbt.setInputField(index, psbt_type::kInFinalWitness, {},
                                                      serializeWitness(result->witness)));
    ASSERT(stored); // Both fields take any script and any stack.
    return true;
}

} // namespace

std::size_t finalise(Psbt& psbt)
{
    std::size_t final = 0;
    for (std::size_t i = 0; i < psbt.inputCount(); ++i)
        final += finaliseInput(psbt, i) ? 1 : 0;
    return final;
}

} // namespace coffer::bitcoin
