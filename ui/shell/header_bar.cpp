// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/header_bar.h"

#include "ui/session.h"
#include "ui/shell/count_button.h"
#include "ui/shell/sync_pill.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace coffer::ui {

HeaderBar::HeaderBar(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_wallet(new QPushButton)
    , m_menu(new QMenu(this))
    , m_commands(new QPushButton(ui::icon(u"search"_s, IconColor::Dim),
                                 tr("Search or run a command   Ctrl+K")))
    , m_sync(new SyncPill(session))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 10, 16, 10);
    row->setSpacing(8);
    m_wallet->setIcon(ui::icon(u"wallet"_s));
    m_wallet->setMenu(m_menu);
    setVariant(m_wallet, ButtonVariant::Quiet);
    row->addWidget(m_wallet);
    const auto wallet = session.walletInfo();
    if (wallet && wallet->realm != api::Realm::Main)
        row->addWidget(new Chip(realmText(wallet->realm), Chip::Look::Warning));
    row->addStretch(1);
    identify(m_commands, u"header.commands"_s, tr("Search or run a command"));
    m_commands->setMinimumWidth(280);
    row->addWidget(m_commands);
    row->addStretch(1);
    row->addWidget(m_sync);
    m_eye = addIcon(u"eye"_s, tr("Hide amounts"), u"header.discreet"_s, u"Ctrl+Shift+H"_s);
    m_bell = new CountButton(u"bell"_s);
    identify(m_bell, u"header.notifications"_s, tr("Notifications"));
    m_bell->setToolTip(tr("Notifications"));
    m_lock = addIcon(u"lock"_s, tr("Lock the wallet"), u"header.lock"_s, u"Ctrl+L"_s);
    m_eye->setCheckable(true);
    for (QToolButton* button : {m_eye, m_bell, m_lock})
        row->addWidget(button);
    connect(m_commands, &QPushButton::clicked, this, &HeaderBar::commandsRequested);
    connect(m_sync, &QAbstractButton::clicked, this, &HeaderBar::jobsRequested);
    connect(m_bell, &QToolButton::clicked, this, &HeaderBar::notificationsRequested);
    connect(m_lock, &QToolButton::clicked, this, &HeaderBar::lockRequested);
    connect(m_eye, &QToolButton::toggled, this, [this](bool on) {
        if (on != m_session.settings().discreet)
            m_session.changeSettings(
                [on](api::SettingsSnapshot& settings) { settings.discreet = on; });
    });
    connect(&session, &Session::walletChanged, this, &HeaderBar::refreshWallet);
    connect(&session, &Session::walletsChanged, this, &HeaderBar::refreshWallet);
    connect(&session, &Session::settingsChanged, this, &HeaderBar::refreshEye);
    refreshWallet();
    refreshEye();
}

QToolButton* HeaderBar::addIcon(const QString& iconName, const QString& name,
                                const QString& objectName, const QString& tip)
{
    auto* button = new QToolButton;
    button->setIcon(ui::icon(iconName));
    button->setIconSize({20, 20});
    button->setFocusPolicy(Qt::StrongFocus);
    setVariant(button, ButtonVariant::Quiet);
    identify(button, objectName, name);
    button->setToolTip(u"%1 (%2)"_s.arg(name, tip));
    return button;
}

void HeaderBar::setUnread(int count)
{
    static_cast<CountButton*>(m_bell)->setCount(count);
    m_bell->setAccessibleName(count > 0 ? tr("Notifications, %n new", nullptr, count)
                                        : tr("Notifications"));
}

void HeaderBar::refreshWallet()
{
    m_wallet->setText(m_session.wallet());
    identify(m_wallet, u"header.wallet"_s, tr("Wallet %1, switch").arg(m_session.wallet()));
    m_menu->clear();
    for (const auto& wallet : m_session.wallets().wallets) {
        auto* action = m_menu->addAction(wallet.id);
        action->setCheckable(true);
        action->setChecked(wallet.id == m_session.wallet());
        connect(action, &QAction::triggered, this,
                [this, id = wallet.id] { Q_EMIT walletChosen(id); });
    }
    m_menu->addSeparator();
    auto* add = m_menu->addAction(ui::icon(u"plus"_s), tr("Add a wallet…"));
    connect(add, &QAction::triggered, this, &HeaderBar::addWalletRequested);
}

void HeaderBar::refreshEye()
{
    const bool hidden = m_session.settings().discreet;
    m_eye->setChecked(hidden);
    m_eye->setIcon(ui::icon(hidden ? u"eye-off"_s : u"eye"_s));
}

} // namespace coffer::ui
