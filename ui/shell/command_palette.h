// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/popover.h"

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace coffer::ui {

/// One thing the palette can do.
struct Command
{
    QString title;
    QString keys;
    QString iconName;
    std::function<void()> run;
};

/// Ctrl+K: type a few letters of an action, account or setting, press Enter.
class CommandPalette : public Popover
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget* parent);

    /// `search` is offered below the commands that fit what was typed.
    void open(std::vector<Command> commands, std::function<void(const QString&)> search);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter();
    void runCurrent();

    QLineEdit* m_field;
    QListWidget* m_list;
    std::vector<Command> m_commands;
    std::function<void(const QString&)> m_search;
    std::vector<std::size_t> m_shown; ///< Their order; the search comes after them.
};

} // namespace coffer::ui
