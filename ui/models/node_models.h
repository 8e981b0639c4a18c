// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "ui/models/row_diff.h"

#include <QAbstractTableModel>

namespace coffer::ui {

class Session;

/// Who the node is talking to.
class PeerModel : public RowChanges<QAbstractTableModel>
{
    Q_OBJECT

public:
    enum Column
    {
        Address,
        Agent,
        Height,
        Latency,
        Route,
        State,
        ColumnCount
    };

    explicit PeerModel(Session& session, QObject* parent = nullptr);

    const api::PeerInfo& peer(int row) const { return m_rows[std::size_t(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();
    QString textOf(const api::PeerInfo& peer, int column) const;

    Session& m_session;
    std::vector<api::PeerInfo> m_rows;
};

/// Every outbound connection: why, where, how, and what it tells.
class NetworkLogModel : public RowChanges<QAbstractTableModel>
{
    Q_OBJECT

public:
    enum Column
    {
        Time,
        Purpose,
        Host,
        Route,
        Reveals,
        Outcome,
        ColumnCount
    };

    explicit NetworkLogModel(Session& session, QObject* parent = nullptr);

    void refresh();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const api::NetworkLogRow& row, int column) const;

    Session& m_session;
    std::vector<api::NetworkLogRow> m_rows;
};

} // namespace coffer::ui
