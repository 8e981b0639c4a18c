// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secret/words_edit.h"

#include "ui/secret/word_list.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kWordGap = 8;
constexpr int kWordHeight = 36;
constexpr int kWordWidth = 138;
constexpr int kSuggestions = 6;
constexpr int kMostWords = 24;
constexpr int kPadding = 10;

} // namespace

WordsEdit::WordsEdit(Size size, QWidget* parent)
    : QWidget(parent)
    , m_size(size)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                        Qt::ImhNoAutoUppercase);
    setCursor(Qt::IBeamCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void WordsEdit::setLanguage(int language)
{
    m_language = language;
    afterEdit();
}

std::vector<WordsEdit::Piece> WordsEdit::pieces() const
{
    std::vector<Piece> result;
    const auto bytes = m_line.view();
    std::size_t start = 0;
    for (std::size_t i = 0; i <= bytes.size(); ++i) {
        if (i < bytes.size() && bytes[i] != ' ')
            continue;
        if (i > start)
            result.push_back({start, i});
        start = i + 1;
    }
    return result;
}

QString WordsEdit::textOf(const Piece& piece) const
{
    const auto bytes = m_line.view().subspan(piece.start, piece.end - piece.start);
    return QString::fromUtf8(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()))
        .normalized(QString::NormalizationForm_C);
}

bool WordsEdit::typingWord() const
{
    const auto bytes = m_line.view();
    return !bytes.empty() && bytes.back() != ' ';
}

int WordsEdit::wordCount() const
{
    return int(pieces().size());
}

int WordsEdit::wordIndex(int position) const
{
    const auto all = pieces();
    if (position < 0 || position >= int(all.size()))
        return -1;
    return WordList::of(m_language).indexOf(textOf(all[std::size_t(position)]));
}

bool WordsEdit::isComplete() const
{
    const int count = wordCount();
    if (count < 12 || count > kMostWords || count % 3 != 0)
        return false;
    for (int i = 0; i < count; ++i)
        if (wordIndex(i) < 0)
            return false;
    return true;
}

base::SecretBytes WordsEdit::copy()
{
    SecretLine normal;
    for (const Piece& piece : pieces()) {
        QString word = textOf(piece);
        if (!normal.empty())
            normal.insert(u" ");
        normal.insert(word);
        word.fill(u'\0');
    }
    return normal.copy();
}

void WordsEdit::clear()
{
    m_line.clear();
    afterEdit();
}

std::vector<int> WordsEdit::suggestions() const
{
    if (!typingWord())
        return {};
    return WordList::of(m_language).startingWith(textOf(pieces().back()), kSuggestions);
}

void WordsEdit::complete(int index)
{
    const Piece last = pieces().back();
    m_line.eraseRange(last.start, last.end);
    m_line.setCaret(m_line.size());
    m_line.insert(WordList::of(m_language).word(index));
    if (m_size == Size::AllWords && wordCount() < kMostWords)
        m_line.insert(u" ");
}

void WordsEdit::finishWord()
{
    if (!typingWord())
        return;
    const auto found = suggestions();
    if (wordIndex(wordCount() - 1) < 0 && !found.empty() && (found.size() == 1 || m_choice > 0)) {
        complete(found[std::size_t(std::min(m_choice, int(found.size()) - 1))]);
    } else if (m_choice > 0 && m_choice < int(found.size())) {
        complete(found[std::size_t(m_choice)]);
    } else if (m_size == Size::AllWords && wordCount() < kMostWords) {
        m_line.insert(u" ");
    }
}

void WordsEdit::afterEdit()
{
    m_choice = 0;
    updateGeometry();
    update();
    Q_EMIT changed();
}

