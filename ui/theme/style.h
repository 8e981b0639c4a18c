// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

class QAbstractButton;
class QStyleOptionComplex;

namespace coffer::ui {

/// How a push button or tool button looks; set with setVariant().
enum class ButtonVariant
{
    Plain,
    Primary,     ///< The one main action of a page.
    Destructive, ///< Only in the dialog whose one purpose it is.
    Quiet,       ///< No frame until hovered.
    Navigation,  ///< A row of the sidebar.
    Segment,     ///< One of a row of choices, checkable.
    Link,        ///< Text in the accent colour.
    Figure       ///< A number to click, flush with the text above it.
};

void setVariant(QAbstractButton* button, ButtonVariant variant);
ButtonVariant variantOf(const QWidget* widget);

/// Draws a check box as a switch: it applies at once.
void setSwitch(QAbstractButton* button);

/// Fusion with Coffer's shapes: rounded controls, visible focus, indicators that show in the dark.
/// Colours come from the tokens, nothing from style sheets.
class CofferStyle : public QProxyStyle
{
    Q_OBJECT

public:
    CofferStyle();

    void polish(QWidget* widget) override;
    using QProxyStyle::polish;

    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                         SubControl subControl, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;

private:
    void drawItemGround(const QStyleOption* option, QPainter* painter) const;
    void drawItem(const QStyleOption* option, QPainter* painter, const QWidget* widget) const;
};

} // namespace coffer::ui
