// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

class QPushButton;

namespace coffer::ui {

class AccountList;
class AccountView;
class AddAccountView;
class PageStack;

/// All accounts, one account, or a new one.
class AccountsPage : public Page
{
    Q_OBJECT

public:
    explicit AccountsPage(Session& session, QWidget* parent = nullptr);

    void open(const Destination& destination) override;
    void activate() override;
    bool stepBack() override;
    QWidget* drawer() const override;
    void rename() override;
    void focusFirst() override;
    AccountView* accountView() const { return m_account; }

private:
    enum class View
    {
        List,
        Account,
        Add
    };
    void show(View view);
    void refreshList();

    PageStack* m_stack;
    AccountList* m_list;
    AccountView* m_account;
    AddAccountView* m_addView;
    QPushButton* m_back;
    QPushButton* m_add;
};

} // namespace coffer::ui
