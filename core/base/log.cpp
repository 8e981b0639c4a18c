// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/log.h"

#include "core/base/clock.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace coffer::base {

void log(LogLevel level, std::string_view topic, std::string_view message)
{
    static const bool debug = [] {
        const char* wanted = std::getenv("COFFER_LOG");
        return wanted != nullptr && std::string_view(wanted) == "debug";
    }();
    if (level == LogLevel::Debug && !debug)
        return;
    constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
    std::string line = toRfc3339(SystemClock().utcMs());
    line += ' ';
    line += kNames[static_cast<int>(level)];
    line += ' ';
    line += topic;
    line += ": ";
    // A peer's text must not be able to forge a second line.
    for (const char c : message)
        line += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr); // One call, so lines of threads do not mix.
}

} // namespace coffer::base
