// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QWidget>

class QStackedWidget;

namespace coffer::ui {

class CreateFlow;
class OpenFileFlow;
class RestoreFlow;
class TextLabel;

/// The first thing a person sees, and where further wallets are added.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(Session& session, QWidget* parent = nullptr);

    /// A flow has made a wallet and is not through.
    bool isBusy() const;
    CreateFlow* createFlow();
    RestoreFlow* restoreFlow();
    RestoreFlow* watchFlow();
    OpenFileFlow* openFlow();
    void showCreate();
    void showRestore();
    void showWatch();
    /// With the path of a file that is known already, or empty.
    void showOpenFile(const QString& path);
    void showChoice();
    /// Esc: the step before; what was typed is not dropped without asking.
    void stepBack();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

Q_SIGNALS:
    /// Empty: the person went back to the wallets that exist.
    void finished(const QString& wallet);
    void restartRequested(const QString& network);

private:
    QWidget* buildChoice();
    QWidget* buildCorner();
    QWidget* choiceButton(const QString& iconName, const QString& title, const QString& text,
                          const QString& objectName, const std::function<void()>& run);
    QWidget* framed(const QString& title, QWidget* content);
    void showPage(QWidget* page);
    bool hasDraft() const;

    Session& m_session;
    QStackedWidget* m_stack;
    QWidget* m_choice;
    QWidget* m_firstChoice = nullptr;
    OpenFileFlow* m_open = nullptr;
    CreateFlow* m_create = nullptr;
    RestoreFlow* m_restore = nullptr;
    RestoreFlow* m_watch = nullptr;
};

} // namespace coffer::ui
