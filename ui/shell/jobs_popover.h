// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/popover.h"

class QProgressBar;
class QVBoxLayout;

namespace coffer::ui {

class Session;
class TextLabel;

/// Behind the sync pill: how far the node is, and what else is running.
class JobsPopover : public Popover
{
    Q_OBJECT

public:
    JobsPopover(Session& session, QWidget* parent);

private:
    void refresh();

    Session& m_session;
    TextLabel* m_state;
    TextLabel* m_detail;
    QProgressBar* m_progress;
    QVBoxLayout* m_jobs;
};

} // namespace coffer::ui
