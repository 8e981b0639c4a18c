// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QPersistentModelIndex>
#include <QWidget>

class QListView;
class QPushButton;

namespace coffer::ui {

class EmptyState;
class HistoryModel;
struct MovementFilter;
class InlineMessage;
class MovementDrawer;

/// The list of movements with its drawer: Activity shows it for the wallet, an account's tab for
/// the account.
class MovementList : public QWidget
{
    Q_OBJECT

public:
    /// `prefix` begins the object names.
    MovementList(Session& session, const QString& prefix, QWidget* parent = nullptr);

    void setSearch(const QString& text);
    void setAccount(const api::AccountId& account);
    void setFilter(const MovementFilter& filter);
    void refresh();
    void openMovement(const QString& txid);
    bool closeDrawer();
    void editLabel();
    void focusList();
    HistoryModel* model() const { return m_model; }
    MovementDrawer* drawer() const { return m_drawer; }

Q_SIGNALS:
    /// Nothing fits: search and filters are to be taken away.
    void clearSearchRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refreshEmpty();
    void buildNews();
    void holdPlace();
    void keepPlace();
    void placeNews();
    void toggleDrawer();
    void showCurrent();

    Session& m_session;
    QString m_prefix;
    HistoryModel* m_model;
    QListView* m_view;
    EmptyState* m_empty;
    EmptyState* m_noHits;
    InlineMessage* m_message;
    MovementDrawer* m_drawer;
    QPushButton* m_news;
    int m_newRows = 0;              ///< Above what is seen, not looked at yet.
    QPersistentModelIndex m_anchor; ///< What stands at the top while rows come and go above it.
    int m_anchorTop = 0;
    QString m_wanted;
};

} // namespace coffer::ui
