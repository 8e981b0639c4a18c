// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"
#include "ui/widgets/fitted_dialog.h"

class QPushButton;

namespace coffer::ui {

class InlineMessage;
class PassphraseEdit;

/// Old and new password; every key is wrapped anew.
class ChangePasswordDialog : public FittedDialog
{
    Q_OBJECT

public:
    ChangePasswordDialog(Session& session, QWidget* parent);

private:
    void refresh();
    void run();

    Session& m_session;
    PassphraseEdit* m_old;
    PassphraseEdit* m_new;
    PassphraseEdit* m_repeat;
    InlineMessage* m_message;
    QPushButton* m_action;
};

} // namespace coffer::ui
