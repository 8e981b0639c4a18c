// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace coffer::base {

/// Where time comes from. Injected everywhere, so that tests decide what time it is.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01T00:00:00Z. May jump.
    virtual std::int64_t utcMs() const = 0;
    /// Milliseconds since some start. Never goes back.
    virtual std::int64_t monotonicMs() const = 0;
};

/// The system's clock.
class SystemClock final : public Clock
{
public:
    std::int64_t utcMs() const override;
    std::int64_t monotonicMs() const override;
};

/// A clock that moves when told to.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(std::int64_t utcMs = 1'700'000'000'000)
        : m_utcMs(utcMs)
    {
    }
    std::int64_t utcMs() const override { return m_utcMs; }
    std::int64_t monotonicMs() const override { return m_monotonicMs; }
    void advanceMs(std::int64_t ms)
    {
        m_utcMs += ms;
        m_monotonicMs += ms;
    }
    void setUtcMs(std::int64_t ms) { m_utcMs = ms; }

private:
    std::int64_t m_utcMs;
    std::int64_t m_monotonicMs = 0;
};

/// RFC 3339 in UTC with seconds: "2026-11-24T07:07:53Z".
std::string toRfc3339(std::int64_t utcMs);
/// Accepts RFC 3339 date-times and plain dates ("2023-03-01", midnight UTC).
Result<std::int64_t> parseRfc3339(std::string_view text);

} // namespace coffer::base
