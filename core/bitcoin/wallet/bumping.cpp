// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/bumping.h"

#include "core/bitcoin/wallet/chain_limits.h"
#include "core/bitcoin/wallet/transaction_builder_assembly.h"

#include <algorithm>
#include <functional>

namespace coffer::bitcoin {

using assembly::ChangePlace;
using assembly::Plan;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

/// The coin that an input of an own transaction spends, as it was before.
Result<Coin> spentCoin(const WalletState& wallet, const OutPoint& point)
{
    const auto output = wallet.graph.output(point);
    const auto owner = output ? wallet.index.lookup(output->script) : std::nullopt;
    if (!owner)
        return Error{ErrorCode::Rejected, "an input is not ours"};
    Coin coin;
    coin.point = point;
    coin.output = *output;
    coin.owner = *owner;
    const TransactionView* creator = wallet.view.find(point.txid);
    if (creator && creator->place) {
        coin.confirmations = creator->confirmations;
        coin.height = creator->place->height;
        coin.coinbase = creator->coinbase;
    } else {
        coin.status = CoinStatus::PendingOwn;
    }
    return coin;
}

Result<const TransactionView*> bumpable(const WalletState& wallet, const Txid& txid)
{
    const TransactionView* found = wallet.view.find(txid);
    if (!found)
        return Error{ErrorCode::NotFound, "no such transaction"};
    if (found->status != TransactionStatus::Unconfirmed)
        return Error{ErrorCode::Rejected, "only a waiting payment can be replaced"};
    if (!found->allInputsOurs || !found->fee)
        return Error{ErrorCode::Rejected, "not a payment of this wallet"};
    return found;
}

/// What a replacement may still change: outputs that stay, the one that shrinks, and the inputs.
struct Draft
{
    std::vector<Coin> inputs;
    std::vector<TxOutput> kept;
    std::size_t changePosition = 0; ///< Where the change stood, or will stand.
    std::int64_t keptAmount = 0;
    std::int64_t inputSum = 0;
    std::int64_t inputWeight = 0;
};

Result<void> addInput(Draft& draft, const Coin& coin, const WalletState& wallet)
{
    draft.inputSum = TRY(addMoney(draft.inputSum, coin.output.amount));
    const std::int64_t weight = TRY(assembly::inputWeightOf(coin.owner, wallet));
    draft.inputWeight += weight;
    draft.inputs.push_back(coin);
    return {};
}

Result<Draft> draftInputs(const WalletState& wallet, const Transaction& original,
                          const AccountId& account)
{
    Draft draft;
    for (const TxInput& input : original.inputs) {
        const Coin coin = TRY(spentCoin(wallet, input.previous));
        if (coin.owner.account != account)
            return Error{ErrorCode::Rejected, "an input belongs to another account"};
        TRY(addInput(draft, coin, wallet));
    }
    return draft;
}

/// Confirmed coins that a replacement may add, largest first: as few as possible.
std::vector<Coin> addableCoins(const BumpRequest& request, const WalletState& wallet)
{
    std::vector<Coin> coins;
    for (const Coin& coin : wallet.view.coins()) {
        if (coin.owner.account == request.account && coin.status == CoinStatus::Confirmed &&
            !request.unavailable.contains(coin.point))
            coins.push_back(coin);
    }
    std::stable_sort(coins.begin(), coins.end(), [](const Coin& first, const Coin& second) {
        return first.output.amount > second.output.amount;
    });
    return coins;
}

/// What any transaction of this size must pay.
using FeeRule = std::function<std::int64_t(std::int64_t vsize)>;

/// Change, or none, by the coins of a draft; nothing if they do not suffice.
struct Settlement
{
    std::int64_t change = 0;
    std::int64_t weight = 0;
};

std::optional<Settlement> settle(const Draft& draft, const ChangePlace& change,
                                 assembly::Witnesses witnesses, const FeeRule& fee)
{
    const std::int64_t countWeight =
        transactionOverheadWeight(draft.inputs.size(), 1) - transactionOverheadWeight(1, 1);
    const std::int64_t weight =
        assembly::weightOfOutputs(draft.kept, witnesses) + countWeight + draft.inputWeight;
    const std::int64_t withChange = weight + change.outputWeight;
    const std::int64_t left = draft.inputSum - draft.keptAmount - fee((withChange + 3) / 4);
    const std::int64_t smallest =
        std::max(kDiscardFeeRate.feeForWeight(change.inputWeight) + 1, change.dust);
    if (left >= smallest)
        return Settlement{left, withChange};
    if (!draft.kept.empty() && draft.inputSum - draft.keptAmount >= fee((weight + 3) / 4))
        return Settlement{0, weight};
    return std::nullopt;
}

/// Adds confirmed coins until the fee is paid, then makes the PSBT.
Result<BuiltTransaction> complete(Draft draft, const BumpRequest& request,
                                  const ChangePlace& change, const WalletState& wallet,
                                  const FeeRule& fee, std::uint32_t lockTime,
                                  std::vector<Txid> replaces)
{
    const auto witnesses = assembly::witnessesOf(request.account, wallet);
    auto settled = settle(draft, change, witnesses, fee);
    for (const Coin& coin : addableCoins(request, wallet)) {
        if (settled)
            break;
        const bool used = std::any_of(draft.inputs.begin(), draft.inputs.end(),
                                      [&](const Coin& c) { return c.point == coin.point; });
        if (used)
            continue;
        TRY(addInput(draft, coin, wallet));
        settled = settle(draft, change, witnesses, fee);
    }
    if (!settled)
        return Error{ErrorCode::InsufficientFunds, "confirmed coins do not cover the higher fee"};
    if (settled->weight > kMaxStandardWeight)
        return Error{ErrorCode::TooLarge, "the transaction would be too heavy to be relayed"};
    Plan plan;
    plan.inputs = std::move(draft.inputs);
    for (TxOutput& output : draft.kept)
        plan.outputs.push_back(assembly::outputTo(std::move(output), wallet));
    if (settled->change > 0) {
        BuiltOutput output;
        output.output = {settled->change, change.script.script};
        output.owner = change.script.owner;
        output.change = true;
        const std::size_t place = std::min(draft.changePosition, plan.outputs.size());
        plan.outputs.insert(plan.outputs.begin() + static_cast<std::ptrdiff_t>(place),
                            std::move(output));
    }
    plan.lockTime = lockTime;
    plan.weight = settled->weight;
    plan.psbtVersion = request.psbtVersion;
    plan.replaces = std::move(replaces);
    return assembly::assemble(std::move(plan), wallet);
}

Result<FeeRule> feeRuleOf(const BumpTerms& terms, const std::optional<FeeRate>& wanted)
{
    if (wanted && *wanted < terms.leastRate)
        return Error{ErrorCode::FeeOutOfBounds,
                     "a replacement needs at least " + terms.leastRate.toString() + " sat/vB"};
    if (wanted && *wanted > kMaxFeeRate)
        return Error{ErrorCode::FeeOutOfBounds, "fee rate"};
    const FeeRate rate = wanted.value_or(terms.leastRate);
    return FeeRule([terms, rate](std::int64_t vsize) {
        return std::max(terms.leastFee(vsize), rate.feeFor(vsize));
    });
}

/// The change of an own transaction: the output to the account's change descriptor.
std::optional<std::size_t> changeOf(const Transaction& original, const AccountId& account,
                                    const WalletState& wallet)
{
    for (std::size_t i = 0; i < original.outputs.size(); ++i) {
        const auto owner = wallet.index.lookup(original.outputs[i].script);
        if (owner && owner->account == account && owner->role == DescriptorRole::Change)
            return i;
    }
    return std::nullopt;
}

} // namespace

