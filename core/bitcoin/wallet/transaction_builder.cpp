// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bitcoin/wallet/transaction_builder.h"

#include "core/bitcoin/wallet/chain_limits.h"
#include "core/bitcoin/wallet/transaction_builder_assembly.h"

#include <algorithm>

namespace coffer::bitcoin {

using assembly::ChangePlace;
using assembly::Plan;
using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

/// A tip older than this may be far behind: no lock time then, or the payment would wait for
/// nothing.
constexpr std::int64_t kOldTipMs = 8LL * 3600 * 1000;
/// No node relays for less.
constexpr FeeRate kLeastFeeRate = FeeRate::fromSatPerKvB(100);

/// Of coins that hang on too much the first are left out one by one, since others of the same depth
/// may do; then all of that depth at once, so that a wallet full of them does not search for long.
constexpr std::size_t kLeftOutSingly = 32;

template <typename T>
void shuffle(std::vector<T>& items, base::Random& random)
{
    for (std::size_t i = items.size(); i > 1; --i)
        std::swap(items[i - 1], items[random.below(i)]);
}

/// The recipients as outputs; "everything" has amount 0 until it is known.
struct Payment
{
    std::vector<TxOutput> outputs;
    std::int64_t amount = 0;
    bool all = false;
};

Result<Payment> paymentOf(const BuildRequest& request)
{
    if (request.recipients.empty())
        return Error{ErrorCode::Malformed, "no recipients"};
    Payment payment;
    for (const Recipient& recipient : request.recipients) {
        if (recipient.script.empty())
            return Error{ErrorCode::Malformed, "recipient without a script"};
        if (!recipient.amount) {
            if (request.recipients.size() > 1)
                return Error{ErrorCode::Malformed, "only a single recipient can get everything"};
            payment.all = true;
            payment.outputs.push_back({0, recipient.script});
            continue;
        }
        if (!isMoney(*recipient.amount))
            return Error{ErrorCode::OutOfRange, "amount"};
        if (*recipient.amount < dustThreshold(recipient.script) ||
            (*recipient.amount == 0 && !isUnspendable(recipient.script)))
            return Error{ErrorCode::Dust, "amount below what is relayed"};
        payment.amount = TRY(addMoney(payment.amount, *recipient.amount));
        payment.outputs.push_back({*recipient.amount, recipient.script});
    }
    return payment;
}

Result<std::vector<Coin>> chosenCoins(const BuildRequest& request, const WalletState& wallet)
{
    std::vector<Coin> coins;
    std::set<OutPoint> seen;
    for (const OutPoint& point : request.coins) {
        const Coin* coin = wallet.view.findCoin(point);
        if (!coin || coin->owner.account != request.account)
            return Error{ErrorCode::NotFound, "no such coin in this account"};
        if (request.unavailable.contains(point) || coin->status == CoinStatus::Immature)
            return Error{ErrorCode::Rejected, "a chosen coin is frozen, reserved or immature"};
        if (!seen.insert(point).second)
            return Error{ErrorCode::Malformed, "a coin is chosen twice"};
        coins.push_back(*coin);
    }
    return coins;
}

std::vector<Coin> availableCoins(const AccountId& account, const WalletState& wallet,
                                 const std::set<OutPoint>& unavailable)
{
    std::vector<Coin> coins;
    for (const Coin& coin : wallet.view.coins()) {
        if (coin.owner.account == account && coin.spendable() && !unavailable.contains(coin.point))
            coins.push_back(coin);
    }
    return coins;
}

/// Takes the fee out of the recipients' amounts, in equal parts; the first bears the rest.
Result<void> deductFee(std::vector<TxOutput>& outputs, std::int64_t fee)
{
    const auto count = static_cast<std::int64_t>(outputs.size());
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        outputs[i].amount -= fee / count + (i == 0 ? fee % count : 0);
        if (outputs[i].amount < std::max<std::int64_t>(dustThreshold(outputs[i].script), 1))
            return Error{ErrorCode::Dust, "the fee leaves a recipient less than is relayed"};
    }
    return {};
}

