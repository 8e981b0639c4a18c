// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/uuid.h"

#include "core/base/hex.h"

namespace coffer::base {

Uuid Uuid::create(const Clock& clock, Random& random)
{
    ByteArray<16> bytes{};
    random.fill(bytes);
    const auto ms = static_cast<std::uint64_t>(clock.utcMs());
    for (std::size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
    bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0f));
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));
    return Uuid(bytes);
}

Result<Uuid> Uuid::parse(std::string_view text)
{
    if (text.size() != 36)
        return Error{ErrorCode::Malformed, "not a UUID"};
    std::string hex;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-')
                return Error{ErrorCode::Malformed, "not a UUID"};
        } else {
            hex.push_back(text[i]);
        }
    }
    const auto bytes = TRY(parseHexArray<16>(hex));
    return Uuid(bytes);
}

std::string Uuid::toString() const
{
    auto hex = toHex(m_bytes);
    for (const std::size_t at : {20U, 16U, 12U, 8U})
        hex.insert(at, 1, '-');
    return hex;
}

} // namespace coffer::base
