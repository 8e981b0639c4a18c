// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/network.h"
#include "core/crypto/secp256k1.h"

namespace coffer::bitcoin {

/// How a signed message is written down.
enum class MessageFormat
{
    Legacy,       ///< "Bitcoin Signed Message", a recoverable signature of 65 bytes.
    Bip322Simple, ///< The witness of a virtual transaction.
    Bip322Full    ///< The whole virtual transaction.
};

/// Who signed what, as it was proved.
struct VerifiedMessage
{
    MessageFormat format = MessageFormat::Bip322Simple;
    /// A full signature may be valid only from a lock time or age on; 0 if not.
    std::uint32_t lockTime = 0;
    std::uint32_t sequence = 0;
};

/// Checks a message's signature as text: prefixed as BIP322 has it ("smp", "ful"), or bare base64.
/// Unproved: it does not hold; Malformed: no signature; Unsupported: scripts that Coffer cannot
/// check; errors of parseAddress().
base::Result<VerifiedMessage> verifyMessage(std::string_view address, Network network,
                                            std::string_view message, std::string_view signature);

/// Signs for an output script of this key: legacy for P2PKH, BIP322 simple for P2WPKH and for P2TR
/// whose internal key it is (BIP86). Unsupported for others; Rejected when the script is not of
/// this key.
base::Result<std::string> signMessage(const crypto::PrivateKey& key, base::ByteView script,
                                      std::string_view message,
                                      const crypto::Hash256& auxiliaryRandom);

// The parts of BIP322, for tests and devices.
Hash256 bip322MessageHash(std::string_view message);
Transaction bip322ToSpend(base::ByteView script, std::string_view message);
Transaction bip322ToSign(const Transaction& toSpend);
/// SHA256d of the prefixed message.
Hash256 legacyMessageHash(std::string_view message);

} // namespace coffer::bitcoin
