// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/movement_delegate.h"

#include "ui/models/history_model.h"
#include "ui/session.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/text_label.h"

#include <QDateTime>
#include <QLineEdit>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kBadge = 36;
constexpr int kPadding = 12;
constexpr int kNarrowRow = 320; // No room for two texts side by side.

struct RowLook
{
    QString icon;
    IconColor color;
};

RowLook lookOf(const api::HistoryRow& row)
{
    switch (row.status) {
    case api::EntryStatus::Replaced:
    case api::EntryStatus::Dropped:
    case api::EntryStatus::Reversed:
        return {u"undo-2"_s, IconColor::Dim};
    case api::EntryStatus::Conflicted:
        return {u"triangle-alert"_s, IconColor::Danger};
    case api::EntryStatus::Pending:
    case api::EntryStatus::Confirmed:
    case api::EntryStatus::Final:
        break;
    }
    if (row.kind == "receive"_L1)
        return {u"arrow-down-left"_s, IconColor::Ok};
    if (row.kind == "coinbase"_L1)
        return {u"pickaxe"_s, IconColor::Ok};
    if (row.kind == "self"_L1)
        return {u"arrow-left-right"_s, IconColor::Dim};
    return {u"arrow-up-right"_s, IconColor::Accent};
}

int rowHeight()
{
    return std::max(60, 2 * QFontMetrics(font(FontRole::Body)).height() + 24);
}
int headingHeight()
{
    return std::max(36, QFontMetrics(font(FontRole::BodyStrong)).height() + 18);
}

bool isVoid(const api::HistoryRow& row)
{
    return row.status == api::EntryStatus::Replaced || row.status == api::EntryStatus::Dropped ||
           row.status == api::EntryStatus::Reversed || row.status == api::EntryStatus::Conflicted;
}

Tone statusTone(const api::HistoryRow& row)
{
    switch (row.status) {
    case api::EntryStatus::Pending:
    case api::EntryStatus::Replaced:
    case api::EntryStatus::Dropped:
    case api::EntryStatus::Reversed:
        return Tone::Warn;
    case api::EntryStatus::Conflicted:
        return Tone::Danger;
    case api::EntryStatus::Confirmed:
        return Tone::Accent;
    case api::EntryStatus::Final:
        return Tone::Dim;
    }
    return Tone::Dim;
}

} // namespace

MovementDelegate::MovementDelegate(Session& session, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_session(session)
{
}

QSize MovementDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = static_cast<const HistoryModel*>(index.model());
    const int heading = model->startsDay(index.row()) ? headingHeight() : 0;
    return {option.rect.width(), rowHeight() + heading};
}

void MovementDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    const Tokens& t = tokens();
    const auto* model = static_cast<const HistoryModel*>(index.model());
    const api::HistoryRow& row = model->row(index.row());
    QStyleOptionViewItem body(option);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (model->startsDay(index.row())) {
        const QRect heading(body.rect.left(), body.rect.top(), body.rect.width(), headingHeight());
        painter->setFont(ui::font(FontRole::BodyStrong));
        painter->setPen(t.dim);
        painter->drawText(heading.adjusted(kPadding, 0, -kPadding, -4),
                          Qt::AlignBottom | Qt::AlignLeading, model->dayHeading(index.row()));
        body.rect.setTop(body.rect.top() + heading.height());
    }
    const QRectF surface = QRectF(body.rect).adjusted(2, 1, -2, -1);
    if (option.state & QStyle::State_Selected)
        paint::roundedRect(painter, surface, t.infoBackground, QColor(), 8, 0);
    else if (option.state & QStyle::State_MouseOver)
        paint::roundedRect(painter, surface, t.hover, QColor(), 8, 0);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_Selected)
        paint::focusRing(painter, surface, 8);
    const RowLook look = lookOf(row);
    const QRect badge(body.rect.left() + kPadding, body.rect.center().y() - kBadge / 2 + 1, kBadge,
                      kBadge);
    paintBadge(painter, QStyle::visualRect(option.direction, body.rect, badge), look.icon,
               look.color);
    if (body.rect.width() < kNarrowRow * Theme::instance().fontPercent() / 100) {
        paintNarrow(painter, body, row);
    } else {
        const int right = paintAmount(painter, body, row);
        paintText(painter, body, row, right);
    }
    painter->restore();
}

