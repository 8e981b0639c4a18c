// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A typed amount is refused, or has one or two readings that format and parse back to themselves.
#include "core/money/amount_format.h"

#include <algorithm>

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const money::NumberLocale locales[] = {{U'.', U','}, {U',', U'.'}, {U',', U'\u202F'}};
    for (const auto& locale : locales) {
        for (const char* code : {"BTC", "EUR", "JPY", "ETH"}) {
            const auto currency = *money::Currency::find(code);
            const auto machine = money::parseDecimal(text, currency);
            if (machine)
                ASSERT(money::parseDecimal(money::toDecimal(*machine, currency), currency));
            const auto parsed = money::parseHumanAmount(text, currency, locale);
            if (!parsed)
                continue;
            const auto& readings = parsed->readings;
            ASSERT(readings.size() == 1 || readings.size() == 2);
            for (const auto& reading : readings) {
                ASSERT(!reading.amount.isNegative());
                const auto shown = money::formatAmount(reading, {locale});
                const auto again = money::parseHumanAmount(shown, currency, locale);
                // Grouping makes an amount of very many digits too long to type.
                if (!again && again.error().code == base::ErrorCode::TooLarge)
                    continue;
                ASSERT(again &&
                       std::count(again->readings.begin(), again->readings.end(), reading));
            }
        }
    }
    return 0;
}
