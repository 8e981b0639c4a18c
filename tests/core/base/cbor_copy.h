// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cbor.h"

namespace coffer::test {

/// Reads one item of any kind and writes it again: what was accepted must come out the same.
inline base::Result<void> copyCborItem(base::CborReader& in, base::CborWriter& out)
{
    const auto type = TRY(in.peek());
    switch (type) {
    case base::CborType::Uint:
    case base::CborType::NegativeInteger:
    case base::CborType::Tag: {
        const auto value = TRY(in.bigInteger());
        out.bigInteger(value.sign, value.magnitude);
        return {};
    }
    case base::CborType::ByteString: {
        const auto value = TRY(in.bytes());
        out.bytes(value);
        return {};
    }
    case base::CborType::TextString: {
        const auto value = TRY(in.text());
        out.text(value);
        return {};
    }
    case base::CborType::Array: {
        const auto count = TRY(in.array());
        out.beginArray(count);
        for (std::size_t i = 0; i < count; ++i)
            TRY(copyCborItem(in, out));
        return {};
    }
    case base::CborType::Map: {
        const auto count = TRY(in.map());
        out.beginMap(count);
        for (std::size_t i = 0; i < 2 * count; ++i)
            TRY(copyCborItem(in, out));
        return {};
    }
    case base::CborType::Boolean: {
        const auto value = TRY(in.boolean());
        out.boolean(value);
        return {};
    }
    case base::CborType::Null:
        TRY(in.null());
        out.null();
        return {};
    case base::CborType::End:
        break;
    }
    return base::Error{base::ErrorCode::Malformed, "nothing to copy"};
}

/// One whole document.
inline base::Result<base::Bytes> copyCbor(base::ByteView bytes)
{
    base::CborReader in(bytes);
    base::CborWriter out;
    TRY(copyCborItem(in, out));
    TRY(in.expectEnd());
    return out.take();
}

} // namespace coffer::test
