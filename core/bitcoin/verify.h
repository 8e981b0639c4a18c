// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/transaction.h"

#include <span>

namespace coffer::bitcoin {

/// Checks that a signed input spends its output, for the templates Coffer signs: P2PK, P2PKH,
/// P2WPKH, P2SH-P2WPKH, P2TR key path, and multisig bare, in P2SH, in P2WSH and in P2SH-P2WSH, and
/// `pk`/`pkh` in P2WSH. The rules of relay apply (strict DER, low S, minimal pushes, null dummy).
///
/// `spent`: the output of every input, in order. Unproved: the signature or script does not hold.
/// Unsupported: another template. OutOfRange: no such input, or outputs missing.
base::Result<void> verifyInput(const Transaction& transaction, std::size_t index,
                               std::span<const TxOutput> spent);

/// Every input.
base::Result<void> verifyInputs(const Transaction& transaction, std::span<const TxOutput> spent);

} // namespace coffer::bitcoin
