// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What reads re-encodes to the same bytes, and every rule answers about it.
#include "core/ledger/intent_book.h"
#include "core/ledger/intent_rules.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView bytes(data, size);
    const auto intent = ledger::decodeIntent(bytes);
    if (!intent)
        return 0;
    ASSERT(base::equal(ledger::encodeIntent(*intent), bytes));
    ledger::IntentBook book;
    const auto applied = book.apply(bytes);
    ASSERT(!applied || *book.find(intent->id) == *intent);
    const auto action = ledger::confirmAction(*intent, {}, 0);
    ASSERT(!action || *action != ledger::ConfirmAction::Sign ||
           intent->state == ledger::IntentState::Prepared);
    ledger::nextAction(*intent, 0);
    ledger::reservedCoins({&*intent, 1}, 0);
    return 0;
}
