// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_layout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace coffer::ui {

FlowLayout::FlowLayout(int spacing, QWidget* parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.emplace_back(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem* item = m_items[std::size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), Pass::Measure);
}

/// Everything in one line.
QSize FlowLayout::sizeHint() const
{
    QSize size(0, 0);
    for (const auto& item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize one = item->sizeHint();
        size.rwidth() += one.width() + (size.width() > 0 ? spacing() : 0);
        size.setHeight(std::max(size.height(), one.height()));
    }
    return size;
}

QSize FlowLayout::minimumSize() const
{
    QSize size(0, 0);
    for (const auto& item : m_items)
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, Pass::Place);
}

/// Returns the height of all lines; what is lower than its line stands in the middle of it.
int FlowLayout::arrange(const QRect& rect, Pass pass) const
{
    const Qt::LayoutDirection direction =
        parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    std::vector<std::pair<QLayoutItem*, QRect>> line;
    int x = 0;
    int y = 0;
    int height = 0;
    const auto endLine = [&] {
        const int rest = std::max(0, rect.width() - (x - spacing()));
        int shift = 0;
        for (const auto& [item, place] : line) {
            if (item->alignment() & Qt::AlignRight)
                shift = rest;
            if (pass == Pass::Place)
                item->setGeometry(QStyle::visualRect(
                    direction, rect, place.translated(shift, (height - place.height()) / 2)));
        }
        line.clear();
        y += height;
        x = height = 0;
    };
    for (const auto& item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint();
        if (x > 0 && x + size.width() > rect.width()) {
            endLine();
            y += spacing();
        }
        const int width = std::min(size.width(), std::max(rect.width(), 1));
        line.emplace_back(item.get(), QRect(rect.x() + x, rect.y() + y, width, size.height()));
        x += size.width() + spacing();
        height = std::max(height, size.height());
    }
    endLine();
    return y;
}

} // namespace coffer::ui
