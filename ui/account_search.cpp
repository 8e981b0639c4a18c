// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account_search.h"

namespace coffer::ui {

AccountSearch::AccountSearch(Session& session)
    : QObject(&session)
    , m_session(session)
{
    connect(&session, &Session::walletsChanged, this, &AccountSearch::follow);
    connect(&session, &Session::walletChanged, this, &AccountSearch::follow);
    connect(&session, &Session::accountsChanged, this, &AccountSearch::follow);
    follow();
}

void AccountSearch::follow()
{
    const auto wallet = m_session.walletInfo();
    const bool searches = wallet && wallet->unlocked && wallet->searching;
    const bool same = wallet && wallet->unlocked && wallet->id == m_wallet;
    if (!m_wallet.isEmpty() && !same)
        end();
    if (searches && m_wallet.isEmpty()) {
        m_wallet = wallet->id;
        for (const auto& account : m_session.accounts().accounts)
            m_found << account.id;
    }
    if (m_wallet.isEmpty())
        return;
    tellNew();
    if (searches)
        return;
    m_session.say(tr("The search is over: this wallet has %n account(s).", nullptr,
                     int(m_session.accounts().accounts.size())));
    end();
}

void AccountSearch::tellNew()
{
    bool more = m_job == 0;
    for (const auto& account : m_session.accounts().accounts) {
        if (m_found.contains(account.id))
            continue;
        m_found << account.id;
        more = true;
        Notice notice;
        notice.title = tr("An account with a history was found");
        notice.text = account.name;
        notice.destination = {PageId::Accounts, account.id, {}, {}, {}};
        m_session.notify(notice);
    }
    if (!more)
        return;
    if (m_job != 0)
        m_session.finishJob(m_job);
    m_job = m_session.startJob(
        tr("Looking for accounts of these words: %n so far", nullptr, int(m_found.size())),
        Session::JobKind::GoesOn);
}

void AccountSearch::end()
{
    if (m_job != 0)
        m_session.finishJob(m_job);
    m_job = 0;
    m_found.clear();
    m_wallet.clear();
}

} // namespace coffer::ui
