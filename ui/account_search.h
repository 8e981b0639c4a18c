// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session.h"

#include <QObject>

namespace coffer::ui {

/// Says which accounts a restored wallet has found so far, while the engine still looks for others:
/// a job behind the sync pill, a notice for each, a sentence at the end.
class AccountSearch : public QObject
{
    Q_OBJECT

public:
    explicit AccountSearch(Session& session);

private:
    void follow();
    void tellNew();
    void end();

    Session& m_session;
    api::WalletId m_wallet; ///< Empty: nothing is searched for.
    QStringList m_found;    ///< Accounts that are known, in their order.
    int m_job = 0;          ///< 0: none.
};

} // namespace coffer::ui
