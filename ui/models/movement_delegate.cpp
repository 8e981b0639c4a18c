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

int rowHeight() { return std::max(60, 2 * QFontMetrics(font(FontRole::Body)).height() + 24); }
int headingHeight() { return std::max(36, QFontMetrics(font(FontRole::BodyStrong)).height() + 18); }

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
    QRect rect = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (model->startsDay(index.row())) {
        const QRect heading(rect.left(), rect.top(), rect.width(), headingHeight());
        painter->setFont(ui::font(FontRole::BodyStrong));
        painter->setPen(t.dim);
        painter->drawText(heading.adjusted(kPadding, 0, -kPadding, -4),
                          Qt::AlignBottom | Qt::AlignLeading, model->dayHeading(index.row()));
        rect.setTop(rect.top() + heading.height());
    }
    const QRectF surface = QRectF(rect).adjusted(2, 1, -2, -1);
    if (option.state & QStyle::State_Selected)
        paint::roundedRect(painter, surface, t.infoBackground, QColor(), 8, 0);
    else if (option.state & QStyle::State_MouseOver)
        paint::roundedRect(painter, surface, t.hover, QColor(), 8, 0);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_Selected)
        paint::focusRing(painter, surface, 8);

    const RowLook look = lookOf(row);
    const auto place = [&](const QRect& part) {
        return QStyle::visualRect(option.direction, rect, part);
    };
    paintBadge(painter,
               place(QRect(rect.left() + kPadding, rect.center().y() - kBadge / 2 + 1, kBadge, kBadge)),
               look.icon, look.color);

    const QString amount = m_session.amount(row.amount, row.currency, money::Decimals::Full,
                                            money::Sign::Explicit);
    const QFont amountFont = ui::font(FontRole::AmountStrong);
    const int amountWidth = QFontMetrics(amountFont).horizontalAdvance(amount) + 12;
    const int line = rect.height() / 2 - 8;
    const QRect right(rect.right() - kPadding - std::max(amountWidth, 140), rect.top() + 8,
                      std::max(amountWidth, 140), line);
    QColor amountColor = t.text;
    const bool swap = m_session.settings().swapGainColors;
    if (row.amount.sign() > 0)
        amountColor = swap ? t.danger : t.ok;
    else if (swap && row.kind == "send"_L1)
        amountColor = t.ok;
    if (isVoid(row))
        amountColor = t.dim;
    painter->setFont(amountFont);
    painter->setPen(amountColor);
    painter->drawText(place(right), Qt::AlignVCenter | Qt::AlignTrailing, amount);
    painter->setFont(ui::font(FontRole::Body));
    painter->setPen(colorOf(statusTone(row)));
    painter->drawText(place(right.translated(0, line)), Qt::AlignVCenter | Qt::AlignTrailing,
                      statusText(row));

    const int left = rect.left() + kPadding + kBadge + 12;
    const QRect text(left, rect.top() + 8, right.left() - left - 12, line);
    const bool named = !row.label.isEmpty();
    painter->setPen(t.text);
    painter->setFont(ui::font(FontRole::BodyStrong));
    QString title = named ? row.label : movementText(row.kind);
    painter->drawText(place(text), Qt::AlignVCenter | Qt::AlignLeading,
                      QFontMetrics(painter->font()).elidedText(title, Qt::ElideRight, text.width()));
    QString second = named ? movementText(row.kind) : QString();
    const auto append = [&second](const QString& part) {
        if (!part.isEmpty())
            second += (second.isEmpty() ? QString() : u" · "_s) + part;
    };
    if (const auto* account = m_session.account(row.account))
        append(account->name);
    append(relativeTime(row.timeMs, QDateTime::currentMSecsSinceEpoch()));
    if (!row.counterparty.isEmpty())
        append(shortAddress(row.counterparty));
    painter->setFont(ui::font(FontRole::Body));
    painter->setPen(t.dim);
    painter->drawText(place(text.translated(0, line)), Qt::AlignVCenter | Qt::AlignLeading,
                      QFontMetrics(painter->font()).elidedText(second, Qt::ElideRight, text.width()));
    painter->restore();
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