/// Beside the details in a small window: what it was above how much.
void MovementDelegate::paintNarrow(QPainter* painter, const QStyleOptionViewItem& option,
                                   const api::HistoryRow& row) const
{
    const QRect& rect = option.rect;
    const int line = rect.height() / 2 - 8;
    const int left = rect.left() + kPadding + kBadge + 12;
    const QRect first(left, rect.top() + 8, rect.right() - kPadding - left, line);
    const auto draw = [&](const QRect& place, FontRole role, const QColor& color,
                          const QString& words) {
        painter->setFont(ui::font(role));
        painter->setPen(color);
        painter->drawText(
            QStyle::visualRect(option.direction, rect, place), Qt::AlignVCenter | Qt::AlignLeading,
            QFontMetrics(painter->font()).elidedText(words, Qt::ElideRight, place.width()));
    };
    draw(first, FontRole::BodyStrong, tokens().text,
         row.label.isEmpty() ? movementText(row.kind) : row.label);
    draw(first.translated(0, line), FontRole::Amount, amountColor(row),
         m_session.amount(row.amount, row.currency, money::Decimals::Full, money::Sign::Explicit));
}

QColor MovementDelegate::amountColor(const api::HistoryRow& row) const
{
    const Tokens& t = tokens();
    const bool swap = m_session.settings().swapGainColors;
    if (isVoid(row))
        return t.dim;
    if (row.amount.sign() > 0)
        return swap ? t.danger : t.ok;
    return swap && row.kind == "send"_L1 ? t.ok : t.text;
}

/// Returns where the amount begins.
int MovementDelegate::paintAmount(QPainter* painter, const QStyleOptionViewItem& option,
                                  const api::HistoryRow& row) const
{
    const QRect& rect = option.rect;
    const QString amount =
        m_session.amount(row.amount, row.currency, money::Decimals::Full, money::Sign::Explicit);
    const QFont amountFont = ui::font(FontRole::AmountStrong);
    const int width = std::max(QFontMetrics(amountFont).horizontalAdvance(amount) + 12, 140);
    const int line = rect.height() / 2 - 8;
    const QRect place(rect.right() - kPadding - width, rect.top() + 8, width, line);
    painter->setFont(amountFont);
    painter->setPen(amountColor(row));
    painter->drawText(QStyle::visualRect(option.direction, rect, place),
                      Qt::AlignVCenter | Qt::AlignTrailing, amount);
    painter->setFont(ui::font(FontRole::Body));
    painter->setPen(colorOf(statusTone(row)));
    painter->drawText(QStyle::visualRect(option.direction, rect, place.translated(0, line)),
                      Qt::AlignVCenter | Qt::AlignTrailing, statusText(row));
    return place.left();
}

void MovementDelegate::paintText(QPainter* painter, const QStyleOptionViewItem& option,
                                 const api::HistoryRow& row, int end) const
{
    const QRect& rect = option.rect;
    const int line = rect.height() / 2 - 8;
    const int left = rect.left() + kPadding + kBadge + 12;
    const QRect text(left, rect.top() + 8, end - left - 12, line);
    const auto draw = [&](const QRect& part, FontRole role, const QColor& color,
                          const QString& words) {
        painter->setFont(ui::font(role));
        painter->setPen(color);
        painter->drawText(
            QStyle::visualRect(option.direction, rect, part), Qt::AlignVCenter | Qt::AlignLeading,
            QFontMetrics(painter->font()).elidedText(words, Qt::ElideRight, part.width()));
    };
    const bool named = !row.label.isEmpty();
    QStringList second;
    if (named)
        second << movementText(row.kind);
    if (const auto* account = m_session.account(row.account))
        second << account->name;
    second << relativeTime(row.timeMs, QDateTime::currentMSecsSinceEpoch());
    if (!row.counterparty.isEmpty())
        second << shortAddress(row.counterparty);
    // Rather no address than a part of it.
    const QFontMetrics metrics(ui::font(FontRole::Body));
    while (second.size() > 1 && metrics.horizontalAdvance(second.join(u" · "_s)) > text.width())
        second.removeLast();
    draw(text, FontRole::BodyStrong, tokens().text, named ? row.label : movementText(row.kind));
    draw(text.translated(0, line), FontRole::Body, tokens().dim, second.join(u" · "_s));
}

QWidget* MovementDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                        const QModelIndex&) const
{
    auto* edit = new QLineEdit(parent);
    identify(edit, u"activity.label_inline"_s, tr("Label"));
    edit->setPlaceholderText(tr("Label"));
    edit->setMaxLength(200);
    return edit;
}

void MovementDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                            const QModelIndex& index) const
{
    const auto* model = static_cast<const HistoryModel*>(index.model());
    QRect rect = option.rect;
    if (model->startsDay(index.row()))
        rect.setTop(rect.top() + headingHeight());
    const int left = rect.left() + kPadding + kBadge + 8;
    const QRect field(left, rect.center().y() - 18, std::max(160, rect.width() / 2 - 60), 36);
    editor->setGeometry(QStyle::visualRect(option.direction, rect, field));
}

} // namespace coffer::ui
