// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"
#include "ui/widgets/fitted_dialog.h"

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace coffer::ui {

class AmountEdit;
class InlineMessage;
class PassphraseEdit;
class TextLabel;

/// The limits that every signature of this wallet keeps. Less needs nothing, more the password.
class LimitsDialog : public FittedDialog
{
    Q_OBJECT

public:
    LimitsDialog(Session& session, QWidget* parent);

private:
    void buildAmounts(QVBoxLayout* column);
    void buildPayees(QVBoxLayout* column);
    void buildPassword(QVBoxLayout* column);
    void buildButtons(QVBoxLayout* column);
    AmountEdit* addAmount(QVBoxLayout* column, const QString& label, const QString& name);
    void load();
    void show(const api::SpendPolicyInfo& policy);
    /// False when something typed is no amount, rate or list; the field has the focus.
    bool read(api::PolicyChange& change);
    bool readLimit(AmountEdit* edit, const std::optional<money::Amount>& now,
                   api::LimitChange& change);
    void readPayees(api::PolicyChange& change) const;
    void run();
    void answer(base::Result<api::SpendPolicyInfo> result);

    Session& m_session;
    api::SpendPolicyInfo m_policy;
    InlineMessage* m_message;
    AmountEdit* m_perPayment = nullptr;
    AmountEdit* m_perDay = nullptr;
    AmountEdit* m_maxFee = nullptr;
    TextLabel* m_spent = nullptr;
    QLineEdit* m_maxRate = nullptr;
    QPlainTextEdit* m_payees = nullptr;
    QCheckBox* m_frozen = nullptr;
    QWidget* m_passwordBox = nullptr; ///< Shown when the change allows more.
    PassphraseEdit* m_password = nullptr;
    QPushButton* m_action = nullptr;
};

} // namespace coffer::ui
