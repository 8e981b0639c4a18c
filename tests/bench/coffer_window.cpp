// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Coffer's window over its engine, wired as in app/desktop, until the first paint.
// coffer_window DATA-FOLDER

#include "core/engine/engine.h"
#include "tests/bench/first_paint.h"
#include "ui/application.h"
#include "ui/main_window.h"

#include <QApplication>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    coffer::engine::EngineOptions options;
    options.dataDirectory = QApplication::arguments().value(1);
    options.network = QStringLiteral("regtest");
    coffer::ui::setUpApplication(application);
    auto engine = coffer::engine::Engine::start(options, coffer::engine::Engine::Role::Window);
    if (!engine) {
        std::fprintf(stderr, "%s\n", engine.error().detail.c_str());
        return 1;
    }
    coffer::ui::MainWindow window((*engine)->api(), {});
    const coffer::bench::FirstPaint painted(window);
    window.show();
    return QApplication::exec();
}
