// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/inline_message.h"

namespace coffer::ui {

class Session;

/// What it means on a page that the node is offline, not connected or still syncing; gone while
/// everything is live.
class NodeNote : public InlineMessage
{
    Q_OBJECT

public:
    enum class Scene
    {
        Receiving,
        Composing,
        Sent
    };
    enum class Wanted
    {
        No,
        Yes
    };

    NodeNote(Session& session, Scene scene, QWidget* parent = nullptr);

    void setWanted(Wanted wanted);

private:
    enum class State
    {
        Live,
        Offline,
        Unconnected,
        Syncing
    };
    State state() const;
    QString textOf(State state) const;
    void refresh();

    Session& m_session;
    Scene m_scene;
    Wanted m_wanted = Wanted::Yes;
    State m_shown = State::Live;
};

} // namespace coffer::ui
