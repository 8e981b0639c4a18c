// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/psbt_report.h"

#include "core/bitcoin/psbt/psbt_roles.h"
#include "core/bitcoin/wallet/coin_selection.h"
#include "core/crypto/hash.h"

#include <algorithm>

namespace coffer::bitcoin {

namespace {

using base::Bytes;
using base::ByteView;

/// Outpoint, sequence and the scriptSig's length.
constexpr std::int64_t kBareInputWeight = 4 * (36 + 4 + 1);
/// A DER signature with its hash type and push, at its largest.
constexpr std::int64_t kSignatureSize = 73;
constexpr std::int64_t kNestedScriptSize = 35; // A push of a P2WSH program.

/// The script whose template says who signs, and how it is wrapped.
struct Inner
{
    Script script;
    bool witness = false;
    bool nested = false;
    bool known = true; ///< False: the PSBT does not hold the script behind a hash.
};

Inner innerOf(const PsbtInput& input, const Script& spent)
{
    Inner inner;
    inner.script = spent;
    auto type = classify(spent);
    if (type == ScriptType::P2sh) {
        inner.known = !input.redeemScript.empty() && p2shOf(input.redeemScript) == spent;
        inner.script = input.redeemScript;
        inner.nested = true;
        type = classify(inner.script);
    }
    if (type == ScriptType::P2wsh) {
        inner.known = inner.known && !input.witnessScript.empty() &&
                      p2wshOf(input.witnessScript) == inner.script;
        inner.script = input.witnessScript;
        inner.witness = true;
    } else {
        inner.witness = type == ScriptType::P2wpkh || type == ScriptType::P2tr;
    }
    return inner;
}

std::optional<KeyOrigin> originOf(const std::vector<PsbtDerivation>& derivations, const Bytes& key)
{
    for (const auto& derivation : derivations) {
        if (derivation.publicKey == key)
            return derivation.origin;
    }
    return std::nullopt;
}

/// The one key of a script that holds only its hash.
PsbtSigner hashedSigner(const PsbtInput& input, base::ByteView keyHash)
{
    PsbtSigner signer;
    const auto fits = [&](const Bytes& key) { return base::equal(crypto::hash160(key), keyHash); };
    for (const auto& [key, signature] : input.partialSignatures) {
        if (fits(key))
            signer = {key, std::nullopt, true};
    }
    for (const auto& derivation : input.derivations) {
        if (fits(derivation.publicKey)) {
            signer.publicKey = derivation.publicKey;
            signer.origin = derivation.origin;
        }
    }
    return signer;
}

void tellSigners(PsbtInputReport& report, const PsbtInput& input, const Inner& inner)
{
    if (!inner.known)
        return;
    const auto single = [&](PsbtSigner signer) {
        report.required = 1;
        report.signers.push_back(std::move(signer));
    };
    const base::ByteView script = inner.script;
    switch (classify(script)) {
    case ScriptType::P2pkh:
        single(hashedSigner(input, script.subspan(3, 20)));
        break;
    case ScriptType::P2wpkh:
        single(hashedSigner(input, script.subspan(2, 20)));
        break;
    case ScriptType::P2pk: {
        const Bytes key = base::bytesOf(script.subspan(1, script.size() - 2));
        single({key, originOf(input.derivations, key), input.partialSignatures.contains(key)});
        break;
    }
    case ScriptType::P2tr: {
        const Bytes key = input.tapInternalKey ? base::bytesOf(*input.tapInternalKey) : Bytes();
        single({key, originOf(input.tapDerivations, key), !input.tapKeySignature.empty()});
        break;
    }
    case ScriptType::Multisig:
        if (const auto multi = multisigTemplate(script)) {
            report.required = multi->required;
            for (const Bytes& key : multi->keys)
                report.signers.push_back(
                    {key, originOf(input.derivations, key), input.partialSignatures.contains(key)});
        }
        break;
    default:
        break;
    }
    report.signatures = static_cast<int>(std::ranges::count_if(
        report.signers, [](const PsbtSigner& signer) { return signer.hasSigned; }));
}

std::optional<std::int64_t> weightOf(const Inner& inner, const Script& spent)
{
    if (!inner.known)
        return std::nullopt;
    const auto multi = multisigTemplate(inner.script);
    if (!multi)
        return inner.nested && !inner.witness ? std::nullopt : inputWeight(classify(spent));
    const auto scriptSize = static_cast<std::int64_t>(inner.script.size()) + 3;
    const std::int64_t stack = 2 + multi->required * kSignatureSize;
    if (!inner.witness)
        return kBareInputWeight + 4 * (2 + stack + (inner.nested ? scriptSize : 0));
    return kBareInputWeight + (inner.nested ? 4 * kNestedScriptSize : 0) + stack + scriptSize;
}

/// Own descriptors by the path of their keys, without the last step.
class OwnPaths
{
public:
    explicit OwnPaths(const ScriptIndex& index)
        : m_index(index)
    {
        for (const auto& state : index.states()) {
            const auto descriptor = index.descriptor(state.account, state.role);
            const auto first = descriptor ? (*descriptor)->expand(0) : base::Error{};
            if (!first || !(*descriptor)->isRanged())
                continue;
            for (const auto& key : first->keys) {
                auto origin = key.origin;
                if (origin.path.empty())
                    continue;
                origin.path.pop_back();
                m_paths.push_back({state.account, state.role, std::move(origin)});
            }
        }
    }

