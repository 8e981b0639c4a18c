// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/session.h"

#include <QWidget>

#include <functional>

class QLineEdit;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace coffer::ui {

class InlineMessage;

/// Everything about one movement, at the end side: label, amounts, proof, inputs and outputs, the
/// entries of the books, and what can still be done.
class MovementDrawer : public QWidget
{
    Q_OBJECT

public:
    MovementDrawer(Session& session, const QString& prefix, QWidget* parent = nullptr);

    void show(const QString& id);
    /// The width that the list and this share.
    void setRoom(int width);

Q_SIGNALS:
    void closeRequested();
    /// Shows what was asked for, laid out.
    void filled();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void ask();
    void showDetail(const api::HistoryDetail& detail);
    void fill(const api::HistoryDetail& detail);
    void fillHead(const api::HistoryRow& row);
    void fillActions(const api::HistoryRow& row);
    void fillFacts(const api::HistoryDetail& detail);
    void fillFlow(const api::HistoryDetail& detail);
    void fillBooks(const api::HistoryDetail& detail);
    void addAddress(const QString& address, const QString& name);
    void addInput(const api::SpentOutput& input, const money::Currency& currency, int number);
    QToolButton* copyButton(const QString& name, const QString& accessibleName,
                            const std::function<void()>& copy);
    void section(const QString& title);
    void saveLabel(const QString& txid, const QString& text);

    Session& m_session;
    QString m_prefix;
    QString m_id;
    QString m_filledId;
    QVBoxLayout* m_column = nullptr; ///< Of the content that is shown.
    InlineMessage* m_message;
    QScrollArea* m_scroll;
    QLineEdit* m_label = nullptr;
    QString m_shown; ///< Everything that stands in it.
};

} // namespace coffer::ui
