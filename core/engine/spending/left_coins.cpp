// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/spending/left_coins.h"

#include "core/engine/wallet_session.h"

#include <map>
#include <set>

namespace coffer::engine {

namespace {

api::LeftReason reasonOf(const WalletSession& session, const bitcoin::Coin& coin)
{
    if (session.isFrozen(coin.point))
        return api::LeftReason::Frozen;
    if (coin.status == bitcoin::CoinStatus::Immature)
        return api::LeftReason::Immature;
    return coin.spendable() ? api::LeftReason::Reserved : api::LeftReason::Unconfirmed;
}

} // namespace

std::vector<api::LeftCoins> leftCoins(const WalletSession& session,
                                      const bitcoin::BuildRequest& request,
                                      const bitcoin::BuiltTransaction& built)
{
    std::map<api::LeftReason, api::LeftCoins> byReason;
    const auto add = [&byReason](api::LeftReason reason, const bitcoin::Coin& coin) {
        auto& left = byReason[reason];
        left.reason = reason;
        ++left.count;
        const auto sum = left.amount.plus(money::Amount(coin.output.amount));
        ASSERT(sum); // No more than there is of the currency.
        left.amount = *sum;
    };
    std::set<bitcoin::OutPoint> told;
    for (const auto& input : built.inputs)
        told.insert(input.coin.point);
    for (const auto& coin : built.notWorth) {
        told.insert(coin.point);
        add(api::LeftReason::Uneconomical, coin);
    }
    for (const auto& coin : built.tooDeep) {
        told.insert(coin.point);
        add(api::LeftReason::Unconfirmed, coin);
    }
    if (request.coins.empty()) {
        for (const auto& coin : session.view().coins()) {
            if (coin.owner.account == request.account && !told.contains(coin.point))
                add(reasonOf(session, coin), coin);
        }
    }
    std::vector<api::LeftCoins> out;
    for (const auto& [reason, left] : byReason)
        out.push_back(left);
    return out;
}

} // namespace coffer::engine
