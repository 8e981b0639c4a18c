// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secret/secret_words_view.h"

#include "ui/secret/word_list.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace coffer::ui {

namespace {

constexpr int kGap = 8;
constexpr int kCellHeight = 38;
constexpr int kCellWidth = 138;

} // namespace

SecretWordsView::SecretWordsView(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Recovery words, shown as a picture only"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void SecretWordsView::setWords(api::Words words)
{
    m_words = std::move(words);
    updateGeometry();
    update();
}

void SecretWordsView::clear()
{
    m_words.indexes.clear();
    setCover(Cover::On);
}

void SecretWordsView::setCover(Cover cover)
{
    if (m_cover == cover)
        return;
    m_cover = cover;
    update();
    Q_EMIT coverChanged();
}

int SecretWordsView::wordCount() const
{
    return int(m_words.indexes.size() / 2);
}

int SecretWordsView::wordIndex(int position) const
{
    const auto bytes = m_words.indexes.reveal();
    const auto at = std::size_t(position) * 2;
    return at + 1 < bytes.size() ? bytes[at] | (bytes[at + 1] << 8) : -1;
}

int SecretWordsView::columns(int width) const
{
    return std::clamp((width + kGap) / (kCellWidth + kGap), 2, 4);
}

int SecretWordsView::heightForWidth(int width) const
{
    const int count = std::max(12, wordCount());
    const int rows = (count + columns(width) - 1) / columns(width);
    return rows * (kCellHeight + kGap) - kGap;
}

QSize SecretWordsView::sizeHint() const
{
    const int width = 4 * (kCellWidth + kGap) - kGap;
    return {width, heightForWidth(width)};
}

void SecretWordsView::showEvent(QShowEvent*)
{
    window()->installEventFilter(this);
}

bool SecretWordsView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::WindowDeactivate)
        setCover(Cover::On);
    return QWidget::eventFilter(watched, event);
}

void SecretWordsView::paintEvent(QPaintEvent*)
{
    const Tokens& t = tokens();
    QPainter painter(this);
    const int perRow = columns(width());
    const int cell = (width() - (perRow - 1) * kGap) / perRow;
    const int count = std::max(12, wordCount());
    const WordList& list = WordList::of(m_words.language);
    for (int i = 0; i < count; ++i) {
        const QRect place((i % perRow) * (cell + kGap), (i / perRow) * (kCellHeight + kGap), cell,
                          kCellHeight);
        paint::roundedRect(&painter, place, t.hover, QColor(), 6, 0);
        painter.setFont(ui::font(FontRole::Body));
        painter.setPen(t.dim);
        painter.drawText(place.adjusted(10, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         QString::number(i + 1));
        const QRect text = place.adjusted(38, 0, -8, 0);
        const int index = wordIndex(i);
        if (m_cover == Cover::On || index < 0 || index >= list.size()) {
            const QRect bar(text.left(), text.center().y() - 4, std::min(72, text.width()), 9);
            paint::roundedRect(&painter, bar, t.line, QColor(), 4, 0);
            continue;
        }
        painter.setFont(ui::font(FontRole::BodyStrong));
        painter.setPen(t.text);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, list.word(index));
    }
}

} // namespace coffer::ui
