// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/ledger.h"

#include <functional>

namespace coffer::ledger {

/// What the chain, or whoever keeps the other side, says lies on an account.
struct ChainBalance
{
    base::Uuid account;
    money::Currency currency;
    Balance balance;
};

/// What an audit found.
struct AuditResult
{
    std::uint64_t entries = 0;
    crypto::Hash256 root{};
    /// Books minus chain per currency, settled and pending together: all zero or the audit failed.
    std::map<money::Currency, money::Amount> difference;
    std::vector<std::string> problems; ///< English; empty when everything holds.

    bool clean() const { return problems.empty(); }
};

inline constexpr std::size_t kMaxProblems = 100; // More would only hide the first ones.

/// The bytes of entry `sequence` (from 1) as they lie in the wallet file.
using EntrySource = std::function<base::Result<base::Bytes>(std::uint64_t sequence)>;

/// Reads every entry again and recomputes everything without the ledger's own sums: encoding,
/// order, ids, reversals, zero sums, balances, root; then compares with the books in memory and the
/// chain. `chain` holds every own account; an account of the books that is missing there counts as
/// zero.
AuditResult audit(std::uint64_t entries, const EntrySource& source, const Ledger& books,
                  std::span<const ChainBalance> chain);

} // namespace coffer::ledger
