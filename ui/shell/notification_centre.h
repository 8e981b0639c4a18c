// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"
#include "ui/shell/popover.h"

#include <vector>

class QScrollArea;

namespace coffer::ui {

/// What happened, grouped by day, newest first. In the window always; on the desktop when there is
/// a service for it.
class NotificationCentre : public Popover
{
    Q_OBJECT

public:
    NotificationCentre(Session& session, QWidget* parent);

    int unread() const { return m_unread; }
    void add(const Notice& notice);
    void clear();

Q_SIGNALS:
    void unreadChanged();
    void chosen(const QString& wallet, const coffer::ui::Destination& destination);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void rebuild();

    Session& m_session;
    std::vector<Notice> m_notices; ///< Newest first, at most kMost.
    QVBoxLayout* m_list;
    QScrollArea* m_scroll;
    int m_unread = 0;
};

} // namespace coffer::ui
