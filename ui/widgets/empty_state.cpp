// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include "ui/theme/style.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace coffer::ui {

EmptyState::EmptyState(const QString& iconName, const QString& sentence, QWidget* parent)
    : QWidget(parent)
    , m_sentence(new TextLabel(sentence, FontRole::Body, Tone::Dim))
    , m_column(new QVBoxLayout(this))
{
    m_column->setSpacing(16);
    m_column->addStretch(1);
    m_column->addWidget(new IconView(iconName, IconColor::Dim, 48), 0, Qt::AlignHCenter);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setWrap(Wrap::On);
    m_column->addWidget(m_sentence);
    m_column->addStretch(2);
}

void EmptyState::setSentence(const QString& sentence)
{
    m_sentence->setText(sentence);
}

QPushButton* EmptyState::addButton(const QString& text, const QString& objectName)
{
    auto* button = new QPushButton(text);
    identify(button, objectName, QString(text).remove(u'&'));
    m_column->insertWidget(m_column->count() - 1, button, 0, Qt::AlignHCenter);
    return button;
}

QPushButton* EmptyState::addLink(const QString& text, const QString& objectName)
{
    auto* button = addButton(text, objectName);
    setVariant(button, ButtonVariant::Link);
    return button;
}

Chip::Chip(const QString& text, Look look, QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    set(text, look);
}

void Chip::set(const QString& text, Look look)
{
    m_text = text;
    m_look = look;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(m_text) + 22, metrics.height() + 8};
}

void Chip::paintEvent(QPaintEvent*)
{
    const Tokens& t = tokens();
    QColor fill = t.hover;
    QColor text = t.text;
    switch (m_look) {
    case Look::Neutral:
        break;
    case Look::Info:
        fill = t.infoBackground;
        text = t.accentText;
        break;
    case Look::Ok:
        fill = t.okBackground;
        text = t.ok;
        break;
    case Look::Warning:
        fill = t.warnBackground;
        text = t.warn;
        break;
    case Look::Danger:
        fill = t.dangerBackground;
        text = t.danger;
        break;
    }
    QPainter painter(this);
    paint::roundedRect(&painter, rect(), fill, QColor(), height() / 2.0, 0);
    painter.setPen(text);
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace coffer::ui
