// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/page_stack.h"

#include <QStackedLayout>

namespace coffer::ui {

/// Answers every question about size for the current page alone.
class PageStack::CurrentPageLayout : public QStackedLayout
{
public:
    using QStackedLayout::QStackedLayout;

    QSize sizeHint() const override { return current() ? current()->sizeHint() : QSize(0, 0); }
    QSize minimumSize() const override
    {
        return current() ? current()->minimumSize() : QSize(0, 0);
    }
    bool hasHeightForWidth() const override { return current() && current()->hasHeightForWidth(); }
    int heightForWidth(int width) const override
    {
        return current() ? current()->heightForWidth(width) : -1;
    }

private:
    QLayoutItem* current() const { return itemAt(currentIndex()); }
};

PageStack::PageStack(QWidget* parent)
    : QWidget(parent)
    , m_pages(new CurrentPageLayout(this))
{
    m_pages->setContentsMargins(0, 0, 0, 0);
}

void PageStack::addWidget(QWidget* page)
{
    m_pages->addWidget(page);
}

void PageStack::removeWidget(QWidget* page)
{
    m_pages->removeWidget(page);
}

int PageStack::count() const
{
    return m_pages->count();
}

QWidget* PageStack::widget(int index) const
{
    return m_pages->widget(index);
}

int PageStack::currentIndex() const
{
    return m_pages->currentIndex();
}

QWidget* PageStack::currentWidget() const
{
    return m_pages->currentWidget();
}

void PageStack::setCurrentIndex(int index)
{
    m_pages->setCurrentIndex(index);
    m_pages->invalidate();
    updateGeometry();
}

void PageStack::setCurrentWidget(QWidget* page)
{
    setCurrentIndex(m_pages->indexOf(page));
}

} // namespace coffer::ui
