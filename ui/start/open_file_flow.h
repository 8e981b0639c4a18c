// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/session.h"

#include <QWidget>

class QLineEdit;
class QProgressBar;
class QPushButton;

namespace coffer::ui {

class InlineMessage;
class PassphraseEdit;
class TextLabel;

/// A wallet from its file: one of another computer, or a backup. The file itself stays as it is.
class OpenFileFlow : public QWidget
{
    Q_OBJECT

public:
    explicit OpenFileFlow(Session& session, QWidget* parent = nullptr);

    bool isBusy() const { return m_working; }
    /// Leaving would lose what was typed.
    bool hasDraft() const;
    void focusFirst();
    /// Chosen, or dropped on the window.
    void setFile(const QString& path);

Q_SIGNALS:
    void finished(const QString& wallet);
    void cancelled();

private:
    void choose();
    void start();
    void answer(base::Result<api::CreatedWallet> result);
    void refreshName();
    QStringList taken() const;
    enum class Work
    {
        Idle,
        Running
    };
    void setWork(Work work);

    Session& m_session;
    bool m_working = false;
    bool m_named = false; ///< The person chose the name.
    InlineMessage* m_message;
    QLineEdit* m_file;
    QLineEdit* m_name;
    TextLabel* m_nameHint;
    PassphraseEdit* m_password;
    QProgressBar* m_progress;
    QPushButton* m_start;
};

} // namespace coffer::ui
