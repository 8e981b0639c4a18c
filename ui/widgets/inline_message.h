// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/error_text.h"

#include <QWidget>

class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace coffer::ui {

class TextLabel;

/// How loudly a message speaks.
enum class MessageKind
{
    Info,
    Ok,
    Warning,
    Danger
};

/// A message inside the page: icon, sentence, at most one action. Announced when it appears, once.
class InlineMessage : public QWidget
{
    Q_OBJECT

public:
    explicit InlineMessage(QWidget* parent = nullptr);
    InlineMessage(MessageKind kind, const QString& text, QWidget* parent = nullptr);

    void show(MessageKind kind, const QString& text);
    /// Another wording of what is shown already, such as a countdown: nothing is announced.
    void revise(const QString& text);
    /// An error with "Details" that can be copied.
    void showError(const base::Error& error, ErrorScene scene = ErrorScene::General);
    /// The same, said in words of the place.
    void showError(const base::Error& error, const QString& text);
    void setAction(const QString& text, const QString& objectName);
    void removeAction();
    /// A cross that takes it away; `closed` follows.
    void setClosable(const QString& objectName);
    QPushButton* action() const { return m_action; }
    QString text() const;
    MessageKind kind() const { return m_kind; }

Q_SIGNALS:
    void actionTriggered();
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void announce();

    MessageKind m_kind = MessageKind::Info;
    QWidget* m_icon;
    TextLabel* m_text;
    TextLabel* m_details;
    QPushButton* m_toggle;
    QPushButton* m_action = nullptr;
    QToolButton* m_close = nullptr;
};

} // namespace coffer::ui
