// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money/currency.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLineEdit;
class QPushButton;

namespace coffer::ui {

class TextLabel;

/// Where a typed amount is exactly this number of minor units, or nothing.
///
/// Whole numbers only: the text is read by core/money, never through floating point. An ambiguous
/// text ("1,234") offers both readings and has no amount until one is chosen.
class AmountEdit : public QWidget
{
    Q_OBJECT

public:
    enum class State
    {
        Empty,
        Valid,
        Ambiguous,
        Invalid
    };

    explicit AmountEdit(QWidget* parent = nullptr);

    /// Prefix of the object names of the parts: `<prefix>` for the field.
    void setNames(const QString& prefix, const QString& accessibleName);
    void setCurrency(const money::Currency& currency);
    /// "BTC" or "sat": what a bare number means.
    void setUnit(const QString& unit);
    void setAmount(const money::Amount& amount);
    void clear();

    State state() const { return m_state; }
    const std::optional<money::Amount>& amount() const { return m_amount; }
    QString problem() const { return m_problem; }
    QLineEdit* field() const { return m_edit; }

Q_SIGNALS:
    void amountChanged();

private:
    void read();
    void offer(const std::vector<money::Money>& readings);
    void finish(State state, std::optional<money::Amount> amount, const QString& problem);
    QString typedWithUnit() const;

    money::Currency m_currency;
    QString m_unit = QStringLiteral("BTC");
    State m_state = State::Empty;
    std::optional<money::Amount> m_amount;
    QString m_problem;
    QLineEdit* m_edit;
    TextLabel* m_unitLabel;
    TextLabel* m_hint;
    QWidget* m_choices;
    QPushButton* m_first;
    QPushButton* m_second;
    std::vector<money::Money> m_readings;
};

} // namespace coffer::ui
