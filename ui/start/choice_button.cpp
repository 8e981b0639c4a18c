// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start/choice_button.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

ChoiceButton::ChoiceButton(const QString& iconName, const QString& title, const QString& sentence,
                           QWidget* parent)
    : QAbstractButton(parent)
    , m_iconName(iconName)
    , m_sentence(sentence)
{
    setText(title);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ChoiceButton::sizeHint() const
{
    return {420, std::max(76, 2 * QFontMetrics(ui::font(FontRole::Section)).height() + 34)};
}

void ChoiceButton::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void ChoiceButton::paintEvent(QPaintEvent*)
{
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paint::roundedRect(&painter, rect(), underMouse() || isDown() ? t.hover : t.card,
                       underMouse() ? t.dim : t.edge, 10, 1);
    if (hasFocus())
        paint::focusRing(&painter, rect(), 10);
    const auto place = [this](const QRect& part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    paintBadge(&painter, place(QRect(16, height() / 2 - 21, 42, 42)), m_iconName,
               IconColor::Accent);
    const QRect title(74, 12, width() - 112, height() / 2 - 12);
    painter.setFont(ui::font(FontRole::Section));
    painter.setPen(t.text);
    painter.drawText(place(title), Qt::AlignVCenter | Qt::AlignLeading | Qt::TextShowMnemonic,
                     text());
    painter.setFont(ui::font(FontRole::Body));
    painter.setPen(t.dim);
    const QRect sentence(74, height() / 2 + 1, width() - 112, height() / 2 - 12);
    painter.drawText(
        place(sentence), Qt::AlignVCenter | Qt::AlignLeading,
        QFontMetrics(painter.font()).elidedText(m_sentence, Qt::ElideRight, sentence.width()));
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    ui::icon(mirrored ? u"chevron-left"_s : u"chevron-right"_s, IconColor::Dim)
        .paint(&painter, place(QRect(width() - 34, height() / 2 - 9, 18, 18)));
}

} // namespace coffer::ui
