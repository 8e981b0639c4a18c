// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notification_centre.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr std::size_t kMost = 100; // Older ones are in Activity anyway.

QString iconOf(NoticeKind kind)
{
    switch (kind) {
    case NoticeKind::Payment:
        return u"coins"_s;
    case NoticeKind::Security:
        return u"shield-alert"_s;
    case NoticeKind::System:
        return u"info"_s;
    }
    return u"info"_s;
}

} // namespace

NotificationCentre::NotificationCentre(Session& session, QWidget* parent)
    : Popover(parent)
    , m_session(session)
{
    setFixedWidth(380);
    identify(this, u"notifications"_s, tr("Notifications"));
    auto* top = makeRow();
    top->addWidget(new TextLabel(tr("Notifications"), FontRole::Section));
    top->addStretch(1);
    auto* clearAll = new QPushButton(tr("Clear"));
    identify(clearAll, u"notifications.clear"_s, tr("Clear notifications"));
    setVariant(clearAll, ButtonVariant::Link);
    connect(clearAll, &QPushButton::clicked, this, &NotificationCentre::clear);
    top->addWidget(clearAll);
    column()->addLayout(top);
    auto* content = new QWidget;
    m_list = makeColumn(content, 6);
    m_scroll = new QScrollArea;
    m_scroll->setObjectName(u"notifications.scroll"_s);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(content);
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    m_scroll->setMinimumHeight(160);
    column()->addWidget(m_scroll);
    connect(&session, &Session::lookChanged, this, &NotificationCentre::rebuild);
    rebuild();
}

void NotificationCentre::add(const Notice& notice)
{
    m_notices.insert(m_notices.begin(), notice);
    if (m_notices.size() > kMost)
        m_notices.pop_back();
    ++m_unread;
    rebuild();
    Q_EMIT unreadChanged();
}

void NotificationCentre::clear()
{
    m_notices.clear();
    m_unread = 0;
    rebuild();
    Q_EMIT unreadChanged();
}

void NotificationCentre::showEvent(QShowEvent* event)
{
    Popover::showEvent(event);
    m_unread = 0;
    Q_EMIT unreadChanged();
}

void NotificationCentre::rebuild()
{
    clearLayout(m_list);
    if (m_notices.empty()) {
        auto* none = new TextLabel(tr("Nothing new."), FontRole::Body, Tone::Dim);
        none->setAlignment(Qt::AlignCenter);
        m_list->addWidget(none, 1);
        return;
    }
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const bool hidden = m_session.visibility() == Visibility::Hidden;
    QString day;
    int number = 0;
    for (const Notice& notice : m_notices) {
        const QString heading = dayText(notice.atMs, now);
        if (heading != day) {
            day = heading;
            m_list->addWidget(new TextLabel(day, FontRole::BodyStrong, Tone::Dim));
        }
        auto* row = makeRow(10);
        row->addWidget(new IconView(iconOf(notice.kind), IconColor::Accent, 20), 0, Qt::AlignTop);
        auto* texts = makeColumn(nullptr, 2);
        texts->addWidget(new TextLabel(notice.title, FontRole::BodyStrong));
        auto* text = new TextLabel(hidden && !notice.discreetText.isEmpty() ? notice.discreetText
                                                                            : notice.text);
        text->setWrap(Wrap::On);
        texts->addWidget(text);
        texts->addWidget(new TextLabel(relativeTime(notice.atMs, now), FontRole::Body, Tone::Dim));
        row->addLayout(texts, 1);
        if (notice.kind == NoticeKind::Payment) {
            auto* open = new QPushButton(tr("Show"));
            identify(open, u"notifications.show%1"_s.arg(number++),
                     tr("Show: %1").arg(notice.title));
            setVariant(open, ButtonVariant::Link);
            connect(open, &QPushButton::clicked, this,
                    [this, wallet = notice.wallet, target = notice.destination] {
                        hide();
                        Q_EMIT chosen(wallet, target);
                    });
            row->addWidget(open, 0, Qt::AlignTop);
        }
        m_list->addLayout(row);
    }
    m_list->addStretch(1);
}

} // namespace coffer::ui
