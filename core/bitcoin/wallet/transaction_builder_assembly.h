// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/wallet/transaction_builder.h"

namespace coffer::bitcoin::assembly {

/// A transaction decided in every field but its PSBT.
struct Plan
{
    std::vector<Coin> inputs;
    std::vector<BuiltOutput> outputs;
    std::uint32_t lockTime = 0;
    std::int64_t weight = 0; ///< Signed, at most.
    PsbtVersion psbtVersion = PsbtVersion::V0;
    SelectionAlgorithm algorithm = SelectionAlgorithm::Manual;
    std::vector<Coin> notWorth;
    std::vector<Coin> tooDeep;
    std::vector<Txid> replaces;
};

/// Makes the PSBT with coins and derivations, and computes the facts from it. NotFound when a
/// previous transaction is missing.
base::Result<BuiltTransaction> assemble(Plan plan, const WalletState& wallet);

/// Weight of an input that spends a coin of this owner; Unsupported when nobody can tell.
base::Result<std::int64_t> inputWeightOf(const ScriptOwner& owner, const WalletState& wallet);
/// A coin for the selection.
base::Result<CoinCandidate> candidateOf(const Coin& coin, const WalletState& wallet);

/// Where change of an account goes, and what it costs.
struct ChangePlace
{
    OwnedScript script;
    std::int64_t outputWeight = 0;
    std::int64_t inputWeight = 0;
    std::int64_t dust = 0;
};
base::Result<ChangePlace> changePlaceOf(const AccountId& account, const WalletState& wallet);
base::Result<ChangePlace> changePlaceFor(const OwnedScript& script, const WalletState& wallet);

/// Whether signing an account's inputs makes witnesses.
enum class Witnesses
{
    None, ///< Saves marker and flag.
    Some
};
Witnesses witnessesOf(const AccountId& account, const WalletState& wallet);
/// Weight of everything but inputs.
std::int64_t weightOfOutputs(const std::vector<TxOutput>& outputs, Witnesses witnesses);

/// Whose a script is, as an output of a built transaction.
BuiltOutput outputTo(TxOutput output, const WalletState& wallet);

} // namespace coffer::bitcoin::assembly
