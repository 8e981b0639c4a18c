// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/verify.h"

#include "core/bitcoin/sighash.h"
#include "core/crypto/secp256k1.h"

namespace coffer::bitcoin {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

enum class ScriptVersion
{
    Legacy,
    WitnessV0,
};

Error unproved(const char* reason)
{
    return {ErrorCode::Unproved, reason};
}

bool isDefinedHashType(std::uint8_t hashType)
{
    const auto kind = hashType & ~kSighashAnyoneCanPay;
    return kind >= kSighashAll && kind <= kSighashSingle;
}

/// One input against the output it spends.
class InputCheck
{
public:
    InputCheck(const Transaction& tx, std::size_t index, std::span<const TxOutput> spent,
               const SighashCache& cache)
        : m_tx(tx)
        , m_index(index)
        , m_input(tx.inputs[index])
        , m_output(spent[index])
        , m_cache(cache)
    {
    }

    Result<void> run() const
    {
        switch (classify(m_output.script)) {
        case ScriptType::P2wpkh:
        case ScriptType::P2wsh:
            if (!m_input.scriptSig.empty())
                return unproved("a scriptSig on a native segwit input");
            return checkProgram(m_output.script);
        case ScriptType::P2tr:
            if (!m_input.scriptSig.empty())
                return unproved("a scriptSig on a taproot input");
            return checkKeyPath();
        case ScriptType::P2sh:
            return checkScriptHash();
        case ScriptType::P2pk:
        case ScriptType::P2pkh:
        case ScriptType::Multisig: {
            auto items = TRY(minimalPushes());
            if (!m_input.witness.empty())
                return unproved("a witness on an input that has none");
            return checkTemplate(m_output.script, items, ScriptVersion::Legacy);
        }
        case ScriptType::OpReturn:
        case ScriptType::P2a:
        case ScriptType::UnknownWitness:
        case ScriptType::NonStandard:
            break;
        }
        return {ErrorCode::Unsupported, "an input of a type that cannot be checked here"};
    }

private:
    /// The items of the scriptSig, which must be their shortest encoding.
    Result<std::vector<Bytes>> minimalPushes() const
    {
        auto items = pushedData(m_input.scriptSig);
        if (!items)
            return unproved("a scriptSig that does more than push");
        Script shortest;
        for (const auto& item : *items)
            appendPush(shortest, item);
        if (shortest != m_input.scriptSig)
            return unproved("a scriptSig that is not as short as it could be");
        return items;
    }

    Result<void> checkScriptHash() const
    {
        auto items = TRY(minimalPushes());
        if (items.empty())
            return unproved("a P2SH input without its script");
        const auto redeem = std::move(items.back());
        items.pop_back();
        if (p2shOf(redeem) != m_output.script)
            return unproved("a script that does not hash to its output");
        const auto type = classify(redeem);
        if (type == ScriptType::P2wpkh || type == ScriptType::P2wsh) {
            if (!items.empty())
                return unproved("more than the program in a nested segwit scriptSig");
            return checkProgram(redeem);
        }
        if (!m_input.witness.empty())
            return unproved("a witness on an input that has none");
        return checkTemplate(redeem, items, ScriptVersion::Legacy);
    }

    Result<void> checkProgram(ByteView program) const
    {
        const auto& witness = m_input.witness;
        if (classify(program) == ScriptType::P2wpkh) {
            if (witness.size() != 2)
                return unproved("a P2WPKH witness has a signature and a key");
            base::ByteArray<20> hash{};
            std::copy_n(program.begin() + 2, 20, hash.begin());
            return checkTemplate(p2wpkhScriptCode(hash), witness, ScriptVersion::WitnessV0);
        }
        if (witness.empty())
            return unproved("a P2WSH input without its script");
        if (!base::equal(p2wshOf(witness.back()), program))
            return unproved("a script that does not hash to its output");
        const std::vector<Bytes> items(witness.begin(), witness.end() - 1);
        return checkTemplate(witness.back(), items, ScriptVersion::WitnessV0);
    }

    Result<void> checkTemplate(ByteView script, const std::vector<Bytes>& items,
                               ScriptVersion version) const
    {
        switch (classify(script)) {
        case ScriptType::P2pk:
            if (items.size() != 1)
                return unproved("a bare key wants one signature");
            return checkSignature(items[0], script.subspan(1, script.size() - 2), script, version);
        case ScriptType::P2pkh:
            if (items.size() != 2)
                return unproved("a key hash wants a signature and a key");
            if (!base::equal(crypto::hash160(items[1]), script.subspan(3, 20)))
                return unproved("a key that does not hash to its output");
            return checkSignature(items[0], items[1], script, version);
        case ScriptType::Multisig:
            return checkMultisig(script, items, version);
        default:
            return {ErrorCode::Unsupported, "a script that cannot be checked here"};
        }
    }

