// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/script.h"
#include "tests/support/regtest_node.h"

namespace coffer::bench {

/// Blocks of the chain that everything here is measured on.
constexpr int kBlocks = 100'000;
/// Scripts of the wallet that is looked for: receive addresses 0 to 999.
constexpr int kScripts = 1'000;
/// Every so many blocks one pays the wallet.
constexpr int kPaidEvery = 5'000;

/// A bitcoind with a regtest chain of kBlocks, made once (a minute or two) and kept in
/// build/bench/, and a fresh block on top, so that it does not think it is behind.
base::Result<std::unique_ptr<test::RegtestNode>> startChain();

/// What the wallet watches: the descriptor with its checksum, and its scripts.
base::Result<std::string> walletDescriptor(test::RegtestNode& node);
base::Result<std::vector<bitcoin::Script>> walletScripts(test::RegtestNode& node);

} // namespace coffer::bench
