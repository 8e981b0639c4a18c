// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any text: a descriptor is refused, or its public form reads back to the same scripts.

#include "core/bitcoin/descriptor/descriptor.h"

using namespace coffer;
using bitcoin::ChecksumRule;
using bitcoin::Descriptor;
using bitcoin::Network;
using bitcoin::PrivateKeyRule;

namespace {

void check(const Descriptor& descriptor)
{
    const auto text = descriptor.toString();
    const auto again = Descriptor::parse(text, descriptor.network(),
                                         {ChecksumRule::Required, PrivateKeyRule::Refuse});
    if (!again) {
        // Origins may grow beyond what is read; nothing else may be lost.
        ASSERT(again.error().code == base::ErrorCode::TooLarge ||
               again.error().code == base::ErrorCode::NotFound);
        return;
    }
    ASSERT(again->toString() == text && again->isRanged() == descriptor.isRanged());
    (void)descriptor.inputWeight();
    const auto outputs = descriptor.expandAll(1);
    const auto publicOutputs = again->expandAll(1);
    if (!outputs || !publicOutputs)
        return;
    ASSERT(outputs->size() == publicOutputs->size());
    for (std::size_t i = 0; i < outputs->size(); ++i)
        ASSERT((*outputs)[i].script == (*publicOutputs)[i].script);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    for (const auto network : {Network::Main, Network::Regtest}) {
        const auto all =
            Descriptor::parseAll(text, network, {ChecksumRule::Optional, PrivateKeyRule::Accept});
        if (!all)
            continue;
        check(all->front());
        check(all->back());
    }
    return 0;
}
