// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/psbt_values.h"
#include "core/base/json.h"
#include "core/bitcoin/wallet/psbt_report.h"
#include "core/engine/wallet_session.h"

/// How a PSBT is told: from the report to the values of `api`, and from there to JSON.
namespace coffer::engine {

/// `session`: the wallet that was asked, or null.
api::PsbtInfo psbtInfo(const bitcoin::Psbt& psbt, const bitcoin::PsbtReport& report,
                       const WalletSession* session, bitcoin::Network network);
/// An input is {outpoint, amount, address, proved, ours, account, path, sighash, required,
/// signatures, final, signed, signed_by, missing}, a key there {key, fingerprint, path}; an output
/// {address, script, amount, ours, change, account, path}; a problem {problem, input, output};
/// `warnings` are those of `send prepare`. `cannot_sign` and `cannot_send` are null or name what
/// keeps the wallet from it: "no_wallet", "nothing_ours", "several_accounts", "watch_only",
/// "signed", "unsigned", "problem", "unproved", "coin_spent", "coin_frozen", "coin_held",
/// "not_synced", "sent", "confirmed", "refused".
base::Json toJson(const api::PsbtInfo& info);

} // namespace coffer::engine
