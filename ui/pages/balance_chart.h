// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money/amount.h"
#include "core/money/currency.h"
#include "ui/format.h"

#include <QWidget>

#include <vector>

namespace coffer::ui {

/// The balance at a moment.
struct BalancePoint
{
    std::int64_t atMs = 0;
    money::Amount balance;
};

/// How a balance went over time, as steps; the arrow keys walk along it. A summary sentence is its
/// accessible description.
class BalanceChart : public QWidget
{
    Q_OBJECT

public:
    explicit BalanceChart(QWidget* parent = nullptr);

    /// Points oldest first, at most 2,000; the window of time that is shown.
    void setPoints(std::vector<BalancePoint> points, std::int64_t fromMs, std::int64_t toMs);
    /// A word in place of the curve, while it is not known.
    void showNote(const QString& note);
    void setLook(const money::Currency& currency, const AmountLook& look);

    QSize sizeHint() const override { return {480, 180}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRectF plot() const;
    QPointF place(const BalancePoint& point) const;
    qreal heightShare(const money::Amount& amount) const;
    QString lowText() const;
    QString highText() const;
    void describe();
    QString pointText() const;
    void sayPoint();
    void paintAxes(QPainter* painter, const QRectF& area) const;
    void paintCrosshair(QPainter* painter) const;

    std::vector<BalancePoint> m_points;
    std::int64_t m_fromMs = 0;
    std::int64_t m_toMs = 1;
    money::Amount m_low;
    money::Amount m_high;
    money::Currency m_currency;
    AmountLook m_look;
    QString m_note;
    QString m_plainName; ///< Without the point that the keys have reached.
    int m_selected = -1;
};

} // namespace coffer::ui
