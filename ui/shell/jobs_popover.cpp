// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/jobs_popover.h"

#include "ui/session.h"
#include "ui/shell/sync_pill.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

JobsPopover::JobsPopover(Session& session, QWidget* parent)
    : Popover(parent)
    , m_session(session)
    , m_state(new TextLabel(QString(), FontRole::Section))
    , m_detail(new TextLabel(QString(), FontRole::Body, Tone::Dim))
    , m_progress(new QProgressBar)
    , m_jobs(makeColumn(nullptr, 6))
{
    setFixedWidth(340);
    identify(this, u"jobs"_s, tr("Running work"));
    m_detail->setWrap(Wrap::On);
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(8);
    identify(m_progress, u"jobs.progress"_s, tr("Progress of the node"));
    column()->addWidget(m_state);
    column()->addWidget(m_progress);
    column()->addWidget(m_detail);
    column()->addWidget(new Separator);
    column()->addLayout(m_jobs);
    auto* open = new QPushButton(tr("Open Network"));
    identify(open, u"jobs.network"_s, tr("Open Network"));
    connect(open, &QPushButton::clicked, this, [this] {
        hide();
        m_session.goTo({PageId::Network, {}, {}, {}, {}});
    });
    column()->addWidget(open);
    connect(&session, &Session::nodeChanged, this, &JobsPopover::refresh);
    connect(&session, &Session::jobsChanged, this, &JobsPopover::refresh);
    refresh();
}

void JobsPopover::refresh()
{
    const auto& node = m_session.node();
    const QLocale locale;
    m_state->setText(nodeStateText(node));
    m_progress->setValue(node.progressPermille);
    m_progress->setVisible(node.stage != api::NodeStage::Live && !node.offline);
    QStringList lines;
    if (node.height >= 0)
        lines << tr("Checked up to block %1").arg(locale.toString(qlonglong(node.height)));
    if (node.targetHeight > node.height && node.height >= 0)
        lines << tr("%Ln block(s) to go", nullptr, int(node.targetHeight - node.height));
    if (node.blocksPerSecond > 0)
        lines << tr("%1 blocks per second").arg(locale.toString(node.blocksPerSecond));
    if (node.scanDateMs > 0)
        lines << tr("Now at %1").arg(absoluteTime(node.scanDateMs));
    if (node.secondsLeft >= 0)
        lines << tr("About %1 left").arg(durationText(node.secondsLeft));
    const QString problem = nodeProblemText(node);
    if (!problem.isEmpty())
        lines << problem;
    m_detail->setText(lines.join(u'\n'));
    clearLayout(m_jobs);
    for (const auto& [id, title] : m_session.jobs())
        m_jobs->addWidget(new TextLabel(title));
    if (m_session.jobs().empty())
        m_jobs->addWidget(new TextLabel(tr("Nothing else is running."), FontRole::Body, Tone::Dim));
}

} // namespace coffer::ui
