// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An import never breaks the book: what it takes can be recorded, and importing the export again
// changes nothing.
#include "core/ledger/bip329.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    ledger::LabelBook book;
    const auto first = ledger::importBip329(text, book, 0);
    if (!first)
        return 0;
    for (const auto& label : first->changed) {
        ASSERT(ledger::checkLabel(label));
        ASSERT(book.apply(ledger::encodeLabel(label)));
    }
    const auto exported = ledger::exportBip329(book);
    ledger::LabelBook other;
    const auto second = ledger::importBip329(exported, other, 0);
    ASSERT(second && second->malformedLines.empty() && second->conflicts.empty());
    for (const auto& label : second->changed)
        ASSERT(other.apply(ledger::encodeLabel(label)));
    ASSERT(ledger::exportBip329(other) == exported);
    return 0;
}
