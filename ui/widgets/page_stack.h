// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace coffer::ui {

/// Pages of which one is shown. Unlike QStackedWidget it is as large as that page, not as the
/// largest of all: what follows a short page does not stand below emptiness.
class PageStack : public QWidget
{
    Q_OBJECT

public:
    explicit PageStack(QWidget* parent = nullptr);

    void addWidget(QWidget* page);
    void removeWidget(QWidget* page);
    int count() const;
    QWidget* widget(int index) const;
    int currentIndex() const;
    QWidget* currentWidget() const;
    void setCurrentIndex(int index);
    void setCurrentWidget(QWidget* page);

private:
    class CurrentPageLayout;

    CurrentPageLayout* m_pages;
};

} // namespace coffer::ui
