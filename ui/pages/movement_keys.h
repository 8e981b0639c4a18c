// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QListView;

namespace coffer::ui {

class HistoryModel;
class Session;

/// The keys on a list of movements: Ctrl+C copies the transaction's id, Ctrl+Shift+C the address,
/// Space opens or closes the details.
class MovementKeys : public QObject
{
    Q_OBJECT

public:
    MovementKeys(Session& session, QListView* view, const HistoryModel* model,
                 std::function<void()> details);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Session& m_session;
    QListView* m_view;
    const HistoryModel* m_model;
    std::function<void()> m_details;
};

} // namespace coffer::ui
