// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/block.h"

#include <optional>

namespace coffer::lightnode {

/// What a block says about a filter that claims to describe it.
enum class FilterVerdict
{
    Plausible,      ///< Nothing speaks against it; the scripts of spent coins are not in the block.
    ProvedLie,      ///< Omits an output script, has too many elements, or cannot be decoded.
    StronglySuspect ///< Omits a script that an input almost certainly spends.
};

/// Judges a filter by its block, whose structure was checked. Spent scripts are only guessed where
/// a wrong guess is next to impossible (P2WPKH, P2SH-P2WPKH); guessing more got honest peers
/// banned.
FilterVerdict judgeFilter(const bitcoin::Block& block, base::ByteView filter);

/// The script an input must have spent, where its own bytes tell: P2WPKH witness, nested P2WPKH.
std::optional<bitcoin::Script> evidentSpentScript(const bitcoin::TxInput& input);
/// As above, and also P2PKH as far as a key in the scriptSig suggests: for recognising, not
/// judging.
std::optional<bitcoin::Script> likelySpentScript(const bitcoin::TxInput& input);

} // namespace coffer::lightnode
