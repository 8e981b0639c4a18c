// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/inline_message.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/text_label.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

struct MessageLook
{
    QColor background;
    QColor edge;
    QString icon;
    IconColor color;
};

MessageLook lookOf(MessageKind kind)
{
    const Tokens& t = tokens();
    switch (kind) {
    case MessageKind::Info:
        return {t.infoBackground, t.accentText, u"info"_s, IconColor::Accent};
    case MessageKind::Ok:
        return {t.okBackground, t.ok, u"circle-check"_s, IconColor::Ok};
    case MessageKind::Warning:
        return {t.warnBackground, t.warn, u"triangle-alert"_s, IconColor::Warn};
    case MessageKind::Danger:
        return {t.dangerBackground, t.danger, u"octagon-alert"_s, IconColor::Danger};
    }
    return {t.infoBackground, t.accentText, u"info"_s, IconColor::Accent};
}

} // namespace

InlineMessage::InlineMessage(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(12);
    m_icon = new IconView(QString(), IconColor::Text, 20);
    m_text = new TextLabel(QString());
    m_text->setWrap(Wrap::On);
    m_details = new TextLabel(QString(), FontRole::AddressSmall);
    m_details->setWrap(Wrap::On);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->hide();
    m_toggle = new QPushButton(tr("Details"));
    setVariant(m_toggle, ButtonVariant::Link);
    m_toggle->hide();
    connect(m_toggle, &QPushButton::clicked, this,
            [this] { m_details->setVisible(!m_details->isVisibleTo(this)); });
    auto* texts = new QVBoxLayout;
    texts->setContentsMargins(0, 3, 0, 3);
    texts->setSpacing(4);
    texts->addWidget(m_text);
    texts->addWidget(m_details);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addLayout(texts, 1);
    row->addWidget(m_toggle, 0, Qt::AlignVCenter);
    hide();
}

InlineMessage::InlineMessage(MessageKind kind, const QString& text, QWidget* parent)
    : InlineMessage(parent)
{
    show(kind, text);
}

void InlineMessage::show(MessageKind kind, const QString& text)
{
    if (!isHidden() && kind == m_kind && text == m_text->text() && m_toggle->isHidden())
        return; // It stands there and was announced.
    m_kind = kind;
    const MessageLook look = lookOf(kind);
    static_cast<IconView*>(m_icon)->setIcon(look.icon, look.color);
    m_text->setText(text);
    m_details->hide();
    m_toggle->hide();
    if (parentWidget())
        setVisible(true);
    else // Shown with its parent; by itself it would be a window for a moment, with a window's
         // size.
        setAttribute(Qt::WA_WState_ExplicitShowHide, false);
    update();
    announce();
}

void InlineMessage::revise(const QString& text)
{
    m_text->setText(text);
}

void InlineMessage::showError(const base::Error& error, ErrorScene scene)
{
    showError(error, errorText(error.code, scene));
}

void InlineMessage::showError(const base::Error& error, const QString& text)
{
    show(MessageKind::Danger, text);
    m_details->setText(errorDetails(error));
    m_toggle->setObjectName(objectName() + u".details"_s);
    m_toggle->setAccessibleName(tr("Details of the error"));
    m_toggle->show();
}

void InlineMessage::setAction(const QString& text, const QString& objectName)
{
    if (!m_action) {
        m_action = new QPushButton;
        static_cast<QBoxLayout*>(layout())->insertWidget(3, m_action); // Before the cross.
        static_cast<QBoxLayout*>(layout())->setAlignment(m_action, Qt::AlignVCenter);
        connect(m_action, &QPushButton::clicked, this, &InlineMessage::actionTriggered);
    }
    m_action->setText(text);
    identify(m_action, objectName, QString(text).remove(u'&'));
    m_action->show();
}

void InlineMessage::removeAction()
{
    if (m_action)
        m_action->hide();
}

void InlineMessage::setClosable(const QString& objectName)
{
    m_close = new QToolButton;
    m_close->setIcon(ui::icon(u"x"_s));
    m_close->setFocusPolicy(Qt::StrongFocus);
    setVariant(m_close, ButtonVariant::Quiet);
    identify(m_close, objectName, tr("Dismiss this message"));
    m_close->setToolTip(tr("Dismiss this message"));
    layout()->addWidget(m_close);
    static_cast<QBoxLayout*>(layout())->setAlignment(m_close, Qt::AlignVCenter);
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
}

QString InlineMessage::text() const
{
    return m_text->text();
}

void InlineMessage::announce()
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void InlineMessage::paintEvent(QPaintEvent*)
{
    const MessageLook look = lookOf(m_kind);
    QPainter painter(this);
    paint::roundedRect(&painter, rect(), look.background, look.edge, paint::kControlRadius, 1);
}

} // namespace coffer::ui
