// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <vector>

namespace coffer::bitcoin {

/// A script as it stands in an output, an input or a witness; nothing is known about its content.
using Script = base::Bytes;

/// What kind of output script it is. Segwit version 1 with 32 bytes is P2tr even when the bytes are
/// no point (such an output can never be spent).
enum class ScriptType
{
    P2pk,           ///< Bare public key.
    P2pkh,          ///< Hash of a public key.
    P2sh,           ///< Hash of a script (also nested segwit).
    Multisig,       ///< Bare m-of-n.
    OpReturn,       ///< Data, unspendable.
    P2wpkh,         ///< Segwit v0, 20 bytes.
    P2wsh,          ///< Segwit v0, 32 bytes.
    P2tr,           ///< Segwit v1, 32 bytes.
    P2a,            ///< Pay to anchor: OP_1 <4e73>.
    UnknownWitness, ///< Another witness program.
    NonStandard,    ///< Anything else.
};

/// The name Bitcoin Core gives the type ("pubkeyhash", "witness_v1_taproot", ...).
std::string_view scriptTypeName(ScriptType type);

/// The opcodes that builders and templates need.
enum Opcode : std::uint8_t
{
    OP_0 = 0x00,
    OP_PUSHDATA1 = 0x4c,
    OP_PUSHDATA2 = 0x4d,
    OP_PUSHDATA4 = 0x4e,
    OP_1NEGATE = 0x4f,
    OP_1 = 0x51,
    OP_16 = 0x60,
    OP_RETURN = 0x6a,
    OP_DUP = 0x76,
    OP_EQUAL = 0x87,
    OP_EQUALVERIFY = 0x88,
    OP_HASH160 = 0xa9,
    OP_CODESEPARATOR = 0xab,
    OP_CHECKSIG = 0xac,
    OP_CHECKMULTISIG = 0xae,
};

inline constexpr std::size_t kMaxScriptElementSize = 520;
inline constexpr std::size_t kMaxScriptSize = 10'000;

/// One instruction: an opcode and, for pushes, the data that follows (a view into the script).
struct ScriptOp
{
    std::uint8_t opcode = 0;
    base::ByteView data;
    std::size_t end = 0; ///< Position after the instruction.
};

/// Reads the instruction at `position`; Malformed when a push runs over the end.
base::Result<ScriptOp> readOp(base::ByteView script, std::size_t position);
/// All instructions, or Malformed.
base::Result<std::vector<ScriptOp>> parseScript(base::ByteView script);
/// Nothing but pushes (up to OP_16), as a P2SH scriptSig must be.
bool isPushOnly(base::ByteView script);
/// The pushed data of a push-only script (small numbers as their bytes); Malformed otherwise.
base::Result<std::vector<base::Bytes>> pushedData(base::ByteView script);
/// "OP_DUP OP_HASH160 <hex> ...", for inspection; undecodable rests are shown as "[error]".
std::string disassemble(base::ByteView script);

/// Appends the shortest push of `data`; small numbers become OP_0 ... OP_16.
void appendPush(Script& script, base::ByteView data);
/// Appends OP_0 ... OP_16 or a minimal number push.
void appendNumber(Script& script, std::int64_t number);

/// A version (0 ... 16) and 2 ... 40 bytes.
struct WitnessProgram
{
    int version = 0;
    base::Bytes program;

    bool operator==(const WitnessProgram&) const = default;
};
std::optional<WitnessProgram> witnessProgram(base::ByteView script);

/// m, and the keys in the order of the script (33 or 65 bytes each).
struct MultisigTemplate
{
    int required = 0;
    std::vector<base::Bytes> keys;
};
/// Reads `m <key>... n OP_CHECKMULTISIG`, 1 <= m <= n <= 20.
std::optional<MultisigTemplate> multisigTemplate(base::ByteView script);

ScriptType classify(base::ByteView script);
/// Starts with OP_RETURN or is longer than 10,000 bytes: can never be spent.
bool isUnspendable(base::ByteView script);

/// `publicKey` is 33 or 65 bytes.
Script p2pk(base::ByteView publicKey);
Script p2pkh(const base::ByteArray<20>& keyHash);
Script p2sh(const base::ByteArray<20>& scriptHash);
Script p2wpkh(const base::ByteArray<20>& keyHash);
Script p2wsh(const base::ByteArray<32>& scriptHash);
Script p2tr(const base::ByteArray<32>& outputKey);
Script p2a();
/// 1 <= required <= keys.size() <= 20, keys in the given order.
Script multisig(int required, const std::vector<base::Bytes>& keys);
/// OP_RETURN and one push.
Script opReturn(base::ByteView data);
/// The P2SH and P2WSH output scripts of a script.
Script p2shOf(base::ByteView redeemScript);
Script p2wshOf(base::ByteView witnessScript);

/// The dust relay rate of Bitcoin Core in satoshi per 1,000 vB.
inline constexpr std::int64_t kDustRelayRate = 3'000;
/// The smallest amount that is relayed to this script at `ratePerKvB`; 0 for unspendable scripts.
std::int64_t dustThreshold(base::ByteView script, std::int64_t ratePerKvB = kDustRelayRate);

/// Weight units of an output with this script.
std::int64_t outputWeight(base::ByteView script);
/// Largest weight of an input that spends this type with one key (72-byte signatures); nullopt
/// where the type does not tell (P2sh is taken for P2SH-P2WPKH).
std::optional<std::int64_t> inputWeight(ScriptType type);

} // namespace coffer::bitcoin