std::int64_t BumpTerms::leastFee(std::int64_t vsize) const
{
    return std::max(leastRate.feeFor(vsize), evictedFees + kIncrementalRelayFeeRate.feeFor(vsize));
}

Result<BumpTerms> bumpTerms(const WalletState& wallet, const Txid& txid)
{
    const TransactionView* original = TRY(bumpable(wallet, txid));
    BumpTerms terms;
    terms.oldFee = *original->fee;
    terms.oldVsize = original->transaction->vsize();
    terms.oldRate = FeeRate::of(terms.oldFee, terms.oldVsize);
    terms.leastRate = FeeRate::fromSatPerKvB(
        terms.oldRate.satPerKvB() +
        std::max(kIncrementalRelayFeeRate, kWalletIncrementalFeeRate).satPerKvB());
    terms.evictedFees = terms.oldFee;
    terms.evicted.push_back(txid);
    for (const Txid& descendant : descendantsOf(wallet.graph, txid)) {
        const TransactionView* view = wallet.view.find(descendant);
        if (!view || view->status != TransactionStatus::Unconfirmed)
            continue;
        if (!view->fee)
            return Error{ErrorCode::Rejected, "somebody builds on this payment already"};
        terms.evictedFees = TRY(addMoney(terms.evictedFees, *view->fee));
        terms.evicted.push_back(descendant);
    }
    if (terms.evicted.size() > kMaxReplaced)
        return Error{ErrorCode::Rejected, "too many transactions depend on it"};
    return terms;
}

Result<BuiltTransaction> buildBump(const BumpRequest& request, const WalletState& wallet,
                                   base::Random& random)
{
    BumpTerms terms = TRY(bumpTerms(wallet, request.txid));
    const FeeRule fee = TRY(feeRuleOf(terms, request.feeRate));
    const Transaction& original = *wallet.view.find(request.txid)->transaction;
    Draft draft = TRY(draftInputs(wallet, original, request.account));
    const auto change = changeOf(original, request.account, wallet);
    for (std::size_t i = 0; i < original.outputs.size(); ++i) {
        if (i == change)
            continue;
        draft.kept.push_back(original.outputs[i]);
        draft.keptAmount += original.outputs[i].amount;
    }
    // The same change script again: both versions of a payment cannot confirm.
    Result<ChangePlace> place =
        change ? assembly::changePlaceFor({original.outputs[*change].script,
                                           *wallet.index.lookup(original.outputs[*change].script)},
                                          wallet)
               : assembly::changePlaceOf(request.account, wallet);
    if (!place)
        return place.error();
    draft.changePosition =
        change.value_or(static_cast<std::size_t>(random.below(draft.kept.size() + 1)));
    const std::uint32_t lockTime =
        chooseLockTime(wallet.view.tipHeight(), request.tipTimeMs, request.nowMs, random);
    return complete(std::move(draft), request, *place, wallet, fee, lockTime,
                    std::move(terms.evicted));
}

