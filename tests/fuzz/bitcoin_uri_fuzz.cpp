// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A URI that is read can be written and read again to the same, and shown texts are clean.

#include "core/payments/bitcoin_uri.h"

using namespace coffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const auto network : {bitcoin::Network::Main, bitcoin::Network::Regtest}) {
        const auto target = payments::parsePaymentTarget(text, network);
        static_cast<void>(target);
        const auto uri = payments::parseBitcoinUri(text, network);
        if (!uri)
            continue;
        const auto again = payments::parseBitcoinUri(payments::writeBitcoinUri(*uri), network);
        // Percent-encoding may make it longer than what is accepted.
        ASSERT(again ? *again == *uri : again.error().code == base::ErrorCode::TooLarge);
        static_cast<void>(payments::payableAddress(*uri));
    }
    if (const auto shown = payments::displayText(text)) {
        const auto twice = payments::displayText(*shown);
        ASSERT(twice && *twice == *shown);
    }
    return 0;
}
