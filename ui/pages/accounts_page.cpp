// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/accounts_page.h"

#include "ui/pages/account_list.h"
#include "ui/pages/account_view.h"
#include "ui/pages/add_account_view.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/page_stack.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

AccountsPage::AccountsPage(Session& session, QWidget* parent)
    : Page(session, u"accounts"_s, tr("Accounts"), Body::Filling, parent)
    , m_stack(new PageStack)
    , m_list(new AccountList(session, u"accounts.row."_s, u"accounts.empty_add"_s))
    , m_account(new AccountView(session))
    , m_addView(new AddAccountView(session))
    , m_back(new QPushButton(ui::icon(u"arrow-left"_s), tr("&All accounts")))
    , m_add(new QPushButton(ui::icon(u"plus"_s, IconColor::White), tr("&Add account")))
{
    identify(m_back, named(u"back"_s), tr("All accounts"));
    identify(m_add, named(u"add"_s), tr("Add account"));
    setVariant(m_add, ButtonVariant::Primary);
    titleRow()->addWidget(m_back);
    titleRow()->addWidget(m_add);
    auto* list = new QWidget;
    auto* column = makeColumn(list, 0);
    auto* card = new Card;
    card->column()->addWidget(m_list);
    column->addWidget(card);
    column->addStretch(1);
    m_stack->addWidget(list);
    m_stack->addWidget(m_account);
    m_stack->addWidget(m_addView);
    body()->addWidget(m_stack, 1);
    connect(m_list, &AccountList::addRequested, this, [this] { show(View::Add); });
    connect(m_list, &AccountList::chosen, this, [this](const QString& id) {
        m_account->setAccount(id);
        show(View::Account);
        m_account->focusFirst();
    });
    connect(m_back, &QPushButton::clicked, this, [this] { show(View::List); });
    connect(m_add, &QPushButton::clicked, this, [this] { show(View::Add); });
    connect(m_addView, &AddAccountView::cancelled, this, [this] { show(View::List); });
    connect(m_addView, &AddAccountView::added, this, [this](const QString& id) {
        m_account->setAccount(id);
        show(View::Account);
    });
    connect(&session, &Session::accountsChanged, this, &AccountsPage::refreshList);
    connect(&session, &Session::lookChanged, this, &AccountsPage::refreshList);
    refreshList();
    show(View::List);
}

void AccountsPage::show(View view)
{
    m_stack->setCurrentIndex(int(view));
    m_back->setVisible(view != View::List);
    m_add->setVisible(view == View::List);
    if (view == View::List)
        setTitle(tr("Accounts"));
    else if (view == View::Add)
        setTitle(tr("Add account"));
    else if (const auto* account = session().account(m_account->account()))
        setTitle(account->name);
    if (view == View::Add)
        m_addView->begin();
}

void AccountsPage::open(const Destination& destination)
{
    if (destination.text == "add"_L1) {
        show(View::Add);
        return;
    }
    if (session().account(destination.account)) {
        m_account->setAccount(destination.account);
        show(View::Account);
    } else if (m_stack->currentIndex() != int(View::Add)) {
        show(View::List);
    }
}

void AccountsPage::activate()
{
    refreshList();
}

QWidget* AccountsPage::drawer() const
{
    return m_account->drawer();
}

bool AccountsPage::stepBack()
{
    if (m_stack->currentIndex() == int(View::List))
        return false;
    if (m_stack->currentIndex() == int(View::Account) && m_account->stepBack())
        return true;
    show(View::List);
    return true;
}

void AccountsPage::rename()
{
    if (m_stack->currentIndex() == int(View::Account))
        m_account->rename();
}

void AccountsPage::focusFirst()
{
    if (m_stack->currentIndex() == int(View::List))
        m_add->setFocus(Qt::OtherFocusReason);
    else if (m_stack->currentIndex() == int(View::Account))
        m_account->focusFirst();
}

void AccountsPage::refreshList()
{
    m_list->refresh();
    if (m_stack->currentIndex() == int(View::Account))
        if (const auto* account = session().account(m_account->account()))
            setTitle(account->name);
}

} // namespace coffer::ui
