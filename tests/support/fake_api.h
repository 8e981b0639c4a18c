// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/api.h"

#include <QHash>
#include <QTimer>

#include <map>
#include <memory>

/// A complete engine in memory: pages are developed and tested without keys, files or network.
/// Its addresses and ids look right and pay nobody. Everything happens on the calling thread.
namespace coffer::test {

/// What the fake knows about one wallet.
struct FakeWallet
{
    api::WalletInfo info;
    base::SecretBytes password;
    base::SecretBytes indexes; ///< u16 little-endian per word.
    std::vector<api::AccountInfo> accounts;
    std::vector<api::ReceiveAddress> addresses;
    std::vector<api::Coin> coins;
    std::map<QString, QString> coinAccounts; ///< outpoint -> account
    std::vector<api::HistoryRow> rows;       ///< Newest first.
    std::vector<api::IntentInfo> intents;
    std::map<QString, api::PreparedPayment> prepared;
};

/// What all fake objects share.
struct FakeState
{
    QString network = QStringLiteral("main");
    std::vector<std::unique_ptr<FakeWallet>> wallets;
    api::NodeSnapshot node;
    api::SettingsSnapshot settings;
    api::FeeQuote fees;
    std::vector<api::NetworkLogRow> log;
    int latencyMs = 0;     ///< How long every answer takes.
    int nextNumber = 1000; ///< Source of ids and addresses.
    /// What the tests look at.
    int confirms = 0;
    std::optional<std::int64_t> addedBirthdayMs;
    int prepares = 0;
    int pagesAsked = 0;          ///< Of the history.
    api::HistoryQuery lastQuery; ///< The last of them.
    int sentAgain = 0;
    int psbtSigns = 0;
    int psbtBroadcasts = 0;
    QHash<QString, api::PreparedPayment> plans; ///< Of PSBTs, by intent.
    int peersThatTake = 3;                      ///< How many take a payment that is sent.
    std::vector<api::PreparedPayment> signedPayments;
    std::optional<base::Error> nextConfirmError;
    std::optional<base::Error> nextPrepareError;
    std::optional<base::Error> nextImportError;
    QStringList phraseLanguages{QStringLiteral("english")};
    QString restoredLanguage; ///< What the last restore was asked for.
    QString importedFile;
    api::SpendPolicyInfo policy;

