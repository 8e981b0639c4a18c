// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_api.h"
#include "tests/support/settle.h"
#include "tests/support/test.h"
#include "ui/application.h"
#include "ui/main_window.h"
#include "ui/session.h"
#include "ui/shell/shell.h"
#include "ui/shell/wallet_view.h"

#include <QApplication>
#include <QPushButton>

/// What the tests of the window share: an application that is set up, a window over the fake.
namespace coffer::test {

/// QTEST_MAIN with the application set up as the program does it.
#define COFFER_UI_TEST_MAIN(Class)                                                                 \
    namespace {                                                                                    \
    int run##Class(int argc, char** argv)                                                          \
    {                                                                                              \
        QApplication application(argc, argv);                                                      \
        coffer::ui::setUpApplication(application);                                                 \
        Class test;                                                                                \
        return QTest::qExec(&test, argc, argv);                                                    \
    }                                                                                              \
    const coffer::test::ProgramEntry kEntryOf##Class(__FILE__, run##Class);                        \
    }

/// Every warning, but for one that the offscreen platform always gives.
inline QRegularExpression anyWarning()
{
    return QRegularExpression(QStringLiteral("^(?!This plugin does not support).*"));
}

/// A window on an unlocked sample wallet.
struct OpenWindow
{
    explicit OpenWindow(const QString& network = QStringLiteral("main"))
        : fake(network)
    {
        fake.addSampleWallet(QStringLiteral("Savings"));
        fake.unlock(QStringLiteral("Savings"));
        fake.state().settings.language = QStringLiteral("en");
        window = std::make_unique<ui::MainWindow>(fake.api(), ui::WindowOptions{});
        window->show();
    }
    ui::WalletView* view() const { return window->shell()->walletView(); }
    template <typename Widget>
    Widget* find(const QString& name) const
    {
        auto* found = window->findChild<Widget*>(name);
        if (!found)
            qWarning("no widget %s", qPrintable(name));
        return found;
    }
    void press(const QString& name) const { find<QAbstractButton>(name)->click(); }

    FakeApi fake;
    std::unique_ptr<ui::MainWindow> window;
};

inline base::SecretBytes secret(const char* text)
{
    return base::SecretBytes::copyOf(base::viewOf(text));
}

} // namespace coffer::test
