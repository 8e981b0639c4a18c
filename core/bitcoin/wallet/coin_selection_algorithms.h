// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/wallet/coin_selection.h"

namespace coffer::bitcoin::selection {

/// Coins that go together.
struct Group
{
    std::vector<std::size_t> coins; ///< Indexes of candidates.
    std::int64_t value = 0;         ///< Effective: what it adds to a payment at this fee rate.
    std::int64_t fee = 0;
    std::int64_t longTermFee = 0;
    std::int64_t weight = 0;
    ScriptType type = ScriptType::P2wpkh;
};

/// An answer of one algorithm.
struct Attempt
{
    std::vector<std::size_t> coins;
    std::int64_t value = 0;
    std::int64_t fee = 0;
    std::int64_t longTermFee = 0;
    std::int64_t waste = 0;
    SelectionAlgorithm algorithm = SelectionAlgorithm::SingleRandomDraw;
};

/// What a search found.
struct Outcome
{
    std::optional<Attempt> attempt;
    bool tooHeavy = false; ///< Only the weight limit stood in the way of some answer.
};

/// Tries of a search before it takes the best answer so far.
inline constexpr int kMaxTries = 100'000;

/// A set whose value lies in [target, target + costOfChange]: no change is needed.
Outcome branchAndBound(std::vector<Group> groups, std::int64_t target, std::int64_t costOfChange,
                       std::int64_t maxWeight);
/// The lightest set that pays target and change.
Outcome coinGrinder(std::vector<Group> groups, std::int64_t target, std::int64_t changeTarget,
                    std::int64_t maxWeight);
/// Draws at random until the target is reached.
Outcome singleRandomDraw(std::vector<Group> groups, std::int64_t target, std::int64_t maxWeight,
                         base::Random& random);

} // namespace coffer::bitcoin::selection
