// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session.h"

#include "ui/async.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace coffer::ui {

Session::Session(api::Api api, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_wallets(api.wallets->snapshot())
    , m_node(api.node->snapshot())
    , m_settings(api.settings->snapshot())
{
    watchApi();
}

void Session::watchApi()
{
    connect(m_api.wallets, &api::Wallets::snapshotChanged, this,
            [this](const api::WalletsSnapshot& snapshot) {
                m_wallets = snapshot;
                Q_EMIT walletsChanged();
            });
    connect(m_api.accounts, &api::Accounts::snapshotChanged, this,
            [this](const api::AccountsSnapshot& snapshot) {
                if (snapshot.wallet != m_wallet)
                    return;
                m_accounts = snapshot;
                Q_EMIT accountsChanged();
            });
    connect(m_api.payments, &api::Payments::snapshotChanged, this,
            [this](const api::PaymentsSnapshot& snapshot) {
                if (snapshot.wallet != m_wallet)
                    return;
                m_payments = snapshot;
                Q_EMIT paymentsChanged();
            });
    connect(m_api.history, &api::History::changed, this, [this](const api::WalletId& wallet) {
        if (wallet == m_wallet)
            Q_EMIT historyChanged();
    });
    connect(m_api.node, &api::Node::snapshotChanged, this,
            [this](const api::NodeSnapshot& snapshot) {
                m_node = snapshot;
                Q_EMIT nodeChanged();
            });
    connect(m_api.settings, &api::Settings::snapshotChanged, this,
            [this](const api::SettingsSnapshot& snapshot) {
                const bool look =
                    snapshot.unit != m_settings.unit || snapshot.discreet != m_settings.discreet;
                m_settings = snapshot;
                Q_EMIT settingsChanged();
                if (look)
                    Q_EMIT lookChanged();
            });
}

void Session::setWallet(const api::WalletId& wallet)
{
    m_wallet = wallet;
    m_accounts = m_api.accounts->snapshot(wallet);
    m_payments = m_api.payments->snapshot(wallet);
    m_lastCopied.clear();
    Q_EMIT walletChanged();
}

std::optional<api::WalletInfo> Session::walletInfo() const
{
    for (const auto& wallet : m_wallets.wallets)
        if (wallet.id == m_wallet)
            return wallet;
    return std::nullopt;
}

const api::AccountInfo* Session::account(const api::AccountId& id) const
{
    for (const auto& account : m_accounts.accounts)
        if (account.id == id)
            return &account;
    return nullptr;
}

const api::AccountInfo* Session::accountOrFirst(const api::AccountId& id) const
{
    if (const auto* found = account(id))
        return found;
    return m_accounts.accounts.empty() ? nullptr : &m_accounts.accounts.front();
}

void Session::changeSettings(const std::function<void(api::SettingsSnapshot&)>& change)
{
    auto settings = m_settings;
    change(settings);
    consume<void>(this, m_api.settings->set(settings), [this](base::Result<void> result) {
        if (!result)
            say(tr("The setting could not be stored."));
    });
}

Visibility Session::visibility() const
{
    return m_settings.discreet ? Visibility::Hidden : Visibility::Shown;
}

AmountLook Session::look() const
{
    AmountLook look;
    look.unit = m_settings.unit;
    look.visibility = visibility();
    return look;
}

QString Session::amount(const money::Amount& amount, const money::Currency& currency,
                        money::Decimals decimals, money::Sign sign) const
{
    AmountLook look = this->look();
    look.decimals = decimals;
    look.sign = sign;
    return amountText(amount, currency, look);
}

QString Session::proofText(const api::Proof& proof) const
{
    QString text = sourceText(proof.source);
    if (proof.height >= 0)
        text += u" · "_s + tr("block %1").arg(QLocale().toString(qlonglong(proof.height)));
    if (proof.atMs > 0)
        text += u" · "_s + relativeTime(proof.atMs, QDateTime::currentMSecsSinceEpoch());
    return text;
}

void Session::copy(const QString& text, const QString& message)
{
    QGuiApplication::clipboard()->setText(text);
    m_lastCopied = text;
    say(message);
}

void Session::copyAddress(const QString& address)
{
    copy(address,
         tr("Address copied: starts %1, ends %2, %n characters.", nullptr, int(address.size()))
             .arg(address.left(8), address.right(8)));
}

void Session::notify(Notice notice)
{
    if (notice.atMs == 0)
        notice.atMs = QDateTime::currentMSecsSinceEpoch();
    Q_EMIT noticed(notice);
}

int Session::startJob(const QString& title, JobKind kind)
{
    const int id = m_nextJob++;
    m_jobs[id] = title;
    if (kind == JobKind::Lost)
        m_losable.insert(id);
    Q_EMIT jobsChanged();
    return id;
}

void Session::finishJob(int id)
{
    m_jobs.erase(id);
    m_losable.erase(id);
    Q_EMIT jobsChanged();
}

} // namespace coffer::ui
