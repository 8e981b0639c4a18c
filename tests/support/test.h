// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What every test needs: macros that print a Result's error, and the test data.

#include "core/base/bytes.h"
#include "tests/support/program.h"

#include <QFile>
#include <QTest>

/// Fails the test and prints the error unless the Result holds a value.
#define VERIFY_RESULT(result)                                                                      \
    do {                                                                                           \
        const auto& coffer_checked = (result);                                                     \
        if (!coffer_checked) {                                                                     \
            QFAIL(qPrintable(QString::fromStdString(                                               \
                std::string(coffer::base::errorCodeName(coffer_checked.error().code)) + ": " +     \
                coffer_checked.error().detail)));                                                  \
        }                                                                                          \
    } while (false)

/// Fails the test unless the Result holds exactly this error code.
#define COMPARE_ERROR(result, wanted)                                                              \
    do {                                                                                           \
        const auto& coffer_checked = (result);                                                     \
        QVERIFY2(!coffer_checked, "expected an error, got a value");                               \
        QCOMPARE(                                                                                  \
            QString::fromUtf8(coffer::base::errorCodeName(coffer_checked.error().code).data()),    \
            QString::fromUtf8(coffer::base::errorCodeName(wanted).data()));                        \
    } while (false)

namespace coffer::test {

/// The bytes of a file below tests/data; aborts when it is missing.
inline std::string dataFile(const char* path)
{
    QFile file(QStringLiteral(COFFER_TEST_DATA "/") + QString::fromUtf8(path));
    ASSERT(file.open(QIODevice::ReadOnly));
    return file.readAll().toStdString();
}

} // namespace coffer::test
