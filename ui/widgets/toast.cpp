// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast.h"

#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/text_label.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

Toast::Toast(QWidget* parent)
    : QWidget(parent)
    , m_text(new TextLabel(QString()))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 10, 16, 10);
    row->setSpacing(10);
    row->addWidget(new IconView(u"circle-check"_s, IconColor::Ok, 18));
    row->addWidget(m_text);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    parent->installEventFilter(this);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void Toast::show(const QString& text)
{
    m_text->setText(text);
    place();
    setVisible(true);
    raise();
    m_timer.start(4000 + 40 * int(text.size())); // Long enough to read.
    if (QAccessible::isActive()) {
        QAccessibleEvent event(m_text, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

QString Toast::text() const
{
    return m_text->text();
}

void Toast::place()
{
    const QWidget* parent = parentWidget();
    m_text->setWrap(Wrap::Off);
    m_text->setMinimumWidth(0);
    QSize size = sizeHint();
    const int available = parent->width() - 48;
    if (size.width() > available) {
        m_text->setWrap(Wrap::On);
        size = QSize(available, heightForWidth(available));
    }
    resize(size);
    move((parent->width() - width()) / 2, parent->height() - height() - 24);
}

bool Toast::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void Toast::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint::roundedRect(&painter, rect(), tokens().card, tokens().edge, paint::kControlRadius, 1);
}

} // namespace coffer::ui
