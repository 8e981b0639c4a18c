// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secret/passphrase_edit.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyleOptionFrame>
#include <QToolButton>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kDot = 8;
constexpr int kDotStep = 13;
constexpr int kMargin = 12;
constexpr int kEyeWidth = 36;

} // namespace

PassphraseEdit::PassphraseEdit(QWidget* parent)
    : QWidget(parent)
    , m_eyeButton(new QToolButton(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setAttribute(Qt::WA_Hover);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                        Qt::ImhNoAutoUppercase);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_eyeButton->setCheckable(true);
    m_eyeButton->setCursor(Qt::ArrowCursor);
    m_eyeButton->setIcon(icon(u"eye"_s, IconColor::Dim));
    setVariant(m_eyeButton, ButtonVariant::Quiet);
    connect(m_eyeButton, &QToolButton::toggled, this,
            [this](bool on) { setEye(on ? Eye::Open : Eye::Closed); });
}

void PassphraseEdit::setNames(const QString& prefix, const QString& accessibleName)
{
    identify(this, prefix, accessibleName);
    identify(m_eyeButton, prefix + u".eye"_s, tr("Show what is typed in %1").arg(accessibleName));
    m_eyeButton->setToolTip(tr("Show what is typed"));
}

void PassphraseEdit::setPlaceholder(const QString& text)
{
    m_placeholder = text;
    update();
}

/// Judged by length and by how many different characters there are; the text is never copied.
Strength PassphraseEdit::strength() const
{
    if (m_line.empty())
        return Strength::Empty;
    std::array<bool, 256> seen{};
    const base::WipeGuard guard({reinterpret_cast<std::uint8_t*>(seen.data()), seen.size()});
    int distinct = 0;
    for (const std::uint8_t byte : m_line.view()) {
        distinct += seen[byte] ? 0 : 1;
        seen[byte] = true;
    }
    const int length = m_line.characters();
    if (length >= 14 && distinct >= 8)
        return Strength::Good;
    if (length >= 9 && distinct >= 6)
        return Strength::Fair;
    return Strength::Weak;
}

base::SecretBytes PassphraseEdit::take()
{
    auto bytes = m_line.copy();
    clear();
    return bytes;
}

void PassphraseEdit::clear()
{
    m_line.clear();
    m_allSelected = false;
    m_eyeButton->setChecked(false);
    afterEdit();
}

void PassphraseEdit::setWrong(const QString& problem)
{
    setProperty("wrong", !problem.isEmpty());
    setAccessibleDescription(problem);
    update();
}

QSize PassphraseEdit::sizeHint() const
{
    return {260, std::max(36, fontMetrics().height() + 18)};
}

QSize PassphraseEdit::minimumSizeHint() const
{
    return {140, sizeHint().height()};
}

/// Nothing of the text goes to the input method.
QVariant PassphraseEdit::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return isEnabled();
    case Qt::ImHints:
        return int(inputMethodHints());
    case Qt::ImCursorRectangle:
        return textRect();
    case Qt::ImSurroundingText:
    case Qt::ImCurrentSelection:
        return QString();
    case Qt::ImCursorPosition:
    case Qt::ImAnchorPosition:
        return 0;
    default:
        return QWidget::inputMethodQuery(query);
    }
}

bool PassphraseEdit::event(QEvent* event)
{
    // Typing keys are not shortcuts here.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool typing = !key->text().isEmpty() && key->text().at(0).isPrint() &&
                            !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
        if (typing || key->matches(QKeySequence::Paste) || key->matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

bool PassphraseEdit::edit(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Paste)) {
        paste();
        return true;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        m_allSelected = !m_line.empty();
        update();
        return true;
    }
    switch (event->key()) {
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        if (m_allSelected || event->modifiers() & Qt::ControlModifier)
            m_line.clear();
        else if (event->key() == Qt::Key_Backspace)
            m_line.erasePrevious();
        else
            m_line.eraseNext();
        break;
    case Qt::Key_Left:
        m_line.moveCaret(-1);
        break;
    case Qt::Key_Right:
        m_line.moveCaret(1);
        break;
    case Qt::Key_Home:
        m_line.setCaret(0);
        break;
    case Qt::Key_End:
        m_line.setCaret(m_line.size());
        break;
    default: {
        const bool command = event->modifiers() & (Qt::ControlModifier | Qt::MetaModifier) &&
                             !(event->modifiers() & Qt::AltModifier); // AltGr sends both.
        if (command || event->text().isEmpty() || !event->text().at(0).isPrint())
            return false;
        if (m_allSelected)
            m_line.clear();
        m_line.insert(event->text());
    }
    }
    afterEdit();
    return true;
}

void PassphraseEdit::keyPressEvent(QKeyEvent* event)
{
    noticeCapsLock(event);
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT submitted();
        return;
    }
    if (!edit(event))
        QWidget::keyPressEvent(event);
}