    /// Where a derivation says that its key stands in this wallet.
    std::optional<ScriptOwner> claimed(const KeyOrigin& origin) const
    {
        if (origin.path.empty() || origin.path.back() >= 0x80000000U)
            return std::nullopt;
        auto parent = origin;
        parent.path.pop_back();
        for (const auto& path : m_paths) {
            if (path.origin == parent)
                return ScriptOwner{path.account, path.role, origin.path.back()};
        }
        return std::nullopt;
    }

    bool derives(const ScriptOwner& owner, const Script& script) const
    {
        const auto derived = m_index.scriptAt(owner);
        return derived && *derived == script;
    }

private:
    struct Path
    {
        AccountId account;
        DescriptorRole role;
        KeyOrigin origin;
    };
    const ScriptIndex& m_index;
    std::vector<Path> m_paths;
};

void tellOwner(PsbtReport& report, std::size_t at, const PsbtOutput& output, const OwnPaths& paths,
               const ScriptIndex& index)
{
    auto& told = report.outputs[at];
    told.owner = index.lookup(output.script);
    if (told.owner)
        return;
    auto derivations = output.derivations;
    derivations.insert(derivations.end(), output.tapDerivations.begin(),
                       output.tapDerivations.end());
    bool claims = false;
    for (const auto& derivation : derivations) {
        const auto owner = paths.claimed(derivation.origin);
        if (!owner)
            continue;
        claims = true;
        if (paths.derives(*owner, output.script))
            told.owner = owner;
    }
    if (claims)
        report.problems.push_back({told.owner ? "beyond_window" : "false_claim", std::nullopt, at});
}

bool isUsualSighash(std::uint32_t type, const Script& spent)
{
    return type == kSighashAll || (type == kSighashDefault && classify(spent) == ScriptType::P2tr);
}

PsbtInputReport tellInput(PsbtReport& report, const Psbt& psbt, std::size_t at,
                          const ScriptIndex* index)
{
    const PsbtInput input = psbt.input(at);
    PsbtInputReport told;
    told.point = input.previous;
    told.sighash = input.sighash;
    told.final = input.isFinal();
    const auto problem = [&](std::string_view rule) {
        report.problems.push_back({rule, at, std::nullopt});
    };
    const auto spent = spentOutput(psbt, at);
    if (!spent) {
        problem(spent.error().code == base::ErrorCode::NotFound ? "utxo_missing" : "utxo_conflict");
        return told;
    }
    told.spent = spent->output;
    told.proved = spent->proved;
    if (index)
        told.owner = index->lookup(spent->output.script);
    // A taproot signature commits to every amount: the output alone is enough there.
    if (!spent->proved && classify(spent->output.script) != ScriptType::P2tr)
        problem("amount_unproved");
    if (input.sighash && !isUsualSighash(*input.sighash, spent->output.script))
        problem("sighash");
    if (!told.final)
        tellSigners(told, input, innerOf(input, spent->output.script));
    return told;
}

void tellSums(PsbtReport& report, const Psbt& psbt)
{
    const auto outputs = psbt.unsignedTransaction().outputSum();
    report.outputSum = outputs ? *outputs : 0;
    std::int64_t sum = 0;
    for (const auto& input : report.inputs) {
        if (!input.spent)
            return;
        const auto next = addMoney(sum, input.spent->amount);
        if (!next)
            return;
        sum = *next;
    }
    report.inputSum = sum;
    if (!outputs || *outputs > sum)
        report.problems.push_back({"outputs_exceed_inputs", std::nullopt, std::nullopt});
    else
        report.fee = sum - *outputs;
}

void tellSize(PsbtReport& report, const Psbt& psbt)
{
    const Transaction& transaction = psbt.unsignedTransaction();
    std::int64_t weight =
        transactionOverheadWeight(transaction.inputs.size(), transaction.outputs.size());
    for (const auto& output : transaction.outputs)
        weight += outputWeight(output.script);
    std::int64_t legacy = 0;
    for (std::size_t i = 0; i < report.inputs.size(); ++i) {
        if (!report.inputs[i].spent)
            return;
        const Script& spent = report.inputs[i].spent->script;
        // A final input of a type that is not sized alone: only the whole transaction tells.
        const Inner inner = innerOf(psbt.input(i), spent);
        const auto input = weightOf(inner, spent);
        if (!input)
            return;
        weight += *input;
        legacy += inner.witness ? 0 : 1;
    }
    // Marker and flag only where there is a witness; then the others have an empty one.
    if (legacy == static_cast<std::int64_t>(report.inputs.size()))
        weight -= 2;
    else
        weight += legacy;
    report.vsize = (weight + 3) / 4;
}

/// The id, if what is still missing cannot change it: witnesses do not, scriptSigs do.
std::optional<Txid> txidOf(const PsbtReport& report, const Psbt& psbt)
{
    Transaction transaction = psbt.unsignedTransaction();
    for (std::size_t i = 0; i < transaction.inputs.size(); ++i) {
        const PsbtInput input = psbt.input(i);
        if (input.isFinal()) {
            transaction.inputs[i].scriptSig = input.finalScriptSig.value_or(Script{});
            continue;
        }
        if (!report.inputs[i].spent)
            return std::nullopt;
        const Script& spent = report.inputs[i].spent->script;
        if (witnessProgram(spent))
            continue;
        if (!witnessProgram(input.redeemScript) || p2shOf(input.redeemScript) != spent)
            return std::nullopt;
        appendPush(transaction.inputs[i].scriptSig, input.redeemScript);
    }
    return transaction.txid();
}

constexpr std::uint32_t kHardened = 0x80000000U;
constexpr std::uint32_t kTestCoin = 1; // SLIP-44: of every test network.

std::uint32_t readVersion(ByteView xpub)
{
    ASSERT(xpub.size() >= 4); // Its length was checked when it was parsed.
    return std::uint32_t{xpub[0]} << 24 | std::uint32_t{xpub[1]} << 16 |
           std::uint32_t{xpub[2]} << 8 | xpub[3];
}

/// The coin type of a path as BIP44, 48, 49, 84 and 86 have it, if it is bitcoin's.
std::optional<std::uint32_t> coinTypeOf(const KeyOrigin& origin)
{
    constexpr std::uint32_t kPurposes[] = {44, 48, 49, 84, 86};
    if (origin.path.size() < 2 || origin.path[0] < kHardened || origin.path[1] < kHardened)
        return std::nullopt;
    const std::uint32_t coin = origin.path[1] - kHardened;
    if (coin > kTestCoin ||
        std::ranges::find(kPurposes, origin.path[0] - kHardened) == std::ranges::end(kPurposes))
        return std::nullopt;
    return coin;
}

} // namespace

bool namesOtherNetwork(const Psbt& psbt, const NetworkParams& params)
{
    bool same = false;
    bool other = false;
    const auto tell = [&](std::uint32_t coin) { (coin == params.coinType ? same : other) = true; };
    const auto tellPaths = [&](const auto& map) {
        for (const auto* derivations : {&map.derivations, &map.tapDerivations})
            for (const auto& derivation : *derivations)
                if (const auto coin = coinTypeOf(derivation.origin))
                    tell(*coin);
    };
    for (std::size_t i = 0; i < psbt.inputCount(); ++i)
        tellPaths(psbt.input(i));
    for (std::size_t i = 0; i < psbt.outputCount(); ++i)
        tellPaths(psbt.output(i));
    for (const auto& xpub : psbt.global().all(psbt_type::kGlobalXpub)) {
        const std::uint32_t version = readVersion(xpub.keyData);
        const auto main = paramsOf(Network::Main).xpubVersion;
        tell(version == main ? 0 : kTestCoin);
    }
    return other && !same;
}

bool PsbtReport::has(std::string_view rule) const
{
    return std::ranges::any_of(problems,
                               [&](const PsbtProblem& problem) { return problem.rule == rule; });
}

PsbtReport inspectPsbt(const Psbt& psbt, const ScriptIndex* index)
{
    PsbtReport report;
    for (std::size_t i = 0; i < psbt.inputCount(); ++i)
        report.inputs.push_back(tellInput(report, psbt, i, index));
    const Transaction& transaction = psbt.unsignedTransaction();
    for (const auto& output : transaction.outputs)
        report.outputs.push_back({output, std::nullopt});
    if (index) {
        const OwnPaths paths(*index);
        for (std::size_t i = 0; i < psbt.outputCount(); ++i)
            tellOwner(report, i, psbt.output(i), paths, *index);
    }
    tellSums(report, psbt);
    tellSize(report, psbt);
    report.txid = txidOf(report, psbt);
    Psbt copy = psbt;
    if (psbt.inputCount() == 0 || finalise(copy) != copy.inputCount())
        return report;
    const auto extracted = extract(copy);
    if (!extracted) {
        report.problems.push_back({"signature_invalid", std::nullopt, std::nullopt});
        return report;
    }
    report.complete = true;
    report.vsize = extracted->vsize();
    report.txid = extracted->txid();
    return report;
}

} // namespace coffer::bitcoin
