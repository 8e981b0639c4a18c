// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/api.h"
#include "ui/format.h"

#include <QObject>

#include <functional>
#include <map>
#include <set>

namespace coffer::ui {

/// The destinations of the sidebar.
enum class PageId
{
    Overview,
    Accounts,
    Send,
    Receive,
    Activity,
    Network,
    Settings
};

/// Where to go, and what the page should start with.
struct Destination
{
    PageId page = PageId::Overview;
    api::AccountId account;
    /// Send: an address or link, or a PSBT in base64. Activity: a search. Settings: a section.
    QString text;
    /// Send: the payment to bump or cancel. Activity: the movement to open.
    QString txid;
    enum class Action
    {
        Open,
        Bump,
        Cancel,
        Psbt ///< Without `text` the file is asked for.
    } action = Action::Open;
};

/// What a notice is about.
enum class NoticeKind
{
    Payment,
    Security,
    System
};

/// One entry of the notification centre.
struct Notice
{
    NoticeKind kind = NoticeKind::System;
    QString title;
    QString text;         ///< Without amounts when `discreetText` is shown instead.
    QString discreetText; ///< For discreet mode; empty: `text` holds nothing private.
    api::WalletId wallet; ///< Where `destination` is.
    Destination destination;
    std::int64_t atMs = 0;
};

/// What the pages share while one wallet is chosen: the api, the latest snapshots, how amounts
/// look, where to go. Gui thread.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(api::Api api, QObject* parent = nullptr);

    const api::Api& api() const { return m_api; }
    const api::WalletId& wallet() const { return m_wallet; }
    void setWallet(const api::WalletId& wallet);
    std::optional<api::WalletInfo> walletInfo() const;
    const api::WalletsSnapshot& wallets() const { return m_wallets; }

    const api::AccountsSnapshot& accounts() const { return m_accounts; }
    const api::AccountInfo* account(const api::AccountId& id) const;
    /// The asked one if it exists, otherwise the first; null without accounts.
    const api::AccountInfo* accountOrFirst(const api::AccountId& id) const;
    const api::NodeSnapshot& node() const { return m_node; }
    const api::SettingsSnapshot& settings() const { return m_settings; }
    const api::PaymentsSnapshot& payments() const { return m_payments; }
    void changeSettings(const std::function<void(api::SettingsSnapshot&)>& change);

    Visibility visibility() const;
    /// Unit and visibility as set.
    AmountLook look() const;
    QString amount(const money::Amount& amount, const money::Currency& currency,
                   money::Decimals decimals = money::Decimals::Full,
                   money::Sign sign = money::Sign::Negative) const;
    /// What a proof mark says: source, height and age.
    QString proofText(const api::Proof& proof) const;

    /// Puts public text on the clipboard, remembers it for the payee checks and says so.
    void copy(const QString& text, const QString& message);
    /// The same for an address; what it says lets the person compare it.
    void copyAddress(const QString& address);
    const QString& lastCopied() const { return m_lastCopied; }
    void goTo(const Destination& destination) { Q_EMIT destinationRequested(destination); }
    void say(const QString& text) { Q_EMIT toastRequested(text); }
    void notify(Notice notice);

    /// Long work that goes on while pages change; shown behind the sync pill.
    enum class JobKind
    {
        Lost, ///< Starts from the beginning when the program ends before it.
        GoesOn
    };
    int startJob(const QString& title, JobKind kind = JobKind::Lost);
    void finishJob(int id);
    const std::map<int, QString>& jobs() const { return m_jobs; }
    /// Quitting now would lose the work of a job.
    bool hasLosableJob() const { return !m_losable.empty(); }

Q_SIGNALS:
    void jobsChanged();
    void scanRequested();
    void walletsChanged();
    void walletChanged();
    void accountsChanged();
    void nodeChanged();
    void paymentsChanged();
    void historyChanged();
    void settingsChanged();
    /// Unit or discreet mode changed: amounts have to be written again.
    void lookChanged();
    void destinationRequested(const coffer::ui::Destination& destination);
    void toastRequested(const QString& text);
    void noticed(const coffer::ui::Notice& notice);

private:
    void watchApi();

    api::Api m_api;
    api::WalletId m_wallet;
    api::WalletsSnapshot m_wallets;
    api::AccountsSnapshot m_accounts;
    api::NodeSnapshot m_node;
    api::SettingsSnapshot m_settings;
    api::PaymentsSnapshot m_payments;
    QString m_lastCopied;
    std::map<int, QString> m_jobs;
    std::set<int> m_losable;
    int m_nextJob = 1;
};

} // namespace coffer::ui
