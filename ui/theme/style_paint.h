// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionTab;
class QStyleOptionToolButton;
class QWidget;

/// The shapes that CofferStyle puts together.
namespace coffer::ui::paint {

constexpr qreal kControlRadius = 8;
constexpr qreal kCardRadius = 12;
constexpr int kControlHeight = 36;

/// A rounded rectangle with an edge of one pixel inside `rect`.
void roundedRect(QPainter* painter, const QRectF& rect, const QColor& fill, const QColor& edge,
                 qreal radius, qreal edgeWidth);
void focusRing(QPainter* painter, const QRectF& rect, qreal radius);

void pushButton(const QStyleOption* option, QPainter* painter, const QWidget* widget);
void pushButtonLabel(const QStyleOptionButton* option, QPainter* painter, const QWidget* widget);
void toolButton(const QStyleOption* option, QPainter* painter, const QWidget* widget);
void lineEdit(const QStyleOption* option, QPainter* painter, const QWidget* widget);
void checkIndicator(const QStyleOption* option, QPainter* painter, const QWidget* widget);
void radioIndicator(const QStyleOption* option, QPainter* painter);
void comboBox(const QStyleOptionComboBox* option, QPainter* painter);
void scrollBar(const QStyleOptionSlider* option, const QRect& slider, QPainter* painter);
void slider(const QStyleOptionSlider* option, const QRect& groove, const QRect& handle,
            QPainter* painter);
void tabShape(const QStyleOptionTab* option, QPainter* painter);
void tabLabel(const QStyleOptionTab* option, QPainter* painter, const QWidget* widget);
void progress(const QStyleOptionProgressBar* option, QPainter* painter);
void headerSection(const QStyleOptionHeader* option, QPainter* painter);
void headerLabel(const QStyleOptionHeader* option, const QRect& rect, QPainter* painter);
void menuItem(const QStyleOptionMenuItem* option, QPainter* painter, const QWidget* widget);

} // namespace coffer::ui::paint
