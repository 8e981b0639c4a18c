// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The tests of a folder share one program: Qt's macro at the end of each file, which would define
/// main(), enters the test's class into the program's list instead. Included before every test.

#include <QCoreApplication>
#include <QTest>

namespace coffer::test {

/// One test of the program, named after its file.
struct ProgramEntry
{
    using Run = int (*)(int argumentCount, char** arguments);

    ProgramEntry(const char* file, Run run);

    const char* file;
    Run run;
    const ProgramEntry* next;
};

} // namespace coffer::test

#undef QTEST_GUILESS_MAIN
#define QTEST_GUILESS_MAIN(TestClass)                                                              \
    namespace {                                                                                    \
    int run##TestClass(int argc, char** argv)                                                      \
    {                                                                                              \
        const QCoreApplication application(argc, argv);                                            \
        TestClass test;                                                                            \
        QTEST_SET_MAIN_SOURCE_PATH                                                                 \
        return QTest::qExec(&test, argc, argv);                                                    \
    }                                                                                              \
    const coffer::test::ProgramEntry kEntryOf##TestClass(__FILE__, run##TestClass);                \
    }
