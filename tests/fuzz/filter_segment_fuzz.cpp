// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A filter segment file. Its checksum is set right, so that the table behind it is reached.

#include "core/crypto/hash.h"
#include "core/storage/filter_segments.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace coffer;
    auto file = base::bytesOf(base::ByteView(data, size));
    static_cast<void>(storage::FilterSegments::decode(0, file));
    const auto checksum = crypto::sha256(file);
    file.insert(file.end(), checksum.begin(), checksum.end());
    const auto segment = storage::FilterSegments::decode(0, std::move(file));
    if (segment) {
        std::size_t sum = 0;
        for (std::uint32_t i = 0; i < segment->info.count; ++i)
            sum += segment->filter(i).size();
        ASSERT(sum == segment->data.size());
    }
    return 0;
}
