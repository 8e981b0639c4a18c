// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/api_objects.h"

#include "core/engine/core.h"
#include "core/engine/post.h"

namespace coffer::engine {

QFuture<base::Result<api::CreatedWallet>> WalletsObject::create(api::CreateWallet request)
{
    return call(m_core, [core = m_core, request = std::move(request)]() mutable {
        return core->wallets().create(std::move(request));
    });
}

QFuture<base::Result<api::CreatedWallet>> WalletsObject::restore(api::RestoreWallet request)
{
    return call(m_core, [core = m_core, request = std::move(request)]() mutable {
        return core->wallets().restore(std::move(request));
    });
}

QFuture<base::Result<QStringList>> WalletsObject::phraseLanguages(base::SecretBytes mnemonic)
{
    return call(m_core, [core = m_core, mnemonic = std::move(mnemonic)]() mutable {
        return core->wallets().phraseLanguages(std::move(mnemonic));
    });
}

QFuture<base::Result<api::RehearsalReport>> WalletsObject::rehearse(api::RehearseRestore request)
{
    return call(m_core, [core = m_core, request = std::move(request)]() mutable {
        return core->wallets().rehearse(std::move(request));
    });
}

QFuture<base::Result<api::CreatedWallet>> WalletsObject::watch(api::WatchWallet request)
{
    return call(m_core, [core = m_core, request = std::move(request)]() mutable {
        return core->wallets().watch(std::move(request));
    });
}

QFuture<base::Result<void>> WalletsObject::unlock(api::WalletId wallet, base::SecretBytes password)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet),
                         password = std::move(password)]() mutable {
        return core->wallets().unlock(std::move(wallet), std::move(password));
    });
}

QFuture<base::Result<void>> WalletsObject::lock(api::WalletId wallet)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet)]() mutable {
        return core->wallets().lock(std::move(wallet));
    });
}

QFuture<base::Result<api::CreatedWallet>>
WalletsObject::importFile(QString path, api::WalletId name, base::SecretBytes password)
{
    return call(m_core, [core = m_core, path = std::move(path), name = std::move(name),
                         password = std::move(password)]() mutable {
        return core->wallets().importFile(std::move(path), std::move(name), std::move(password));
    });
}

QFuture<base::Result<void>> WalletsObject::rename(api::WalletId wallet, api::WalletId name,
                                                  base::SecretBytes password)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), name = std::move(name),
                         password = std::move(password)]() mutable {
        return core->wallets().rename(std::move(wallet), std::move(name), std::move(password));
    });
}

QFuture<base::Result<void>> WalletsObject::remove(api::DeleteWallet request)
{
    return call(m_core, [core = m_core, request = std::move(request)]() mutable {
        return core->wallets().remove(std::move(request));
    });
}

QFuture<base::Result<void>> WalletsObject::changePassword(api::WalletId wallet,
                                                          base::SecretBytes oldPassword,
                                                          base::SecretBytes newPassword)
{
    return call(m_core,
                [core = m_core, wallet = std::move(wallet), oldPassword = std::move(oldPassword),
                 newPassword = std::move(newPassword)]() mutable {
                    return core->wallets().changePassword(std::move(wallet), std::move(oldPassword),
                                                          std::move(newPassword));
                });
}

QFuture<base::Result<api::Words>> WalletsObject::revealWords(api::WalletId wallet,
                                                             base::SecretBytes password)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet),
                         password = std::move(password)]() mutable {
        return core->wallets().revealWords(std::move(wallet), std::move(password));
    });
}

QFuture<base::Result<void>> WalletsObject::markBackedUp(api::WalletId wallet)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet)]() mutable {
        return core->wallets().markBackedUp(std::move(wallet));
    });
}

QFuture<base::Result<api::BackupReport>> WalletsObject::backup(api::WalletId wallet, QString path,
                                                               base::SecretBytes password,
                                                               base::SecretBytes backupPassword)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), path = std::move(path),
                         password = std::move(password),
                         backupPassword = std::move(backupPassword)]() mutable {
        return core->wallets().backup(std::move(wallet), std::move(path), std::move(password),
                                      std::move(backupPassword));
    });
}

