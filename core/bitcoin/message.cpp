// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/message.h"

#include "core/base/base64.h"
#include "core/bitcoin/address.h"
#include "core/bitcoin/sighash.h"
#include "core/bitcoin/verify.h"
#include "core/crypto/hash.h"

#include <algorithm>

namespace coffer::bitcoin {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::string_view kSimplePrefix = "smp";
constexpr std::string_view kFullPrefix = "ful";
constexpr std::string_view kLegacyMagic = "\x18"
                                          "Bitcoin Signed Message:\n";
constexpr std::size_t kLegacySize = 65;
constexpr std::size_t kMaxSignature = 100'000;
// Header bytes of legacy signatures; each range has four recovery ids.
constexpr int kUncompressed = 27;
constexpr int kCompressed = 31;
constexpr int kNestedWitness = 35;
constexpr int kWitness = 39;

Bytes serializeStack(const std::vector<Bytes>& stack)
{
    base::ByteWriter out;
    out.compactSize(stack.size());
    for (const Bytes& item : stack) {
        out.compactSize(item.size());
        out.append(item);
    }
    return out.take();
}

Result<std::vector<Bytes>> parseStack(ByteView bytes)
{
    base::ByteReader in(bytes);
    const std::uint64_t count = TRY(in.compactSize(1'000));
    std::vector<Bytes> stack;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t size = TRY(in.compactSize(kMaxSignature));
        const ByteView item = TRY(in.take(static_cast<std::size_t>(size)));
        stack.push_back(base::bytesOf(item));
    }
    TRY(in.expectEnd());
    return stack;
}

Result<VerifiedMessage> verifyTransaction(const Transaction& toSign, const Transaction& toSpend,
                                          MessageFormat format)
{
    // BIP322, "Verification process": one output that burns nothing.
    if (toSign.inputs.size() != 1 || toSign.outputs.size() != 1 || toSign.outputs[0].amount != 0 ||
        toSign.outputs[0].script != Script{OP_RETURN} ||
        toSign.inputs[0].previous != OutPoint{toSpend.txid(), 0} ||
        (toSign.version != 0 && toSign.version != 2))
        return Error{ErrorCode::Unproved, "the signature is for something else"};
    TRY(verifyInput(toSign, 0, toSpend.outputs));
    return VerifiedMessage{format, toSign.lockTime, toSign.inputs[0].sequence};
}

Result<VerifiedMessage> verifySimple(ByteView script, std::string_view message, ByteView bytes)
{
    const auto stack = parseStack(bytes);
    if (!stack)
        return Error{ErrorCode::Malformed, "not a signature"};
    const Transaction toSpend = bip322ToSpend(script, message);
    Transaction toSign = bip322ToSign(toSpend);
    toSign.inputs[0].witness = *stack;
    return verifyTransaction(toSign, toSpend, MessageFormat::Bip322Simple);
}

/// The script that a legacy header claims for a key.
Result<Script> legacyScript(int header, const crypto::PublicKey& key)
{
    if (header < kCompressed)
        return p2pkh(crypto::hash160(key.uncompressed()));
    if (header < kNestedWitness)
        return p2pkh(key.hash160());
    if (header < kWitness)
        return p2shOf(p2wpkh(key.hash160()));
    return p2wpkh(key.hash160());
}

Result<VerifiedMessage> verifyLegacy(ByteView script, std::string_view message, ByteView bytes)
{
    const int header = bytes[0];
    if (header < kUncompressed || header >= kWitness + 4)
        return Error{ErrorCode::Malformed, "unknown kind of signature"};
    crypto::RecoverableSignature signature;
    std::copy(bytes.begin() + 1, bytes.end(), signature.compact.begin());
    signature.recoveryId = (header - kUncompressed) % 4;
    const auto key = crypto::recoverPublicKey(signature, legacyMessageHash(message));
    if (!key)
        return Error{ErrorCode::Unproved, "no key made this signature"};
    const Script claimed = TRY(legacyScript(header, *key));
    // Many wallets write a plain header for segwit addresses too (BIP137 came later).
    const bool plain = header >= kCompressed && header < kNestedWitness;
    const bool fits = base::equal(claimed, script) ||
                      (plain && (base::equal(p2wpkh(key->hash160()), script) ||
                                 base::equal(p2shOf(p2wpkh(key->hash160())), script)));
    if (!fits)
        return Error{ErrorCode::Unproved, "another key signed"};
    return VerifiedMessage{MessageFormat::Legacy, 0, 0};
}

} // namespace

Result<VerifiedMessage> verifyMessage(std::string_view address, Network network,
                                      std::string_view message, std::string_view signature)
{
    const Address target = TRY(parseAddress(address, network));
    if (signature.empty() || signature.size() > kMaxSignature)
        return Error{ErrorCode::Malformed, "not a signature"};
    const bool simple = signature.starts_with(kSimplePrefix);
    const bool full = signature.starts_with(kFullPrefix);
    const auto bytes = base::parseBase64(simple || full ? signature.substr(3) : signature);
    if (!bytes || bytes->empty())
        return Error{ErrorCode::Malformed, "not a signature in base64"};
    if (full) {
        const auto toSign = Transaction::parse(*bytes);
        if (!toSign)
            return Error{ErrorCode::Malformed, "not a full signature"};
        return verifyTransaction(*toSign, bip322ToSpend(target.script, message),
                                 MessageFormat::Bip322Full);
    }
    if (!simple && bytes->size() == kLegacySize)
        return verifyLegacy(target.script, message, *bytes);
    return verifySimple(target.script, message, *bytes);
}

namespace {

std::string signLegacy(const crypto::PrivateKey& key, std::string_view message)
{
    const auto signature = crypto::signRecoverable(key, legacyMessageHash(message));
    Bytes bytes{static_cast<std::uint8_t>(kCompressed + signature.recoveryId)};
    bytes.insert(bytes.end(), signature.compact.begin(), signature.compact.end());
    return base::toBase64(bytes);
}

std::string simpleText(std::vector<Bytes> stack)
{
    return std::string(kSimplePrefix) + base::toBase64(serializeStack(stack));
}

} // namespace

Result<std::string> signMessage(const crypto::PrivateKey& key, ByteView script,
                                std::string_view message, const crypto::Hash256& auxiliaryRandom)
{
    const crypto::PublicKey publicKey = key.publicKey();
    const Transaction toSpend = bip322ToSpend(script, message);
    const Transaction toSign = bip322ToSign(toSpend);
    const ScriptType type = classify(script);
    if (type == ScriptType::P2pkh && base::equal(script, p2pkh(publicKey.hash160())))
        return signLegacy(key, message);
    if (type == ScriptType::P2wpkh && base::equal(script, p2wpkh(publicKey.hash160()))) {
        const Script code = p2wpkhScriptCode(publicKey.hash160());
        Bytes signature =
            crypto::signEcdsa(key, SighashCache(toSign).witnessV0(0, code, 0, kSighashAll));
        signature.push_back(kSighashAll);
        return simpleText({std::move(signature), base::bytesOf(publicKey.bytes())});
    }
    if (type == ScriptType::P2tr) {
        const auto output = TRY(crypto::taprootTweak(publicKey.xOnly(), std::nullopt));
        if (!base::equal(script, p2tr(output.key.bytes())))
            return Error{ErrorCode::Rejected, "the address is not of this key"};
        const auto tweaked = TRY(crypto::taprootTweakPrivate(key, std::nullopt));
        const SighashCache cache(toSign, toSpend.outputs);
        const Hash256 digest = TRY(cache.taprootKeyPath(0, kSighashDefault));
        return simpleText({base::bytesOf(crypto::signSchnorr(tweaked, digest, auxiliaryRandom))});
    }
    if (type == ScriptType::P2pkh || type == ScriptType::P2wpkh)
        return Error{ErrorCode::Rejected, "the address is not of this key"};
    return Error{ErrorCode::Unsupported, "messages are signed for single-key addresses only"};
}

Hash256 bip322MessageHash(std::string_view message)
{
    return crypto::taggedHash("BIP0322-signed-message", base::viewOf(message));
}

Transaction bip322ToSpend(ByteView script, std::string_view message)
{
    Transaction transaction;
    transaction.version = 0;
    TxInput input;
    input.previous = {Txid(), 0xffffffff};
    input.scriptSig = {OP_0};
    appendPush(input.scriptSig, bip322MessageHash(message));
    input.sequence = 0;
    transaction.inputs.push_back(std::move(input));
    transaction.outputs.push_back({0, base::bytesOf(script)});
    return transaction;
}

Transaction bip322ToSign(const Transaction& toSpend)
{
    Transaction transaction;
    transaction.version = 0;
    TxInput input;
    input.previous = {toSpend.txid(), 0};
    input.sequence = 0;
    transaction.inputs.push_back(std::move(input));
    transaction.outputs.push_back({0, {OP_RETURN}});
    return transaction;
}

Hash256 legacyMessageHash(std::string_view message)
{
    base::ByteWriter out;
    out.append(base::viewOf(kLegacyMagic));
    out.compactSize(message.size());
    out.append(base::viewOf(message));
    return crypto::sha256d(out.view());
}

} // namespace coffer::bitcoin
