// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QWidget>

#include <vector>

class QButtonGroup;
class QToolButton;

namespace coffer::ui {

/// The destinations: checkable buttons in one exclusive group that react to `toggled`, so that
/// assistive programs can press them.
class Sidebar : public QWidget
{
    Q_OBJECT

public:
    enum class Width
    {
        Full,
        Icons
    };

    explicit Sidebar(QWidget* parent = nullptr);

    void setCurrent(PageId page);
    void setWidth(Width width);
    Width widthMode() const { return m_width; }

Q_SIGNALS:
    void chosen(coffer::ui::PageId page);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QToolButton* add(PageId page, const QString& iconName, const QString& text,
                     const QString& objectName, const QKeySequence& keys);

    struct Entry
    {
        PageId page;
        QString iconName;
        QToolButton* button;
    };
    std::vector<Entry> m_entries;
    QButtonGroup* m_group;
    Width m_width = Width::Full;
};

} // namespace coffer::ui
