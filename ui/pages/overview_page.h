// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/widgets/inline_message.h"

#include <vector>

class QAbstractButton;
class QButtonGroup;
class QListView;
class QPushButton;
class QVBoxLayout;

namespace coffer::ui {

class AccountList;
class BalanceChart;
class BalanceTable;
class Card;
class EmptyState;
class HistoryModel;
class ProofMark;
class TextLabel;

/// What there is: the total with its proof, how it went, the accounts, the latest movements, and
/// what needs attention.
class OverviewPage : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(Session& session, QWidget* parent = nullptr);

    void activate() override;

private:
    QWidget* buildTotal();
    QWidget* buildChart();
    QWidget* buildAccounts();
    QWidget* buildRecent();
    void refreshTotal();
    /// What needs attention: a message above everything.
    struct Attention
    {
        MessageKind kind;
        QString text;
        QString action;
        QString name;
        Destination target;
    };
    std::vector<Attention> attention() const;
    void refreshAttention();
    void refreshChart();
    void askChartRows(std::vector<api::HistoryRow> rows);
    void drawChart();
    void cycleTotal();
    void fitRecent();

    QPushButton* m_total;
    TextLabel* m_totalCaption;
    TextLabel* m_pending;
    ProofMark* m_proof;
    QVBoxLayout* m_attention;
    std::vector<Attention> m_shown;
    AccountList* m_accounts;
    BalanceChart* m_chart;
    BalanceTable* m_table;
    QButtonGroup* m_ranges;
    TextLabel* m_change;
    HistoryModel* m_recent;
    QListView* m_recentView;
    EmptyState* m_recentEmpty;
    std::vector<api::HistoryRow> m_chartRows;
    bool m_askingChart = false;
    bool m_chartStale = false;
    bool m_chartIsWhole = true;
    bool m_chartLoaded = false;
};

} // namespace coffer::ui
