// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_paint.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui::paint {

namespace {

bool has(const QStyleOption* option, QStyle::StateFlag flag)
{
    return option->state & flag;
}

bool hovered(const QStyleOption* option)
{
    return has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled);
}

/// The edge of a control; on hover the light edge alone would fall under 3:1.
QColor edgeOf(const QStyleOption* option)
{
    return hovered(option) ? tokens().dim : tokens().edge;
}

void chevron(QPainter* painter, const QRect& rect, const QString& name)
{
    const int size = 16;
    const QRect place(rect.center().x() - size / 2 + 1, rect.center().y() - size / 2 + 1, size,
                      size);
    icon(name, IconColor::Dim).paint(painter, place);
}

} // namespace

void roundedRect(QPainter* painter, const QRectF& rect, const QColor& fill, const QColor& edge,
                 qreal radius, qreal edgeWidth)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->setPen(edge.isValid() ? QPen(edge, edgeWidth) : QPen(Qt::NoPen));
    const qreal inset = edge.isValid() ? edgeWidth / 2 : 0;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset,
                             radius - inset);
    painter->restore();
}

void focusRing(QPainter* painter, const QRectF& rect, qreal radius)
{
    roundedRect(painter, rect, QColor(), tokens().accentText, radius, 2);
}

void pushButton(const QStyleOption* option, QPainter* painter, const QWidget* widget)
{
    const Tokens& t = tokens();
    const ButtonVariant variant = variantOf(widget);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool down = has(option, QStyle::State_Sunken);
    const bool checked = has(option, QStyle::State_On);
    const QRectF rect(option->rect);
    QColor fill = hovered(option) || down ? t.hover : t.card;
    QColor edge = edgeOf(option);
    switch (variant) {
    case ButtonVariant::Primary:
        fill = t.accentFill;
        if (down || hovered(option))
            fill = fill.darker(112);
        edge = QColor();
        break;
    case ButtonVariant::Destructive:
        fill = down || hovered(option) ? t.dangerFill.darker(112) : t.dangerFill;
        edge = QColor();
        break;
    case ButtonVariant::Quiet:
    case ButtonVariant::Navigation:
    case ButtonVariant::Link:
        fill = hovered(option) || down || checked ? t.hover : QColor();
        edge = QColor();
        break;
    case ButtonVariant::Figure:
        fill = edge = QColor();
        break;
    case ButtonVariant::Segment:
        fill = checked ? t.infoBackground : (hovered(option) ? t.hover : t.card);
        edge = checked ? t.accentText : edgeOf(option);
        break;
    case ButtonVariant::Plain:
        break;
    }
    if (!enabled && variant != ButtonVariant::Quiet && variant != ButtonVariant::Link) {
        fill = t.hover;
        edge = t.edge;
    }
    roundedRect(painter, rect, fill, edge, kControlRadius, 1);
    if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange)) {
        const bool filled =
            enabled && (variant == ButtonVariant::Primary || variant == ButtonVariant::Destructive);
        if (filled) // The ring needs contrast to the fill it lies on.
            roundedRect(painter, rect.adjusted(2, 2, -2, -2), QColor(), Qt::white,
                        kControlRadius - 2, 1.5);
        focusRing(painter, rect, kControlRadius);
    }
}

