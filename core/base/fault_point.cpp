// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/fault_point.h"

#ifdef COFFER_FAULT_POINTS

#include <charconv>
#include <csignal>
#include <cstdlib>

namespace coffer::base {

namespace {

struct Wanted
{
    std::string_view name;
    int pass = 0;
};

Wanted wanted()
{
    const char* text = std::getenv("COFFER_DIE_AT");
    if (text == nullptr)
        return {};
    const std::string_view whole(text);
    const auto colon = whole.find(':');
    Wanted out{whole.substr(0, colon), 1};
    if (colon != std::string_view::npos)
        std::from_chars(whole.data() + colon + 1, whole.data() + whole.size(), out.pass);
    return out;
}

} // namespace

void faultPoint(std::string_view name)
{
    static const Wanted s_wanted = wanted();
    static int s_passed = 0;
    if (name == s_wanted.name && ++s_passed == s_wanted.pass)
        std::raise(SIGKILL);
}

} // namespace coffer::base

#else

namespace coffer::base {

void faultPoint(std::string_view) {}

} // namespace coffer::base

#endif
