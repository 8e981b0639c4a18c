// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <set>

namespace coffer::ui {

/// Where a flow stands: "1 Compose - 2 Review - 3 Sign - 4 Sent".
class StepIndicator : public QWidget
{
    Q_OBJECT

public:
    explicit StepIndicator(const QStringList& steps, QWidget* parent = nullptr);

    void setCurrent(int step);
    /// Steps that were passed over: they bear no tick.
    void setSkipped(const std::set<int>& steps);
    int current() const { return m_current; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Labels
    {
        All,
        OfCurrent
    };
    QSize sizeOf(Labels labels) const;

    QStringList m_steps;
    std::set<int> m_skipped;
    int m_current = 0;
};

} // namespace coffer::ui
