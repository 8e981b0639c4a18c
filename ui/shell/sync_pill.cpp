// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sync_pill.h"

#include "ui/session.h"
#include "ui/theme/icons.h"
#include "ui/theme/style_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

/// Gives the texts a translation context.
class NodeTexts
{
    Q_DECLARE_TR_FUNCTIONS(coffer::ui::NodeTexts)

public:
    static QString state(const api::NodeSnapshot& node);
    static QString problem(const api::NodeSnapshot& node);
    static QString withProgress(const QString& what, const api::NodeSnapshot& node);
};

QString NodeTexts::withProgress(const QString& what, const api::NodeSnapshot& node)
{
    QString text = tr("%1 %2 %", "stage and per cent").arg(what).arg(node.progressPermille / 10);
    if (node.secondsLeft >= 0)
        text += u" ("_s + durationText(node.secondsLeft) + u')';
    return text;
}

QString NodeTexts::state(const api::NodeSnapshot& node)
{
    if (node.offline)
        return tr("Offline");
    if (node.problem == "disagreement"_L1)
        return tr("Disagreement");
    if (node.problem == "proxy"_L1)
        return tr("Proxy is down");
    if (node.problem == "no_peer"_L1)
        return tr("No peer");
    if (node.problem == "other_chain"_L1)
        return tr("Other chain");
    if (node.problem == "clock"_L1)
        return tr("Clock is wrong");
    if (node.problem == "stale_tip"_L1)
        return tr("Behind");
    switch (node.stage) {
    case api::NodeStage::Offline:
        return tr("Offline");
    case api::NodeStage::Connecting:
        return tr("Connecting");
    case api::NodeStage::Headers:
        return withProgress(tr("Headers"), node);
    case api::NodeStage::FilterHeaders:
        return withProgress(tr("Filters"), node);
    case api::NodeStage::Scanning:
        return withProgress(tr("Scanning"), node);
    case api::NodeStage::Live:
        return tr("Synced");
    }
    return {};
}

QString NodeTexts::problem(const api::NodeSnapshot& node)
{
    if (node.offline)
        return tr("Coffer is offline because you switched the network off. Balances are as old as "
                  "their mark says; nothing can be sent.");
    if (node.problem == "proxy"_L1)
        return tr(
            "The proxy does not answer. Nothing goes around it. Start it (Tor, for example), or "
            "change it in the settings.");
    if (node.problem == "no_peer"_L1)
        return tr("No other node answers. Balances may be old. Check the connection, or add a peer "
                  "you know.");
    if (node.problem == "other_chain"_L1)
        return tr("The peers are on another chain than this wallet. They were not believed; your "
                  "money is not affected.");
    if (node.problem == "clock"_L1)
        return tr("The clock of this computer differs from the network. Set it right, then Coffer "
                  "goes on by itself.");
    if (node.problem == "stale_tip"_L1)
        return tr("There has been no new block for a long time. The connection may be cut off; "
                  "balances may be old.");
    if (node.problem == "disagreement"_L1)
        return tr("Peers disagree about the chain. Coffer checks the evidence before it believes "
                  "either; wait before you pay.");
    return {};
}

} // namespace

QString nodeStateText(const api::NodeSnapshot& node)
{
    return NodeTexts::state(node);
}
QString nodeProblemText(const api::NodeSnapshot& node)
{
    return NodeTexts::problem(node);
}

SyncPill::SyncPill(Session& session, QWidget* parent)
    : QAbstractButton(parent)
    , m_session(session)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setObjectName(u"header.sync"_s);
    connect(&session, &Session::nodeChanged, this, &SyncPill::refresh);
    connect(&session, &Session::jobsChanged, this, &SyncPill::refresh);
    refresh();
}

void SyncPill::refresh()
{
    const auto& node = m_session.node();
    const bool working = !node.offline && (node.stage == api::NodeStage::Headers ||
                                           node.stage == api::NodeStage::FilterHeaders ||
                                           node.stage == api::NodeStage::Scanning);
    const QString before = m_text;
    m_text = nodeStateText(node);
    m_permille = working && node.problem.isEmpty() ? node.progressPermille : 1000;
    m_icon = node.offline || node.stage == api::NodeStage::Offline ? u"wifi-off"_s
             : !node.problem.isEmpty()                             ? u"triangle-alert"_s
             : node.stage == api::NodeStage::Live                  ? u"circle-check"_s
                                                                   : u"refresh-cw"_s;
    setAccessibleName(tr("Node: %1").arg(m_text));
    setToolTip(node.height >= 0
                   ? tr("Block %1 · %2")
                         .arg(QLocale().toString(qlonglong(node.height)), networkText(node.network))
                   : networkText(node.network));
    if (before.size() != m_text.size())
        updateGeometry();
    update();
}

QSize SyncPill::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 52,
            std::max(32, fontMetrics().height() + 14)};
}

void SyncPill::paintEvent(QPaintEvent*)
{
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal radius = height() / 2.0;
    paint::roundedRect(&painter, rect(), underMouse() ? t.hover : t.card,
                       underMouse() ? t.dim : t.edge, radius, 1);
    if (m_permille < 1000) {
        QPainterPath clip;
        clip.addRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
        painter.save();
        painter.setClipPath(clip);
        painter.fillRect(QRectF(0, 0, width() * m_permille / 1000.0, height()), t.infoBackground);
        painter.restore();
    }
    const auto& node = m_session.node();
    IconColor color = IconColor::Accent;
    if (node.offline || node.stage == api::NodeStage::Offline)
        color = IconColor::Dim;
    else if (!node.problem.isEmpty())
        color = IconColor::Warn;
    else if (node.stage == api::NodeStage::Live)
        color = IconColor::Ok;
    const QRect place(12, height() / 2 - 8, 16, 16);
    ui::icon(m_icon, color).paint(&painter, QStyle::visualRect(layoutDirection(), rect(), place));
    painter.setPen(t.text);
    const QRect text(34, 0, width() - 40, height());
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), text),
                     Qt::AlignVCenter | Qt::AlignLeading, m_text);
    if (hasFocus())
        paint::focusRing(&painter, rect(), radius);
}

} // namespace coffer::ui
