// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Which coins pay for a payment, as Bitcoin Core's current master does it.
///
/// Problem: each input costs a fee now, each output of change costs one now and one later, each mix
/// of coins tells the world that they belong together, and unconfirmed coins may vanish. Approach:
/// coins of one script go together (groups). A ladder of eligibility tries the safest coins first;
/// on each rung every output type alone, then the mix. Per attempt Branch and Bound looks for a set
/// without change, CoinGrinder for the lightest set when fees are high, and a single random draw
/// always has an answer; the least wasteful result wins. Waste = what the inputs cost more now than
/// at a usual fee rate, plus the cost of change or what is given away without change. Limits:
/// 400,000 weight units; 100 coins in a group; 100,000 tries. Deterministic for a given Random.

#include "core/base/random.h"
#include "core/bitcoin/wallet/fee.h"

#include <optional>
#include <span>
#include <vector>

namespace coffer::bitcoin {

/// What coins cost in quiet times; above it a wallet spends few, below it many.
inline constexpr FeeRate kLongTermFeeRate = FeeRate::fromSatPerVb(10);
/// Change that costs more than its amount at this rate is left to the fee.
inline constexpr FeeRate kDiscardFeeRate = FeeRate::fromSatPerVb(10);
/// The least change that is made on purpose.
inline constexpr std::int64_t kChangeLower = 50'000;
inline constexpr std::int64_t kChangeUpper = 1'000'000;
/// Fees above it are refused, whatever the amount.
inline constexpr std::int64_t kMaxFee = 10'000'000;

/// A coin that may be spent.
struct CoinCandidate
{
    OutPoint point;
    std::int64_t amount = 0;
    std::int64_t inputWeight = 0; ///< Of its input, fully signed.
    Script script;                ///< Coins of one script form a group.
    ScriptType type = ScriptType::P2wpkh;
    int confirmations = 0;
    bool ownOrigin = false;       ///< Made by us (change): safer than somebody else's.
    int unconfirmedAncestors = 0; ///< Itself included; 0 if confirmed.
};

/// Who bears the fee.
enum class FeePayer
{
    Sender,   ///< On top of the amounts.
    Recipient ///< Taken from the amounts.
};

/// What the coins must pay for.
struct SelectionTarget
{
    std::int64_t amount = 0; ///< Sum to the recipients.
    std::size_t recipients = 1;
    std::int64_t weightWithoutInputs = 0; ///< Everything but inputs, change and its count.
    std::int64_t changeOutputWeight = 0;
    std::int64_t changeInputWeight = 0; ///< To spend the change later.
    std::int64_t changeDust = 0;        ///< Of the change script at the discard rate.
    FeeRate feeRate;
    FeePayer feePayer = FeePayer::Sender;
    std::int64_t maxWeight = kMaxStandardWeight;
};

/// What found a selection.
enum class SelectionAlgorithm
{
    BranchAndBound,
    CoinGrinder,
    SingleRandomDraw,
    Manual ///< The person chose the coins.
};

std::string_view selectionAlgorithmName(SelectionAlgorithm algorithm);

/// The chosen coins.
struct Selection
{
    std::vector<std::size_t> coins; ///< Indexes of candidates, ascending.
    std::int64_t inputSum = 0;
    std::int64_t weight = 0; ///< Of the signed transaction, change included.
    std::int64_t fee =
        0; ///< inputSum - amount - change (payer Sender); what is left by the rate else.
    std::int64_t change = 0; ///< 0: no change output.
    std::int64_t waste = 0;
    SelectionAlgorithm algorithm = SelectionAlgorithm::SingleRandomDraw;
};

/// InsufficientFunds (coins and fee do not suffice), TooLarge (only a transaction above the weight
/// limit would do), FeeOutOfBounds (above 0.1 BTC).
base::Result<Selection> selectCoins(std::span<const CoinCandidate> coins,
                                    const SelectionTarget& target, base::Random& random);
/// Exactly these coins. Errors as above.
base::Result<Selection> useCoins(std::span<const CoinCandidate> coins,
                                 const SelectionTarget& target);

/// Everything that is worth its fee, to one output without change.
struct SendAllSelection
{
    std::vector<std::size_t> coins;
    std::vector<std::size_t> notWorth; ///< Cost more than they hold at this fee rate.
    std::int64_t inputSum = 0;
    std::int64_t weight = 0;
    std::int64_t fee = 0;
};
/// `weightWithoutInputs` holds the outputs. Takes the coins of highest amount if the weight limit
/// cuts.
base::Result<SendAllSelection> selectAll(std::span<const CoinCandidate> coins,
                                         std::int64_t weightWithoutInputs, FeeRate feeRate,
                                         std::int64_t maxWeight = kMaxStandardWeight);

/// Smallest change worth making: more than it costs to spend at the discard rate, and no dust.
std::int64_t smallestChange(const SelectionTarget& target);

/// Weight of version, lock time, marker, flag and both counts.
std::int64_t transactionOverheadWeight(std::size_t inputs, std::size_t outputs);

} // namespace coffer::bitcoin
