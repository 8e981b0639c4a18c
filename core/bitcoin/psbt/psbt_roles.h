// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/psbt/psbt.h"
#include "core/bitcoin/sighash.h"
#include "core/crypto/secp256k1.h"

#include <span>

namespace coffer::bitcoin {

/// Which utxo fields an update writes for segwit v0 inputs: both, unless told otherwise
/// (CVE-2020-14199). Taproot inputs always get the output alone, legacy ones the transaction.
enum class UtxoFields
{
    Both,
    OutputOnly
};

/// Role update: the coin that an input spends and how its keys derive. Conflict when the
/// transaction is not the one that the input names or its script is another.
base::Result<void> updateInput(Psbt& psbt, std::size_t index, const Transaction& previous,
                               const DescriptorOutput& coin, UtxoFields fields = UtxoFields::Both);
/// Role update: how the keys of an own output derive, so that every signer can recognise change.
base::Result<void> updateOutput(Psbt& psbt, std::size_t index, const DescriptorOutput& output);
/// Global xpub fields are what some devices want for multisig.
base::Result<void> addGlobalXpub(Psbt& psbt, base::ByteView serializedXpub,
                                 const KeyOrigin& origin);

/// The output that an input spends, as the PSBT proves it: the previous transaction hashes to the
/// txid, and the witness utxo, if also there, is the same output. Unproved otherwise. A taproot or
/// segwit input may come with the witness utxo alone: then `proved` is false, and only the
/// signature commits to it.
struct SpentOutput
{
    TxOutput output;
    bool proved = false;
};
base::Result<SpentOutput> spentOutput(const Psbt& psbt, std::size_t index);
/// Of all inputs, in order.
base::Result<std::vector<TxOutput>> spentOutputs(const Psbt& psbt);

/// The fee by spent outputs; OutOfRange when outputs exceed inputs.
base::Result<std::int64_t> feeOf(const Psbt& psbt);

/// How one input is signed: which digest, over which script.
enum class SignatureKind
{
    Legacy,
    WitnessV0,
    TaprootKeyPath
};
/// Checks everything a signer must check before it signs (bitcoin.md 5.5): script hashes, sighash
/// type (ALL, for taproot also DEFAULT), proved amounts. Unproved, Rejected (another sighash),
/// Unsupported.
struct SigningPlan
{
    SignatureKind kind = SignatureKind::WitnessV0;
    Script scriptCode; ///< Empty for taproot.
    TxOutput spent;
    std::uint8_t hashType = kSighashAll;
};
base::Result<SigningPlan> planSignature(const Psbt& psbt, std::size_t index);

/// Role sign with one key: adds a signature wherever the input wants this very key. False if it
/// does not. Every own signature is verified before it enters.
base::Result<bool> signInput(Psbt& psbt, std::size_t index, const crypto::PrivateKey& key,
                             const crypto::Hash256& auxiliaryRandom);

/// Role combine: the union of all fields. Conflict when they are about different transactions.
/// Where two differ in one field the first wins.
base::Result<Psbt> combine(std::span<const Psbt> psbts);

/// Role finalise: makes scriptSig and witness of each input that has all signatures, and clears all
/// but utxos and unknown fields. Returns how many inputs are final afterwards.
std::size_t finalise(Psbt& psbt);

/// Role extract. Rejected unless every input is final.
base::Result<Transaction> extract(const Psbt& psbt);

} // namespace coffer::bitcoin