    FakeWallet* wallet(const QString& id);
    api::Realm realm() const;
    money::Currency currency() const;
    QString makeAddress(int number) const;
    QString makeId(int number) const;
    std::int64_t now() const;
};

class FakeWallets : public api::Wallets
{
    Q_OBJECT

public:
    FakeWallets(FakeState& state, QObject* parent);
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
    api::WalletsSnapshot snapshot() const override;
    void publish();

private:
    base::Result<api::CreatedWallet> add(const QString& name, base::SecretBytes password);
    FakeState& m_state;
};

class FakeAccounts : public api::Accounts
{
    Q_OBJECT

public:
    FakeAccounts(FakeState& state, QObject* parent);
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
    void publish(const api::WalletId& wallet);

Q_SIGNALS:
    void coinsRequested(const QString& wallet, const QString& account);

private:
    FakeState& m_state;
};

class FakePayments : public api::Payments
{
    Q_OBJECT

public:
    FakePayments(FakeState& state, QObject* parent);
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
    void publish(const api::WalletId& wallet);

Q_SIGNALS:
    void paid(const QString& wallet, const QString& txid);

private:
    base::Result<api::PreparedPayment> plan(const api::PaymentDraft& draft);
    base::Result<api::PreparedPayment> replacement(const QString& wallet, const QString& txid,
                                                   std::int64_t rate, const QString& payee);
    FakeState& m_state;
};

/// Its PSBTs are no PSBTs but for their first bytes: what they do is a matter of their kind.
class FakePsbts : public api::Psbts
{
    Q_OBJECT

public:
    FakePsbts(FakeState& state, FakePayments& payments, QObject* parent);
    QFuture<base::Result<api::CreatedPsbt>> create(api::CreatePsbt request) override;
    QFuture<base::Result<api::PsbtInfo>> inspect(api::WalletId wallet, QByteArray psbt) override;
    QFuture<base::Result<api::SignedPsbt>> sign(api::SignPsbt request) override;
    QFuture<base::Result<QByteArray>> combine(std::vector<QByteArray> psbts) override;
    QFuture<base::Result<api::FinalPsbt>> finalise(QByteArray psbt) override;
    QFuture<base::Result<api::SentPayment>> broadcast(api::WalletId wallet,
                                                      QByteArray psbt) override;
    /// "own", "danger", "joint" (somebody else's coin too), "unproved", "missing", "lie",
    /// "foreign", "othernet", "mined", "sent", "spent", "frozen", "held", "early", "big".
    enum class Signed
    {
        Nobody,
        Us,
        Others,
        All
    };
    static QByteArray sample(const QString& kind, Signed by = Signed::Nobody);

private:
    api::PsbtInfo told(const FakeWallet& wallet, const QByteArray& bytes) const;
    FakeState& m_state;
    FakePayments& m_payments;
};

class FakeHistory : public api::History
{
    Q_OBJECT

public:
    FakeHistory(FakeState& state, QObject* parent);
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
    FakeState& m_state;
};

class FakeNode : public api::Node
{
    Q_OBJECT

public:
    FakeNode(FakeState& state, QObject* parent);
    QFuture<base::Result<void>> setNetworkUse(api::NetworkUse use) override;
    QFuture<base::Result<void>> addPeer(QString address) override;
    QFuture<base::Result<void>> removePeer(QString address) override;
    QFuture<base::Result<void>> rescan(api::WalletId wallet, std::int64_t fromMs) override;
    void setReceivePage(api::ReceivePage page) override;
    QFuture<base::Result<std::vector<api::NetworkLogRow>>> networkLog() override;
    api::NodeSnapshot snapshot() const override;
    void publish();

private:
    FakeState& m_state;
};

class FakeSettings : public api::Settings
{
    Q_OBJECT

public:
    FakeSettings(FakeState& state, QObject* parent);
    QFuture<base::Result<void>> set(api::SettingsSnapshot settings) override;
    api::SettingsSnapshot snapshot() const override;

private:
    FakeState& m_state;
};

/// All of it together, and the world around the wallet: payments that arrive, blocks.
class FakeApi
{
public:
    /// "main", "testnet4", "signet" or "regtest".
    explicit FakeApi(const QString& network = QStringLiteral("main"));

    api::Api api();
    FakeState& state() { return m_state; }
    FakeNode& node() { return m_node; }
    FakeHistory& history() { return m_history; }

    /// A wallet with accounts, history, coins and addresses; locked. The password is "correct".
    void addSampleWallet(const QString& name);
    void unlock(const QString& name);
    /// A payment from outside; returns its txid.
    QString receive(const QString& wallet, const QString& account, std::int64_t satoshi);
    /// Everything pending is confirmed, everything else one deeper.
    void mineBlock();
    /// Publishes every snapshot again.
    void publish(const QString& wallet);

    static constexpr auto kPassword = "correct";
    /// Like an address that the sample wallet paid, but another middle.
    QString lookAlikeAddress() const;
    QString knownAddress() const;
    QString strangerAddress() const;

private:
    FakeState m_state;
    FakeWallets m_wallets;
    FakeAccounts m_accounts;
    FakePayments m_payments;
    FakeHistory m_history;
    FakeNode m_node;
    FakeSettings m_settings;
    FakePsbts m_psbts;
};

/// An answer that is ready, or comes after the state's latency.
template <typename T>
QFuture<T> answer(const FakeState& state, T value)
{
    auto promise = std::make_shared<QPromise<T>>();
    auto future = promise->future();
    promise->start();
    auto held = std::make_shared<T>(std::move(value));
    const auto finish = [promise, held] {
        promise->addResult(std::move(*held));
        promise->finish();
    };
    if (state.latencyMs == 0)
        finish();
    else
        QTimer::singleShot(state.latencyMs, finish);
    return future;
}

} // namespace coffer::test
