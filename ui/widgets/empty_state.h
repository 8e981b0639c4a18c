// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace coffer::ui {

class TextLabel;

/// What a page shows when there is nothing yet: icon, one sentence, one button, one link.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const QString& iconName, const QString& sentence, QWidget* parent = nullptr);

    void setSentence(const QString& sentence);
    QPushButton* addButton(const QString& text, const QString& objectName);
    QPushButton* addLink(const QString& text, const QString& objectName);

private:
    TextLabel* m_sentence;
    QVBoxLayout* m_column;
};

/// A small rounded word: a network, a state.
class Chip : public QWidget
{
    Q_OBJECT

public:
    enum class Look
    {
        Neutral,
        Info,
        Ok,
        Warning,
        Danger
    };

    explicit Chip(const QString& text, Look look = Look::Neutral, QWidget* parent = nullptr);
    void set(const QString& text, Look look);
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    Look m_look;
};

} // namespace coffer::ui