/// One payment on its way from request to plan.
class Builder
{
public:
    Builder(const BuildRequest& request, const WalletState& wallet, base::Random& random)
        : m_request(request)
        , m_wallet(wallet)
        , m_random(random)
    {
    }

    Result<BuiltTransaction> build()
    {
        TRY(prepare());
        if (m_payment.all)
            TRY(takeAll());
        else
            TRY(takeSome());
        shuffle(m_plan.inputs, m_random);
        m_plan.lockTime = chooseLockTime(m_wallet.view.tipHeight(), m_request.tipTimeMs,
                                         m_request.nowMs, m_random);
        m_plan.psbtVersion = m_request.psbtVersion;
        return assembly::assemble(std::move(m_plan), m_wallet);
    }

private:
    Result<void> prepare();
    Result<void> takeAll();
    Result<void> takeSome();
    /// Calls `select` until what it takes would be relayed; of coins that we choose those that hang
    /// on most are left out.
    template <typename Select>
    auto selectWithinLimits(Select select) -> decltype(select());
    void leaveOutDeepest(const std::vector<std::size_t>& chosen);
    SelectionTarget targetOf(const ChangePlace& change) const;
    void addRecipients();

    const BuildRequest& m_request;
    const WalletState& m_wallet;
    base::Random& m_random;
    Payment m_payment;
    std::vector<Coin> m_coins;
    std::vector<CoinCandidate> m_candidates;
    Plan m_plan;
};

Result<void> Builder::prepare()
{
    if (m_request.feeRate < kLeastFeeRate || m_request.feeRate > kMaxFeeRate)
        return Error{ErrorCode::FeeOutOfBounds, "fee rate"};
    m_payment = TRY(paymentOf(m_request));
    if (m_request.coins.empty())
        m_coins = availableCoins(m_request.account, m_wallet, m_request.unavailable);
    else
        m_coins = TRY(chosenCoins(m_request, m_wallet));
    for (const Coin& coin : m_coins) {
        auto candidate = TRY(assembly::candidateOf(coin, m_wallet));
        m_candidates.push_back(std::move(candidate));
    }
    return {};
}

template <typename Select>
auto Builder::selectWithinLimits(Select select) -> decltype(select())
{
    // Each round leaves out coins that wait, so it ends.
    Result<void> within;
    for (;;) {
        auto selection = select();
        if (!selection)
            return within ? selection.error() : within.error();
        std::vector<OutPoint> inputs;
        for (const std::size_t i : selection->coins)
            inputs.push_back(m_coins[i].point);
        within = checkChainLimits(m_wallet, inputs, (selection->weight + 3) / 4);
        if (within)
            return selection;
        if (!m_request.coins.empty())
            return within.error();
        leaveOutDeepest(selection->coins);
    }
}

void Builder::leaveOutDeepest(const std::vector<std::size_t>& chosen)
{
    const auto depth = [this](std::size_t i) { return m_coins[i].unconfirmedAncestors; };
    const std::size_t deepest = *std::ranges::max_element(chosen, {}, depth);
    const int most = depth(deepest);
    ASSERT(most > 0); // Confirmed coins are within every limit.
    const bool alone = m_plan.tooDeep.size() < kLeftOutSingly;
    for (std::size_t i = m_coins.size(); i-- > 0;) {
        if (alone ? i != deepest : depth(i) < most)
            continue;
        const auto place = static_cast<std::ptrdiff_t>(i);
        m_plan.tooDeep.push_back(m_coins[i]);
        m_coins.erase(m_coins.begin() + place);
        m_candidates.erase(m_candidates.begin() + place);
    }
}

