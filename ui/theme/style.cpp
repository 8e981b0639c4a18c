// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyleOption>
#include <QTabBar>
#include <QVariant>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr auto kVariant = "cofferVariant";

bool isSwitch(const QWidget* widget)
{
    return widget && widget->property("switch").toBool();
}

bool isFramedArea(const QWidget* widget)
{
    const auto* area = qobject_cast<const QAbstractScrollArea*>(widget);
    return area && area->frameShape() == QFrame::StyledPanel;
}

/// What stands before the text of an item: a box to tick, an icon.
int marksOf(const QStyleOptionViewItem* item)
{
    return int(item->features.testFlag(QStyleOptionViewItem::HasCheckIndicator)) +
           int(item->features.testFlag(QStyleOptionViewItem::HasDecoration) &&
               item->decorationPosition == QStyleOptionViewItem::Left);
}

/// Qt puts the margin of a text on both sides of each mark: this much is too wide.
constexpr int kMarkSlack = 14;

/// Controls grow with the chosen text size.
int controlHeight(const QFontMetrics& metrics)
{
    return std::max(paint::kControlHeight, metrics.height() + 18);
}

} // namespace

void setVariant(QAbstractButton* button, ButtonVariant variant)
{
    button->setProperty(kVariant, int(variant));
    button->update();
}

ButtonVariant variantOf(const QWidget* widget)
{
    return widget ? ButtonVariant(widget->property(kVariant).toInt()) : ButtonVariant::Plain;
}

void setSwitch(QAbstractButton* button)
{
    button->setProperty("switch", true);
}

CofferStyle::CofferStyle()
    : QProxyStyle(u"Fusion"_s)
{
}

void CofferStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QLineEdit*>(widget) ||
        qobject_cast<QComboBox*>(widget) || qobject_cast<QTabBar*>(widget) ||
        qobject_cast<QHeaderView*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto* view = qobject_cast<QAbstractItemView*>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    if (qobject_cast<QMenu*>(widget)) {
        widget->setAttribute(Qt::WA_TranslucentBackground);
        widget->setWindowFlag(Qt::FramelessWindowHint);
        widget->setWindowFlag(Qt::NoDropShadowWindowHint);
    }
}

int CofferStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                             const QWidget* widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        // Square contents must not lie over the round corners of the frame around them.
        return isFramedArea(widget) ? 3 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_MenuPanelWidth:
        return 0;
    case PM_IndicatorWidth:
        return isSwitch(widget) ? 38 : 20;
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return isSwitch(widget) ? 22 : 20;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 10;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 36;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_TabBarIconSize:
        return 18;
    case PM_MenuVMargin:
        return 6;
    case PM_TabBarTabHSpace:
        return 28;
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarBaseOverlap:
        return 0;
    case PM_ProgressBarChunkWidth:
        return 1;
    case PM_HeaderMargin:
        return 12;
    case PM_FocusFrameHMargin:
        return 10; // Left and right of an item's text in lists and tables.
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return 24;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int CofferStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_ComboBox_Popup:
        return 0; // A list below the control, never over it.
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
        return hint == SH_UnderlineShortcut;
    case SH_ScrollView_FrameOnlyAroundContents:
        return 0;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_DialogButtonLayout:
        return QProxyStyle::styleHint(hint, option, widget, data);
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_Table_GridLineColor:
        return int(tokens().line.rgba());
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize CofferStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                    const QSize& size, const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (!option)
        return result;
    const int height = controlHeight(option->fontMetrics);
    switch (type) {
    case CT_PushButton: {
        const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        if (!button)
            break;
        const int text = option->fontMetrics.size(Qt::TextShowMnemonic, button->text).width();
        const int image = button->icon.isNull() ? 0 : button->iconSize.width();
        const int gap = image > 0 && text > 0 ? 8 : 0;
        const int menu = button->features & QStyleOptionButton::HasMenu ? 22 : 0;
        if (variantOf(widget) == ButtonVariant::Figure)
            return {text + 2, option->fontMetrics.height() + 10};
        const bool link = variantOf(widget) == ButtonVariant::Link;
        const int padding = link ? 16 : (text > 0 ? 32 : 18);
        int width = text + image + gap + menu + padding + 2;
        if (!link && text > 0 && variantOf(widget) != ButtonVariant::Segment)
            width = std::max(width, 80);
        return {width, link ? std::max(28, option->fontMetrics.height() + 10) : height};
    }
    case CT_LineEdit:
    case CT_SpinBox:
        return {result.width() + 16, height};
    case CT_ComboBox:
        return {size.width() + 48, height}; // What the edit field leaves free, and a breath.
    case CT_ToolButton:
        return {std::max(result.width(), paint::kControlHeight),
                std::max(result.height(), paint::kControlHeight)};
    case CT_TabBarTab:
        return {result.width(), std::max(40, option->fontMetrics.height() + 22)};
    case CT_HeaderSection:
        return {result.width(), std::max(36, option->fontMetrics.height() + 18)};
    case CT_MenuItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {result.width(), 9};
        return {result.width() + 44, std::max(34, option->fontMetrics.height() + 16)};
    }
    case CT_CheckBox:
    case CT_RadioButton:
        return {result.width(), std::max(result.height(), 28)};
    case CT_ItemViewItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
        const int slack = item ? marksOf(item) * kMarkSlack : 0;
        return {result.width() - slack, std::max(result.height() + 12, 32)};
    }
    default:
        break;
    }
    return result;
}

