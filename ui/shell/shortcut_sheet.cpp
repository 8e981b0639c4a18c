// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shortcut_sheet.h"

#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QPushButton>

#include <vector>

using namespace Qt::StringLiterals;

namespace coffer::ui {

ShortcutSheet::ShortcutSheet(QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    identify(this, u"shortcuts"_s, tr("Keyboard shortcuts"));
    auto* column = makeColumn(this, 16);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(new TextLabel(tr("Keyboard shortcuts"), FontRole::Section));
    const std::vector<std::pair<QString, QString>> keys{
        {u"Ctrl+K"_s, tr("Search or run a command")},
        {u"Ctrl+1 … Ctrl+0"_s, tr("Pages of the sidebar")},
        {u"Ctrl+Shift+S"_s, tr("Send")},
        {u"Ctrl+Shift+R"_s, tr("Receive")},
        {u"Ctrl+U"_s, tr("Scan a code")},
        {u"Ctrl+N"_s, tr("Add account")},
        {u"Ctrl+F"_s, tr("Search on the page")},
        {u"Ctrl+E"_s, tr("Export")},
        {u"Ctrl+L"_s, tr("Lock the wallet")},
        {u"Ctrl+Shift+H"_s, tr("Hide or show amounts")},
        {u"Ctrl+R, F5"_s, tr("Refresh the page")},
        {u"Ctrl+,"_s, tr("Settings")},
        {u"Ctrl+C"_s, tr("Copy the id of the row")},
        {u"Ctrl+Shift+C"_s, tr("Copy the address of the row")},
        {u"Space"_s, tr("Details of the row")},
        {u"F2"_s, tr("Rename")},
        {u"F6, Shift+F6"_s, tr("Next or previous part of the window")},
        {u"F9"_s, tr("Narrow or widen the sidebar")},
        {u"Alt+Left, Alt+Right"_s, tr("Back and forward")},
        {u"Esc"_s, tr("Close the details or go a step back")},
        {u"Ctrl+Enter"_s, tr("Continue; never signs")},
        {u"Alt+1 … Alt+5"_s, tr("Time that the chart shows")},
        {u"Ctrl+/, F1"_s, tr("This list")},
        {u"Ctrl+Q"_s, tr("Quit")},
    };
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(8);
    const int half = int(keys.size() + 1) / 2;
    for (int i = 0; i < int(keys.size()); ++i) {
        const int side = i < half ? 0 : 3;
        const int line = i % half;
        grid->addWidget(new TextLabel(keys[std::size_t(i)].first, FontRole::BodyStrong), line,
                        side);
        grid->addWidget(new TextLabel(keys[std::size_t(i)].second), line, side + 1);
    }
    grid->setColumnMinimumWidth(2, 24);
    column->addLayout(grid);
    auto* row = makeRow();
    row->addStretch(1);
    auto* close = new QPushButton(tr("&Close"));
    identify(close, u"shortcuts.close"_s, tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    row->addWidget(close);
    column->addLayout(row);
}

} // namespace coffer::ui
