// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"
#include "core/base/error.h"
#include "ui/models/row_diff.h"

#include <QAbstractTableModel>
#include <QSet>

namespace coffer::ui {

class Session;

/// The coins of an account: to freeze and label, or to choose for a payment.
class CoinModel : public RowChanges<QAbstractTableModel>
{
    Q_OBJECT

public:
    enum Column
    {
        Amount,
        Label,
        Address,
        State,
        Outpoint,
        ColumnCount
    };
    enum class Use
    {
        Showing,
        Choosing ///< Check boxes in the first column.
    };

    CoinModel(Session& session, Use use, QObject* parent = nullptr);

    void setAccount(const api::AccountId& account);
    void refresh();
    const api::Coin& coin(int row) const { return m_rows[std::size_t(row)]; }
    QStringList chosen() const;
    money::Amount chosenSum() const;
    void clearChosen();
    bool isLoaded() const { return m_loaded; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void chosenChanged();
    void loaded();
    void failed(const coffer::base::Error& error);

private:
    QString textOf(const api::Coin& coin, int column) const;

    Session& m_session;
    Use m_use;
    api::AccountId m_account;
    std::vector<api::Coin> m_rows;
    QSet<QString> m_chosen;
    bool m_loaded = false;
};

} // namespace coffer::ui
