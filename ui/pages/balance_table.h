// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/balance_chart.h"

#include <QTableView>

namespace coffer::ui {

class BalanceModel;

/// What the chart shows, in words: when the balance changed, and to what; newest first.
class BalanceTable : public QTableView
{
    Q_OBJECT

public:
    explicit BalanceTable(QWidget* parent = nullptr);

    /// Oldest first, as the chart has them.
    void setPoints(const std::vector<BalancePoint>& points);
    void setLook(const money::Currency& currency, const AmountLook& look);

    QSize sizeHint() const override { return {480, 180}; }

private:
    BalanceModel* m_model;
};

} // namespace coffer::ui
