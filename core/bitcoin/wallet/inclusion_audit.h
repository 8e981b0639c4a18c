// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/wallet/wallet_view.h"

#include <functional>
#include <string>

namespace coffer::bitcoin {

/// The header of our best chain at a height; none where it is not kept.
using HeaderSource = std::function<std::optional<BlockHeader>(std::uint32_t height)>;

/// Which own payments are proved to stand in the chain.
struct InclusionAudit
{
    std::int64_t proved = 0; ///< Branch, header root and best chain fit together.
    /// The header at that height is not here (chain data is being fetched again): not wrong, not
    /// proved either.
    std::int64_t unproved = 0;
    std::vector<std::string> problems; ///< English, each names its transaction.
};

/// Follows the stored Merkle branch of every confirmed transaction to the root of the header that
/// the best chain has at its height.
InclusionAudit auditInclusions(const WalletView& view, const TxGraph& graph,
                               const HeaderSource& headers);

} // namespace coffer::bitcoin
