// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scan/code_choice.h"

#include "ui/theme/fonts.h"

#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kMostCodes = 9; // As many as there are keys.
constexpr int kListHeight = 260;

} // namespace

CodeChoice::CodeChoice(QWidget* parent)
    : QListWidget(parent)
{
    setFixedHeight(kListHeight);
    setFont(ui::font(FontRole::AddressSmall));
    setTextElideMode(Qt::ElideMiddle);
    connect(this, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { choose(row(item)); });
}

void CodeChoice::setTexts(const QStringList& texts)
{
    clear();
    m_texts = texts.mid(0, kMostCodes);
    for (qsizetype i = 0; i < m_texts.size(); ++i) {
        auto* item = new QListWidgetItem(u"%1   %2"_s.arg(i + 1).arg(m_texts[i].simplified()));
        item->setToolTip(m_texts[i].left(300));
        addItem(item);
    }
    setCurrentRow(0);
}

void CodeChoice::keyPressEvent(QKeyEvent* event)
{
    const int number = event->key() - Qt::Key_0;
    if (number >= 1 && number <= kMostCodes)
        choose(number - 1);
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        choose(currentRow());
    else
        QListWidget::keyPressEvent(event);
}

void CodeChoice::choose(int row)
{
    if (row >= 0 && row < m_texts.size())
        Q_EMIT chosen(m_texts[row]);
}

} // namespace coffer::ui
