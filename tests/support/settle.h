// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest/QtTest>

namespace coffer::test {

/// Lets timers and layouts of a window run for a moment: for pictures, and before looking at what
/// must not have happened. A test that waits for something uses QTRY_VERIFY.
inline void settle(int ms = 60)
{
    QTest::qWait(ms);
}

} // namespace coffer::test
