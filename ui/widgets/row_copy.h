// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

class QTableView;
class QToolButton;

namespace coffer::ui {

/// Copying from the rows of a table: a button on the row under the mouse or, with the focus in the
/// table, on the current one; a context menu; Ctrl+C for the first entry and Ctrl+Shift+C for the
/// second. The button stays out of the tab order: Ctrl+C does the same.
class RowCopy : public QObject
{
    Q_OBJECT

public:
    struct Entry
    {
        QString title; ///< Of the menu and the button.
        std::function<void()> copy;
    };
    /// What a row has to copy, the usual one first.
    using Entries = std::function<std::vector<Entry>(int row)>;

    /// The button stands at the end of `column`; it is named `TABLE.copy`.
    RowCopy(QTableView* table, int column, Entries entries);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void showMenu(const QPoint& at);
    bool copyCurrent(std::size_t entry);

    QTableView* m_table;
    int m_column;
    Entries m_entries;
    QToolButton* m_button;
    int m_hovered = -1;
    int m_row = -1; ///< Where the button is.
};

} // namespace coffer::ui