void pushButtonLabel(const QStyleOptionButton* option, QPainter* painter, const QWidget* widget)
{
    const Tokens& t = tokens();
    const ButtonVariant variant = variantOf(widget);
    const bool enabled = has(option, QStyle::State_Enabled);
    QColor color = t.text;
    if (!enabled)
        color = t.dim;
    else if (variant == ButtonVariant::Primary || variant == ButtonVariant::Destructive)
        color = Qt::white;
    else if (variant == ButtonVariant::Link ||
             (variant == ButtonVariant::Figure && hovered(option)) ||
             (variant == ButtonVariant::Segment && has(option, QStyle::State_On)))
        color = t.accentText;
    painter->save();
    painter->setPen(color);
    const int flags = Qt::AlignVCenter | Qt::TextShowMnemonic;
    const QFontMetrics metrics(painter->font());
    const int textWidth = metrics.size(Qt::TextShowMnemonic, option->text).width();
    const bool withMenu = option->features & QStyleOptionButton::HasMenu;
    const QSize iconSize = option->icon.isNull() ? QSize() : option->iconSize;
    const int gap = option->icon.isNull() || option->text.isEmpty() ? 0 : 8;
    const int total =
        (option->icon.isNull() ? 0 : iconSize.width()) + gap + textWidth + (withMenu ? 22 : 0);
    QRect area = option->rect;
    int left = area.left() + (area.width() - total) / 2;
    if (!option->icon.isNull()) {
        const QRect place(left, area.center().y() - iconSize.height() / 2 + 1, iconSize.width(),
                          iconSize.height());
        option->icon.paint(painter, QStyle::visualRect(option->direction, area, place),
                           Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        left += iconSize.width() + gap;
    }
    const QRect textRect(left, area.top(), textWidth + 2, area.height());
    painter->drawText(QStyle::visualRect(option->direction, area, textRect), flags, option->text);
    if (withMenu) {
        const QRect arrow(left + textWidth + 6, area.top(), 16, area.height());
        chevron(painter, QStyle::visualRect(option->direction, area, arrow), u"chevron-down"_s);
    }
    painter->restore();
}

void toolButton(const QStyleOption* option, QPainter* painter, const QWidget* widget)
{
    const Tokens& t = tokens();
    const ButtonVariant variant = variantOf(widget);
    const bool checked = has(option, QStyle::State_On);
    const QRectF rect(option->rect);
    QColor fill;
    if (checked || hovered(option) || has(option, QStyle::State_Sunken))
        fill = t.hover;
    QColor edge;
    if (variant == ButtonVariant::Plain || variant == ButtonVariant::Segment) {
        fill = checked ? t.infoBackground : (fill.isValid() ? fill : t.card);
        edge = checked ? t.accentText : edgeOf(option);
    }
    roundedRect(painter, rect, fill, edge, kControlRadius, 1);
    if (variant == ButtonVariant::Navigation && checked) {
        const qreal height = 20;
        QRectF bar(rect.left(), rect.center().y() - height / 2, 3, height);
        if (option->direction == Qt::RightToLeft)
            bar.moveRight(rect.right());
        roundedRect(painter, bar, t.accentText, QColor(), 1.5, 0);
    }
    if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange))
        focusRing(painter, rect, kControlRadius);
}

void lineEdit(const QStyleOption* option, QPainter* painter, const QWidget* widget)
{
    const Tokens& t = tokens();
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool focused = has(option, QStyle::State_HasFocus);
    const bool wrong = widget && widget->property("wrong").toBool();
    const QRectF rect(option->rect);
    QColor edge = edgeOf(option);
    if (wrong)
        edge = t.danger;
    roundedRect(painter, rect, enabled ? t.card : t.hover, edge, kControlRadius, 1);
    if (focused)
        roundedRect(painter, rect, QColor(), wrong ? t.danger : t.accentText, kControlRadius, 2);
}

