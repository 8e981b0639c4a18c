// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace coffer::ui {

class AccountRow;
class EmptyState;
class Session;

/// The accounts as rows. A row lives as long as its account is in the list, so that a press or the
/// focus does not get lost when a balance changes.
class AccountList : public QWidget
{
    Q_OBJECT

public:
    /// Rows are named `rowPrefix` + id, the button of the empty list `addName`.
    AccountList(Session& session, const QString& rowPrefix, const QString& addName,
                QWidget* parent = nullptr);

    void refresh();

Q_SIGNALS:
    void chosen(const QString& account);
    void addRequested();

private:
    void rebuild();

    Session& m_session;
    QString m_rowPrefix;
    EmptyState* m_empty;
    QVBoxLayout* m_column;
    std::vector<AccountRow*> m_rows;
};

} // namespace coffer::ui