bool WordsEdit::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Paste) ||
            (!key->text().isEmpty() && key->text().at(0).isPrint() &&
             !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier)))) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void WordsEdit::keyPressEvent(QKeyEvent* event)
{
    m_line.setCaret(m_line.size());
    if (event->matches(QKeySequence::Paste)) {
        paste();
        return;
    }
    const auto found = suggestions();
    switch (event->key()) {
    case Qt::Key_Backspace:
        m_line.erasePrevious();
        break;
    case Qt::Key_Up:
    case Qt::Key_Left:
        m_choice = std::max(0, m_choice - 1);
        update();
        return;
    case Qt::Key_Down:
    case Qt::Key_Right:
        m_choice = std::clamp(m_choice + 1, 0, std::max(0, int(found.size()) - 1));
        update();
        return;
    case Qt::Key_Space:
        finishWord();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (typingWord() && m_size == Size::AllWords && !isComplete()) {
            finishWord();
            break;
        }
        if (m_size == Size::OneWord)
            finishWord();
        afterEdit();
        Q_EMIT submitted();
        return;
    default:
        if (event->text().isEmpty() || !event->text().at(0).isPrint() ||
            event->modifiers() & (Qt::ControlModifier | Qt::MetaModifier)) {
            QWidget::keyPressEvent(event);
            return;
        }
        if (m_size == Size::AllWords || event->text() != " "_L1)
            m_line.insert(event->text().toLower());
    }
    afterEdit();
}

void WordsEdit::inputMethodEvent(QInputMethodEvent* event)
{
    m_line.setCaret(m_line.size());
    if (!event->commitString().isEmpty()) {
        m_line.insert(event->commitString().toLower());
        afterEdit();
    }
    event->accept();
}

void WordsEdit::paste()
{
    auto* clipboard = QGuiApplication::clipboard();
    QString text = clipboard->text().simplified().toLower();
    m_line.insert(text);
    text.fill(u'\0');
    clipboard->clear(); // Words have no business lying there.
    afterEdit();
}

void WordsEdit::mousePressEvent(QMouseEvent*)
{
    setFocus(Qt::MouseFocusReason);
}

void WordsEdit::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void WordsEdit::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

QVariant WordsEdit::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return isEnabled();
    case Qt::ImHints:
        return int(inputMethodHints());
    case Qt::ImSurroundingText:
    case Qt::ImCurrentSelection:
        return QString();
    default:
        return QWidget::inputMethodQuery(query);
    }
}

int WordsEdit::columns(int width) const
{
    if (m_size == Size::OneWord)
        return 1;
    return std::clamp((width - 2 * kPadding + kWordGap) / (kWordWidth + kWordGap), 2, 4);
}

int WordsEdit::heightForWidth(int width) const
{
    if (m_size == Size::OneWord)
        return 2 * kWordHeight;
    const int count = wordCount() > 12 || (wordCount() == 12 && !typingWord()) ? kMostWords : 12;
    const int rows = (count + columns(width) - 1) / columns(width);
    return rows * (kWordHeight + kWordGap) + kWordHeight + 2 * kPadding;
}

QSize WordsEdit::sizeHint() const
{
    if (m_size == Size::OneWord)
        return {200, 2 * kWordHeight};
    const int width = 3 * (kWordWidth + kWordGap) - kWordGap + 2 * kPadding;
    return {width, heightForWidth(width)};
}

/// Two columns, and never lower than the words need in the width there is.
QSize WordsEdit::minimumSizeHint() const
{
    if (m_size == Size::OneWord)
        return {120, 2 * kWordHeight};
    const int narrowest = 2 * (kWordWidth + kWordGap) - kWordGap + 2 * kPadding;
    return {narrowest, heightForWidth(std::max(narrowest, width()))};
}

