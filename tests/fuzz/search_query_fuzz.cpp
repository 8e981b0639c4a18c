// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A search never breaks: it is refused, or every number in it can be compared.
#include "core/ledger/search_query.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const money::NumberLocale& numbers :
         {money::NumberLocale{U'.', U','}, money::NumberLocale{U',', U'.'}}) {
        const auto query = ledger::parseSearch(
            text, {numbers, [](std::int64_t utcMs) { return utcMs + 210 * 60'000; }});
        if (!query)
            continue;
        for (const auto& terms : query->alternatives) {
            ASSERT(!terms.empty());
            for (const auto& term : terms) {
                ASSERT(!term.text.empty());
                ASSERT(!term.period || term.period->beginMs < term.period->endMs);
                for (const char* code : {"BTC", "JPY", "ETH"}) {
                    if (term.number)
                        ledger::AmountThreshold(*term.number, *money::Currency::find(code))
                            .compare(money::Amount(1));
                }
            }
        }
    }
    return 0;
}
