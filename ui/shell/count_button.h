// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace coffer::ui {

/// An icon button with a number at its corner.
class CountButton : public QToolButton
{
    Q_OBJECT

public:
    explicit CountButton(const QString& iconName, QWidget* parent = nullptr);
    void setCount(int count);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_count = 0;
};

} // namespace coffer::ui
