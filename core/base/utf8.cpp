// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/utf8.h"

namespace coffer::base {

namespace {

/// Length of the sequence and the range of its second byte, by its first byte.
struct Lead
{
    std::size_t length = 0; // 0: cannot begin a sequence.
    std::uint8_t low = 0x80;
    std::uint8_t high = 0xbf;
};

Lead leadOf(std::uint8_t byte)
{
    if (byte < 0x80)
        return {1};
    if (byte >= 0xc2 && byte <= 0xdf)
        return {2};
    if (byte == 0xe0)
        return {3, 0xa0, 0xbf};
    if (byte == 0xed)
        return {3, 0x80, 0x9f};
    if (byte >= 0xe1 && byte <= 0xef)
        return {3};
    if (byte == 0xf0)
        return {4, 0x90, 0xbf};
    if (byte >= 0xf1 && byte <= 0xf3)
        return {4};
    if (byte == 0xf4)
        return {4, 0x80, 0x8f};
    return {};
}

} // namespace

bool isUtf8(ByteView bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        const auto lead = leadOf(bytes[at]);
        if (lead.length == 0 || bytes.size() - at < lead.length)
            return false;
        for (std::size_t i = 1; i < lead.length; ++i) {
            const auto byte = bytes[at + i];
            if (byte < (i == 1 ? lead.low : 0x80) || byte > (i == 1 ? lead.high : 0xbf))
                return false;
        }
        at += lead.length;
    }
    return true;
}

} // namespace coffer::base
