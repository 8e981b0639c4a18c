// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

/// Short ways to build payment intents.

#include "core/ledger/intent_book.h"
#include "core/ledger/intent_rules.h"
#include "tests/core/ledger/books.h"

namespace coffer::test {

/// Spends the given coins of 1000 each to one payee, with change.
inline ledger::Intent draftOf(std::uint8_t id, const std::vector<std::uint32_t>& coins)
{
    ledger::Intent out;
    out.id = uuid(id);
    out.account = uuid(100);
    out.currency = rbtc();
    for (const auto coin : coins)
        out.inputs.push_back({txid(coin), coin, money::Amount(1000)});
    const auto total = static_cast<std::int64_t>(coins.size()) * 1000;
    out.outputs = {{{0x00, 0x14},
                    "bcrt1qpayee",
                    money::Amount(total - 110),
                    ledger::IntentOutputRole::Recipient},
                   {{0x51}, "bcrt1qchange", money::Amount(100), ledger::IntentOutputRole::Change}};
    out.fee = money::Amount(10);
    out.feeRateMilliSatPerVb = 1500;
    out.targetBlocks = 3;
    out.balanceAfter = money::Amount(12'345);
    out.unsignedBytes = {1, 2, 3};
    out.label = "Miete";
    out.findings = {{"first_time", ledger::FindingSeverity::Warning, {"bcrt1qpayee"}}};
    return out;
}

inline constexpr std::int64_t kNow = 1'700'000'000'000;

} // namespace coffer::test
