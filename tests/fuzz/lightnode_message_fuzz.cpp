// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every message decoder: the first byte chooses the command, the rest is the payload. What decodes
// encodes, and decodes to the same again.

#include "core/base/assert.h"
#include "core/lightnode/wire/codec.h"

#include <array>

using namespace coffer;
using namespace coffer::lightnode;

namespace {

constexpr std::array<std::string_view, 27> kCommands{
    "version",   "verack",   "wtxidrelay",   "sendaddrv2", "sendheaders", "getaddr", "mempool",
    "ping",      "pong",     "feefilter",    "sendcmpct",  "getheaders",  "headers", "inv",
    "getdata",   "notfound", "getcfheaders", "cfheaders",  "getcfilters", "cfilter", "getcfcheckpt",
    "cfcheckpt", "addr",     "addrv2",       "cmpctblock", "tx",          "block"};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto command = kCommands[data[0] % kCommands.size()];
    auto message = decodeMessage(command, base::Bytes(data + 1, data + size));
    if (!message)
        return 0;
    ASSERT(commandOf(*message) == command);
    const auto encoded = encodePayload(*message);
    auto again = decodeMessage(command, encoded);
    ASSERT(again);
    ASSERT(encodePayload(*again) == encoded);
    return 0;
}
