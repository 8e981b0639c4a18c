// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/network.h"

namespace coffer::bitcoin {

/// What the first letters of an extended key say about its scripts (SLIP-132).
enum class KeyScript
{
    Any,                   ///< xpub, tpub: nothing.
    NestedWitness,         ///< ypub, upub: P2SH-P2WPKH.
    Witness,               ///< zpub, vpub: P2WPKH.
    NestedWitnessMultisig, ///< Ypub, Upub: P2SH-P2WSH.
    WitnessMultisig,       ///< Zpub, Vpub: P2WSH.
};

/// A public key in the one form Coffer keeps, and what its old prefix meant.
struct Slip132Key
{
    std::string xpub; ///< xpub or tpub.
    KeyScript script = KeyScript::Any;
    bool mainnet = true;
};

/// Converts xpub, ypub, zpub, Ypub, Zpub and their test forms. Private keys (zprv ...) are
/// Rejected: they are secrets and not for this door. Malformed, BadChecksum, Unsupported (unknown
/// prefix).
base::Result<Slip132Key> convertSlip132(std::string_view text);

} // namespace coffer::bitcoin
