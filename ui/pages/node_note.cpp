// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/node_note.h"

#include "ui/session.h"

using namespace Qt::StringLiterals;

namespace coffer::ui {

NodeNote::NodeNote(Session& session, Scene scene, QWidget* parent)
    : InlineMessage(parent)
    , m_session(session)
    , m_scene(scene)
{
    connect(&session, &Session::nodeChanged, this, &NodeNote::refresh);
    refresh();
}

void NodeNote::setWanted(Wanted wanted)
{
    m_wanted = wanted;
    refresh();
}

NodeNote::State NodeNote::state() const
{
    const auto& node = m_session.node();
    if (node.offline)
        return State::Offline;
    if (node.problem == "no_peer"_L1 || node.problem == "proxy"_L1)
        return State::Unconnected;
    switch (node.stage) {
    case api::NodeStage::Offline:
    case api::NodeStage::Connecting:
        return State::Unconnected;
    case api::NodeStage::Headers:
    case api::NodeStage::FilterHeaders:
    case api::NodeStage::Scanning:
        return State::Syncing;
    case api::NodeStage::Live:
        break;
    }
    return State::Live;
}

QString NodeNote::textOf(State state) const
{
    const QString percent = QString::number(m_session.node().progressPermille / 10);
    switch (m_scene) {
    case Scene::Receiving:
        if (state == State::Offline)
            return tr("Coffer is offline. A payment to this address shows once the network is "
                      "switched on again.");
        if (state == State::Unconnected)
            return tr("There is no connection yet. A payment to this address shows once other "
                      "nodes are reached.");
        return tr("Still syncing (%1 %). Payments in the blocks that are missing do not show yet.")
            .arg(percent);
    case Scene::Composing:
        if (state == State::Offline)
            return tr("Coffer is offline. What you sign now waits, and goes out once the network "
                      "is switched on again.");
        if (state == State::Unconnected)
            return tr("There is no connection yet. What you sign now waits, and goes out once "
                      "other nodes are reached.");
        return tr("Still syncing (%1 %). Money that came in lately may be missing from what you "
                  "can spend.")
            .arg(percent);
    case Scene::Sent:
        break;
    }
    if (state == State::Offline)
        return tr("Coffer is offline: nobody has this payment yet. It goes out once the network is "
                  "switched on again.");
    if (state == State::Unconnected)
        return tr("There is no connection: nobody has this payment yet. It goes out once other "
                  "nodes are reached.");
    return tr("Still syncing (%1 %): nobody has this payment yet.").arg(percent);
}

void NodeNote::refresh()
{
    const State now = m_wanted == Wanted::Yes ? state() : State::Live;
    if (now == State::Live)
        hide();
    else if (now == m_shown)
        revise(textOf(now)); // Another per cent is not announced.
    else
        show(now == State::Syncing ? MessageKind::Info : MessageKind::Warning, textOf(now));
    m_shown = now;
}

} // namespace coffer::ui
