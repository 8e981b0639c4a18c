// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/coin_selection.h"

#include "core/bitcoin/wallet/coin_selection_algorithms.h"

#include <algorithm>
#include <array>
#include <map>

namespace coffer::bitcoin {

using base::Error;
using base::ErrorCode;
using base::Result;
using selection::Attempt;
using selection::Group;
using selection::Outcome;

namespace {

/// Coins of one script beyond it form a further group.
constexpr std::size_t kMaxGroup = 100;
/// The vsize of a transaction is rounded up to whole bytes: three weight units at most.
constexpr std::int64_t kRounding = 3;

std::int64_t compactSizeBytes(std::size_t count)
{
    return count < 253 ? 1 : count < 0x10000 ? 3 : 5;
}

bool isLegacy(ScriptType type)
{
    return type == ScriptType::P2pkh || type == ScriptType::P2pk || type == ScriptType::Multisig;
}

/// Weight that the number of inputs and their mix add to the sum of their own weights.
std::int64_t countWeight(std::span<const CoinCandidate> coins,
                         const std::vector<std::size_t>& chosen)
{
    std::int64_t weight = 4 * (compactSizeBytes(chosen.size()) - 1);
    const auto legacy = std::count_if(chosen.begin(), chosen.end(),
                                      [&](std::size_t i) { return isLegacy(coins[i].type); });
    // Beside a segwit input each legacy one carries an empty witness.
    if (static_cast<std::size_t>(legacy) != chosen.size())
        weight += legacy;
    return weight;
}

/// Which coins a rung of the ladder takes.
struct Eligibility
{
    int ownConfirmations = 1;
    int foreignConfirmations = 6;
    int maxAncestors = 0;
    enum class Mix
    {
        OneType,
        Allowed
    } mix = Mix::Allowed;
    enum class Partial
    {
        Left,
        Taken
    } partial = Partial::Left;
};

constexpr std::array<Eligibility, 6> kLadder{{
    {1, 6, 0, Eligibility::Mix::OneType, Eligibility::Partial::Left},
    {1, 1, 0, Eligibility::Mix::Allowed, Eligibility::Partial::Left},
    {0, 1, 2, Eligibility::Mix::Allowed, Eligibility::Partial::Left},
    {0, 1, 4, Eligibility::Mix::Allowed, Eligibility::Partial::Left},
    {0, 1, 12, Eligibility::Mix::Allowed, Eligibility::Partial::Left},
    {0, 1, 24, Eligibility::Mix::Allowed, Eligibility::Partial::Taken},
}};

/// The numbers that all attempts share.
struct Costs
{
    std::int64_t target = 0; ///< Amount and, unless the recipient pays, the fee of all but inputs.
    std::int64_t changeFee = 0;
    std::int64_t costOfChange = 0;
    std::int64_t smallestChange = 0;
    std::int64_t changeTarget = 0;
};

Costs costsOf(const SelectionTarget& target, base::Random& random)
{
    Costs costs;
    costs.target = target.amount;
    if (target.feePayer == FeePayer::Sender)
        costs.target += target.feeRate.feeForWeight(target.weightWithoutInputs + kRounding);
    costs.changeFee = target.feeRate.feeForWeight(target.changeOutputWeight);
    costs.costOfChange = costs.changeFee + kDiscardFeeRate.feeForWeight(target.changeInputWeight);
    costs.smallestChange = smallestChange(target);
    const auto recipients = static_cast<std::int64_t>(std::max<std::size_t>(target.recipients, 1));
    const std::int64_t payment = target.amount / recipients;
    // Change about as large as a payment does not tell which of both outputs is the change.
    costs.changeTarget = kChangeLower + costs.changeFee;
    const std::int64_t upper = std::min(payment * 2, kChangeUpper);
    if (upper > kChangeLower)
        costs.changeTarget += static_cast<std::int64_t>(
            random.below(static_cast<std::uint64_t>(upper - kChangeLower)));
    return costs;
}

/// One eligible coin as part of its group; what costs more than it holds is left out.
void addToGroup(Group& group, std::size_t index, const CoinCandidate& coin,
                const SelectionTarget& target)
{
    const std::int64_t fee = target.feeRate.feeForWeight(coin.inputWeight);
    const std::int64_t effective = coin.amount - fee;
    if (effective <= 0)
        return;
    group.coins.push_back(index);
    group.value += target.feePayer == FeePayer::Sender ? effective : coin.amount;
    group.fee += fee;
    group.longTermFee += kLongTermFeeRate.feeForWeight(coin.inputWeight);
    group.weight += coin.inputWeight;
    group.type = coin.type;
}

bool eligible(std::span<const CoinCandidate> coins, const std::vector<std::size_t>& members,
              const Eligibility& rung)
{
    int depth = coins[members.front()].confirmations;
    bool own = true;
    int ancestors = 0;
    for (const std::size_t i : members) {
        depth = std::min(depth, coins[i].confirmations);
        own = own && coins[i].ownOrigin;
        ancestors += coins[i].unconfirmedAncestors;
    }
    return depth >= (own ? rung.ownConfirmations : rung.foreignConfirmations) &&
           ancestors <= rung.maxAncestors;
}

std::vector<Group> groupsOf(std::span<const CoinCandidate> coins, const SelectionTarget& target,
                            const Eligibility& rung)
{
    std::map<Script, std::vector<std::vector<std::size_t>>> byScript;
    for (std::size_t i = 0; i < coins.size(); ++i) {
        auto& parts = byScript[coins[i].script];
        if (parts.empty() || parts.back().size() >= kMaxGroup)
            parts.emplace_back();
        parts.back().push_back(i);
    }
    std::vector<Group> groups;
    for (const auto& [script, parts] : byScript) {
        for (std::size_t part = 0; part < parts.size(); ++part) {
            const bool partial =
                parts.size() > 1 && part + 1 == parts.size() && parts[part].size() < kMaxGroup;
            if (partial && rung.partial == Eligibility::Partial::Left)
                continue;
            if (!eligible(coins, parts[part], rung))
                continue;
            Group group;
            for (const std::size_t i : parts[part])
                addToGroup(group, i, coins[i], target);
            if (!group.coins.empty())
                groups.push_back(std::move(group));
        }
    }
    return groups;
}

std::int64_t wasteOf(const Attempt& attempt, const Costs& costs)
{
    std::int64_t waste = attempt.fee - attempt.longTermFee;
    const std::int64_t change = attempt.value - costs.target - costs.changeFee;
    if (change >= costs.smallestChange)
        return waste + costs.costOfChange;
    return waste + attempt.value - costs.target;
}

/// All algorithms over one set of groups; the least wasteful answer, by number of inputs on a tie.
Outcome bestOf(const std::vector<Group>& groups, const SelectionTarget& target, const Costs& costs,
               base::Random& random)
{
    if (groups.empty())
        return {};
    const std::int64_t room = target.maxWeight - target.weightWithoutInputs - 16;
    const std::int64_t roomWithChange = room - target.changeOutputWeight;
    std::vector<Outcome> outcomes;
    if (target.feePayer == FeePayer::Sender)
        outcomes.push_back(
            selection::branchAndBound(groups, costs.target, costs.costOfChange, room));
    if (target.feeRate.satPerKvB() > 3 * kLongTermFeeRate.satPerKvB())
        outcomes.push_back(
            selection::coinGrinder(groups, costs.target, costs.changeTarget, roomWithChange));
    outcomes.push_back(selection::singleRandomDraw(
        groups, costs.target + kChangeLower + costs.changeFee, roomWithChange, random));
    Outcome best;
    const auto consider = [&](Outcome outcome) {
        best.tooHeavy = best.tooHeavy || outcome.tooHeavy;
        if (!outcome.attempt)
            return;
        Attempt& attempt = *outcome.attempt;
        attempt.waste = wasteOf(attempt, costs);
        if (!best.attempt || attempt.waste < best.attempt->waste ||
            (attempt.waste == best.attempt->waste &&
             attempt.coins.size() > best.attempt->coins.size()))
            best.attempt = std::move(attempt);
    };
    for (Outcome& outcome : outcomes)
        consider(std::move(outcome));
    // Too little for change of a decent size: then smaller change, or none (Core's Knapsack).
    if (!best.attempt)
        consider(selection::singleRandomDraw(groups, costs.target, roomWithChange, random));
    return best;
}

Outcome attemptRung(std::span<const CoinCandidate> coins, const SelectionTarget& target,
                    const Eligibility& rung, const Costs& costs, base::Random& random)
{
    const std::vector<Group> groups = groupsOf(coins, target, rung);
    std::map<ScriptType, std::vector<Group>> byType;
    for (const Group& group : groups)
        byType[group.type].push_back(group);
    Outcome best;
    for (const auto& [type, ofType] : byType) {
        Outcome outcome = bestOf(ofType, target, costs, random);
        best.tooHeavy = best.tooHeavy || outcome.tooHeavy;
        if (outcome.attempt && (!best.attempt || outcome.attempt->waste < best.attempt->waste))
            best.attempt = std::move(outcome.attempt);
    }
    if (best.attempt || byType.size() < 2 || rung.mix == Eligibility::Mix::OneType)
        return best;
    return bestOf(groups, target, costs, random);
}

/// Turns chosen coins into exact numbers.
Result<Selection> settle(std::span<const CoinCandidate> coins, const SelectionTarget& target,
                         std::vector<std::size_t> chosen)
{
    std::sort(chosen.begin(), chosen.end());
    Selection selection;
    std::int64_t weight = target.weightWithoutInputs + countWeight(coins, chosen);
    for (const std::size_t i : chosen) {
        selection.inputSum = TRY(addMoney(selection.inputSum, coins[i].amount));
        weight += coins[i].inputWeight;
    }
    selection.coins = std::move(chosen);
    const auto feeOfWeight = [&](std::int64_t total) {
        return target.feeRate.feeFor((total + 3) / 4);
    };
    const bool senderPays = target.feePayer == FeePayer::Sender;
    const std::int64_t withChange =
        weight + target.changeOutputWeight +
        4 * (compactSizeBytes(target.recipients + 1) - compactSizeBytes(target.recipients));
    const std::int64_t change =
        selection.inputSum - target.amount - (senderPays ? feeOfWeight(withChange) : 0);
    if (change >= smallestChange(target)) {
        selection.change = change;
        selection.weight = withChange;
        selection.fee = feeOfWeight(withChange);
    } else {
        const std::int64_t left = selection.inputSum - target.amount;
        const std::int64_t fee = feeOfWeight(weight);
        if (left < (senderPays ? fee : 0))
            return Error{ErrorCode::InsufficientFunds, "the chosen coins do not pay for the fee"};
        selection.weight = weight;
        // What is too small for change goes to the miner, and relieves a recipient who pays the
        // fee.
        selection.fee = senderPays ? left : std::max(fee, left);
    }
    if (selection.weight > target.maxWeight)
        return Error{ErrorCode::TooLarge, "the transaction would be too heavy to be relayed"};
    if (selection.fee > kMaxFee)
        return Error{ErrorCode::FeeOutOfBounds, "the fee would be above 0.1 BTC"};
    if (!senderPays && selection.fee >= target.amount)
        return Error{ErrorCode::InsufficientFunds, "the fee would eat the whole amount"};
    return selection;
}

Result<void> checkTarget(const SelectionTarget& target)
{
    if (!isMoney(target.amount))
        return Error{ErrorCode::OutOfRange, "amount is no money"};
    if (target.feeRate < FeeRate() || target.feeRate > kMaxFeeRate)
        return Error{ErrorCode::FeeOutOfBounds, "fee rate"};
    return {};
}

} // namespace

std::string_view selectionAlgorithmName(SelectionAlgorithm algorithm)
{
    switch (algorithm) {
    case SelectionAlgorithm::BranchAndBound:
        return "bnb";
    case SelectionAlgorithm::CoinGrinder:
        return "cg";
    case SelectionAlgorithm::SingleRandomDraw:
        return "srd";
    case SelectionAlgorithm::Manual:
        return "manual";
    }
    return "";
}

Result<Selection> selectCoins(std::span<const CoinCandidate> coins, const SelectionTarget& target,
                              base::Random& random)
{
    TRY(checkTarget(target));
    const Costs costs = costsOf(target, random);
    bool tooHeavy = false;
    for (const Eligibility& rung : kLadder) {
        const Outcome outcome = attemptRung(coins, target, rung, costs, random);
        tooHeavy = tooHeavy || outcome.tooHeavy;
        if (!outcome.attempt)
            continue;
        auto selection = settle(coins, target, outcome.attempt->coins);
        if (!selection && selection.error().code == ErrorCode::InsufficientFunds)
            continue; // Counts of 253 inputs and more weigh a little more than planned.
        if (!selection)
            return selection;
        selection->waste = outcome.attempt->waste;
        selection->algorithm = outcome.attempt->algorithm;
        return selection;
    }
    if (tooHeavy)
        return Error{ErrorCode::TooLarge, "so many coins are needed that no node would relay it"};
    return Error{ErrorCode::InsufficientFunds, "spendable coins do not cover amount and fee"};
}

Result<Selection> useCoins(std::span<const CoinCandidate> coins, const SelectionTarget& target)
{
    TRY(checkTarget(target));
    std::vector<std::size_t> chosen(coins.size());
    for (std::size_t i = 0; i < chosen.size(); ++i)
        chosen[i] = i;
    if (chosen.empty())
        return Error{ErrorCode::InsufficientFunds, "no coins"};
    auto selection = TRY(settle(coins, target, std::move(chosen)));
    selection.algorithm = SelectionAlgorithm::Manual;
    return selection;
}

Result<SendAllSelection> selectAll(std::span<const CoinCandidate> coins,
                                   std::int64_t weightWithoutInputs, FeeRate feeRate,
                                   std::int64_t maxWeight)
{
    std::vector<std::size_t> order(coins.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t first, std::size_t second) {
        return coins[first].amount > coins[second].amount;
    });
    SendAllSelection all;
    all.weight = weightWithoutInputs;
    const std::int64_t room = maxWeight - 16; // Counts may grow by a few bytes.
    for (const std::size_t i : order) {
        if (coins[i].amount <= feeRate.feeForWeight(coins[i].inputWeight)) {
            all.notWorth.push_back(i);
            continue;
        }
        if (all.weight + coins[i].inputWeight + 1 > room)
            continue;
        all.weight += coins[i].inputWeight + (isLegacy(coins[i].type) ? 1 : 0);
        all.inputSum = TRY(addMoney(all.inputSum, coins[i].amount));
        all.coins.push_back(i);
    }
    if (all.coins.empty())
        return Error{ErrorCode::InsufficientFunds, "no coin is worth its fee"};
    std::sort(all.coins.begin(), all.coins.end());
    std::sort(all.notWorth.begin(), all.notWorth.end());
    all.weight = weightWithoutInputs + countWeight(coins, all.coins);
    for (const std::size_t i : all.coins)
        all.weight += coins[i].inputWeight;
    all.fee = feeRate.feeFor((all.weight + 3) / 4);
    if (all.fee >= all.inputSum)
        return Error{ErrorCode::InsufficientFunds, "the fee would eat everything"};
    if (all.fee > kMaxFee)
        return Error{ErrorCode::FeeOutOfBounds, "the fee would be above 0.1 BTC"};
    return all;
}

std::int64_t smallestChange(const SelectionTarget& target)
{
    return std::max(kDiscardFeeRate.feeForWeight(target.changeInputWeight) + 1, target.changeDust);
}

std::int64_t transactionOverheadWeight(std::size_t inputs, std::size_t outputs)
{
    // Version and lock time; marker and flag count once.
    return 4 * (4 + 4 + compactSizeBytes(inputs) + compactSizeBytes(outputs)) + 2;
}

} // namespace coffer::bitcoin
