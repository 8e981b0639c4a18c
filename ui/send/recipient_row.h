// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/session.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace coffer::ui {

class AddressLabel;
class AmountEdit;
class TextLabel;

/// Whom and how much: one field for address, link or pasted text, checked while it is typed.
class RecipientRow : public QWidget
{
    Q_OBJECT

public:
    /// `number` from 1, for the object names.
    RecipientRow(Session& session, int number, QWidget* parent = nullptr);

    void setPayee(const QString& text);
    void setCurrency(const money::Currency& currency);
    void setUnit(const QString& unit);
    enum class Quantity
    {
        Typed,
        Everything
    };
    void setQuantity(Quantity quantity);
    Quantity quantity() const { return m_quantity; }
    enum class Extras
    {
        None,
        Removable
    };
    void setExtras(Extras extras);
    void clear();
    bool isEmpty() const;
    bool isComplete() const;
    /// Puts the focus where something is missing.
    void focusProblem();
    api::PaymentRecipient recipient() const;
    QString address() const { return m_decoded ? m_decoded->address : QString(); }
    QString suggestedLabel() const;
    AmountEdit* amountEdit() const { return m_amount; }
    QLineEdit* payeeField() const { return m_to; }

Q_SIGNALS:
    void changed();
    void removeRequested();
    /// What is scanned next is meant for this row.
    void scanRequested();

private:
    void build(int number);
    void decode();
    void show(base::Result<api::DecodedPayee> result);
    void showFindings(const std::vector<api::Finding>& findings);
    void paste();

    Session& m_session;
    QLineEdit* m_to;
    QToolButton* m_remove;
    AddressLabel* m_address;
    TextLabel* m_problem;
    QVBoxLayout* m_findings;
    AmountEdit* m_amount;
    QPushButton* m_max;
    TextLabel* m_maxHint;
    QTimer m_timer;
    std::optional<api::DecodedPayee> m_decoded;
    Quantity m_quantity = Quantity::Typed;
    int m_generation = 0;
};

} // namespace coffer::ui
