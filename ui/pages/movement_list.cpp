// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/movement_list.h"

#include "ui/models/history_model.h"
#include "ui/models/movement_delegate.h"
#include "ui/pages/movement_drawer.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>

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
    connect(m_drawer, &MovementDrawer::closeRequested, this, [this] { closeDrawer(); });
    m_empty->hide();
    m_noHits->hide();
}

void MovementList::setSearch(const QString& text)
{
    m_model->setSearch(text);
}
void MovementList::setAccount(const api::AccountId& account)
{
    m_model->setAccount(account);
}
void MovementList::setFilter(const MovementFilter& filter)
{
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

bool MovementList::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_view || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    const QModelIndex index = m_view->currentIndex();
    if (key->key() == Qt::Key_Space) {
        toggleDrawer();
        return true;
    }
    if (key->matches(QKeySequence::Copy) && index.isValid()) {
        m_session.copy(m_model->row(index.row()).txid, tr("Transaction id copied."));
        return true;
    }
    if (key->key() == Qt::Key_C && index.isValid() &&
        key->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        const QString address = m_model->row(index.row()).counterparty;
        if (!address.isEmpty())
            m_session.copy(
                address,
                tr("Address copied: starts %1, ends %2.").arg(address.left(8), address.right(8)));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace coffer::ui
