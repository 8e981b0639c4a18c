// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/account_list.h"

#include "ui/pages/account_row.h"
#include "ui/session.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"

#include <QBoxLayout>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coffer::ui {

AccountList::AccountList(Session& session, const QString& rowPrefix, const QString& addName,
                         QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_rowPrefix(rowPrefix)
    , m_empty(new EmptyState(u"wallet"_s, tr("Add your first account to receive money.")))
    , m_column(makeColumn(this, 4))
{
    auto* button = m_empty->addButton(tr("Add account"), addName);
    connect(button, &QPushButton::clicked, this, &AccountList::addRequested);
    m_column->addWidget(m_empty);
    refresh();
}

void AccountList::refresh()
{
    const auto& accounts = m_session.accounts().accounts;
    m_empty->setVisible(accounts.empty());
    if (!std::equal(accounts.begin(), accounts.end(), m_rows.begin(), m_rows.end(),
                    [](const auto& account, const AccountRow* row) {
                        return account.id == row->account();
                    }))
        rebuild();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->show(m_session, accounts[i]);
}

void AccountList::rebuild()
{
    for (AccountRow* row : m_rows) {
        m_column->removeWidget(row);
        row->hide();
        row->deleteLater();
    }
    m_rows.clear();
    for (const auto& account : m_session.accounts().accounts) {
        auto* row = new AccountRow(account.id, m_rowPrefix + account.id);
        connect(row, &AccountRow::chosen, this, &AccountList::chosen);
        m_column->addWidget(row);
        m_rows.push_back(row);
    }
}

} // namespace coffer::ui
