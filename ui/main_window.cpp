// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/account_search.h"
#include "ui/application.h"
#include "ui/session.h"
#include "ui/shell/shell.h"
#include "ui/widgets/confirm_dialog.h"

#include <QCloseEvent>
#include <QShortcut>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace coffer::ui {

MainWindow::MainWindow(api::Api api, WindowOptions options, QWidget* parent)
    : QMainWindow(parent)
    , m_options(std::move(options))
    , m_session(new Session(api, this))
{
    setObjectName(u"window"_s);
    setMinimumSize(900, 600);
    resize(1180, 760);
    m_language = m_session->settings().language;
    setLanguage(m_language);
    buildShell();
    new AccountSearch(*m_session);
    m_options.openLink.clear();
    // Queued: the page that asked is part of what is built anew.
    connect(m_session, &Session::settingsChanged, this, &MainWindow::followLanguage,
            Qt::QueuedConnection);
    connect(m_session, &Session::walletsChanged, this, &MainWindow::refreshTitle);
    connect(m_session, &Session::walletChanged, this, &MainWindow::refreshTitle);
    auto* quit = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q), this);
    connect(quit, &QShortcut::activated, this, &QWidget::close);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildShell()
{
    m_shell = new Shell(*m_session, m_options);
    setCentralWidget(m_shell); // Deletes the one before.
    connect(m_shell, &Shell::restartRequested, this, &MainWindow::restartRequested);
    refreshTitle();
}

/// All texts are written anew, which drops a draft: not without asking.
void MainWindow::followLanguage()
{
    const QString language = m_session->settings().language;
    if (language == m_language)
        return;
    m_language = language;
    const auto apply = [this] {
        setLanguage(m_language);
        buildShell();
    };
    if (!m_shell->hasDraft()) {
        apply();
        return;
    }
    auto* dialog = new ConfirmDialog(
        tr("Change the language now?"),
        tr("The payment you were preparing is not sent and will be forgotten. Otherwise the new "
           "language comes with the next start."),
        tr("&Change"), u"language"_s, this);
    connect(dialog, &QDialog::accepted, this, apply);
    dialog->open();
}

void MainWindow::refreshTitle()
{
    const auto wallet = m_session->walletInfo();
    if (!wallet)
        setWindowTitle(tr("Coffer"));
    else if (wallet->unlocked)
        setWindowTitle(tr("%1 – Coffer").arg(wallet->id));
    else
        setWindowTitle(tr("%1 (locked) – Coffer").arg(wallet->id));
}

void MainWindow::openLink(const QString& link)
{
    m_shell->openLink(link);
}

void MainWindow::raiseToFront()
{
    if (isMinimized())
        showNormal();
    show();
    raise();
    activateWindow();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange && isMinimized() && m_shell)
        m_shell->noticeMinimised();
}

/// A draft is not dropped silently, and running work is named.
void MainWindow::closeEvent(QCloseEvent* event)
{
    const bool jobs = m_session->hasLosableJob();
    if (m_closing || (!m_shell->hasDraft() && !jobs)) {
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    auto* dialog = new ConfirmDialog(
        tr("Quit Coffer?"),
        jobs ? tr("Work is still running. It is safe to stop; it starts again from the beginning.")
             : tr("The payment you were preparing is not sent and will be forgotten."),
        tr("&Quit"), u"quit"_s, this);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_closing = true;
        close();
    });
    dialog->open();
}

} // namespace coffer::ui
