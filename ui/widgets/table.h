// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace coffer::ui {

/// How a column gets its width.
enum class ColumnFit
{
    Contents,
    Stretch
};

/// Whole rows, no grid, arrows inside and Tab out; the look of every table.
void setUpTable(QTableView* table);
void setColumn(QTableView* table, int column, ColumnFit fit);

} // namespace coffer::ui
