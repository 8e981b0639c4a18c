// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes are a script: every reader stays inside, and what is recognised can be rebuilt.

#include "core/bitcoin/address.h"
#include "core/bitcoin/script.h"

using namespace coffer;
using bitcoin::ScriptType;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const base::ByteView script(data, size);
    const auto type = bitcoin::classify(script);
    ASSERT(!bitcoin::scriptTypeName(type).empty());
    (void)bitcoin::disassemble(script);
    ASSERT(bitcoin::dustThreshold(script) >= 0);
    ASSERT(bitcoin::outputWeight(script) >= 36);
    if (const auto ops = bitcoin::parseScript(script); ops && !ops->empty())
        ASSERT(ops->back().end == size);
    if (const auto items = bitcoin::pushedData(script)) {
        ASSERT(bitcoin::isPushOnly(script));
        bitcoin::Script shortest;
        for (const auto& item : *items)
            bitcoin::appendPush(shortest, item);
        const auto again = bitcoin::pushedData(shortest);
        ASSERT(again && *again == *items && shortest.size() <= size);
    }
    if (const auto found = bitcoin::multisigTemplate(script)) {
        ASSERT(found->required >= 1 &&
               static_cast<std::size_t>(found->required) <= found->keys.size());
        ASSERT(type == ScriptType::Multisig);
        // 17 to 20 have one encoding, so does everything else.
        ASSERT(base::equal(bitcoin::multisig(found->required, found->keys), script));
    }
    if (const auto address = bitcoin::addressOf(script, bitcoin::Network::Main)) {
        const auto parsed = bitcoin::parseAddress(*address, bitcoin::Network::Main);
        ASSERT(parsed && base::equal(parsed->script, script) && parsed->type == type);
    }
    return 0;
}
