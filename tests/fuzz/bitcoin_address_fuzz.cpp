// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any text: an address is refused, or its script's address is the same text in one case.

#include "core/bitcoin/address.h"
#include "core/bitcoin/descriptor/slip132.h"
#include "core/bitcoin/onion.h"

using namespace coffer;
using bitcoin::Network;

namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    for (const auto network :
         {Network::Main, Network::Testnet4, Network::Signet, Network::Regtest}) {
        const auto address = bitcoin::parseAddress(text, network);
        const auto payable = bitcoin::scriptOf(text, network);
        ASSERT(!payable || (address && address->script == *payable));
        if (address) {
            const auto again = bitcoin::addressOf(address->script, network);
            ASSERT(again && lower(*again) == lower(text));
        }
        if (const auto wif = bitcoin::parseWif(text, network))
            ASSERT(!address && wif->secret.size() == 32);
    }
    for (const auto position : bitcoin::likelyMistakes(text))
        ASSERT(position < size);
    if (const auto key = bitcoin::convertSlip132(text)) {
        const auto again = bitcoin::convertSlip132(key->xpub);
        ASSERT(again && again->xpub == key->xpub);
    }
    if (const auto key = bitcoin::parseOnionName(text))
        ASSERT(bitcoin::onionName(*key) == lower(text));
    return 0;
}
