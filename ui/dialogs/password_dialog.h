// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/secret_bytes.h"
#include "ui/widgets/fitted_dialog.h"

#include <functional>

class QPushButton;
class QVBoxLayout;

namespace coffer::ui {

class InlineMessage;
class PassphraseEdit;
class TextLabel;

/// Asks for the wallet's password before something that needs it. Stays open until done() or
/// showError().
class PasswordDialog : public FittedDialog
{
    Q_OBJECT

public:
    using Handler = std::function<void(PasswordDialog&, base::SecretBytes)>;

    PasswordDialog(const QString& title, const QString& text, const QString& action,
                   const QString& objectName, Handler handler, QWidget* parent);

    void showError(const base::Error& error);
    /// For what has to be entered besides the password.
    QVBoxLayout* extras() const { return m_extras; }
    QPushButton* action() const { return m_action; }
    /// What else must hold before the action is offered; asked again by refresh().
    void setCondition(std::function<bool()> condition);
    void refresh();

private:
    void run();

    Handler m_handler;
    std::function<bool()> m_condition;
    PassphraseEdit* m_password;
    InlineMessage* m_message;
    QVBoxLayout* m_extras;
    QPushButton* m_action;
};

} // namespace coffer::ui
