// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/session.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QProgressBar;
class QPushButton;

namespace coffer::ui {

class InlineMessage;
class PassphraseEdit;
class TextLabel;

/// A locked wallet: its name and the password, nothing else of it. After three wrong passwords
/// each further one waits 1, 2, 4, 8 seconds.
class UnlockPage : public QWidget
{
    Q_OBJECT

public:
    explicit UnlockPage(Session& session, QWidget* parent = nullptr);

    /// Shown again: empty field, focus in it.
    void begin();

Q_SIGNALS:
    void walletChosen(const QString& wallet);
    void addRequested();

private:
    void refreshWallets();
    void unlock();
    void answer(base::Result<void> result);
    void countDown();
    void refreshButton();

    Session& m_session;
    TextLabel* m_name;
    QComboBox* m_chooser;
    PassphraseEdit* m_password;
    InlineMessage* m_message;
    QProgressBar* m_progress;
    QPushButton* m_unlock;
    QTimer m_wait;
    int m_waitSeconds = 0;
    int m_wrong = 0;
    bool m_working = false;
};

} // namespace coffer::ui
