// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/step_indicator.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

constexpr int kDot = 24;
constexpr int kGap = 8;
constexpr int kLine = 32;

} // namespace

StepIndicator::StepIndicator(const QStringList& steps, QWidget* parent)
    : QWidget(parent)
    , m_steps(steps)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setCurrent(0);
}

void StepIndicator::setCurrent(int step)
{
    m_current = step;
    setAccessibleName(
        tr("Step %1 of %2: %3").arg(step + 1).arg(m_steps.size()).arg(m_steps.value(step)));
    updateGeometry();
    update();
}

void StepIndicator::setSkipped(const std::set<int>& steps)
{
    m_skipped = steps;
    update();
}

QSize StepIndicator::sizeHint() const
{
    return sizeOf(Labels::All);
}

QSize StepIndicator::minimumSizeHint() const
{
    return sizeOf(Labels::OfCurrent);
}

QSize StepIndicator::sizeOf(Labels labels) const
{
    const QFontMetrics metrics(font());
    int width = 0;
    for (int i = 0; i < int(m_steps.size()); ++i) {
        const bool labelled = labels == Labels::All || i == m_current;
        width += kDot + kGap + (labelled ? metrics.horizontalAdvance(m_steps[i]) + 4 : 0) +
                 (i + 1 < int(m_steps.size()) ? kLine + 2 * kGap : 0);
    }
    return {width + 4, std::max(kDot + 4, metrics.height())};
}

void StepIndicator::paintEvent(QPaintEvent*)
{
    const Tokens& t = tokens();
    QPainter painter(this);
    const QFontMetrics metrics(font());
    const bool all = width() >= sizeHint().width(); // Otherwise only the step one is at.
    const auto mirrored = [this](const QRect& place) {
        return QStyle::visualRect(layoutDirection(), rect(), place);
    };
    int x = 1;
    const int middle = height() / 2;
    for (int i = 0; i < int(m_steps.size()); ++i) {
        const bool done = i < m_current && !m_skipped.contains(i);
        const bool now = i == m_current;
        const QRect dot = mirrored(QRect(x, middle - kDot / 2, kDot, kDot));
        const QColor fill = now ? t.accentFill : (done ? t.infoBackground : t.card);
        paint::roundedRect(&painter, dot, fill, now || done ? t.accentText : t.edge, kDot / 2.0, 1);
        if (done) {
            icon(u"check"_s, IconColor::Accent).paint(&painter, dot.adjusted(5, 5, -5, -5));
        } else {
            painter.setPen(now ? QColor(Qt::white) : t.dim);
            painter.drawText(dot, Qt::AlignCenter, QString::number(i + 1));
        }
        x += kDot + kGap;
        if (all || now) {
            const int textWidth = metrics.horizontalAdvance(m_steps[i]) + 4;
            painter.setPen(now ? t.text : t.dim);
            painter.drawText(mirrored(QRect(x, 0, textWidth, height())), Qt::AlignVCenter,
                             m_steps[i]);
            x += textWidth;
        }
        if (i + 1 < int(m_steps.size())) {
            painter.fillRect(mirrored(QRect(x + kGap, middle, kLine, 1)),
                             done ? t.accentText : t.line);
            x += kLine + 2 * kGap;
        }
    }
}

} // namespace coffer::ui
