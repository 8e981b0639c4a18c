// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace coffer::ui {

/// One row of the sidebar; its icon and text take the accent colour when it is the current page.
class NavButton : public QToolButton
{
    Q_OBJECT

public:
    enum class Text
    {
        Shown,
        Hidden
    };

    NavButton(const QString& iconName, const QString& text, QWidget* parent = nullptr);
    void setTextVisible(Text text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {44, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_iconName;
    Text m_text = Text::Shown;
};

} // namespace coffer::ui
