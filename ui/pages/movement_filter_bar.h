// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/history_model.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;

namespace coffer::ui {

/// The chips above the movements: which way and whether still pending, which account, which time.
class MovementFilterBar : public QWidget
{
    Q_OBJECT

public:
    /// `prefix` begins the object names.
    MovementFilterBar(Session& session, const QString& prefix, QWidget* parent = nullptr);

    MovementFilter filter() const;
    void clear();

Q_SIGNALS:
    void changed();

private:
    enum Kind
    {
        All,
        Received,
        Sent,
        Pending
    };
    void refreshAccounts();

    Session& m_session;
    QButtonGroup* m_kinds;
    QComboBox* m_account;
    QComboBox* m_period;
};

} // namespace coffer::ui
