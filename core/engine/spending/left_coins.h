// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/bitcoin/wallet/transaction_builder.h"

namespace coffer::engine {

class WalletSession;

/// What a payment of everything leaves where it is, by reason. Of coins that a person chose, only
/// those that were not worth it: the others were left on purpose.
std::vector<api::LeftCoins> leftCoins(const WalletSession& session,
                                      const bitcoin::BuildRequest& request,
                                      const bitcoin::BuiltTransaction& built);

} // namespace coffer::engine
