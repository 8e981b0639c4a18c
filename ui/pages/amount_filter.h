// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money/currency.h"

#include <QComboBox>

#include <optional>

namespace coffer::ui {

class AmountEdit;
class Popover;
class Session;
class TextLabel;

/// The chip for amounts: looks like the other choices, and opens two fields instead of a list.
class AmountFilter : public QComboBox
{
    Q_OBJECT

public:
    AmountFilter(Session& session, const QString& objectName, QWidget* parent = nullptr);

    /// Of the size of a movement, in minor units of currency().
    const std::optional<money::Amount>& atLeast() const;
    const std::optional<money::Amount>& atMost() const;
    const money::Currency& currency() const { return m_currency; }
    void setCurrency(const money::Currency& currency);
    void clear();

    void showPopup() override;

Q_SIGNALS:
    void changed();

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    void build();
    void refresh();

    Session& m_session;
    money::Currency m_currency = money::Currency::bitcoin();
    Popover* m_popover;
    AmountEdit* m_atLeast;
    AmountEdit* m_atMost;
    TextLabel* m_hint;
};

} // namespace coffer::ui
