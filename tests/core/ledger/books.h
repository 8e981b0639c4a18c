// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

/// Short ways to build what the tests of the books need.

#include "core/ledger/chain_bookkeeping.h"
#include "tests/support/test.h"

namespace coffer::test {

/// An id whose bytes all are `number`.
inline base::Uuid uuid(std::uint8_t number)
{
    base::ByteArray<16> bytes{};
    bytes.fill(number);
    return base::Uuid(bytes);
}

inline ledger::TransactionId txid(std::uint64_t number)
{
    ledger::TransactionId out{};
    for (std::size_t i = 0; i < 8; ++i)
        out[i] = static_cast<std::uint8_t>(number >> (8 * i));
    out[31] = 0x5A;
    return out;
}

inline money::Currency rbtc()
{
    return money::Currency::regtestBitcoin();
}

inline ledger::Posting posting(const ledger::BookAccount& account, std::int64_t amount,
                               ledger::Layer layer = ledger::Layer::Pending)
{
    return {account, rbtc(), layer, money::Amount(amount)};
}

/// `account` receives `amount` from outside.
inline ledger::EntryDraft deposit(std::uint8_t account, std::int64_t amount, std::uint64_t tx)
{
    ledger::EntryDraft out;
    out.kind = ledger::EntryKind::Deposit;
    out.postings = {posting(ledger::BookAccount::own(uuid(account)), amount),
                    posting(ledger::BookAccount::external(), -amount)};
    out.transaction = txid(tx);
    return out;
}

inline ledger::EntryDraft settlement(const ledger::EntryDraft& appearance, std::int64_t height)
{
    ledger::EntryDraft out;
    out.kind = ledger::EntryKind::Settlement;
    for (const auto& p : appearance.postings) {
        out.postings.push_back({p.account, p.currency, ledger::Layer::Pending, p.amount.negated()});
        out.postings.push_back({p.account, p.currency, ledger::Layer::Settled, p.amount});
    }
    out.transaction = appearance.transaction;
    out.height = height;
    return out;
}

/// Books with a clock and ids of their own.
struct Books
{
    ledger::Ledger ledger;
    base::ManualClock clock;
    base::SeededRandom random{7};

    base::Result<std::vector<ledger::Entry>> post(const std::vector<ledger::EntryDraft>& drafts)
    {
        auto bytes = TRY(ledger.compose(drafts, clock, random));
        std::vector<ledger::Entry> out;
        for (const auto& entry : bytes) {
            auto applied = TRY(ledger.apply(entry));
            out.push_back(std::move(applied));
        }
        return out;
    }

    ledger::Balance balance(std::uint8_t account) const
    {
        return ledger.balance(ledger::BookAccount::own(uuid(account)), rbtc());
    }
};

inline ledger::Balance balance(std::int64_t settled, std::int64_t pending)
{
    return {money::Amount(settled), money::Amount(pending)};
}

/// A complete entry for tests of one entry alone.
inline ledger::Entry entryOf(const ledger::EntryDraft& draft)
{
    ledger::Entry out;
    static_cast<ledger::EntryDraft&>(out) = draft;
    ASSERT(ledger::normalise(out.postings));
    out.id = uuid(9);
    out.sequence = 1;
    out.timeMs = 1'700'000'000'000;
    return out;
}

} // namespace coffer::test
