// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QStyledItemDelegate>

namespace coffer::ui {

class Session;

/// Paints a movement: badge, label or counterparty, when, amount, state; a day heading above the
/// first row of a day. Edits the label in place.
class MovementDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit MovementDelegate(Session& session, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

private:
    QColor amountColor(const api::HistoryRow& row) const;
    int paintAmount(QPainter* painter, const QStyleOptionViewItem& option,
                    const api::HistoryRow& row) const;
    void paintNarrow(QPainter* painter, const QStyleOptionViewItem& option,
                     const api::HistoryRow& row) const;
    void paintText(QPainter* painter, const QStyleOptionViewItem& option,
                   const api::HistoryRow& row, int end) const;

    Session& m_session;
};

} // namespace coffer::ui
