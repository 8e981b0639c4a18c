// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/movement_list.h"

#include "ui/models/history_model.h"
#include "ui/models/movement_delegate.h"
#include "ui/pages/movement_drawer.h"
#include "ui/pages/movement_keys.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QEvent>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace coffer::ui {

MovementList::MovementList(Session& session, const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_prefix(prefix)
    , m_model(new HistoryModel(session, 0, this))
    , m_view(new QListView)
    , m_message(new InlineMessage)
    , m_drawer(new MovementDrawer(session, prefix))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    auto* left = makeColumn(nullptr, 8);
    m_message->setObjectName(prefix + u".list_message"_s);
    left->addWidget(m_message);
    identify(m_view, prefix + u".list"_s, tr("Movements"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new MovementDelegate(session, m_view));
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setUniformItemSizes(false);
    m_view->setLayoutMode(QListView::Batched);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setMouseTracking(true);
    m_view->installEventFilter(this);
    new MovementKeys(session, m_view, m_model, [this] { toggleDrawer(); });
    left->addWidget(m_view, 1);
    m_empty = new EmptyState(u"list"_s, tr("Nothing has moved yet. Payments appear here within "
                                           "seconds."));
    auto* receive = m_empty->addButton(tr("Receive"), prefix + u".empty_receive"_s);
    connect(receive, &QPushButton::clicked, this, [this] {
        m_session.goTo({PageId::Receive, {}, {}, {}, {}});
    });
    m_noHits = new EmptyState(u"search"_s, tr("No movement fits the search and the "
                                              "filters."));
    auto* clear = m_noHits->addButton(tr("Clear filters"), prefix + u".clear_search"_s);
    connect(clear, &QPushButton::clicked, this, &MovementList::clearSearchRequested);
    left->addWidget(m_empty, 1);
    left->addWidget(m_noHits, 1);
    row->addLayout(left, 1);
    row->addWidget(m_drawer);
    m_drawer->hide();
    connect(m_model, &HistoryModel::loaded, this, &MovementList::refreshEmpty);
    connect(m_model, &HistoryModel::failed, this,
            [this](const base::Error& error) { m_message->showError(error); });
    connect(m_view, &QListView::clicked, this, &MovementList::showCurrent);
    connect(m_view, &QListView::activated, this, &MovementList::showCurrent);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (m_drawer->isVisibleTo(this))
            showCurrent();
    });
    connect(&Theme::instance(), &Theme::changed, m_drawer, [this] { m_drawer->setRoom(width()); });
    connect(m_drawer, &MovementDrawer::closeRequested, this, [this] { closeDrawer(); });
    m_empty->hide();
    m_noHits->hide();
    buildNews();
}

/// Rows that come in above what somebody reads do not push it away: a pill tells of them.
void MovementList::buildNews()
{
    m_news = new QPushButton(m_view);
    m_news->setIcon(ui::icon(u"chevron-up"_s, IconColor::White));
    setVariant(m_news, ButtonVariant::Primary);
    m_news->setAutoDefault(false);
    identify(m_news, m_prefix + u".news"_s, QString());
    m_news->hide();
    connect(m_news, &QPushButton::clicked, this, [this] {
        m_view->scrollToTop();
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == 0) {
            m_newRows = 0;
            placeNews();
        }
    });
    connect(m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, &MovementList::holdPlace);
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &MovementList::holdPlace);
    connect(m_model, &QAbstractItemModel::rowsAboutToBeMoved, this, &MovementList::holdPlace);
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) {
                if (m_anchor.isValid() && last < m_anchor.row())
                    m_newRows += last - first + 1;
            });
    connect(m_model, &HistoryModel::loaded, this, &MovementList::keepPlace);
}

void MovementList::holdPlace()
{
    if (m_anchor.isValid() || m_view->verticalScrollBar()->value() == 0)
        return;
    const QModelIndex top = m_view->indexAt(QPoint(m_view->viewport()->width() / 2, 1));
    m_anchor = top;
    m_anchorTop = m_view->visualRect(top).top();
}

void MovementList::keepPlace()
{
    if (m_anchor.isValid()) {
        m_view->setLayoutMode(QListView::SinglePass); // The anchor may lie beyond the first batch.
        m_view->doItemsLayout();
        m_view->setLayoutMode(QListView::Batched);
        QScrollBar* bar = m_view->verticalScrollBar();
        bar->setValue(bar->value() + m_view->visualRect(m_anchor).top() - m_anchorTop);
    }
    m_anchor = QPersistentModelIndex();
    if (m_view->verticalScrollBar()->value() == 0)
        m_newRows = 0;
    placeNews();
}

void MovementList::placeNews()
{
    const bool hadFocus = m_news->hasFocus();
    m_news->setVisible(m_newRows > 0);
    if (m_newRows == 0) {
        if (hadFocus)
            m_view->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_news->setText(tr("%n new", "movements above those that are seen", m_newRows));
    m_news->setAccessibleName(m_news->text());
    m_news->adjustSize();
    m_news->move((m_view->width() - m_news->width()) / 2, 10);
    m_news->raise();
}

void MovementList::setSearch(const QString& text)
{
    m_view->scrollToTop(); // What is asked for now begins there.
    m_model->setSearch(text);
}
void MovementList::setAccount(const api::AccountId& account)
{
    m_view->scrollToTop(); // What is asked for now begins there.
    m_model->setAccount(account);
}
void MovementList::setFilter(const MovementFilter& filter)
{
    m_view->scrollToTop(); // What is asked for now begins there.
    m_model->setFilter(filter);
}
void MovementList::refresh()
{
    m_model->refresh();
}
void MovementList::focusList()
{
    m_view->setFocus(Qt::OtherFocusReason);
}

void MovementList::refreshEmpty()
{
    m_message->hide();
    const bool none = m_model->rowCount() == 0;
    const bool searching = !m_model->search().isEmpty() || m_model->isFiltered();
    m_view->setVisible(!none);
    m_empty->setVisible(none && !searching);
    m_noHits->setVisible(none && searching);
    if (!m_wanted.isEmpty()) {
        const QString wanted = std::exchange(m_wanted, {});
        openMovement(wanted);
    }
}

void MovementList::openMovement(const QString& txid)
{
    const int row = m_model->rowOf(txid);
    if (row < 0) {
        if (!m_model->isLoaded())
            m_wanted = txid; // Comes with the first page.
        else
            m_drawer->show(txid);
        return;
    }
    m_view->setCurrentIndex(m_model->index(row, 0));
    m_view->scrollTo(m_model->index(row, 0));
    showCurrent();
}

void MovementList::showCurrent()
{
    const QModelIndex index = m_view->currentIndex();
    if (index.isValid())
        m_drawer->show(m_model->row(index.row()).id);
}

bool MovementList::closeDrawer()
{
    if (!m_drawer->isVisibleTo(this))
        return false;
    m_drawer->hide();
    m_view->setFocus(Qt::OtherFocusReason);
    return true;
}

void MovementList::editLabel()
{
    const QModelIndex index = m_view->currentIndex();
    if (index.isValid())
        m_view->edit(index);
}

void MovementList::toggleDrawer()
{
    if (!closeDrawer())
        showCurrent();
}

void MovementList::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_drawer->setRoom(width());
}

bool MovementList::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::Resize)
        placeNews();
    return QWidget::eventFilter(watched, event);
}

} // namespace coffer::ui
