// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include "ui/theme/icons.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

CommandPalette::CommandPalette(QWidget* parent)
    : Popover(parent)
    , m_field(new QLineEdit)
    , m_list(new QListWidget)
{
    setFixedWidth(520);
    identify(this, u"commands"_s, tr("Commands"));
    identify(m_field, u"commands.field"_s, tr("Search for a command, account or setting"));
    m_field->setPlaceholderText(tr("Type a command, account or setting"));
    identify(m_list, u"commands.list"_s, tr("Matching commands"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFixedHeight(340);
    m_list->setIconSize({18, 18});
    m_list->setFocusPolicy(Qt::NoFocus);
    column()->addWidget(m_field);
    column()->addWidget(m_list);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::open(std::vector<Command> commands, std::function<void(const QString&)> search)
{
    m_search = std::move(search);
    m_commands = std::move(commands);
    m_field->clear();
    filter();
    adjustSize();
    const QWidget* window = parentWidget()->window();
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, 72)));
    show();
    m_field->setFocus();
}

void CommandPalette::filter()
{
    m_list->clear();
    m_shown.clear();
    const QStringList words = m_field->text().simplified().split(u' ', Qt::SkipEmptyParts);
    for (std::size_t i = 0; i < m_commands.size(); ++i) {
        const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            return m_commands[i].title.contains(word, Qt::CaseInsensitive);
        });
        if (!fits)
            continue;
        const Command& command = m_commands[i];
        auto* item = new QListWidgetItem(
            icon(command.iconName, IconColor::Dim),
            command.keys.isEmpty() ? command.title : command.title + u"   "_s + command.keys);
        m_list->addItem(item);
        m_shown.push_back(i);
    }
    const QString typed = m_field->text().simplified();
    if (!typed.isEmpty())
        m_list->addItem(new QListWidgetItem(icon(u"search"_s, IconColor::Dim),
                                            tr("Search in Activity: %1").arg(typed)));
    m_list->setCurrentRow(0);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int step = key == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow(
                std::clamp(m_list->currentRow() + step, 0, std::max(0, m_list->count() - 1)));
            return true;
        }
    }
    return Popover::eventFilter(watched, event);
}

void CommandPalette::runCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= m_list->count())
        return;
    std::function<void()> run;
    if (row < int(m_shown.size()))
        run = m_commands[m_shown[std::size_t(row)]].run;
    else
        run = [search = m_search, typed = m_field->text().simplified()] { search(typed); };
    hide();
    QTimer::singleShot(0, parentWidget(), run); // After the popup has given the focus back.
}

} // namespace coffer::ui
