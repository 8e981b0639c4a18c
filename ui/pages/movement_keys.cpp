// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/movement_keys.h"

#include "ui/models/history_model.h"
#include "ui/session.h"

#include <QKeyEvent>
#include <QListView>

namespace coffer::ui {

MovementKeys::MovementKeys(Session& session, QListView* view, const HistoryModel* model,
                           std::function<void()> details)
    : QObject(view)
    , m_session(session)
    , m_view(view)
    , m_model(model)
    , m_details(std::move(details))
{
    view->installEventFilter(this);
}

bool MovementKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_view || event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Space) {
        m_details();
        return true;
    }
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid())
        return QObject::eventFilter(watched, event);
    if (key->matches(QKeySequence::Copy)) {
        m_session.copy(m_model->row(index.row()).txid, tr("Transaction id copied."));
        return true;
    }
    if (key->key() == Qt::Key_C && key->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        const QString address = m_model->row(index.row()).counterparty;
        if (!address.isEmpty())
            m_session.copyAddress(address);
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace coffer::ui