QFuture<base::Result<api::BackupReport>>
WalletsObject::verifyBackup(QString path, base::SecretBytes backupPassword)
{
    return call(m_core, [core = m_core, path = std::move(path),
                         backupPassword = std::move(backupPassword)]() mutable {
        return core->wallets().verifyBackup(std::move(path), std::move(backupPassword));
    });
}

QFuture<base::Result<api::AccountInfo>> AccountsObject::add(api::WalletId wallet,
                                                            api::AddAccount request)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet),
                         request = std::move(request)]() mutable {
        return core->accounts().add(std::move(wallet), std::move(request));
    });
}

QFuture<base::Result<void>> AccountsObject::rename(api::WalletId wallet, api::AccountId account,
                                                   QString name)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), account = std::move(account),
                         name = std::move(name)]() mutable {
        return core->accounts().rename(std::move(wallet), std::move(account), std::move(name));
    });
}

QFuture<base::Result<api::ReceiveAddress>> AccountsObject::newAddress(api::WalletId wallet,
                                                                      api::AccountId account)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet),
                         account = std::move(account)]() mutable {
        return core->accounts().newAddress(std::move(wallet), std::move(account));
    });
}

QFuture<base::Result<std::vector<api::ReceiveAddress>>>
AccountsObject::addresses(api::WalletId wallet, api::AccountId account)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet),
                         account = std::move(account)]() mutable {
        return core->accounts().addresses(std::move(wallet), std::move(account));
    });
}

QFuture<base::Result<std::vector<api::Coin>>> AccountsObject::coins(api::WalletId wallet,
                                                                    api::AccountId account)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet),
                         account = std::move(account)]() mutable {
        return core->accounts().coins(std::move(wallet), std::move(account));
    });
}

QFuture<base::Result<void>> AccountsObject::setCoinState(api::WalletId wallet, QString outpoint,
                                                         api::CoinState state)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), outpoint = std::move(outpoint),
                         state = std::move(state)]() mutable {
        return core->accounts().setCoinState(std::move(wallet), std::move(outpoint),
                                             std::move(state));
    });
}

QFuture<base::Result<QString>> AccountsObject::requestTestCoins(api::WalletId wallet,
                                                                api::AccountId account)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet),
                         account = std::move(account)]() mutable {
        return core->accounts().requestTestCoins(std::move(wallet), std::move(account));
    });
}

QFuture<base::Result<api::DecodedPayee>> PaymentsObject::decode(api::WalletId wallet, QString text,
                                                                QString lastCopied)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), text = std::move(text),
                         lastCopied = std::move(lastCopied)]() mutable {
        return core->payments().decode(std::move(wallet), std::move(text), std::move(lastCopied));
    });
}

QFuture<base::Result<api::PreparedPayment>> PaymentsObject::prepare(api::PaymentDraft draft)
{
    return call(m_core, [core = m_core, draft = std::move(draft)]() mutable {
        return core->payments().prepare(std::move(draft));
    });
}

QFuture<base::Result<api::PaymentEstimate>> PaymentsObject::estimate(api::PaymentDraft draft)
{
    return call(m_core, [core = m_core, draft = std::move(draft)]() mutable {
        return core->payments().estimate(std::move(draft));
    });
}

QFuture<base::Result<api::PreparedPayment>>
PaymentsObject::prepareBump(api::WalletId wallet, QString txid,
                            std::optional<std::int64_t> feeRateMilliSatPerVb)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), txid = std::move(txid),
                         feeRateMilliSatPerVb = std::move(feeRateMilliSatPerVb)]() mutable {
        return core->payments().prepareBump(std::move(wallet), std::move(txid),
                                            std::move(feeRateMilliSatPerVb));
    });
}

