// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"
#include "ui/widgets/fitted_dialog.h"

class QPushButton;

namespace coffer::ui {

class InlineMessage;
class PageStack;
class PhraseFields;

/// The rehearsal of a restore: the words are typed in as if this computer were gone, and Coffer
/// says whether they would bring this very wallet back.
class RehearseDialog : public FittedDialog
{
    Q_OBJECT

public:
    RehearseDialog(Session& session, QWidget* parent);

private:
    QWidget* buildWords();
    void run();
    void answer(base::Result<api::RehearsalReport> result);
    void showReport(const api::RehearsalReport& report);

    Session& m_session;
    InlineMessage* m_message;
    PageStack* m_stack;
    PhraseFields* m_phrase = nullptr;
    QPushButton* m_action = nullptr;
};

} // namespace coffer::ui
