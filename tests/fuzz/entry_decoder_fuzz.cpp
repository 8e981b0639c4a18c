// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What reads re-encodes to the same bytes, and the books accept or refuse it without harm.
#include "core/ledger/ledger.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView bytes(data, size);
    const auto entry = ledger::decodeEntry(bytes);
    if (!entry)
        return 0;
    ASSERT(base::equal(ledger::encodeEntry(*entry), bytes));
    ledger::Ledger books;
    const auto applied = books.apply(bytes);
    ASSERT(!applied || ledger::checkEntry(*entry));
    ASSERT(applied ? books.size() == 1 : books.size() == 0);
    return 0;
}
