// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/bitcoin/script.h"

#include "core/base/assert.h"
#include "core/base/hex.h"
#include "core/crypto/hash.h"

namespace coffer::bitcoin {

using base::Bytes;
using base::ByteView;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kMaxMultisigKeys = 20;

bool isSmallNumber(std::uint8_t opcode)
{
    return opcode == OP_0 || (opcode >= OP_1 && opcode <= OP_16);
}

int smallNumber(std::uint8_t opcode)
{
    return opcode == OP_0 ? 0 : opcode - OP_1 + 1;
}

/// The bytes of a number as scripts keep it: little-endian magnitude, sign in the highest bit.
Bytes numberBytes(std::int64_t number)
{
    Bytes out;
    auto magnitude =
        number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    for (; magnitude != 0; magnitude >>= 8)
        out.push_back(static_cast<std::uint8_t>(magnitude));
    if (out.empty())
        return out;
    const auto sign = static_cast<std::uint8_t>(number < 0 ? 0x80 : 0);
    if ((out.back() & 0x80) != 0)
        out.push_back(sign);
    else
        out.back() = static_cast<std::uint8_t>(out.back() | sign);
    return out;
}

void appendRawPush(Script& script, ByteView data)
{
    const auto size = data.size();
    ASSERT(size <= 0xffffffff); // No script comes near it.
    if (size >= OP_PUSHDATA1) {
        const int lengthBytes = size <= 0xff ? 1 : size <= 0xffff ? 2 : 4;
        script.push_back(lengthBytes == 1   ? OP_PUSHDATA1
                         : lengthBytes == 2 ? OP_PUSHDATA2
                                            : OP_PUSHDATA4);
        for (int i = 0; i < lengthBytes; ++i)
            script.push_back(static_cast<std::uint8_t>(size >> (8 * i)));
    } else {
        script.push_back(static_cast<std::uint8_t>(size));
    }
    script.insert(script.end(), data.begin(), data.end());
}

bool looksLikeKey(ByteView data)
{
    if (data.size() == 33)
        return data[0] == 0x02 || data[0] == 0x03;
    // 06 and 07 are the old hybrid form, which consensus still knows.
    return data.size() == 65 && (data[0] == 0x04 || data[0] == 0x06 || data[0] == 0x07);
}

bool isP2pk(ByteView script)
{
    if (script.size() != 35 && script.size() != 67)
        return false;
    return script[0] == script.size() - 2 && script.back() == OP_CHECKSIG &&
           looksLikeKey(script.subspan(1, script.size() - 2));
}

bool isP2pkh(ByteView script)
{
    return script.size() == 25 && script[0] == OP_DUP && script[1] == OP_HASH160 &&
           script[2] == 20 && script[23] == OP_EQUALVERIFY && script[24] == OP_CHECKSIG;
}

bool isP2sh(ByteView script)
{
    return script.size() == 23 && script[0] == OP_HASH160 && script[1] == 20 &&
           script[22] == OP_EQUAL;
}

ScriptType witnessType(const WitnessProgram& program)
{
    const auto size = program.program.size();
    if (program.version == 0)
        return size == 20   ? ScriptType::P2wpkh
               : size == 32 ? ScriptType::P2wsh
                            : ScriptType::NonStandard;
    if (program.version == 1 && size == 32)
        return ScriptType::P2tr;
    if (program.version == 1 && program.program == Bytes{0x4e, 0x73})
        return ScriptType::P2a;
    return ScriptType::UnknownWitness;
}

/// `m` or `n` of a multisig script: OP_1 ... OP_16, or 17 ... 20 as a pushed byte.
std::optional<int> keyCount(const ScriptOp& op)
{
    if (op.opcode >= OP_1 && op.opcode <= OP_16)
        return smallNumber(op.opcode);
    if (op.opcode == 1 && op.data[0] > 16 && op.data[0] <= kMaxMultisigKeys)
        return op.data[0];
    return std::nullopt;
}

Script hashScript(std::initializer_list<std::uint8_t> before, ByteView hash,
                  std::initializer_list<std::uint8_t> after)
{
    Script script(before);
    appendRawPush(script, hash);
    script.insert(script.end(), after);
    return script;
}

} // namespace

