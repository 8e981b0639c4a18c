// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/program.h"

#include <cstdio>
#include <string_view>

namespace coffer::test {

namespace {

const ProgramEntry* first = nullptr;

std::string_view stemOf(std::string_view path)
{
    path.remove_prefix(path.rfind('/') + 1);
    return path.substr(0, path.find('.'));
}

} // namespace

ProgramEntry::ProgramEntry(const char* sourceFile, Run function)
    : file(sourceFile)
    , run(function)
    , next(first)
{
    first = this;
}

} // namespace coffer::test

/// PROGRAM TEST [QtTest's arguments]; a program of a single test needs no name.
int main(int argc, char** argv)
{
    using namespace coffer::test;
    if (first && !first->next && (argc < 2 || stemOf(first->file) != argv[1]))
        return first->run(argc, argv);
    for (const ProgramEntry* entry = first; entry && argc >= 2; entry = entry->next) {
        if (stemOf(entry->file) == argv[1]) {
            argv[1] = argv[0];
            return entry->run(argc - 1, argv + 1);
        }
    }
    std::fputs("Name one of these tests:\n", stderr);
    for (const ProgramEntry* entry = first; entry; entry = entry->next)
        std::fprintf(stderr, "  %s\n", std::string(stemOf(entry->file)).c_str());
    return 2;
}