    Result<void> checkMultisig(ByteView script, const std::vector<Bytes>& items,
                               ScriptVersion version) const
    {
        const auto wanted = multisigTemplate(script);
        if (!wanted || items.size() != static_cast<std::size_t>(wanted->required) + 1)
            return unproved("a multisig input with another number of signatures");
        // OP_CHECKMULTISIG takes one item too many; relay wants it empty.
        if (!items[0].empty())
            return unproved("a multisig dummy that is not empty");
        // Signatures stand in the order of their keys, each key is used once.
        std::size_t key = 0;
        for (std::size_t i = 1; i < items.size(); ++i) {
            while (key < wanted->keys.size() &&
                   !checkSignature(items[i], wanted->keys[key], script, version))
                ++key;
            if (key++ == wanted->keys.size())
                return unproved("a multisig signature that fits no key");
        }
        return {};
    }

    Result<void> checkSignature(ByteView signature, ByteView keyBytes, ByteView script,
                                ScriptVersion version) const
    {
        if (signature.empty() || !isDefinedHashType(signature.back()))
            return unproved("a signature without a defined hash type");
        const auto hashType = signature.back();
        if (version == ScriptVersion::WitnessV0 && keyBytes.size() != 33)
            return unproved("an uncompressed key in segwit");
        const auto key = crypto::PublicKey::parse(keyBytes);
        if (!key)
            return unproved("a key that is no point");
        if ((hashType & 0x1f) == kSighashSingle && m_index >= m_tx.outputs.size())
            return unproved("a signature for an output that does not exist");
        const auto digest = version == ScriptVersion::WitnessV0
                                ? m_cache.witnessV0(m_index, script, m_output.amount, hashType)
                                : legacySighash(m_tx, m_index, script, hashType);
        if (!crypto::verifyEcdsa(*key, digest, signature.first(signature.size() - 1)))
            return unproved("a signature that does not hold");
        return {};
    }

    Result<void> checkKeyPath() const
    {
        const auto& witness = m_input.witness;
        if (witness.empty())
            return unproved("a taproot input without a witness");
        if (witness.size() != 1)
            return {ErrorCode::Unsupported, "a taproot script path, or an annex"};
        ByteView signature = witness[0];
        std::uint8_t hashType = kSighashDefault;
        if (signature.size() == 65) {
            hashType = signature.back();
            signature = signature.first(64);
            if (hashType == kSighashDefault)
                return unproved("a default hash type that is written out");
        }
        if (signature.size() != 64)
            return unproved("a taproot signature has 64 or 65 bytes");
        const auto key = crypto::XOnlyPublicKey::parse(ByteView(m_output.script).subspan(2));
        if (!key)
            return unproved("a taproot output whose key is no point");
        const auto digest = m_cache.taprootKeyPath(m_index, hashType);
        if (!digest)
            return unproved("a taproot signature with an undefined hash type");
        if (!crypto::verifySchnorr(*key, *digest, signature))
            return unproved("a signature that does not hold");
        return {};
    }

    const Transaction& m_tx;
    std::size_t m_index;
    const TxInput& m_input;
    const TxOutput& m_output;
    const SighashCache& m_cache;
};

} // namespace

Result<void> verifyInput(const Transaction& transaction, std::size_t index,
                         std::span<const TxOutput> spent)
{
    if (index >= transaction.inputs.size() || spent.size() != transaction.inputs.size())
        return {ErrorCode::OutOfRange, "an input or the output it spends is missing"};
    const SighashCache cache(transaction, spent);
    return InputCheck(transaction, index, spent, cache).run();
}

Result<void> verifyInputs(const Transaction& transaction, std::span<const TxOutput> spent)
{
    if (spent.size() != transaction.inputs.size())
        return {ErrorCode::OutOfRange, "an output that is spent is missing"};
    const SighashCache cache(transaction, spent);
    for (std::size_t i = 0; i < transaction.inputs.size(); ++i)
        TRY(InputCheck(transaction, i, spent, cache).run());
    return {};
}

} // namespace coffer::bitcoin