std::string_view scriptTypeName(ScriptType type)
{
    switch (type) {
    case ScriptType::P2pk:
        return "pubkey";
    case ScriptType::P2pkh:
        return "pubkeyhash";
    case ScriptType::P2sh:
        return "scripthash";
    case ScriptType::Multisig:
        return "multisig";
    case ScriptType::OpReturn:
        return "nulldata";
    case ScriptType::P2wpkh:
        return "witness_v0_keyhash";
    case ScriptType::P2wsh:
        return "witness_v0_scripthash";
    case ScriptType::P2tr:
        return "witness_v1_taproot";
    case ScriptType::P2a:
        return "anchor";
    case ScriptType::UnknownWitness:
        return "witness_unknown";
    case ScriptType::NonStandard:
        return "nonstandard";
    }
    return "nonstandard";
}

Result<ScriptOp> readOp(ByteView script, std::size_t position)
{
    if (position >= script.size())
        return {ErrorCode::Malformed, "no instruction at the end of a script"};
    ScriptOp op;
    op.opcode = script[position++];
    std::size_t size = 0;
    if (op.opcode < OP_PUSHDATA1) {
        size = op.opcode;
    } else if (op.opcode <= OP_PUSHDATA4) {
        const std::size_t lengthBytes = op.opcode == OP_PUSHDATA1   ? 1
                                        : op.opcode == OP_PUSHDATA2 ? 2
                                                                    : 4;
        if (script.size() - position < lengthBytes)
            return {ErrorCode::Malformed, "a push without its length"};
        for (std::size_t i = 0; i < lengthBytes; ++i)
            size |= static_cast<std::size_t>(script[position++]) << (8 * i);
    }
    if (script.size() - position < size)
        return {ErrorCode::Malformed, "a push beyond the end of a script"};
    op.data = script.subspan(position, size);
    op.end = position + size;
    return op;
}

Result<std::vector<ScriptOp>> parseScript(ByteView script)
{
    std::vector<ScriptOp> ops;
    for (std::size_t position = 0; position < script.size();) {
        auto op = TRY(readOp(script, position));
        position = op.end;
        ops.push_back(op);
    }
    return ops;
}

bool isPushOnly(ByteView script)
{
    for (std::size_t position = 0; position < script.size();) {
        const auto op = readOp(script, position);
        if (!op || op->opcode > OP_16)
            return false;
        position = op->end;
    }
    return true;
}

Result<std::vector<Bytes>> pushedData(ByteView script)
{
    std::vector<Bytes> items;
    for (std::size_t position = 0; position < script.size();) {
        auto op = TRY(readOp(script, position));
        position = op.end;
        if (op.opcode <= OP_PUSHDATA4)
            items.emplace_back(op.data.begin(), op.data.end());
        else if (op.opcode == OP_1NEGATE)
            items.push_back(numberBytes(-1));
        else if (op.opcode >= OP_1 && op.opcode <= OP_16)
            items.push_back(numberBytes(smallNumber(op.opcode)));
        else
            return {ErrorCode::Malformed, "a script that does more than push"};
    }
    return items;
}

void appendPush(Script& script, ByteView data)
{
    if (data.size() == 1 && data[0] >= 1 && data[0] <= 16) {
        script.push_back(static_cast<std::uint8_t>(OP_1 + data[0] - 1));
        return;
    }
    if (data.size() == 1 && data[0] == 0x81) {
        script.push_back(OP_1NEGATE);
        return;
    }
    appendRawPush(script, data);
}

void appendNumber(Script& script, std::int64_t number)
{
    appendPush(script, numberBytes(number));
}

