// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/secret/secret_line.h"

#include <QWidget>

class QToolButton;

namespace coffer::ui {

/// How hard a password is to guess, roughly.
enum class Strength
{
    Empty,
    Weak,
    Fair,
    Good
};

/// The keyboard boundary of secrets: what is typed goes into guarded memory and nowhere else.
///
/// Not a QLineEdit: no undo, no completion, no selection that could be dragged out. To assistive
/// programs it is a password field without text and without length. Paste is allowed.
class PassphraseEdit : public QWidget
{
    Q_OBJECT

public:
    explicit PassphraseEdit(QWidget* parent = nullptr);

    /// Object name and accessible name of the field and of its eye.
    void setNames(const QString& prefix, const QString& accessibleName);
    void setPlaceholder(const QString& text);
    bool isEmpty() const { return m_line.empty(); }
    bool matches(const PassphraseEdit& other) const { return m_line.equals(other.m_line); }
    Strength strength() const;
    base::SecretBytes copy() const { return m_line.copy(); }
    /// Hands the bytes out and empties the field.
    base::SecretBytes take();
    void clear();
    void setWrong(const QString& problem);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    void changed();
    /// Return was pressed.
    void submitted();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Eye
    {
        Closed,
        Open
    };
    bool edit(QKeyEvent* event);
    void paste();
    void setEye(Eye eye);
    void noticeCapsLock(const QKeyEvent* event);
    void afterEdit();
    QRect textRect() const;
    int paintDots(QPainter* painter, const QRect& area) const;
    int paintGlyphs(QPainter* painter, const QRect& area) const;

    SecretLine m_line;
    bool m_allSelected = false;
    Eye m_eye = Eye::Closed;
    bool m_capsLock = false;
    QString m_placeholder;
    QToolButton* m_eyeButton;
};

/// Tells assistive programs what PassphraseEdit and the word widgets are; once per program.
void installSecretAccessibility();

} // namespace coffer::ui
