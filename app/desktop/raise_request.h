// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/transport/local_socket.h"

#include <QTimer>

#include <memory>

namespace coffer::desktop {

/// Asks the window that holds a data directory to come to the front, in place of a second one.
class RaiseRequest : public QObject
{
    Q_OBJECT

public:
    /// NotFound when no engine listens there. A link is shown by that window, never filled in.
    static base::Result<std::unique_ptr<RaiseRequest>> send(const engine::EngineOptions& options,
                                                            const QString& link);

Q_SIGNALS:
    /// Once: it is in front, or why not (Conflict: another network; Unsupported: no window there;
    /// Timeout).
    void answered(const coffer::base::Result<void>& result);

private:
    explicit RaiseRequest(transport::LocalConnection* connection);
    void read(const std::string& line);
    void finish(const base::Result<void>& result);

    std::unique_ptr<transport::LocalConnection> m_connection;
    QTimer m_patience;
    bool m_finished = false;
};

} // namespace coffer::desktop
