// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The envelope reader: the first byte is the size of the pieces, the rest a byte stream. However it
// is cut, the same frames come out, and memory stays below what has arrived.

#include "core/base/assert.h"
#include "core/bitcoin/network.h"
#include "core/lightnode/wire/codec.h"

#include <algorithm>

using namespace coffer;
using namespace coffer::lightnode;

namespace {

std::vector<Frame> framesOf(base::ByteView stream, std::size_t piece)
{
    FrameReader reader(bitcoin::paramsOf(bitcoin::Network::Regtest).magic);
    std::vector<Frame> out;
    std::size_t fed = 0;
    while (!stream.empty()) {
        auto part = stream.first(std::min(piece, stream.size()));
        stream = stream.subspan(part.size());
        fed += part.size();
        while (!part.empty()) {
            auto frame = reader.next(part);
            if (!frame)
                return out;
            if (!*frame)
                break;
            ASSERT((*frame)->payload.size() <= kMaxPayload);
            out.push_back(std::move(**frame));
        }
        ASSERT(reader.bufferedBytes() <= fed);
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const base::ByteView stream(data + 1, size - 1);
    const auto whole = framesOf(stream, stream.size() + 1);
    const auto pieces = framesOf(stream, std::size_t{1} + data[0]);
    ASSERT(whole.size() == pieces.size());
    for (std::size_t i = 0; i < whole.size(); ++i)
        ASSERT(whole[i].command == pieces[i].command && whole[i].payload == pieces[i].payload);
    return 0;
}
