// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/base/error.h"
#include "ui/models/row_diff.h"

#include <QAbstractTableModel>

namespace coffer::ui {

class Session;

/// The addresses of an account, receiving ones first.
class AddressModel : public RowChanges<QAbstractTableModel>
{
    Q_OBJECT

public:
    enum Column
    {
        Address,
        Label,
        Received,
        State,
        Path,
        ColumnCount
    };

    explicit AddressModel(Session& session, QObject* parent = nullptr);

    void setAccount(const api::AccountId& account);
    void refresh();
    const api::ReceiveAddress& address(int row) const { return m_rows[std::size_t(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void loaded();
    void failed(const coffer::base::Error& error);

private:
    QString textOf(const api::ReceiveAddress& address, int column) const;

    Session& m_session;
    api::AccountId m_account;
    std::vector<api::ReceiveAddress> m_rows;
};

} // namespace coffer::ui
