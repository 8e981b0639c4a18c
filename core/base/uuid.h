// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/random.h"

namespace coffer::base {

/// A UUIDv7 (RFC 9562, section 5.7): sortable by time of creation.
class Uuid
{
public:
    Uuid() = default;
    explicit Uuid(const ByteArray<16>& bytes)
        : m_bytes(bytes)
    {
    }
    static Uuid create(const Clock& clock, Random& random);
    /// The 36-character form, either case.
    static Result<Uuid> parse(std::string_view text);

    std::string toString() const;
    const ByteArray<16>& bytes() const { return m_bytes; }
    bool isNull() const { return m_bytes == ByteArray<16>{}; }
    auto operator<=>(const Uuid&) const = default;

private:
    ByteArray<16> m_bytes{};
};

} // namespace coffer::base
