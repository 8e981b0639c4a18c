// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/balance_table.h"

#include "ui/theme/fonts.h"
#include "ui/widgets/table.h"

#include <QAbstractTableModel>

namespace coffer::ui {

/// The points of a chart as rows.
class BalanceModel : public QAbstractTableModel
{
public:
    enum Column
    {
        When,
        Balance,
        Columns
    };
    BalanceModel(QStringList headings, QObject* parent)
        : QAbstractTableModel(parent)
        , m_headings(std::move(headings))
    {
    }

    void setPoints(const std::vector<BalancePoint>& points)
    {
        beginResetModel();
        m_points.assign(points.rbegin(), points.rend());
        endResetModel();
    }
    void setLook(const money::Currency& currency, const AmountLook& look)
    {
        m_currency = currency;
        m_look = look;
        if (!m_points.empty())
            Q_EMIT dataChanged(index(0, Balance), index(rowCount() - 1, Balance));
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_points.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : int(Columns);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        return m_headings.value(section);
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const BalancePoint& point = m_points[std::size_t(index.row())];
        if (role == Qt::FontRole && index.column() == Balance)
            return ui::font(FontRole::Amount);
        if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
            return {};
        if (index.column() == When)
            return absoluteTime(point.atMs);
        const QString text = amountText(point.balance, m_currency, m_look);
        return role == Qt::DisplayRole ? text : withoutIsolates(text);
    }

private:
    QStringList m_headings;
    std::vector<BalancePoint> m_points;
    money::Currency m_currency;
    AmountLook m_look;
};

BalanceTable::BalanceTable(QWidget* parent)
    : QTableView(parent)
    , m_model(new BalanceModel({tr("When"), tr("Balance")}, this))
{
    setModel(m_model);
    setUpTable(this);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setColumn(this, BalanceModel::When, ColumnFit::Stretch);
    setColumn(this, BalanceModel::Balance, ColumnFit::Contents);
}

void BalanceTable::setPoints(const std::vector<BalancePoint>& points)
{
    m_model->setPoints(points);
}

void BalanceTable::setLook(const money::Currency& currency, const AmountLook& look)
{
    m_model->setLook(currency, look);
}

} // namespace coffer::ui
