// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/account_row.h"

#include "ui/session.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/proof_mark.h"
#include "ui/widgets/text_label.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

AccountRow::AccountRow(const api::AccountId& account, const QString& objectName, QWidget* parent)
    : QAbstractButton(parent)
    , m_account(account)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setObjectName(objectName);
    connect(this, &QAbstractButton::clicked, this, [this] { Q_EMIT chosen(m_account); });
}

void AccountRow::show(Session& session, const api::AccountInfo& account)
{
    m_title = account.name;
    m_second = accountTypeText(account.type);
    if (account.watchOnly)
        m_second += u" · "_s + tr("watch-only");
    api::Proof proof;
    m_amount = u"–"_s;
    m_pending.clear();
    if (account.balance) {
        proof = account.balance->proof;
        m_amount = session.amount(account.balance->settled, account.currency);
        if (!account.balance->pending.isZero())
            m_pending = tr("%1 pending")
                            .arg(session.amount(account.balance->pending, account.currency,
                                                money::Decimals::Full, money::Sign::Explicit));
    } else {
        m_pending = tr("still looking");
    }
    m_source = proof.source;
    const QString proofText = session.proofText(proof);
    const QString name = u"%1, %2, %3 %4, %5"_s.arg(m_title, m_second, withoutIsolates(m_amount),
                                                    withoutIsolates(m_pending), proofText);
    if (name == accessibleName())
        return; // Screen readers hear of a change only.
    setToolTip(proofText);
    setAccessibleName(name);
    update();
}

QSize AccountRow::sizeHint() const
{
    return {400, std::max(60, 2 * QFontMetrics(ui::font(FontRole::Body)).height() + 24)};
}

void AccountRow::paintEvent(QPaintEvent*)
{
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || isDown())
        paint::roundedRect(&painter, rect(), t.hover, QColor(), 8, 0);
    if (hasFocus())
        paint::focusRing(&painter, rect(), 8);
    const auto place = [this](const QRect& part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    paintBadge(&painter, place(QRect(12, height() / 2 - 18, 36, 36)), u"wallet"_s,
               IconColor::Accent);
    const int line = height() / 2 - 8;
    const QFont amountFont = ui::font(FontRole::AmountStrong);
    const int amountWidth =
        std::max(140, QFontMetrics(amountFont).horizontalAdvance(m_amount) + 12);
    const QRect amount(width() - 40 - amountWidth, 8, amountWidth, line);
    painter.setPen(t.text);
    painter.setFont(amountFont);
    const bool two = !m_pending.isEmpty();
    painter.drawText(place(two ? amount : QRect(amount.left(), 0, amount.width(), height())),
                     Qt::AlignVCenter | Qt::AlignTrailing, m_amount);
    ui::icon(ProofMark::iconName(m_source), ProofMark::iconColor(m_source))
        .paint(&painter,
               place(QRect(width() - 32, two ? 8 + (line - 18) / 2 : height() / 2 - 9, 18, 18)));
    if (two) {
        painter.setFont(ui::font(FontRole::Amount));
        painter.setPen(t.dim);
        painter.drawText(
            place(QRect(amount.left() - 120, amount.top() + line, amount.width() + 120, line)),
            Qt::AlignVCenter | Qt::AlignTrailing, m_pending);
    }
    const QRect text(60, 8, amount.left() - 72, line);
    painter.setFont(ui::font(FontRole::BodyStrong));
    painter.setPen(t.text);
    painter.drawText(
        place(text), Qt::AlignVCenter | Qt::AlignLeading,
        QFontMetrics(painter.font()).elidedText(m_title, Qt::ElideRight, text.width()));
    painter.setFont(ui::font(FontRole::Body));
    painter.setPen(t.dim);
    painter.drawText(
        place(text.translated(0, line)), Qt::AlignVCenter | Qt::AlignLeading,
        QFontMetrics(painter.font()).elidedText(m_second, Qt::ElideRight, text.width()));
}

} // namespace coffer::ui