std::optional<WitnessProgram> witnessProgram(ByteView script)
{
    // BIP141: a small number and exactly one direct push of 2 to 40 bytes.
    if (script.size() < 4 || script.size() > 42 || !isSmallNumber(script[0]) ||
        script[1] != script.size() - 2)
        return std::nullopt;
    return WitnessProgram{smallNumber(script[0]), base::bytesOf(script.subspan(2))};
}

std::optional<MultisigTemplate> multisigTemplate(ByteView script)
{
    if (script.empty() || script.back() != OP_CHECKMULTISIG)
        return std::nullopt;
    const auto ops = parseScript(script);
    // Required, keys, count, OP_CHECKMULTISIG.
    if (!ops || ops->size() < 4 || ops->size() > kMaxMultisigKeys + 3)
        return std::nullopt;
    const auto required = keyCount(ops->front());
    const auto count = keyCount((*ops)[ops->size() - 2]);
    if (!required || !count || *required > *count ||
        static_cast<std::size_t>(*count) != ops->size() - 3)
        return std::nullopt;
    MultisigTemplate found;
    found.required = *required;
    for (std::size_t i = 1; i + 2 < ops->size(); ++i) {
        const auto& op = (*ops)[i];
        if (op.opcode != op.data.size() || !looksLikeKey(op.data))
            return std::nullopt;
        found.keys.push_back(base::bytesOf(op.data));
    }
    return found;
}

ScriptType classify(ByteView script)
{
    if (isP2sh(script))
        return ScriptType::P2sh;
    if (const auto program = witnessProgram(script))
        return witnessType(*program);
    if (!script.empty() && script[0] == OP_RETURN && isPushOnly(script.subspan(1)))
        return ScriptType::OpReturn;
    if (isP2pk(script))
        return ScriptType::P2pk;
    if (isP2pkh(script))
        return ScriptType::P2pkh;
    if (multisigTemplate(script))
        return ScriptType::Multisig;
    return ScriptType::NonStandard;
}

bool isUnspendable(ByteView script)
{
    return (!script.empty() && script[0] == OP_RETURN) || script.size() > kMaxScriptSize;
}

Script p2pk(ByteView publicKey)
{
    ASSERT(publicKey.size() == 33 || publicKey.size() == 65);
    return hashScript({}, publicKey, {OP_CHECKSIG});
}

Script p2pkh(const base::ByteArray<20>& keyHash)
{
    return hashScript({OP_DUP, OP_HASH160}, keyHash, {OP_EQUALVERIFY, OP_CHECKSIG});
}

Script p2sh(const base::ByteArray<20>& scriptHash)
{
    return hashScript({OP_HASH160}, scriptHash, {OP_EQUAL});
}

Script p2wpkh(const base::ByteArray<20>& keyHash)
{
    return hashScript({OP_0}, keyHash, {});
}

Script p2wsh(const base::ByteArray<32>& scriptHash)
{
    return hashScript({OP_0}, scriptHash, {});
}

Script p2tr(const base::ByteArray<32>& outputKey)
{
    return hashScript({OP_1}, outputKey, {});
}

Script p2a()
{
    return {OP_1, 2, 0x4e, 0x73};
}

Script multisig(int required, const std::vector<Bytes>& keys)
{
    ASSERT(required >= 1 && static_cast<std::size_t>(required) <= keys.size() &&
           keys.size() <= kMaxMultisigKeys);
    Script script;
    appendNumber(script, required);
    for (const auto& key : keys)
        appendRawPush(script, key);
    appendNumber(script, static_cast<std::int64_t>(keys.size()));
    script.push_back(OP_CHECKMULTISIG);
    return script;
}

Script opReturn(ByteView data)
{
    Script script{OP_RETURN};
    appendPush(script, data);
    return script;
}

Script p2shOf(ByteView redeemScript)
{
    return p2sh(crypto::hash160(redeemScript));
}

Script p2wshOf(ByteView witnessScript)
{
    return p2wsh(crypto::sha256(witnessScript));
}

} // namespace coffer::bitcoin
