// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenu;
class QPushButton;
class QToolButton;

namespace coffer::ui {

class Session;
class SyncPill;

/// Always on top: which wallet, the command field, the node, discreet mode, notifications, lock.
class HeaderBar : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderBar(Session& session, QWidget* parent = nullptr);

    SyncPill* syncPill() const { return m_sync; }
    QToolButton* bell() const { return m_bell; }
    void setUnread(int count);

Q_SIGNALS:
    void commandsRequested();
    void jobsRequested();
    void notificationsRequested();
    void lockRequested();
    void walletChosen(const QString& wallet);
    void addWalletRequested();

private:
    QToolButton* addIcon(const QString& iconName, const QString& name, const QString& objectName,
                         const QString& tip);
    void refreshWallet();
    void refreshEye();

    Session& m_session;
    QPushButton* m_wallet;
    QMenu* m_menu;
    QPushButton* m_commands;
    SyncPill* m_sync;
    QToolButton* m_eye;
    QToolButton* m_bell;
    QToolButton* m_lock;
};

} // namespace coffer::ui
