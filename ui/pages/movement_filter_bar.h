// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/history_model.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;

namespace coffer::ui {

class AmountFilter;

/// The chips above the movements: which way and whether still pending, which type, account,
/// currency, time and amount.
class MovementFilterBar : public QWidget
{
    Q_OBJECT

public:
    /// `prefix` begins the object names.
    MovementFilterBar(Session& session, const QString& prefix, QWidget* parent = nullptr);

    MovementFilter filter() const;
    void clear();

Q_SIGNALS:
    void changed();

private:
    enum Kind
    {
        All,
        Received,
        Sent,
        Pending
    };
    void buildKinds();
    void refreshAccounts();
    void refreshCurrencies();
    void refreshAmountCurrency();
    void setItems(QComboBox* box, const std::vector<std::pair<QString, QString>>& items);

    Session& m_session;
    QString m_prefix;
    QButtonGroup* m_kinds;
    QComboBox* m_type;
    QComboBox* m_account;
    QComboBox* m_currency;
    QComboBox* m_period;
    AmountFilter* m_amount;
    bool m_clearing = false;
};

} // namespace coffer::ui
