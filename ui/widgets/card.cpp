// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/address_label.h"
#include "ui/widgets/text_label.h"

#include <QGridLayout>
#include <QPainter>

#include <algorithm>

namespace coffer::ui {

int Column::boundedWidth(int width) const
{
    return parentWidget() ? std::min(width, parentWidget()->maximumWidth()) : width;
}

int Column::heightForWidth(int width) const
{
    return QVBoxLayout::heightForWidth(boundedWidth(width));
}

int Column::minimumHeightForWidth(int width) const
{
    return QVBoxLayout::minimumHeightForWidth(boundedWidth(width));
}

Card::Card(QWidget* parent)
    : QWidget(parent)
    , m_column(new Column(this))
{
    m_column->setContentsMargins(20, 16, 20, 16);
    m_column->setSpacing(12);
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint::roundedRect(&painter, rect(), tokens().card, tokens().line, paint::kCardRadius, 1);
}

FieldGrid::FieldGrid(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(20);
    m_grid->setVerticalSpacing(8);
    m_grid->setColumnStretch(1, 1);
}

void FieldGrid::addRow(const QString& name, QWidget* value)
{
    auto* label = new TextLabel(name, FontRole::Body, Tone::Dim);
    label->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    auto* address = qobject_cast<AddressLabel*>(value);
    if (!address)
        address = value->findChild<AddressLabel*>(QString(), Qt::FindDirectChildrenOnly);
    if (address || value->focusPolicy() != Qt::NoFocus)
        label->setBuddy(address ? address : value);
    if (auto* text = qobject_cast<TextLabel*>(value); text && text->accessibleName().isEmpty())
        text->setValueName(name);
    if (address) {
        const int level = address->firstLineCentre() - label->fontMetrics().height() / 2;
        label->setContentsMargins(0, std::max(0, level), 0, 0);
    } else if (value->focusPolicy() == Qt::NoFocus) {
        // An address keeps room for its focus ring; the values line up with its text.
        const int inset = AddressLabel::kPadding;
        const bool mirrored = isRightToLeft();
        value->setContentsMargins(mirrored ? 0 : inset, 0, mirrored ? inset : 0, 0);
    }
    m_grid->addWidget(label, m_rows, 0, Qt::AlignTop);
    m_grid->addWidget(value, m_rows, 1);
    ++m_rows;
}

void FieldGrid::clear()
{
    clearLayout(m_grid);
    m_rows = 0;
}

Separator::Separator(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(1);
}

void Separator::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokens().line);
}

QVBoxLayout* makeColumn(QWidget* owner, int spacing)
{
    auto* column = owner ? new Column(owner) : new Column;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing);
    return column;
}

QHBoxLayout* makeRow(int spacing)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing);
    return row;
}

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout* inner = item->layout()) {
            clearLayout(inner);
        }
        delete item;
    }
}

} // namespace coffer::ui
