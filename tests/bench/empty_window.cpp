// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The least that a Qt program with a window can be.

#include "tests/bench/first_paint.h"

#include <QApplication>
#include <QMainWindow>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1'000, 700);
    const coffer::bench::FirstPaint painted(window);
    window.show();
    return QApplication::exec();
}
