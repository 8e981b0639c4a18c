// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shell.h"

#include "ui/async.h"
#include "ui/error_text.h"
#include "ui/shell/auto_lock.h"
#include "ui/shell/desktop_notifier.h"
#include "ui/shell/wallet_view.h"
#include "ui/start/start_page.h"
#include "ui/start/unlock_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/confirm_dialog.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace coffer::ui {

namespace {

void applySettings(const api::SettingsSnapshot& settings)
{
    Theme& theme = Theme::instance();
    theme.setMotion(settings.reducedMotion ? Motion::Reduced : Motion::Normal);
    theme.setFontPercent(settings.fontPercent);
    switch (settings.theme) {
    case api::Theme::System:
        theme.setChoice(SchemeChoice::System);
        break;
    case api::Theme::Light:
        theme.setChoice(SchemeChoice::Light);
        break;
    case api::Theme::Dark:
        theme.setChoice(SchemeChoice::Dark);
        break;
    }
}

} // namespace

Shell::Shell(Session& session, WindowOptions options, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_options(std::move(options))
    , m_stack(new QStackedWidget)
    , m_autoLock(new AutoLock(this))
    , m_notifier(new DesktopNotifier(this))
    , m_waitingLink(m_options.openLink)
{
    makeColumn(this, 0)->addWidget(m_stack);
    applySettings(session.settings());
    m_autoLock->setMinutes(session.settings().autoLockMinutes);
    watch();
    decide();
}

Shell::~Shell()
{
    m_autoLock->stop();
}

void Shell::watch()
{
    connect(&m_session, &Session::walletsChanged, this, &Shell::decide);
    connect(&m_session, &Session::settingsChanged, this, [this] {
        applySettings(m_session.settings());
        m_autoLock->setMinutes(m_session.settings().autoLockMinutes);
    });
    connect(m_autoLock, &AutoLock::lockNow, this, &Shell::lockAll);
    connect(m_autoLock, &AutoLock::warned, this, [this](int seconds) {
        if (m_view)
            m_view->warnOfLock(seconds);
    });
    connect(m_session.api().history, &api::History::appeared, this,
            [this](const api::WalletId& wallet, const api::HistoryRow& row) {
                if (isUnlocked(wallet)) // Of a locked one nothing is told.
                    notice(wallet, row);
            });
    connect(m_notifier, &DesktopNotifier::activated, this,
            [this](const QString& wallet, const Destination& destination) {
                window()->showNormal();
                window()->raise();
                window()->activateWindow();
                openIn(wallet, destination);
            });
}

bool Shell::isUnlocked(const api::WalletId& wallet) const
{
    const auto& wallets = m_session.wallets().wallets;
    return std::any_of(wallets.begin(), wallets.end(),
                       [&wallet](const auto& info) { return info.id == wallet && info.unlocked; });
}

void Shell::openIn(const api::WalletId& wallet, const Destination& destination)
{
    if (!isUnlocked(wallet) || !m_view)
        return; // Locked meanwhile: the window is in front, and asks for the password.
    if (wallet == m_session.wallet()) {
        m_view->go(destination);
        return;
    }
    afterDraft([this, wallet, destination] {
        dropView();
        m_session.setWallet(wallet);
        decide();
        if (m_view)
            m_view->go(destination);
    });
}

void Shell::notice(const api::WalletId& wallet, const api::HistoryRow& row)
{
    if (row.amount.sign() <= 0)
        return; // The person just did that.
    const bool elsewhere = wallet != m_session.wallet();
    Notice item;
    item.kind = NoticeKind::Payment;
    item.wallet = wallet;
    item.title = row.kind == "coinbase"_L1 ? tr("Coins mined") : tr("Payment received");
    if (elsewhere)
        item.title = tr("%1 in “%2”", "what happened, and the wallet").arg(item.title, wallet);
    AmountLook look = m_session.look();
    look.visibility = Visibility::Shown;
    look.sign = money::Sign::Explicit;
    item.text = amountText(row.amount, row.currency, look);
    item.discreetText = tr("Open Activity to see it.");
    item.destination = {PageId::Activity, {}, {}, row.txid, {}};
    m_session.notify(item);
    if (m_session.settings().notifications)
        m_notifier->notify(item, m_session.visibility());
}

/// Which of the three the window shows follows from the wallets alone.
void Shell::decide()
{
    const auto& wallets = m_session.wallets().wallets;
    guard();
    if (m_start && m_start->isBusy())
        return; // A new wallet is unlocked before its words were shown.
    if (wallets.empty() || m_adding) {
        enter(Mode::Start);
        return;
    }
    auto current = m_session.walletInfo();
    if (!current) {
        dropView(); // Of a wallet that is deleted, or has another name now.
        QString id = wallets.front().id;
        for (const auto& wallet : wallets)
            if (wallet.id == m_session.settings().lastWallet)
                id = wallet.id;
        m_session.setWallet(id);
        current = m_session.walletInfo();
    }
    enter(current && current->unlocked ? Mode::Wallet : Mode::Unlock);
}

void Shell::dropView()
{
    if (!m_view)
        return;
    m_view->hide();
    m_view->deleteLater();
    m_view = nullptr;
}

void Shell::buildStart()
{
    m_start = new StartPage(m_session);
    m_stack->addWidget(m_start);
    connect(m_start, &StartPage::finished, this, [this](const QString& wallet) {
        m_adding = false;
        if (!wallet.isEmpty())
            m_session.setWallet(wallet);
        // The page that says so counts as busy until it is gone.
        m_start->hide();
        m_start->deleteLater();
        m_start = nullptr;
        decide();
    });
    connect(m_start, &StartPage::restartRequested, this, &Shell::restartRequested);
}

void Shell::buildUnlock()
{
    m_unlock = new UnlockPage(m_session);
    m_stack->addWidget(m_unlock);
    connect(m_unlock, &UnlockPage::walletChosen, this, [this](const QString& wallet) {
        m_session.setWallet(wallet);
        decide();
    });
    connect(m_unlock, &UnlockPage::addRequested, this, [this] {
        m_adding = true;
        decide();
    });
}

void Shell::buildView()
{
    m_session.setWallet(m_session.wallet()); // Reads the snapshots that are open now.
    m_view = new WalletView(m_session);
    m_stack->addWidget(m_view);
    connect(m_view, &WalletView::lockRequested, this, &Shell::lock);
    connect(m_view, &WalletView::stayRequested, m_autoLock, &AutoLock::touch);
    connect(m_view, &WalletView::restartRequested, this, &Shell::restartRequested);
    connect(m_view, &WalletView::noticeChosen, this, &Shell::openIn);
    connect(m_view, &WalletView::walletChosen, this, [this](const QString& wallet) {
        afterDraft([this, wallet] {
            dropView();
            m_session.setWallet(wallet);
            decide();
        });
    });
    connect(m_view, &WalletView::addWalletRequested, this, [this] {
        afterDraft([this] {
            m_adding = true;
            decide();
        });
    });
    if (m_session.settings().lastWallet != m_session.wallet())
        m_session.changeSettings(
            [this](api::SettingsSnapshot& settings) { settings.lastWallet = m_session.wallet(); });
    if (!m_waitingLink.isEmpty())
        m_view->offerLink(std::exchange(m_waitingLink, {}));
}

void Shell::enter(Mode mode)
{
    if (mode == Mode::Start && !m_start)
        buildStart();
    if (mode != Mode::Start && m_start) {
        m_start->hide();
        m_start->deleteLater();
        m_start = nullptr;
    }
    if (mode == Mode::Unlock && !m_unlock)
        buildUnlock();
    if (mode != Mode::Wallet)
        dropView();
    if (mode == Mode::Wallet && !m_view)
        buildView();
    const bool entered = mode != m_mode || mode == Mode::Wallet;
    m_mode = mode;
    QWidget* shown = m_view;
    if (mode == Mode::Start)
        shown = m_start;
    else if (mode == Mode::Unlock)
        shown = m_unlock;
    m_stack->setCurrentWidget(shown);
    if (mode == Mode::Unlock && entered)
        m_unlock->begin();
}

void Shell::openLink(const QString& link)
{
    if (m_view)
        m_view->offerLink(link);
    else
        m_waitingLink = link;
}

bool Shell::hasDraft() const
{
    return m_view && m_view->hasDraft();
}

/// The clock of the automatic lock runs while any wallet is unlocked, seen or not.
void Shell::guard()
{
    const auto& wallets = m_session.wallets().wallets;
    const bool any = std::any_of(wallets.begin(), wallets.end(),
                                 [](const auto& wallet) { return wallet.unlocked; });
    if (any == m_guarding)
        return;
    m_guarding = any;
    if (any)
        m_autoLock->start();
    else
        m_autoLock->stop();
}

void Shell::lockAll()
{
    if (m_start && m_start->isBusy()) {
        m_autoLock->touch(); // The new wallet's words are still to be written down.
        return;
    }
    const auto wallets = m_session.wallets().wallets; // Locking changes the list.
    for (const auto& wallet : wallets)
        if (wallet.unlocked)
            lockWallet(wallet.id);
}

void Shell::noticeMinimised()
{
    if (m_session.settings().lockWhenMinimised)
        lockAll();
}

void Shell::lock()
{
    lockWallet(m_session.wallet());
}

void Shell::lockWallet(const api::WalletId& wallet)
{
    auto* clipboard = QGuiApplication::clipboard();
    if (!m_session.lastCopied().isEmpty() && clipboard->text() == m_session.lastCopied())
        clipboard->clear(); // What came from elsewhere since then is not ours to take.
    consume<void>(this, m_session.api().wallets->lock(wallet), [this](base::Result<void> result) {
        if (!result)
            m_session.say(errorText(result.error().code));
    });
}

/// Leaving the wallet drops what is being written: not without asking.
void Shell::afterDraft(const std::function<void()>& go)
{
    if (!hasDraft()) {
        go();
        return;
    }
    auto* dialog =
        new ConfirmDialog(tr("Leave this payment?"),
                          tr("The payment you were preparing is not sent and will be forgotten."),
                          tr("&Leave"), u"leave"_s, this);
    connect(dialog, &QDialog::accepted, this, go);
    dialog->open();
}

} // namespace coffer::ui