void checkIndicator(const QStyleOption* option, QPainter* painter, const QWidget* widget)
{
    const Tokens& t = tokens();
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const QRectF rect(option->rect);
    if (widget && widget->property("switch").toBool()) {
        const QRectF track = rect.adjusted(1, 1, -1, -1);
        const QColor fill = !enabled ? t.hover : (on ? t.accentFill : t.card);
        roundedRect(painter, track, fill, on && enabled ? t.accentFill : edgeOf(option),
                    track.height() / 2, 1.5);
        const qreal knob = track.height() - 8;
        const bool right = on != (option->direction == Qt::RightToLeft);
        const QRectF dot(right ? track.right() - knob - 4 : track.left() + 4, track.top() + 4, knob,
                         knob);
        roundedRect(painter, dot, on && enabled ? QColor(Qt::white) : t.dim, QColor(), knob / 2, 0);
        return;
    }
    const QRectF box = rect.adjusted(1, 1, -1, -1);
    const bool partial = has(option, QStyle::State_NoChange);
    const QColor fill = !enabled ? t.hover : (on || partial ? t.accentFill : t.card);
    roundedRect(painter, box, fill, (on || partial) && enabled ? t.accentFill : edgeOf(option), 4,
                1.5);
    if (!on && !partial)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(
        QPen(enabled ? QColor(Qt::white) : t.dim, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](qreal x, qreal y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    if (partial)
        painter->drawLine(at(0.28, 0.5), at(0.72, 0.5));
    else
        painter->drawPolyline(QPolygonF({at(0.25, 0.53), at(0.43, 0.70), at(0.76, 0.32)}));
    painter->restore();
}

void radioIndicator(const QStyleOption* option, QPainter* painter)
{
    const Tokens& t = tokens();
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const QRectF box = QRectF(option->rect).adjusted(1, 1, -1, -1);
    const QColor fill = !enabled ? t.hover : (on ? t.accentFill : t.card);
    roundedRect(painter, box, fill, on && enabled ? t.accentFill : edgeOf(option), box.width() / 2,
                1.5);
    if (on) {
        const QRectF dot = box.adjusted(5, 5, -5, -5);
        roundedRect(painter, dot, enabled ? QColor(Qt::white) : t.dim, QColor(), dot.width() / 2,
                    0);
    }
}

void comboBox(const QStyleOptionComboBox* option, QPainter* painter)
{
    const Tokens& t = tokens();
    const QRectF rect(option->rect);
    const bool enabled = has(option, QStyle::State_Enabled);
    const QColor fill = !enabled || (hovered(option) && !option->editable) ? t.hover : t.card;
    roundedRect(painter, rect, fill, edgeOf(option), kControlRadius, 1);
    if (has(option, QStyle::State_HasFocus))
        focusRing(painter, rect, kControlRadius);
    QRect arrow(option->rect.right() - 28, option->rect.top(), 24, option->rect.height());
    chevron(painter, QStyle::visualRect(option->direction, option->rect, arrow), u"chevron-down"_s);
}

void scrollBar(const QStyleOptionSlider* option, const QRect& slider, QPainter* painter)
{
    const Tokens& t = tokens();
    if (option->maximum <= option->minimum)
        return;
    const bool active = hovered(option) || has(option, QStyle::State_Sunken);
    QRectF rect(slider);
    const qreal inset = active ? 2 : 3;
    rect.adjust(inset, inset, -inset, -inset);
    const qreal radius = std::min(rect.width(), rect.height()) / 2;
    roundedRect(painter, rect, active ? t.dim : t.edge, QColor(), radius, 0);
}

void slider(const QStyleOptionSlider* option, const QRect& groove, const QRect& handle,
            QPainter* painter)
{
    const Tokens& t = tokens();
    QRectF track(groove);
    track = QRectF(track.left(), track.center().y() - 2, track.width(), 4);
    roundedRect(painter, track, t.edge, QColor(), 2, 0);
    QRectF filled = track;
    if (option->direction == Qt::RightToLeft)
        filled.setLeft(handle.center().x());
    else
        filled.setRight(handle.center().x());
    roundedRect(painter, filled, t.accentFill, QColor(), 2, 0);
    const QRectF knob(handle.center().x() - 8, handle.center().y() - 8, 17, 17);
    roundedRect(painter, knob, t.card, t.accentText, 8.5, 2);
    if (has(option, QStyle::State_HasFocus))
        focusRing(painter, knob.adjusted(-3, -3, 3, 3), 11.5);
}

void tabShape(const QStyleOptionTab* option, QPainter* painter)
{
    const Tokens& t = tokens();
    const bool selected = has(option, QStyle::State_Selected);
    const QRectF rect(option->rect);
    if (hovered(option) && !selected)
        roundedRect(painter, rect.adjusted(2, 4, -2, -4), t.hover, QColor(), kControlRadius, 0);
    if (selected) {
        const QRectF bar(rect.left() + 12, rect.bottom() - 3, rect.width() - 24, 3);
        roundedRect(painter, bar, t.accentText, QColor(), 1.5, 0);
    }
    if (has(option, QStyle::State_HasFocus) && selected)
        focusRing(painter, rect.adjusted(2, 4, -2, -4), kControlRadius);
}

void tabLabel(const QStyleOptionTab* option, QPainter* painter, const QWidget*)
{
    const bool selected = has(option, QStyle::State_Selected);
    painter->save();
    painter->setPen(selected ? tokens().accentText : tokens().dim);
    painter->drawText(option->rect, Qt::AlignCenter | Qt::TextShowMnemonic, option->text);
    painter->restore();
}

void progress(const QStyleOptionProgressBar* option, QPainter* painter)
{
    const Tokens& t = tokens();
    QRectF rect(option->rect);
    const qreal height = std::min<qreal>(6, rect.height());
    rect = QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height);
    roundedRect(painter, rect, t.hover, QColor(), height / 2, 0);
    const qreal span = option->maximum - option->minimum;
    if (span <= 0) { // Busy: a third of the bar, in the middle; nothing blinks.
        roundedRect(painter, rect.adjusted(rect.width() / 3, 0, -rect.width() / 3, 0), t.accentText,
                    QColor(), height / 2, 0);
        return;
    }
    const qreal part = std::clamp((option->progress - option->minimum) / span, 0.0, 1.0);
    QRectF filled = rect;
    if (option->direction == Qt::RightToLeft)
        filled.setLeft(rect.right() - part * rect.width());
    else
        filled.setWidth(std::max(part * rect.width(), part > 0 ? height : 0.0));
    if (part > 0)
        roundedRect(painter, filled, t.accentText, QColor(), height / 2, 0);
}

void headerSection(const QStyleOptionHeader* option, QPainter* painter)
{
    painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                      tokens().line);
}

