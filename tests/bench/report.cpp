// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/report.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace coffer::bench {

namespace {

std::string number(double value, const std::string& unit)
{
    char text[64];
    const int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    std::snprintf(text, sizeof text, "%.*f %s", decimals, value, unit.c_str());
    return text;
}

std::string ratioOf(const Figure& figure)
{
    if (!figure.counterpart || figure.counterpart->value <= 0)
        return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", figure.ours / figure.counterpart->value);
    return text;
}

std::string targetOf(const Figure& figure)
{
    char text[64] = "recorded";
    if (figure.mostTimesCounterpart)
        std::snprintf(text, sizeof text, "at most %.3g x", *figure.mostTimesCounterpart);
    else if (figure.most)
        std::snprintf(text, sizeof text, "at most %.4g %s", *figure.most, figure.unit.c_str());
    return text;
}

const char* nameOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Recorded:
        return "-";
    case Verdict::Met:
        return "met";
    case Verdict::Missed:
        return "missed";
    }
    return "";
}

} // namespace

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Verdict verdictOf(const Figure& figure)
{
    double limit = 0;
    if (figure.mostTimesCounterpart && figure.counterpart)
        limit = *figure.mostTimesCounterpart * figure.counterpart->value;
    else if (figure.most)
        limit = *figure.most;
    else
        return Verdict::Recorded;
    return figure.ours <= limit ? Verdict::Met : Verdict::Missed;
}

void report(const Figure& figure)
{
    const std::string counterpart =
        figure.counterpart
            ? figure.counterpart->name + ": " + number(figure.counterpart->value, figure.unit)
            : "-";
    const std::string row = "| " + figure.what + " | " + number(figure.ours, figure.unit) + " | " +
                            counterpart + " | " + ratioOf(figure) + " | " + targetOf(figure) +
                            " | " + nameOf(verdictOf(figure)) + " |\n";
    std::fputs(row.c_str(), stdout);
    std::fflush(stdout);
    const char* path = std::getenv("COFFER_BENCH_TABLE");
    if (path == nullptr)
        return;
    if (std::FILE* file = std::fopen(path, "a")) {
        std::fputs(row.c_str(), file);
        std::fclose(file);
    }
}

} // namespace coffer::bench
