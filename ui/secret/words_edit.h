// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/secret/secret_line.h"

#include <QWidget>

namespace coffer::ui {

/// Where recovery words are typed: real key presses into guarded memory, each word painted in a
/// numbered cell, completion by prefix painted below. Space takes the first suggestion when it is
/// the only one, the arrows choose among several. To assistive programs a password field.
class WordsEdit : public QWidget
{
    Q_OBJECT

public:
    enum class Size
    {
        OneWord, ///< For the quiz.
        AllWords
    };

    explicit WordsEdit(Size size, QWidget* parent = nullptr);

    void setLanguage(int language);
    int language() const { return m_language; }
    int wordCount() const;
    /// Index in the word list, -1 for a text that is not in it.
    int wordIndex(int position) const;
    /// 12, 15, 18, 21 or 24 words, all of them in the list. The checksum is the engine's business.
    bool isComplete() const;
    /// The words, one space between them.
    base::SecretBytes copy();
    void clear();

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    void changed();
    void submitted();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Piece
    {
        std::size_t start;
        std::size_t end;
    };
    std::vector<Piece> pieces() const;
    QString textOf(const Piece& piece) const;
    bool typingWord() const;
    std::vector<int> suggestions() const;
    void complete(int index);
    void finishWord();
    void paste();
    void afterEdit();
    int columns(int width) const;
    void paintCell(QPainter* painter, const QRect& place, int number, const Piece* piece,
                   bool typing) const;
    void paintSuggestions(QPainter* painter, int top) const;

    Size m_size;
    SecretLine m_line;
    int m_language = 0;
    int m_choice = 0;
};

} // namespace coffer::ui
