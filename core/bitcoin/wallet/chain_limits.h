// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/wallet/transaction_builder.h"

#include <span>

namespace coffer::bitcoin {

/// Unconfirmed ancestors of a transaction, or descendants, itself included: more are not relayed.
inline constexpr std::size_t kMaxAncestors = 25;
/// Everything unconfirmed that hangs together: transactions and virtual bytes. The limit of newer
/// nodes; the older ones, of ancestors and of descendants, lie within it.
inline constexpr std::size_t kMaxCluster = 64;
inline constexpr std::int64_t kMaxClusterVsize = 101'000;

/// Whether nodes would relay a transaction of this size with these inputs, beside what waits
/// already. Counted over all inputs together; confirmed ones cost nothing. Rejected: too much hangs
/// on them until a block comes. Limit: of foreign transactions only those that concern us are
/// known.
base::Result<void> checkChainLimits(const WalletState& wallet, std::span<const OutPoint> inputs,
                                    std::int64_t vsize);

} // namespace coffer::bitcoin