QFuture<base::Result<api::PreparedPayment>> PaymentsObject::prepareCancel(api::WalletId wallet,
                                                                          QString txid)
{
    return call(m_core,
                [core = m_core, wallet = std::move(wallet), txid = std::move(txid)]() mutable {
                    return core->payments().prepareCancel(std::move(wallet), std::move(txid));
                });
}

QFuture<base::Result<api::SentPayment>> PaymentsObject::confirm(api::ConfirmPayment request)
{
    return call(m_core, [core = m_core, request = std::move(request)]() mutable {
        return core->payments().confirm(std::move(request));
    });
}

QFuture<base::Result<void>> PaymentsObject::sendAgain(api::WalletId wallet, api::IntentId intent)
{
    return call(m_core,
                [core = m_core, wallet = std::move(wallet), intent = std::move(intent)]() mutable {
                    return core->payments().sendAgain(std::move(wallet), std::move(intent));
                });
}

QFuture<base::Result<void>> PaymentsObject::discard(api::WalletId wallet, api::IntentId intent)
{
    return call(m_core,
                [core = m_core, wallet = std::move(wallet), intent = std::move(intent)]() mutable {
                    return core->payments().discard(std::move(wallet), std::move(intent));
                });
}

QFuture<base::Result<api::FeeQuote>> PaymentsObject::fees()
{
    return call(m_core, [core = m_core]() { return core->payments().fees(); });
}

QFuture<base::Result<api::HistoryPage>> HistoryObject::page(api::WalletId wallet,
                                                            api::HistoryQuery query)
{
    return call(m_core,
                [core = m_core, wallet = std::move(wallet), query = std::move(query)]() mutable {
                    return core->history().page(std::move(wallet), std::move(query));
                });
}

QFuture<base::Result<api::HistoryDetail>> HistoryObject::detail(api::WalletId wallet, QString id)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), id = std::move(id)]() mutable {
        return core->history().detail(std::move(wallet), std::move(id));
    });
}

QFuture<base::Result<void>> HistoryObject::setLabel(api::WalletId wallet, api::LabelTarget target,
                                                    QString reference, QString text)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), target = std::move(target),
                         reference = std::move(reference), text = std::move(text)]() mutable {
        return core->history().setLabel(std::move(wallet), std::move(target), std::move(reference),
                                        std::move(text));
    });
}

QFuture<base::Result<std::int64_t>> HistoryObject::exportTo(api::WalletId wallet,
                                                            api::ExportFormat format, QString path)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), format = std::move(format),
                         path = std::move(path)]() mutable {
        return core->history().exportTo(std::move(wallet), std::move(format), std::move(path));
    });
}

QFuture<base::Result<std::int64_t>> HistoryObject::importLabels(api::WalletId wallet, QString path)
{
    return call(m_core,
                [core = m_core, wallet = std::move(wallet), path = std::move(path)]() mutable {
                    return core->history().importLabels(std::move(wallet), std::move(path));
                });
}

QFuture<base::Result<api::AuditReport>> HistoryObject::verify(api::WalletId wallet)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet)]() mutable {
        return core->history().verify(std::move(wallet));
    });
}

QFuture<base::Result<void>> NodeObject::setNetworkUse(api::NetworkUse use)
{
    return call(m_core, [core = m_core, use = std::move(use)]() mutable {
        return core->node().setNetworkUse(std::move(use));
    });
}

QFuture<base::Result<void>> NodeObject::addPeer(QString address)
{
    return call(m_core, [core = m_core, address = std::move(address)]() mutable {
        return core->node().addPeer(std::move(address));
    });
}

QFuture<base::Result<void>> NodeObject::removePeer(QString address)
{
    return call(m_core, [core = m_core, address = std::move(address)]() mutable {
        return core->node().removePeer(std::move(address));
    });
}

QFuture<base::Result<void>> NodeObject::rescan(api::WalletId wallet, std::int64_t fromMs)
{
    return call(m_core,
                [core = m_core, wallet = std::move(wallet), fromMs = std::move(fromMs)]() mutable {
                    return core->node().rescan(std::move(wallet), std::move(fromMs));
                });
}

