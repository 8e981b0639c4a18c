// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/network.h"
#include "core/bitcoin/psbt/psbt.h"
#include "core/bitcoin/wallet/script_index.h"

namespace coffer::bitcoin {

/// A key whose signature an input can use, as far as the PSBT tells.
struct PsbtSigner
{
    base::Bytes publicKey; ///< 33 or 65 bytes, 32 for taproot; empty when only its hash is known.
    std::optional<KeyOrigin> origin;
    bool hasSigned = false;
    bool operator==(const PsbtSigner&) const = default;
};

/// What is to be told about an input.
struct PsbtInputReport
{
    OutPoint point;
    std::optional<TxOutput> spent; ///< Absent: the PSBT does not say what is spent.
    bool proved = false;           ///< By the previous transaction, whose hash is the txid.
    std::optional<ScriptOwner> owner;
    std::optional<std::uint32_t> sighash;
    std::vector<PsbtSigner> signers;
    std::optional<int> required; ///< Signatures wanted; absent: the script is not known.
    int signatures = 0;
    bool final = false;

    bool isSigned() const { return final || (required && signatures >= *required); }
};

/// What is to be told about an output.
struct PsbtOutputReport
{
    TxOutput output;
    /// Ours, by deriving it: never by what the PSBT claims.
    std::optional<ScriptOwner> owner;
};

/// Something about a PSBT that a signer must know. `rule` is stable.
struct PsbtProblem
{
    /// "utxo_missing", "utxo_conflict", "amount_unproved" (inputs), "sighash" (input: not ALL or
    /// DEFAULT), "false_claim" (output: a path of ours, but not our script), "beyond_window"
    /// (output: ours, at an index that a scan would not find), "outputs_exceed_inputs",
    /// "signature_invalid" (the transaction is complete but does not hold).
    std::string_view rule;
    std::optional<std::size_t> input;
    std::optional<std::size_t> output;
};

/// Everything a PSBT does, in words for a person. Unknown stays absent, never 0.
struct PsbtReport
{
    std::vector<PsbtInputReport> inputs;
    std::vector<PsbtOutputReport> outputs;
    std::optional<std::int64_t> inputSum;
    std::int64_t outputSum = 0;
    std::optional<std::int64_t> fee;
    std::optional<std::int64_t> vsize; ///< Exact when complete, else with the largest signatures.
    std::optional<Txid> txid;          ///< Absent while a signature can still change it.
    bool complete = false;             ///< Nothing is missing: it can be finalised and sent.
    std::vector<PsbtProblem> problems;

    bool has(std::string_view rule) const;
};

/// Works on any PSBT, also of somebody else. `index`: the wallet's scripts, or null for none.
PsbtReport inspectPsbt(const Psbt& psbt, const ScriptIndex* index);

/// A PSBT does not say which network it is for; its extended keys, and paths with a coin type
/// (BIP44), may. True if they name another one and none this one.
bool namesOtherNetwork(const Psbt& psbt, const NetworkParams& params);

} // namespace coffer::bitcoin