Result<BuiltTransaction> buildCancel(const BumpRequest& request, const WalletState& wallet,
                                     base::Random& random)
{
    BumpTerms terms = TRY(bumpTerms(wallet, request.txid));
    const FeeRule fee = TRY(feeRuleOf(terms, request.feeRate));
    const Transaction& original = *wallet.view.find(request.txid)->transaction;
    Draft draft = TRY(draftInputs(wallet, original, request.account));
    const auto change = changeOf(original, request.account, wallet);
    Result<ChangePlace> place =
        change ? assembly::changePlaceFor({original.outputs[*change].script,
                                           *wallet.index.lookup(original.outputs[*change].script)},
                                          wallet)
               : assembly::changePlaceOf(request.account, wallet);
    if (!place)
        return place.error();
    const std::uint32_t lockTime =
        chooseLockTime(wallet.view.tipHeight(), request.tipTimeMs, request.nowMs, random);
    return complete(std::move(draft), request, *place, wallet, fee, lockTime,
                    std::move(terms.evicted));
}

Result<ChildFee> childFee(const WalletState& wallet, const std::vector<OutPoint>& coins,
                          std::int64_t childVsize, FeeRate target, ForeignFeeCap cap)
{
    std::set<Txid> ancestors;
    for (const OutPoint& point : coins) {
        const TransactionView* creator = wallet.view.find(point.txid);
        if (!creator || creator->status != TransactionStatus::Unconfirmed)
            continue;
        ancestors.insert(point.txid);
        for (const Txid& txid : unconfirmedAncestorsOf(wallet.graph, wallet.view, point.txid))
            ancestors.insert(txid);
    }
    TRY(checkChainLimits(wallet, coins, 0)); // Whoever builds the child knows its size.
    ChildFee result;
    for (const Txid& txid : ancestors) {
        result.ancestorsVsize += wallet.graph.transaction(txid)->vsize();
        const TransactionView* view = wallet.view.find(txid);
        if (view && view->fee)
            result.ancestorsFee = TRY(addMoney(result.ancestorsFee, *view->fee));
        else
            result.foreignFeeAssumedZero = true;
    }
    const std::int64_t own = target.feeFor(childVsize);
    const std::int64_t package =
        target.feeFor(result.ancestorsVsize + childVsize) - result.ancestorsFee;
    // Ancestors that pay more than the target already need no help.
    result.fee = std::max(own, package);
    if (result.foreignFeeAssumedZero && result.fee - own > kMaxForeignParentFee &&
        cap == ForeignFeeCap::Keep) {
        result.fee = own + kMaxForeignParentFee;
        result.capped = true;
    }
    return result;
}

Result<BuiltTransaction> buildChild(const BumpRequest& request, const OutPoint& coin,
                                    const WalletState& wallet, base::Random& random,
                                    ForeignFeeCap cap)
{
    const Coin* found = wallet.view.findCoin(coin);
    if (!found || found->owner.account != request.account)
        return Error{ErrorCode::NotFound, "no such coin in this account"};
    if (found->height >= 0)
        return Error{ErrorCode::Rejected, "the coin is confirmed already"};
    if (request.unavailable.contains(coin))
        return Error{ErrorCode::Rejected, "the coin is frozen or reserved"};
    if (!request.feeRate || *request.feeRate < kMinRelayFeeRate || *request.feeRate > kMaxFeeRate)
        return Error{ErrorCode::FeeOutOfBounds, "fee rate"};
    Draft draft;
    TRY(addInput(draft, *found, wallet));
    const auto ownFee = childFee(wallet, {coin}, 100, *request.feeRate, cap);
    if (!ownFee)
        return ownFee.error();
    const FeeRule fee = [&](std::int64_t vsize) {
        const auto child = childFee(wallet, {coin}, vsize, *request.feeRate, cap);
        ASSERT(child); // Only the size differs from the check above.
        return child->fee;
    };
    const ChangePlace place = TRY(assembly::changePlaceOf(request.account, wallet));
    const std::uint32_t lockTime =
        chooseLockTime(wallet.view.tipHeight(), request.tipTimeMs, request.nowMs, random);
    auto built = TRY(complete(std::move(draft), request, place, wallet, fee, lockTime, {}));
    TRY(checkChainLimits(wallet, {&coin, 1}, built.vsize));
    return built;
}

} // namespace coffer::bitcoin