QFuture<base::Result<std::vector<api::NetworkLogRow>>> NodeObject::networkLog()
{
    return call(m_core, [core = m_core]() { return core->node().networkLog(); });
}

QFuture<base::Result<void>> SettingsObject::set(api::SettingsSnapshot settings)
{
    return call(m_core, [core = m_core, settings = std::move(settings)]() mutable {
        return core->settings().set(std::move(settings));
    });
}

void NodeObject::setReceivePage(api::ReceivePage page)
{
    post(m_core, [core = m_core, page] { core->node().setReceivePage(page); });
}

void WalletsObject::update(const api::WalletsSnapshot& snapshot)
{
    m_snapshot = snapshot;
    Q_EMIT snapshotChanged(m_snapshot);
}

void AccountsObject::update(const api::AccountsSnapshot& snapshot)
{
    m_snapshots[snapshot.wallet] = snapshot;
    Q_EMIT snapshotChanged(snapshot);
}

api::AccountsSnapshot AccountsObject::snapshot(const api::WalletId& wallet) const
{
    const auto found = m_snapshots.find(wallet);
    return found == m_snapshots.end() ? api::AccountsSnapshot{wallet, {}} : found->second;
}

void PaymentsObject::update(const api::PaymentsSnapshot& snapshot)
{
    m_snapshots[snapshot.wallet] = snapshot;
    Q_EMIT snapshotChanged(snapshot);
}

QFuture<base::Result<api::SpendPolicyInfo>> PaymentsObject::policy(api::WalletId wallet)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet)] {
        return core->policy().show(wallet);
    });
}

QFuture<base::Result<api::SpendPolicyInfo>> PaymentsObject::changePolicy(api::PolicyChange change)
{
    return call(m_core, [core = m_core, change = std::move(change)]() mutable {
        return core->policy().change(std::move(change));
    });
}

QFuture<base::Result<api::CreatedPsbt>> PsbtsObject::create(api::CreatePsbt request)
{
    return call(m_core, [core = m_core, request = std::move(request)]() mutable {
        return core->psbts().create(std::move(request));
    });
}

QFuture<base::Result<api::PsbtInfo>> PsbtsObject::inspect(api::WalletId wallet, QByteArray psbt)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), psbt = std::move(psbt)] {
        return core->psbts().inspect(wallet, psbt);
    });
}

QFuture<base::Result<api::SignedPsbt>> PsbtsObject::sign(api::SignPsbt request)
{
    return call(m_core, [core = m_core, request = std::move(request)]() mutable {
        return core->psbts().sign(std::move(request));
    });
}

QFuture<base::Result<QByteArray>> PsbtsObject::combine(std::vector<QByteArray> psbts)
{
    return call(m_core,
                [core = m_core, psbts = std::move(psbts)] { return core->psbts().combine(psbts); });
}

QFuture<base::Result<api::FinalPsbt>> PsbtsObject::finalise(QByteArray psbt)
{
    return call(m_core,
                [core = m_core, psbt = std::move(psbt)] { return core->psbts().finalise(psbt); });
}

QFuture<base::Result<api::SentPayment>> PsbtsObject::broadcast(api::WalletId wallet,
                                                               QByteArray psbt)
{
    return call(m_core, [core = m_core, wallet = std::move(wallet), psbt = std::move(psbt)] {
        return core->psbts().broadcast(wallet, psbt);
    });
}

api::PaymentsSnapshot PaymentsObject::snapshot(const api::WalletId& wallet) const
{
    const auto found = m_snapshots.find(wallet);
    return found == m_snapshots.end() ? api::PaymentsSnapshot{wallet, {}} : found->second;
}

void NodeObject::update(const api::NodeSnapshot& snapshot)
{
    m_snapshot = snapshot;
    Q_EMIT snapshotChanged(m_snapshot);
}

void SettingsObject::update(const api::SettingsSnapshot& snapshot)
{
    m_snapshot = snapshot;
    Q_EMIT snapshotChanged(m_snapshot);
}

} // namespace coffer::engine
