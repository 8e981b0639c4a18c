// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace coffer::ui {

/// A rounded surface over the window that closes on Esc or a click elsewhere.
class Popover : public QWidget
{
    Q_OBJECT

public:
    explicit Popover(QWidget* parent);

    QVBoxLayout* column() const { return m_column; }
    /// Below `anchor`, its end aligned with the anchor's end, inside the window.
    void openBelow(const QWidget* anchor);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_column;
};

} // namespace coffer::ui
