// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/spending/policy_service.h"

#include "core/bitcoin/address.h"
#include "core/bitcoin/amount.h"
#include "core/engine/core.h"

#include <algorithm>

namespace coffer::engine {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kMaxPayees = 1'000; // A list that a person can still read.

base::Result<std::int64_t> satoshiOf(const money::Amount& amount)
{
    const auto satoshi = TRY(amount.toInt64());
    if (!bitcoin::isMoney(satoshi))
        return Error{ErrorCode::OutOfRange, "a limit is 0 to 21 million"};
    return satoshi;
}

base::Result<void> changeLimit(std::optional<std::int64_t>& limit, const api::LimitChange& change)
{
    switch (change.kind) {
    case api::LimitChange::Kind::Keep:
        break;
    case api::LimitChange::Kind::Set:
        limit = TRY(satoshiOf(change.amount));
        break;
    case api::LimitChange::Kind::Remove:
        limit.reset();
        break;
    }
    return {};
}

} // namespace

base::Result<api::SpendPolicyInfo> PolicyService::show(const api::WalletId& wallet) const
{
    auto* session = TRY(m_core.wallets().session(wallet));
    const auto& policy = session->spendPolicy();
    api::SpendPolicyInfo info;
    info.currency = money::Currency::bitcoin();
    info.state = policy.state == signing::PolicyState::Frozen ? api::SigningState::Frozen
                                                              : api::SigningState::Active;
    const auto spent = session->spendCounters().sum(m_core.clock().utcMs());
    info.spent = money::Amount(spent);
    if (policy.perPayment)
        info.perPayment = money::Amount(*policy.perPayment);
    if (policy.perDay) {
        info.perDay = money::Amount(*policy.perDay);
        info.left = money::Amount(std::max<std::int64_t>(0, *policy.perDay - spent));
    }
    info.maxFee = money::Amount(policy.maxFee);
    info.maxFeeRateMilliSatPerVb = policy.maxFeeRate;
    for (const auto& script : policy.allowedScripts) {
        const auto address = bitcoin::addressOf(script, m_core.network().network);
        if (address)
            info.allowedPayees.append(QString::fromStdString(*address));
    }
    return info;
}

base::Result<void> PolicyService::changeList(signing::SpendPolicy& policy,
                                             const api::PolicyChange& change) const
{
    auto& scripts = policy.allowedScripts;
    if (change.list == api::PolicyChange::List::Clear)
        scripts.clear();
    const auto network = m_core.network().network;
    for (const auto& address : change.allow) {
        const auto script = TRY(bitcoin::scriptOf(address.toStdString(), network));
        if (std::ranges::find(scripts, script) == scripts.end())
            scripts.push_back(script);
    }
    if (scripts.size() > kMaxPayees)
        return Error{ErrorCode::TooLarge, "the allow-list has more than 1,000 addresses"};
    for (const auto& address : change.disallow) {
        const auto script = TRY(bitcoin::scriptOf(address.toStdString(), network));
        if (std::erase(scripts, script) == 0)
            return Error{ErrorCode::NotFound, address.toStdString() + " is not on the allow-list"};
    }
    // An empty list allows everybody, the opposite of what taking the last one away asks for.
    if (scripts.empty() && !change.disallow.isEmpty())
        return Error{ErrorCode::Rejected,
                     "without its last address the list would allow anybody: say --allow-any"};
    return {};
}

base::Result<signing::SpendPolicy> PolicyService::changed(const signing::SpendPolicy& before,
                                                          const api::PolicyChange& change) const
{
    auto policy = before;
    if (change.state)
        policy.state = *change.state == api::SigningState::Frozen ? signing::PolicyState::Frozen
                                                                  : signing::PolicyState::Active;
    TRY(changeLimit(policy.perPayment, change.perPayment));
    TRY(changeLimit(policy.perDay, change.perDay));
    if (change.maxFee)
        policy.maxFee = TRY(satoshiOf(*change.maxFee));
    if (change.maxFeeRateMilliSatPerVb)
        policy.maxFeeRate = *change.maxFeeRateMilliSatPerVb;
    TRY(changeList(policy, change));
    return policy;
}

QCoro::Task<base::Result<api::SpendPolicyInfo>> PolicyService::change(api::PolicyChange change)
{
    const auto wallet = change.wallet;
    CO_TRY(auto* session, m_core.wallets().session(wallet));
    CO_TRY(auto next, changed(session->spendPolicy(), change));
    const bool given = !change.password.empty();
    if (!given && signing::loosens(session->spendPolicy(), next))
        co_return Error{ErrorCode::PasswordNeeded, "this allows more: it needs the password"};
    if (given) {
        auto key = co_await m_core.wallets().keyOf(wallet, std::move(change.password));
        if (!key)
            co_return key.error();
        CO_TRY(session, m_core.wallets().session(wallet));     // Locked while we waited?
        CO_TRY(next, changed(session->spendPolicy(), change)); // Somebody else may have changed it.
    }
    auto stored = session->setSpendPolicy(next);
    if (!stored)
        co_return stored.error();
    m_core.publish(wallet);
    co_return show(wallet);
}

} // namespace coffer::engine
