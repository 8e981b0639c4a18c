// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/balance_chart.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace coffer::ui {

BalanceChart::BalanceChart(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void BalanceChart::setPoints(std::vector<BalancePoint> points, std::int64_t fromMs,
                             std::int64_t toMs)
{
    m_points = std::move(points);
    m_note.clear();
    m_fromMs = fromMs;
    m_toMs = std::max(toMs, fromMs + 1);
    m_selected = -1;
    m_low = m_high = m_points.empty() ? money::Amount() : m_points.front().balance;
    for (const auto& point : m_points) {
        m_low = std::min(m_low, point.balance);
        m_high = std::max(m_high, point.balance);
    }
    if (m_low == m_high)
        m_low = money::Amount();
    describe();
    update();
}

void BalanceChart::showNote(const QString& note)
{
    m_note = note;
    m_points.clear();
    m_selected = -1;
    describe();
    update();
}

QString BalanceChart::lowText() const
{
    return amountText(m_low, m_currency, m_look);
}

QString BalanceChart::highText() const
{
    return amountText(m_high, m_currency, m_look);
}

void BalanceChart::setLook(const money::Currency& currency, const AmountLook& look)
{
    m_currency = currency;
    m_look = look;
    m_look.decimals = money::Decimals::Full;
    describe();
    update();
}

void BalanceChart::describe()
{
    if (m_points.empty()) {
        setAccessibleDescription(m_note.isEmpty() ? tr("No balance yet.") : m_note);
        return;
    }
    setAccessibleDescription(
        tr("From %1 to %2, lowest %3, highest %4.")
            .arg(withoutIsolates(amountText(m_points.front().balance, m_currency, m_look)),
                 withoutIsolates(amountText(m_points.back().balance, m_currency, m_look)),
                 withoutIsolates(lowText()), withoutIsolates(highText())));
}

QRectF BalanceChart::plot() const
{
    int scale = 0;
    if (!m_points.empty()) {
        const QFontMetrics metrics(ui::font(FontRole::Amount));
        scale =
            std::max(metrics.horizontalAdvance(lowText()), metrics.horizontalAdvance(highText())) +
            12;
    }
    return QRectF(rect()).adjusted(4 + scale, 12, -4, -26);
}

/// 0 to 1 between the lowest and the highest balance, in whole thousandths: a drawing needs no
/// more.
qreal BalanceChart::heightShare(const money::Amount& amount) const
{
    auto span = m_high.minus(m_low);
    auto above = amount.minus(m_low);
    if (!span || !above || span->isZero())
        return 0; // The scale starts at zero when nothing moved: this is zero itself.
    auto share = above->timesRatio(money::Amount(1000), *span, money::Rounding::Down);
    auto number = share ? share->toInt64() : base::Result<std::int64_t>(std::int64_t(500));
    return number ? qreal(*number) / 1000.0 : 0.5;
}

QPointF BalanceChart::place(const BalancePoint& point) const
{
    const QRectF area = plot();
    const qreal x = qreal(point.atMs - m_fromMs) / qreal(m_toMs - m_fromMs);
    return {area.left() + std::clamp(x, 0.0, 1.0) * area.width(),
            area.bottom() - heightShare(point.balance) * area.height()};
}

void BalanceChart::paintEvent(QPaintEvent*)
{
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // Time runs one way everywhere.
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plot();
    paintAxes(&painter, area);
    if (m_points.empty()) {
        painter.setPen(t.dim);
        painter.drawText(area, Qt::AlignCenter,
                         m_note.isEmpty() ? tr("No movements in this time") : m_note);
        return;
    }
    QPainterPath line;
    line.moveTo(place(m_points.front()));
    for (std::size_t i = 1; i < m_points.size(); ++i) {
        const QPointF next = place(m_points[i]);
        line.lineTo(next.x(), line.currentPosition().y());
        line.lineTo(next);
    }
    line.lineTo(area.right(), line.currentPosition().y());
    QPainterPath surface = line;
    surface.lineTo(area.right(), area.bottom());
    surface.lineTo(place(m_points.front()).x(), area.bottom());
    surface.closeSubpath();
    QColor fill = t.accentText;
    fill.setAlphaF(0.10F);
    painter.fillPath(surface, fill);
    painter.setPen(QPen(t.accentText, 2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.drawPath(line);
    paintCrosshair(&painter);
    if (hasFocus())
        paint::focusRing(&painter, rect(), 8);
}

/// The days below, the lowest and the highest balance beside.
void BalanceChart::paintAxes(QPainter* painter, const QRectF& area) const
{
    const Tokens& t = tokens();
    for (int i = 0; i < 4; ++i) {
        const qreal y = std::round(area.top() + area.height() * i / 3.0) + 0.5;
        painter->setPen(QPen(t.line, 1));
        painter->drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    painter->setPen(t.dim);
    if (m_points.empty()) {
        painter->setFont(font());
        return;
    }
    painter->setFont(ui::font(FontRole::Amount));
    const QRectF beside(4, 0, area.left() - 16, 24);
    painter->drawText(beside.translated(0, area.top() - 12), Qt::AlignRight | Qt::AlignVCenter,
                      highText());
    painter->drawText(beside.translated(0, area.bottom() - 12), Qt::AlignRight | Qt::AlignVCenter,
                      lowText());
    painter->setFont(font());
    const QLocale locale;
    const auto date = [&locale](std::int64_t ms) {
        return locale.toString(QDateTime::fromMSecsSinceEpoch(ms).date(), QLocale::ShortFormat);
    };
    const QRectF below(area.left(), area.bottom() + 6, area.width(), 20);
    painter->drawText(below, Qt::AlignLeft | Qt::AlignVCenter, date(m_fromMs));
    painter->drawText(below, Qt::AlignRight | Qt::AlignVCenter, date(m_toMs));
}

void BalanceChart::paintCrosshair(QPainter* painter) const
{
    if (m_selected < 0 || m_selected >= int(m_points.size()))
        return;
    const Tokens& t = tokens();
    const BalancePoint& point = m_points[std::size_t(m_selected)];
    const QPointF at = place(point);
    const QRectF area = plot();
    painter->setPen(QPen(t.edge, 1, Qt::DashLine));
    painter->drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()));
    paint::roundedRect(painter, QRectF(at.x() - 5, at.y() - 5, 10, 10), t.card, t.accentText, 5, 2);
    const QString text = pointText();
    painter->setFont(ui::font(FontRole::Amount));
    const qreal width = QFontMetrics(painter->font()).horizontalAdvance(text) + 20;
    const qreal left = std::clamp(at.x() - width / 2, area.left(), area.right() - width);
    const QRectF box(left, at.y() > area.center().y() ? area.top() : area.bottom() - 30, width, 28);
    paint::roundedRect(painter, box, t.card, t.edge, 6, 1);
    painter->setPen(t.text);
    painter->drawText(box, Qt::AlignCenter, text);
}

void BalanceChart::mouseMoveEvent(QMouseEvent* event)
{
    int best = -1;
    for (int i = 0; i < int(m_points.size()); ++i)
        if (place(m_points[std::size_t(i)]).x() <= event->position().x())
            best = i;
    if (best < 0 && !m_points.empty())
        best = 0;
    if (best != m_selected) {
        m_selected = best;
        update();
    }
}

void BalanceChart::leaveEvent(QEvent*)
{
    m_selected = -1;
    update();
}

void BalanceChart::focusOutEvent(QFocusEvent* event)
{
    m_selected = -1;
    sayPoint();
    QWidget::focusOutEvent(event);
    update();
}

void BalanceChart::keyPressEvent(QKeyEvent* event)
{
    const int last = int(m_points.size()) - 1;
    int wanted = m_selected;
    switch (event->key()) {
    case Qt::Key_Left:
        wanted = m_selected < 0 ? last : m_selected - 1;
        break;
    case Qt::Key_Right:
        wanted = m_selected < 0 ? last : m_selected + 1;
        break;
    case Qt::Key_Home:
        wanted = 0;
        break;
    case Qt::Key_End:
        wanted = last;
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (m_points.empty())
        return;
    m_selected = std::clamp(wanted, 0, last);
    sayPoint();
    update();
}

QString BalanceChart::pointText() const
{
    const BalancePoint& point = m_points[std::size_t(m_selected)];
    return absoluteTime(point.atMs) + u"   "_s + amountText(point.balance, m_currency, m_look);
}

/// A screen reader reads the name of what has the focus whenever it changes.
void BalanceChart::sayPoint()
{
    if (m_selected < 0) {
        if (!m_plainName.isEmpty())
            setAccessibleName(m_plainName);
        return;
    }
    if (m_plainName.isEmpty())
        m_plainName = accessibleName();
    setAccessibleName(u"%1: %2"_s.arg(m_plainName, withoutIsolates(pointText()).simplified()));
}

} // namespace coffer::ui