QRect CofferStyle::subElementRect(SubElement element, const QStyleOption* option,
                                  const QWidget* widget) const
{
    switch (element) {
    case SE_LineEditContents:
        return option->rect.adjusted(10, 1, -10, -1);
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return option->rect;
    case SE_HeaderLabel: // The whole height, descents need it; level with the items' texts.
        return option->rect.adjusted(11, 0, -11, 0);
    case SE_ItemViewItemDecoration:
    case SE_ItemViewItemText: {
        QRect rect = QProxyStyle::subElementRect(element, option, widget);
        const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
        if (!item || !rect.isValid())
            return rect;
        const bool text = element == SE_ItemViewItemText;
        const int marks =
            text ? marksOf(item)
                 : int(item->features.testFlag(QStyleOptionViewItem::HasCheckIndicator));
        const int shift = marks * kMarkSlack;
        if (option->direction == Qt::RightToLeft)
            return text ? rect.adjusted(0, 0, shift, 0) : rect.translated(shift, 0);
        return text ? rect.adjusted(-shift, 0, 0, 0) : rect.translated(-shift, 0);
    }
    case SE_TabBarTabLeftButton:
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect CofferStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                  SubControl subControl, const QWidget* widget) const
{
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField) {
        const QRect field = option->rect.adjusted(10, 1, -32, -1);
        return visualRect(option->direction, option->rect, field);
    }
    if (control == CC_ComboBox && subControl == SC_ComboBoxListBoxPopup)
        return option->rect;
    if (control == CC_ScrollBar) {
        if (subControl == SC_ScrollBarAddLine || subControl == SC_ScrollBarSubLine)
            return {};
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        if (bar && subControl == SC_ScrollBarGroove)
            return bar->rect;
        if (bar && (subControl == SC_ScrollBarSlider || subControl == SC_ScrollBarAddPage ||
                    subControl == SC_ScrollBarSubPage)) {
            const bool horizontal = bar->orientation == Qt::Horizontal;
            const int length = horizontal ? bar->rect.width() : bar->rect.height();
            const int range = bar->maximum - bar->minimum;
            int size = length;
            if (range > 0)
                size = std::max(int(qint64(length) * bar->pageStep / (range + bar->pageStep)),
                                std::min(36, length));
            const int start = sliderPositionFromValue(
                bar->minimum, bar->maximum, bar->sliderPosition, length - size, bar->upsideDown);
            const auto piece = [&](int from, int to) {
                return horizontal ? QRect(bar->rect.left() + from, bar->rect.top(), to - from,
                                          bar->rect.height())
                                  : QRect(bar->rect.left(), bar->rect.top() + from,
                                          bar->rect.width(), to - from);
            };
            if (subControl == SC_ScrollBarSlider)
                return piece(start, start + size);
            return subControl == SC_ScrollBarSubPage ? piece(0, start)
                                                     : piece(start + size, length);
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

void CofferStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const
{
    const Tokens& t = tokens();
    switch (element) {
    case PE_PanelButtonCommand:
        paint::pushButton(option, painter, widget);
        return;
    case PE_PanelButtonTool:
        paint::toolButton(option, painter, widget);
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        if (widget && qobject_cast<const QComboBox*>(widget->parentWidget()))
            return;
        paint::lineEdit(option, painter, widget);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        paint::checkIndicator(option, painter, widget);
        return;
    case PE_IndicatorRadioButton:
        paint::radioIndicator(option, painter);
        return;
    case PE_FrameFocusRect:
        // Buttons, fields and tabs draw their own ring; this one is for check boxes and items.
        if (option->state & State_KeyboardFocusChange &&
            !qobject_cast<const QAbstractItemView*>(widget))
            paint::focusRing(painter, QRectF(option->rect).adjusted(-3, -1, 3, 1), 6);
        return;
    case PE_Frame:
        if (widget && widget->inherits("QComboBoxPrivateContainer")) {
            paint::roundedRect(painter, option->rect, t.card, t.line, 6, 1);
            return;
        }
        paint::roundedRect(painter, option->rect, t.card,
                           option->state & State_HasFocus ? t.accentText : t.line,
                           paint::kControlRadius, option->state & State_HasFocus ? 2 : 1);
        return;
    case PE_PanelMenu:
    case PE_FrameMenu:
        if (element == PE_PanelMenu)
            paint::roundedRect(painter, option->rect, t.card, t.line, paint::kControlRadius, 1);
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, t.card);
        painter->setPen(t.edge);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_FrameTabWidget:
    case PE_FrameTabBarBase:
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.line);
        return;
    case PE_PanelScrollAreaCorner:
    case PE_FrameWindow:
    case PE_IndicatorHeaderArrow:
        return;
    case PE_PanelItemViewRow:
        return; // The item itself draws its background.
    case PE_PanelItemViewItem:
        drawItemGround(option, painter);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void CofferStyle::drawItemGround(const QStyleOption* option, QPainter* painter) const
{
    const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
    if (!item)
        return;
    if (option->state & State_Selected)
        painter->fillRect(option->rect, tokens().infoBackground);
    else if (option->state & State_MouseOver)
        painter->fillRect(option->rect, tokens().hover);
    else if (item->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, item->backgroundBrush);
}

void CofferStyle::drawItem(const QStyleOption* option, QPainter* painter,
                           const QWidget* widget) const
{
    const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
    if (!item)
        return;
    QStyleOptionViewItem copy(*item);
    copy.palette.setColor(QPalette::HighlightedText, copy.palette.color(QPalette::Text));
    copy.state &= ~State_HasFocus;
    QProxyStyle::drawControl(CE_ItemViewItem, &copy, painter, widget);
}

void CofferStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        paint::pushButton(option, painter, widget);
        return;
    case CE_PushButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            paint::pushButton(button, painter, widget);
            paint::pushButtonLabel(button, painter, widget);
        }
        return;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            paint::tabShape(tab, painter);
        return;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            paint::tabLabel(tab, painter, widget);
        return;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel:
        return;
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            paint::progress(bar, painter);
        return;
    case CE_HeaderEmptyArea:
        return;
    case CE_Header:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            paint::headerSection(header, painter);
            paint::headerLabel(header, subElementRect(SE_HeaderLabel, header, widget), painter);
        }
        return;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            paint::menuItem(item, painter, widget);
        return;
    case CE_ItemViewItem:
        drawItem(option, painter, widget);
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void CofferStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                     QPainter* painter, const QWidget* widget) const
{
    switch (control) {
    case CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            paint::comboBox(combo, painter);
        return;
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            paint::scrollBar(bar, subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, widget),
                             painter);
        return;
    case CC_Slider:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            paint::slider(bar, subControlRect(CC_Slider, bar, SC_SliderGroove, widget),
                          subControlRect(CC_Slider, bar, SC_SliderHandle, widget), painter);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace coffer::ui