void WordsEdit::paintCell(QPainter* painter, const QRect& place, int number, const Piece* piece,
                          bool typing) const
{
    const Tokens& t = tokens();
    const bool known = piece && WordList::of(m_language).indexOf(textOf(*piece)) >= 0;
    const bool wrong = piece && !typing && !known;
    if (m_size == Size::OneWord) // A field by itself looks like one.
        paint::roundedRect(painter, place, t.card, QColor(), paint::kControlRadius, 0);
    else
        paint::roundedRect(painter, place, t.hover, wrong ? t.danger : QColor(), 6, 1.5);
    painter->setFont(ui::font(FontRole::Body));
    painter->setPen(t.dim);
    if (m_size == Size::AllWords)
        painter->drawText(place.adjusted(10, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          QString::number(number));
    QRect text = place.adjusted(m_size == Size::AllWords ? 38 : 12, 0, -8, 0);
    if (!piece) {
        if (typing && hasFocus())
            painter->fillRect(QRect(text.left(), place.center().y() - 8, 1, 17), t.text);
        return;
    }
    QString word = textOf(*piece);
    painter->setPen(wrong ? t.danger : t.text);
    painter->setFont(ui::font(known ? FontRole::BodyStrong : FontRole::Body));
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft, word);
    if (typing && hasFocus()) {
        const int at = text.left() + QFontMetrics(painter->font()).horizontalAdvance(word) + 1;
        painter->fillRect(QRect(at, place.center().y() - 8, 1, 17), t.text);
    }
    word.fill(u'\0');
}

void WordsEdit::paintSuggestions(QPainter* painter, int top) const
{
    const Tokens& t = tokens();
    const auto found = suggestions();
    painter->setFont(ui::font(FontRole::Body));
    int x = m_size == Size::AllWords ? kPadding : 4;
    if (found.empty() && typingWord()) {
        painter->setPen(t.danger);
        painter->drawText(QRect(x, top, width() - x, kWordHeight), Qt::AlignVCenter | Qt::AlignLeft,
                          tr("Not in the word list"));
        return;
    }
    const QFontMetrics metrics(painter->font());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const QString& word = WordList::of(m_language).word(found[i]);
        const int width = metrics.horizontalAdvance(word) + 16;
        if (x + width > this->width())
            break;
        const QRect place(x, top + 5, width, kWordHeight - 10);
        if (int(i) == m_choice)
            paint::roundedRect(painter, place, t.infoBackground, QColor(), 6, 0);
        painter->setPen(int(i) == m_choice ? t.accentText : t.dim);
        painter->drawText(place, Qt::AlignCenter, word);
        x += width + 4;
    }
}

void WordsEdit::paintEvent(QPaintEvent*)
{
    const Tokens& t = tokens();
    QPainter painter(this);
    const auto all = pieces();
    const bool typing = typingWord();
    if (m_size == Size::OneWord) {
        const QRect field(0, 0, width(), kWordHeight);
        paintCell(&painter, field, 1, all.empty() ? nullptr : &all.front(), true);
        const bool wrong = !all.empty() && !typingWord() && wordIndex(0) < 0;
        const QColor edge = wrong ? t.danger : hasFocus() ? t.accentText : t.edge;
        paint::roundedRect(&painter, field, QColor(), edge, paint::kControlRadius,
                           hasFocus() ? 2 : 1);
        if (hasFocus())
            paintSuggestions(&painter, kWordHeight);
        return;
    }
    paint::roundedRect(&painter, rect(), t.card, hasFocus() ? t.accentText : t.edge,
                       paint::kControlRadius, hasFocus() ? 2 : 1);
    const int perRow = columns(width());
    const int cell = (width() - 2 * kPadding - (perRow - 1) * kWordGap) / perRow;
    const int area = heightForWidth(width()) - kWordHeight - 2 * kPadding;
    const int count = area / (kWordHeight + kWordGap) * perRow;
    for (int i = 0; i < count; ++i) {
        const QRect place(kPadding + (i % perRow) * (cell + kWordGap),
                          kPadding + (i / perRow) * (kWordHeight + kWordGap), cell, kWordHeight);
        const Piece* piece = i < int(all.size()) ? &all[std::size_t(i)] : nullptr;
        const int active = int(all.size()) - (typing ? 1 : 0);
        paintCell(&painter, place, i + 1, piece, i == active);
    }
    paintSuggestions(&painter, kPadding + area);
}

} // namespace coffer::ui
