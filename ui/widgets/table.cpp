// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/table.h"

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace coffer::ui {

void setUpTable(QTableView* table)
{
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    table->setTabKeyNavigation(false);
    table->setAlternatingRowColors(false);
    table->setWordWrap(false);
    table->setMouseTracking(true);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    auto* header = table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setMinimumSectionSize(56);
    header->setFocusPolicy(Qt::NoFocus);
    const auto fit = [table] {
        const int height = QFontMetrics(ui::font(FontRole::Body)).height() + 22;
        table->verticalHeader()->setDefaultSectionSize(std::max(40, height));
    };
    fit();
    QObject::connect(&Theme::instance(), &Theme::changed, table, fit);
}

void setColumn(QTableView* table, int column, ColumnFit fit)
{
    table->horizontalHeader()->setSectionResizeMode(
        column, fit == ColumnFit::Stretch ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
}

} // namespace coffer::ui
