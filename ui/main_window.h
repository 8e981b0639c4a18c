// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/api.h"

#include <QMainWindow>

namespace coffer::ui {

/// What the program knows about this start and the window cannot ask of the engine.
struct WindowOptions
{
    /// A payment link given on the command line; shown as a banner, never filled in silently.
    QString openLink;
    /// Folder that file dialogs start in; empty: the person's home.
    QString startFolder;
};

class Session;
class Shell;

/// The one window: first run, unlock, or the wallet's pages. All objects of `api` must outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(api::Api api, WindowOptions options, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// A payment link that arrived while the window is open.
    void openLink(const QString& link);
    /// Shows, raises and activates the window: a second start of the program asks for it.
    void raiseToFront();
    Shell* shell() const { return m_shell; }
    Session* session() const { return m_session; }

Q_SIGNALS:
    /// The person wants the program to start again on another network ("main", "testnet4",
    /// "signet", "regtest"). The program decides how.
    void restartRequested(const QString& network);

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildShell();
    void refreshTitle();
    void followLanguage();

    WindowOptions m_options;
    Session* m_session;
    Shell* m_shell = nullptr;
    QString m_language; ///< In which the texts are written.
    bool m_closing = false;
};

} // namespace coffer::ui