Result<void> Builder::takeAll()
{
    const auto witnesses = assembly::witnessesOf(m_request.account, m_wallet);
    const std::int64_t weight = assembly::weightOfOutputs(m_payment.outputs, witnesses);
    const auto all =
        TRY(selectWithinLimits([&] { return selectAll(m_candidates, weight, m_request.feeRate); }));
    const std::int64_t amount = all.inputSum - all.fee;
    if (amount < std::max<std::int64_t>(dustThreshold(m_payment.outputs[0].script), 1))
        return Error{ErrorCode::InsufficientFunds, "nothing is left after the fee"};
    m_payment.outputs[0].amount = amount;
    for (const std::size_t i : all.coins)
        m_plan.inputs.push_back(m_coins[i]);
    for (const std::size_t i : all.notWorth)
        m_plan.notWorth.push_back(m_coins[i]);
    m_plan.weight = all.weight;
    addRecipients();
    return {};
}

SelectionTarget Builder::targetOf(const ChangePlace& change) const
{
    SelectionTarget target;
    target.amount = m_payment.amount;
    target.recipients = m_payment.outputs.size();
    target.weightWithoutInputs = assembly::weightOfOutputs(
        m_payment.outputs, assembly::witnessesOf(m_request.account, m_wallet));
    target.changeOutputWeight = change.outputWeight;
    target.changeInputWeight = change.inputWeight;
    target.changeDust = change.dust;
    target.feeRate = m_request.feeRate;
    target.feePayer = m_request.feePayer;
    return target;
}

Result<void> Builder::takeSome()
{
    const ChangePlace change = TRY(assembly::changePlaceOf(m_request.account, m_wallet));
    const SelectionTarget target = targetOf(change);
    const Selection selection = TRY(selectWithinLimits([&] {
        return m_request.coins.empty() ? selectCoins(m_candidates, target, m_random)
                                       : useCoins(m_candidates, target);
    }));
    for (const std::size_t i : selection.coins)
        m_plan.inputs.push_back(m_coins[i]);
    m_plan.weight = selection.weight;
    m_plan.algorithm = selection.algorithm;
    // The recipients bear what the inputs do not hold beyond amounts and change.
    if (m_request.feePayer == FeePayer::Recipient) {
        const std::int64_t left = selection.inputSum - target.amount - selection.change;
        TRY(deductFee(m_payment.outputs, selection.fee - left));
    }
    addRecipients();
    if (selection.change == 0)
        return {};
    BuiltOutput output;
    output.output = {selection.change, change.script.script};
    output.owner = change.script.owner;
    output.change = true;
    const std::size_t place = m_random.below(m_plan.outputs.size() + 1);
    m_plan.outputs.insert(m_plan.outputs.begin() + static_cast<std::ptrdiff_t>(place),
                          std::move(output));
    return {};
}

void Builder::addRecipients()
{
    for (TxOutput& output : m_payment.outputs)
        m_plan.outputs.push_back(assembly::outputTo(std::move(output), m_wallet));
}

} // namespace

Result<BuiltTransaction> buildTransaction(const BuildRequest& request, const WalletState& wallet,
                                          base::Random& random)
{
    return Builder(request, wallet, random).build();
}

std::vector<CoinCandidate> candidatesOf(const AccountId& account, const WalletState& wallet,
                                        const std::set<OutPoint>& unavailable)
{
    std::vector<CoinCandidate> candidates;
    for (const Coin& coin : availableCoins(account, wallet, unavailable)) {
        auto candidate = assembly::candidateOf(coin, wallet);
        if (candidate)
            candidates.push_back(candidate.take());
    }
    return candidates;
}

std::uint32_t chooseLockTime(std::uint32_t tipHeight, std::int64_t tipTimeMs, std::int64_t nowMs,
                             base::Random& random)
{
    if (tipTimeMs <= 0 || nowMs - tipTimeMs > kOldTipMs)
        return 0;
    // Now and then a little less, so that delayed payments do not stand out.
    if (random.below(10) != 0)
        return tipHeight;
    const auto less = static_cast<std::uint32_t>(random.below(100));
    return tipHeight > less ? tipHeight - less : 0;
}

} // namespace coffer::bitcoin
