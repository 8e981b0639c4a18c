// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page.h"

#include "ui/widgets/card.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kMargin = 28;
constexpr int kWidest = 1120; // Beyond this, lines are too long to follow.

} // namespace

Page::Page(Session& session, const QString& name, const QString& title, Body body, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_name(name)
    , m_title(new TextLabel(title, FontRole::Title))
    , m_titleRow(makeRow(8))
    , m_message(new InlineMessage)
{
    setObjectName(name);
    m_message->setObjectName(named(u"message"_s));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(kMargin, 20, body == Body::Scrolling ? 0 : kMargin, 0);
    outer->setSpacing(12);
    auto* top = new QWidget;
    auto* topLayout = new QHBoxLayout(top);
    topLayout->setContentsMargins(0, 0, body == Body::Scrolling ? kMargin : 0, 0);
    topLayout->addLayout(m_titleRow);
    m_titleRow->addWidget(m_title);
    m_titleRow->addStretch(1);
    m_titleRow->setSizeConstraint(QLayout::SetNoConstraint);
    top->setMinimumHeight(40);
    outer->addWidget(top);
    auto* content = new QWidget;
    m_body = new QVBoxLayout(content);
    m_body->setSpacing(16);
    m_body->addWidget(m_message);
    if (body == Body::Filling) {
        m_body->setContentsMargins(0, 0, 0, 20);
        outer->addWidget(content, 1);
        return;
    }
    m_body->setContentsMargins(0, 0, kMargin - 12, 24);
    content->setMaximumWidth(kWidest);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(named(u"scroll"_s));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // Its place must not shift the page.
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    top->setMaximumWidth(kWidest + 12);
    outer->addWidget(scroll, 1);
}

int Page::bodyWidth() const
{
    return std::min(width() - kMargin - 12, kWidest) - (kMargin - 12); // 12: the scroll bar.
}

QString Page::title() const
{
    return m_title->text();
}

void Page::setTitle(const QString& title)
{
    m_title->setText(title);
}

void Page::focusFirst()
{
    if (QWidget* next = nextInFocusChain(); next && isAncestorOf(next))
        next->setFocus(Qt::OtherFocusReason);
}

} // namespace coffer::ui
