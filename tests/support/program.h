// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The tests of a folder share one program: Qt's macro at the end of each file, which would define
/// main(), enters the test's class into the program's list instead. Included before every test.

#include <QTest>

namespace coffer::test {

/// One test of the program, named after its file.
struct Entry
{
    using Run = int (*)(int argumentCount, char** arguments);

    Entry(const char* file, Run run);

    const char* file;
    Run run;
    const Entry* next;
};

} // namespace coffer::test

#undef QTEST_GUILESS_MAIN
#define QTEST_GUILESS_MAIN(TestClass)                                                              \
    namespace {                                                                                    \
    int run##TestClass(int argc, char** argv)                                                      \
    {                                                                                              \
        QTEST_GUILESS_MAIN_IMPL(TestClass)                                                         \
    }                                                                                              \
    const coffer::test::Entry kEntryOf##TestClass(__FILE__, run##TestClass);                       \
    }

#undef QTEST_MAIN
#define QTEST_MAIN(TestClass)                                                                      \
    namespace {                                                                                    \
    int run##TestClass(int argc, char** argv)                                                      \
    {                                                                                              \
        QTEST_MAIN_IMPL(TestClass)                                                                 \
    }                                                                                              \
    const coffer::test::Entry kEntryOf##TestClass(__FILE__, run##TestClass);                       \
    }
