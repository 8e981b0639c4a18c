// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What lies under the seals of a wallet file: record frames, runs of left-out records, root
// information. What decodes encodes to the same bytes.

#include "core/vault/root_secret.h"
#include "core/vault/sealed_log.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace coffer;
    const base::ByteView bytes(data, size);
    const auto frame = vault::decodeFrame(bytes);
    if (frame) {
        ASSERT(base::equal(vault::encodeFrame(frame->kind, frame->salt, frame->payload), bytes));
        static_cast<void>(vault::leafHash(*frame));
        const auto hashes = vault::decodeCompacted(frame->payload);
        ASSERT(!hashes || hashes->size() * 32 == frame->payload.size());
    }
    const auto info = vault::decodeRootInfo(bytes);
    if (info)
        ASSERT(base::equal(vault::encodeRootInfo(*info), bytes));
    return 0;
}
