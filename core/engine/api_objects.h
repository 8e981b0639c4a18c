// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/api.h"

#include <map>

/// The api objects: thin, on the caller's thread; each call posts to the engine's thread, each
/// snapshot is the last one that came up.
namespace coffer::engine {

class Core;

/// The wallet files, asked of the engine's thread.
class WalletsObject final : public api::Wallets
{
    Q_OBJECT

public:
    explicit WalletsObject(Core* core)
        : m_core(core)
    {
    }
    QFuture<base::Result<api::CreatedWallet>> create(api::CreateWallet request) override;
    QFuture<base::Result<api::CreatedWallet>> restore(api::RestoreWallet request) override;
    QFuture<base::Result<QStringList>> phraseLanguages(base::SecretBytes mnemonic) override;
    QFuture<base::Result<api::RehearsalReport>> rehearse(api::RehearseRestore request) override;
    QFuture<base::Result<api::CreatedWallet>> watch(api::WatchWallet request) override;
    QFuture<base::Result<void>> unlock(api::WalletId wallet, base::SecretBytes password) override;
    QFuture<base::Result<void>> lock(api::WalletId wallet) override;
    QFuture<base::Result<api::CreatedWallet>> importFile(QString path, api::WalletId name,
                                                         base::SecretBytes password) override;
    QFuture<base::Result<void>> rename(api::WalletId wallet, api::WalletId name,
                                       base::SecretBytes password) override;
    QFuture<base::Result<void>> remove(api::DeleteWallet request) override;
    QFuture<base::Result<void>> changePassword(api::WalletId wallet, base::SecretBytes oldPassword,
                                               base::SecretBytes newPassword) override;
    QFuture<base::Result<api::Words>> revealWords(api::WalletId wallet,
                                                  base::SecretBytes password) override;
    QFuture<base::Result<void>> markBackedUp(api::WalletId wallet) override;
    QFuture<base::Result<api::BackupReport>> backup(api::WalletId wallet, QString path,
                                                    base::SecretBytes password,
                                                    base::SecretBytes backupPassword) override;
    QFuture<base::Result<api::BackupReport>>
    verifyBackup(QString path, base::SecretBytes backupPassword) override;
    api::WalletsSnapshot snapshot() const override { return m_snapshot; }
    void update(const api::WalletsSnapshot& snapshot);

private:
    Core* m_core;
    api::WalletsSnapshot m_snapshot;
};

/// Accounts and addresses, asked of the engine's thread.
class AccountsObject final : public api::Accounts
{
    Q_OBJECT

public:
    explicit AccountsObject(Core* core)
        : m_core(core)
    {
    }
    QFuture<base::Result<api::AccountInfo>> add(api::WalletId wallet,
                                                api::AddAccount request) override;
    QFuture<base::Result<void>> rename(api::WalletId wallet, api::AccountId account,
                                       QString name) override;
    QFuture<base::Result<api::ReceiveAddress>> newAddress(api::WalletId wallet,
                                                          api::AccountId account) override;
    QFuture<base::Result<std::vector<api::ReceiveAddress>>>
    addresses(api::WalletId wallet, api::AccountId account) override;
    QFuture<base::Result<std::vector<api::Coin>>> coins(api::WalletId wallet,
                                                        api::AccountId account) override;
    QFuture<base::Result<void>> setCoinState(api::WalletId wallet, QString outpoint,
                                             api::CoinState state) override;
    QFuture<base::Result<QString>> requestTestCoins(api::WalletId wallet,
                                                    api::AccountId account) override;
    api::AccountsSnapshot snapshot(const api::WalletId& wallet) const override;
    void update(const api::AccountsSnapshot& snapshot);

private:
    Core* m_core;
    std::map<api::WalletId, api::AccountsSnapshot> m_snapshots;
};

/// Payments, asked of the engine's thread.
class PaymentsObject final : public api::Payments
{
    Q_OBJECT

public:
    explicit PaymentsObject(Core* core)
        : m_core(core)
    {
    }
    QFuture<base::Result<api::DecodedPayee>> decode(api::WalletId wallet, QString text,
                                                    QString lastCopied) override;
    QFuture<base::Result<api::PreparedPayment>> prepare(api::PaymentDraft draft) override;
    QFuture<base::Result<api::PaymentEstimate>> estimate(api::PaymentDraft draft) override;
    QFuture<base::Result<api::PreparedPayment>>
    prepareBump(api::WalletId wallet, QString txid,
                std::optional<std::int64_t> feeRateMilliSatPerVb) override;
    QFuture<base::Result<api::PreparedPayment>> prepareCancel(api::WalletId wallet,
                                                              QString txid) override;
    QFuture<base::Result<api::SentPayment>> confirm(api::ConfirmPayment request) override;
    QFuture<base::Result<void>> sendAgain(api::WalletId wallet, api::IntentId intent) override;
    QFuture<base::Result<void>> discard(api::WalletId wallet, api::IntentId intent) override;
    QFuture<base::Result<api::FeeQuote>> fees() override;
    QFuture<base::Result<api::SpendPolicyInfo>> policy(api::WalletId wallet) override;
    QFuture<base::Result<api::SpendPolicyInfo>> changePolicy(api::PolicyChange change) override;
    api::PaymentsSnapshot snapshot(const api::WalletId& wallet) const override;
    void update(const api::PaymentsSnapshot& snapshot);

private:
    Core* m_core;
    std::map<api::WalletId, api::PaymentsSnapshot> m_snapshots;
};

/// PSBTs, asked of the engine's thread.
class PsbtsObject final : public api::Psbts
{
    Q_OBJECT

public:
    explicit PsbtsObject(Core* core)
        : m_core(core)
    {
    }
    QFuture<base::Result<api::CreatedPsbt>> create(api::CreatePsbt request) override;
    QFuture<base::Result<api::PsbtInfo>> inspect(api::WalletId wallet, QByteArray psbt) override;
    QFuture<base::Result<api::SignedPsbt>> sign(api::SignPsbt request) override;
    QFuture<base::Result<QByteArray>> combine(std::vector<QByteArray> psbts) override;
    QFuture<base::Result<api::FinalPsbt>> finalise(QByteArray psbt) override;
    QFuture<base::Result<api::SentPayment>> broadcast(api::WalletId wallet,
                                                      QByteArray psbt) override;

private:
    Core* m_core;
};

/// The books, asked of the engine's thread.
class HistoryObject final : public api::History
{
    Q_OBJECT

public:
    explicit HistoryObject(Core* core)
        : m_core(core)
    {
    }
    QFuture<base::Result<api::HistoryPage>> page(api::WalletId wallet,
                                                 api::HistoryQuery query) override;
    QFuture<base::Result<api::HistoryDetail>> detail(api::WalletId wallet, QString id) override;
    QFuture<base::Result<void>> setLabel(api::WalletId wallet, api::LabelTarget target,
                                         QString reference, QString text) override;
    QFuture<base::Result<std::int64_t>> exportTo(api::WalletId wallet, api::ExportFormat format,
                                                 QString path) override;
    QFuture<base::Result<std::int64_t>> importLabels(api::WalletId wallet, QString path) override;
    QFuture<base::Result<api::AuditReport>> verify(api::WalletId wallet) override;

private:
    Core* m_core;
};

/// The light node, asked of the engine's thread.
class NodeObject final : public api::Node
{
    Q_OBJECT

public:
    explicit NodeObject(Core* core)
        : m_core(core)
    {
    }
    QFuture<base::Result<void>> setNetworkUse(api::NetworkUse use) override;
    QFuture<base::Result<void>> addPeer(QString address) override;
    QFuture<base::Result<void>> removePeer(QString address) override;
    QFuture<base::Result<void>> rescan(api::WalletId wallet, std::int64_t fromMs) override;
    void setReceivePage(api::ReceivePage page) override;
    QFuture<base::Result<std::vector<api::NetworkLogRow>>> networkLog() override;
    api::NodeSnapshot snapshot() const override { return m_snapshot; }
    void update(const api::NodeSnapshot& snapshot);

private:
    Core* m_core;
    api::NodeSnapshot m_snapshot;
};

/// The settings, asked of the engine's thread.
class SettingsObject final : public api::Settings
{
    Q_OBJECT

public:
    explicit SettingsObject(Core* core)
        : m_core(core)
    {
    }
    QFuture<base::Result<void>> set(api::SettingsSnapshot settings) override;
    api::SettingsSnapshot snapshot() const override { return m_snapshot; }
    void update(const api::SettingsSnapshot& snapshot);

private:
    Core* m_core;
    api::SettingsSnapshot m_snapshot;
};

} // namespace coffer::engine
