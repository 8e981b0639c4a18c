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

    void open(std::vector<Command> commands);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter();
    void runCurrent();

    QLineEdit* m_field;
    QListWidget* m_list;
    std::vector<Command> m_commands;
    std::vector<std::size_t> m_shown;
};

} // namespace coffer::ui
