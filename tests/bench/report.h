// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace coffer::bench {

/// The middle one, or the mean of the middle two.
double median(std::vector<double> values);

/// One measurement: smaller is better.
struct Figure
{
    std::string what;
    std::string unit;
    double ours = 0;
    /// The same work done by somebody else in this run.
    struct Counterpart
    {
        std::string name;
        double value = 0;
    };
    std::optional<Counterpart> counterpart;
    std::optional<double> mostTimesCounterpart; ///< The target, as a ratio.
    std::optional<double> most;                 ///< The target, in units.
};

enum class Verdict
{
    Recorded, ///< There is no target.
    Met,
    Missed
};
Verdict verdictOf(const Figure& figure);

/// Prints a figure, and adds it as a row of a Markdown table to the file that $COFFER_BENCH_TABLE
/// names.
void report(const Figure& figure);

} // namespace coffer::bench