void headerLabel(const QStyleOptionHeader* option, const QRect& rect, QPainter* painter)
{
    painter->save();
    painter->setPen(tokens().dim);
    painter->setFont(font(FontRole::Body));
    const Qt::Alignment alignment =
        QStyle::visualAlignment(option->direction, option->textAlignment);
    const QString text = option->fontMetrics.elidedText(option->text, Qt::ElideRight, rect.width());
    painter->drawText(rect, int(alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter, text);
    painter->restore();
}

void menuItem(const QStyleOptionMenuItem* option, QPainter* painter, const QWidget*)
{
    const Tokens& t = tokens();
    const QRect rect = option->rect;
    if (option->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(rect.left() + 8, rect.center().y(), rect.width() - 16, 1), t.line);
        return;
    }
    const bool enabled = has(option, QStyle::State_Enabled);
    if (has(option, QStyle::State_Selected) && enabled)
        roundedRect(painter, QRectF(rect).adjusted(4, 1, -4, -1), t.hover, QColor(), 6, 0);
    int left = rect.left() + 14;
    const int size = 18;
    const bool checkable = option->checkType != QStyleOptionMenuItem::NotCheckable;
    if (checkable || !option->icon.isNull()) {
        const QRect place = QStyle::visualRect(
            option->direction, rect, QRect(left, rect.center().y() - size / 2 + 1, size, size));
        if (checkable && option->checked)
            icon(u"check"_s, IconColor::Accent).paint(painter, place);
        else if (!option->icon.isNull())
            option->icon.paint(painter, place, Qt::AlignCenter,
                               enabled ? QIcon::Normal : QIcon::Disabled);
        left += size + 10;
    } else if (option->maxIconWidth > 0) {
        left += size + 10;
    }
    painter->save();
    painter->setPen(enabled ? t.text : t.dim);
    const QStringList parts = option->text.split(u'\t');
    const QRect text(left, rect.top(), rect.right() - left - 14, rect.height());
    painter->drawText(QStyle::visualRect(option->direction, rect, text),
                      Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, parts.value(0));
    if (parts.size() > 1) {
        painter->setPen(t.dim);
        painter->drawText(QStyle::visualRect(option->direction, rect, text),
                          Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, parts.value(1));
    }
    painter->restore();
}

} // namespace coffer::ui::paint
