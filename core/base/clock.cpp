// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/clock.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace coffer::base {

std::int64_t SystemClock::utcMs() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::int64_t SystemClock::monotonicMs() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::string toRfc3339(std::int64_t utcMs)
{
    using namespace std::chrono;
    const auto time = sys_time<milliseconds>(milliseconds(utcMs));
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(time - day));
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

namespace {

Result<int> digits(std::string_view text, std::size_t from, std::size_t count)
{
    if (from + count > text.size())
        return Error{ErrorCode::Malformed, "date too short"};
    int value = 0;
    for (const char c : text.substr(from, count)) {
        if (c < '0' || c > '9')
            return Error{ErrorCode::Malformed, "not a digit in a date"};
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

Result<std::int64_t> parseRfc3339(std::string_view text)
{
    using namespace std::chrono;
    const int y = TRY(digits(text, 0, 4));
    const int m = TRY(digits(text, 5, 2));
    const int d = TRY(digits(text, 8, 2));
    const year_month_day date{year(y), month(static_cast<unsigned>(m)),
                              day(static_cast<unsigned>(d))};
    if (text[4] != '-' || text[7] != '-' || !date.ok())
        return Error{ErrorCode::Malformed, "not a date"};
    auto time = sys_days(date).time_since_epoch() + seconds(0);
    if (text.size() > 10) {
        if (text[10] != 'T' && text[10] != 't' && text[10] != ' ')
            return Error{ErrorCode::Malformed, "not a date-time"};
        const int hour = TRY(digits(text, 11, 2));
        const int minute = TRY(digits(text, 14, 2));
        const int second = TRY(digits(text, 17, 2));
        if (text[13] != ':' || text[16] != ':' || hour > 23 || minute > 59 || second > 60)
            return Error{ErrorCode::Malformed, "not a time"};
        time += hours(hour) + minutes(minute) + seconds(second);
        std::size_t at = 19;
        if (at < text.size() && text[at] == '.') {
            const auto digitsBegin = ++at;
            while (at < text.size() && text[at] >= '0' && text[at] <= '9')
                ++at;
            if (at == digitsBegin)
                return Error{ErrorCode::Malformed, "no digits behind the point in a time"};
        }
        const auto zone = text.substr(at);
        if (zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':') {
            const int zoneHours = TRY(digits(zone, 1, 2));
            const int zoneMinutes = TRY(digits(zone, 4, 2));
            if (zoneHours > 23 || zoneMinutes > 59)
                return Error{ErrorCode::Malformed, "not a time zone"};
            const auto offset = hours(zoneHours) + minutes(zoneMinutes);
            time += zone[0] == '+' ? -offset : offset;
        } else if (zone != "Z" && zone != "z") {
            return Error{ErrorCode::Malformed, "no time zone"};
        }
    }
    return duration_cast<milliseconds>(time).count();
}

} // namespace coffer::base
