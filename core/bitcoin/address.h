// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"
#include "core/bitcoin/network.h"

namespace coffer::bitcoin {

/// What an address stands for.
struct Address
{
    ScriptType type = ScriptType::NonStandard;
    Script script;
};

/// Reads an address of this network, of any kind: Base58Check P2PKH and P2SH, every witness
/// version. Testnet4 and signet share their prefixes. Surrounding white space is not allowed.
///
/// WrongNetwork: valid elsewhere. BadChecksum: mistyped. Unsupported: a silent-payment address.
/// Malformed: anything else, with the reason in `detail`.
base::Result<Address> parseAddress(std::string_view text, Network network);

/// The script to pay. As parseAddress, and Unsupported for what Coffer does not send to: witness
/// versions 2 to 16, pay-to-anchor, and a v1 program that is no valid x coordinate (its money would
/// be lost for ever).
base::Result<Script> scriptOf(std::string_view address, Network network);

/// The address of an output script; NotFound when the type has none (bare keys, multisig, data).
base::Result<std::string> addressOf(base::ByteView script, Network network);

/// Positions of up to two characters that are likely mistyped in a bech32 address; empty when that
/// cannot be told. For marking only, never for correcting.
std::vector<std::size_t> likelyMistakes(std::string_view address);

/// A private key in wallet import format.
struct WifKey
{
    base::SecretBytes secret; ///< 32 bytes.
    bool compressed = true;   ///< Which form its public key has.
};
/// Errors as parseAddress. `text` is secret: it should lie in SecretBytes.
base::Result<WifKey> parseWif(std::string_view text, Network network);

} // namespace coffer::bitcoin
