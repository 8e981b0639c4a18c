// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_copy.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kSize = 28; // Above the smallest target of 24.

} // namespace

RowCopy::RowCopy(QTableView* table, int column, Entries entries)
    : QObject(table)
    , m_table(table)
    , m_column(column)
    , m_entries(std::move(entries))
    , m_button(new QToolButton(table->viewport()))
{
    m_button->setIcon(ui::icon(u"copy"_s, IconColor::Accent));
    m_button->setFocusPolicy(Qt::NoFocus);
    m_button->setCursor(Qt::ArrowCursor);
    m_button->setFixedSize(kSize, kSize);
    identify(m_button, table->objectName() + u".copy"_s, tr("Copy"));
    m_button->hide();
    connect(m_button, &QToolButton::clicked, this, [this] {
        const auto known = m_row >= 0 ? m_entries(m_row) : std::vector<Entry>();
        if (!known.empty())
            known.front().copy();
    });
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table, &QTableView::customContextMenuRequested, this, &RowCopy::showMenu);
    table->installEventFilter(this);
    table->viewport()->installEventFilter(this);
    connect(table->verticalScrollBar(), &QScrollBar::valueChanged, this, &RowCopy::place);
    connect(table->selectionModel(), &QItemSelectionModel::currentChanged, this, &RowCopy::place);
    const auto* model = table->model();
    connect(model, &QAbstractItemModel::modelReset, this, &RowCopy::place);
    connect(model, &QAbstractItemModel::rowsInserted, this, &RowCopy::place);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &RowCopy::place);
}

void RowCopy::place()
{
    m_row = m_hovered;
    if (m_row < 0 && m_table->hasFocus())
        m_row = m_table->currentIndex().row();
    if (m_row < 0 || m_row >= m_table->model()->rowCount()) {
        m_row = -1;
        m_button->hide();
        return;
    }
    const auto entries = m_entries(m_row);
    const QRect cell = m_table->visualRect(m_table->model()->index(m_row, m_column));
    if (entries.empty() || !cell.isValid()) {
        m_button->hide();
        return;
    }
    m_button->setAccessibleName(entries.front().title);
    m_button->setToolTip(entries.front().title);
    const bool mirrored = m_table->isRightToLeft();
    m_button->move(mirrored ? cell.left() + 2 : cell.right() - kSize - 2,
                   cell.center().y() - kSize / 2);
    m_button->show();
    m_button->raise();
}

void RowCopy::showMenu(const QPoint& at)
{
    const QModelIndex index = m_table->indexAt(at);
    const int row = index.isValid() ? index.row() : m_table->currentIndex().row();
    if (row < 0)
        return;
    auto* menu = new QMenu(m_table);
    menu->setObjectName(m_table->objectName() + u".menu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Entry& entry : m_entries(row))
        connect(menu->addAction(ui::icon(u"copy"_s), entry.title), &QAction::triggered, this,
                entry.copy);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

bool RowCopy::copyCurrent(std::size_t entry)
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return false;
    const auto entries = m_entries(index.row());
    if (entries.empty())
        return false;
    entries[std::min(entry, entries.size() - 1)].copy();
    return true;
}

bool RowCopy::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
        if (watched == m_table->viewport()) {
            m_hovered = m_table->indexAt(static_cast<QMouseEvent*>(event)->pos()).row();
            place();
        }
        break;
    case QEvent::Leave:
        if (watched == m_table->viewport()) {
            m_hovered = -1;
            place();
        }
        break;
    case QEvent::FocusIn:
    case QEvent::FocusOut:
    case QEvent::Resize:
        place();
        break;
    case QEvent::KeyPress: {
        auto* key = static_cast<QKeyEvent*>(event);
        if (watched != m_table)
            break;
        if (key->matches(QKeySequence::Copy))
            return copyCurrent(0);
        if (key->key() == Qt::Key_C &&
            key->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier))
            return copyCurrent(1);
        break;
    }
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace coffer::ui
