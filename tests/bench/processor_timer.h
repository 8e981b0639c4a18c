// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

namespace coffer::bench {

/// Processor time, where there is no counterpart whose figure would show that the machine was busy.
class ProcessorTimer
{
public:
    void start() { m_since = now(); }
    double ms() const { return now() - m_since; }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

    double m_since = now();
};

} // namespace coffer::bench
