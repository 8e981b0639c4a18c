// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/values.h"

#include <QWidget>

namespace coffer::ui {

/// Paints the words of a wallet as a numbered grid. Nothing can be selected or copied, nothing of
/// it is in the accessibility tree, and it hides when the window loses the focus.
class SecretWordsView : public QWidget
{
    Q_OBJECT

public:
    enum class Cover
    {
        On,
        Off
    };

    explicit SecretWordsView(QWidget* parent = nullptr);

    void setWords(api::Words words);
    void clear();
    void setCover(Cover cover);
    Cover cover() const { return m_cover; }
    int wordCount() const;
    int wordIndex(int position) const;
    int language() const { return m_words.language; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void coverChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    int columns(int width) const;

    api::Words m_words;
    Cover m_cover = Cover::On;
};

} // namespace coffer::ui
