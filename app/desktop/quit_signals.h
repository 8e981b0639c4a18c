// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace coffer::desktop {

/// Turns SIGINT and SIGTERM into a quit of the event loop, so that wallets are locked and chain
/// data is written. The handler itself only writes a byte into a pipe: nothing else is safe there.
class QuitSignals : public QObject
{
    Q_OBJECT

public:
    explicit QuitSignals(QObject* parent = nullptr);
};

} // namespace coffer::desktop