/// Qt does not tell the state of Caps Lock: the letters that arrive do.
void PassphraseEdit::noticeCapsLock(const QKeyEvent* event)
{
    const QString text = event->text();
    if (event->key() == Qt::Key_CapsLock) {
        m_capsLock = !m_capsLock;
    } else if (text.size() == 1 && text.at(0).isLetter() &&
               text.at(0).toUpper() != text.at(0).toLower()) {
        const bool shift = event->modifiers() & Qt::ShiftModifier;
        m_capsLock = text.at(0).isUpper() != shift;
    }
    setAccessibleDescription(m_capsLock ? tr("Caps Lock is on") : QString());
    update();
}

void PassphraseEdit::inputMethodEvent(QInputMethodEvent* event)
{
    if (!event->commitString().isEmpty()) {
        if (m_allSelected)
            m_line.clear();
        m_line.insert(event->commitString());
        afterEdit();
    }
    event->accept();
}

void PassphraseEdit::paste()
{
    QString text = QGuiApplication::clipboard()->text();
    if (m_allSelected)
        m_line.clear();
    m_line.insert(text);
    text.fill(u'\0');
    afterEdit();
}

void PassphraseEdit::mousePressEvent(QMouseEvent*)
{
    m_allSelected = false;
    m_line.setCaret(m_line.size());
    update();
}

void PassphraseEdit::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(icon(u"clipboard-paste"_s), tr("&Paste")), &QAction::triggered, this,
            &PassphraseEdit::paste);
    menu->popup(event->globalPos());
}

void PassphraseEdit::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void PassphraseEdit::focusOutEvent(QFocusEvent* event)
{
    m_allSelected = false;
    QWidget::focusOutEvent(event);
    update();
}

void PassphraseEdit::setEye(Eye eye)
{
    m_eye = eye;
    m_eyeButton->setIcon(icon(eye == Eye::Open ? u"eye-off"_s : u"eye"_s, IconColor::Dim));
    update();
}

void PassphraseEdit::afterEdit()
{
    m_allSelected = false;
    if (property("wrong").toBool())
        setWrong({});
    update();
    Q_EMIT changed();
}

QRect PassphraseEdit::textRect() const
{
    const QRect area = rect().adjusted(kMargin, 0, -kEyeWidth - 4, 0);
    return QStyle::visualRect(layoutDirection(), rect(), area);
}

void PassphraseEdit::resizeEvent(QResizeEvent*)
{
    const QRect place(width() - kEyeWidth - 1, 2, kEyeWidth - 1, height() - 4);
    m_eyeButton->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
}

/// Returns where the caret is.
int PassphraseEdit::paintDots(QPainter* painter, const QRect& area) const
{
    const int count = m_line.characters();
    const int before = m_line.charactersBefore(m_line.caret());
    const int fitting = std::max(1, area.width() / kDotStep - 1);
    const int first = std::max(0, before - fitting);
    painter->setPen(Qt::NoPen);
    painter->setBrush(tokens().text);
    for (int i = first; i < count && i - first < fitting; ++i)
        painter->drawEllipse(QRect(area.left() + (i - first) * kDotStep,
                                   area.center().y() - kDot / 2 + 1, kDot, kDot));
    return area.left() + (before - first) * kDotStep - 2;
}

int PassphraseEdit::paintGlyphs(QPainter* painter, const QRect& area) const
{
    const auto bytes = m_line.view();
    QString shown =
        QString::fromUtf8(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
    const int before = m_line.charactersBefore(m_line.caret());
    const QFontMetrics metrics(painter->font());
    const int caret = metrics.horizontalAdvance(shown, before);
    const int shift = std::max(0, caret - area.width() + 4);
    painter->setPen(tokens().text);
    painter->drawText(QRect(area.left() - shift, area.top(), area.width() + shift, area.height()),
                      Qt::AlignVCenter | Qt::AlignLeft, shown);
    shown.fill(u'\0');
    return area.left() + caret - shift;
}

void PassphraseEdit::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QStyleOptionFrame frame;
    frame.initFrom(this);
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &frame, &painter, this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRect area = textRect();
    if (m_capsLock && hasFocus()) {
        const QString hint = tr("Caps Lock is on");
        const int width = fontMetrics().horizontalAdvance(hint) + 8;
        painter.setPen(tokens().warn);
        painter.drawText(QRect(area.right() - width, area.top(), width, area.height()),
                         Qt::AlignVCenter | Qt::AlignRight, hint);
        area.setRight(area.right() - width);
    }
    painter.setClipRect(area.adjusted(-2, 0, 2, 0));
    if (m_line.empty()) {
        if (!m_placeholder.isEmpty()) {
            painter.setPen(tokens().dim);
            painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeading, m_placeholder);
        }
        if (hasFocus())
            painter.fillRect(QRect(area.left(), area.center().y() - 8, 1, 17), tokens().text);
        return;
    }
    if (m_allSelected)
        painter.fillRect(area.adjusted(-2, 6, 2, -6), tokens().infoBackground);
    const int caret = m_eye == Eye::Open ? paintGlyphs(&painter, area) : paintDots(&painter, area);
    if (hasFocus())
        painter.fillRect(QRect(caret, area.center().y() - 8, 1, 17), tokens().text);
}

} // namespace coffer::ui
