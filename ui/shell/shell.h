// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main_window.h"
#include "ui/session.h"

#include <QWidget>

#include <functional>

class QStackedWidget;

namespace coffer::ui {

class AutoLock;
class DesktopNotifier;
class StartPage;
class UnlockPage;
class WalletView;

/// What fills the window: first run without a wallet, unlock for a locked one, else the wallet.
/// Rebuilt when the language changes.
class Shell : public QWidget
{
    Q_OBJECT

public:
    enum class Mode
    {
        Start,
        Unlock,
        Wallet
    };

    Shell(Session& session, WindowOptions options, QWidget* parent = nullptr);
    ~Shell() override;

    Mode mode() const { return m_mode; }
    StartPage* startPage() const { return m_start; }
    UnlockPage* unlockPage() const { return m_unlock; }
    WalletView* walletView() const { return m_view; }
    DesktopNotifier* notifier() const { return m_notifier; }
    void openLink(const QString& link);
    bool hasDraft() const;
    void lock();
    void noticeMinimised();

Q_SIGNALS:
    void restartRequested(const QString& network);

private:
    void watch();
    bool isUnlocked(const api::WalletId& wallet) const;
    void decide();
    void enter(Mode mode);
    void buildStart();
    void buildUnlock();
    void buildView();
    void dropView();
    void notice(const api::WalletId& wallet, const api::HistoryRow& row);
    /// In the wallet that is shown, or in another one that is unlocked.
    void openIn(const api::WalletId& wallet, const Destination& destination);
    void guard();
    void lockAll();
    void lockWallet(const api::WalletId& wallet);
    void afterDraft(const std::function<void()>& go);

    Session& m_session;
    WindowOptions m_options;
    QStackedWidget* m_stack;
    Mode m_mode = Mode::Start;
    StartPage* m_start = nullptr;
    UnlockPage* m_unlock = nullptr;
    WalletView* m_view = nullptr;
    AutoLock* m_autoLock;
    DesktopNotifier* m_notifier;
    QString m_waitingLink;
    bool m_adding = false;
    bool m_guarding = false;
};

} // namespace coffer::ui
