// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/wallets.h"
#include "core/engine/account_factory.h"
#include "core/engine/node_service.h"
#include "core/engine/wallet_session.h"

#include <QCoroTask>
#include <QTimer>

#include <map>
#include <set>

namespace coffer::engine {

class Core;

/// The wallet files of the data directory and the sessions of those that are unlocked. Passes what
/// the node finds to every session.
class WalletService : public ChainListener
{
public:
    /// Who asked for a wallet to be open: the window, or one connection each.
    using Holder = int;
    static constexpr Holder kWindow = 0;

    explicit WalletService(Core& core);
    ~WalletService() override;

    void refreshList();
    api::WalletsSnapshot snapshot() const;

    QCoro::Task<base::Result<api::CreatedWallet>> create(api::CreateWallet request);
    QCoro::Task<base::Result<api::CreatedWallet>> restore(api::RestoreWallet request);
    base::Result<QStringList> phraseLanguages(base::SecretBytes mnemonic) const;
    QCoro::Task<base::Result<api::CreatedWallet>> watch(api::WatchWallet request);
    base::Result<api::RehearsalReport> rehearse(api::RehearseRestore request);
    QCoro::Task<base::Result<void>> unlock(api::WalletId wallet, base::SecretBytes password);
    base::Result<void> lock(api::WalletId wallet);
    QCoro::Task<base::Result<api::CreatedWallet>> importFile(QString path, api::WalletId name,
                                                             base::SecretBytes password);
    QCoro::Task<base::Result<void>> rename(api::WalletId wallet, api::WalletId name,
                                           base::SecretBytes password);
    QCoro::Task<base::Result<void>> remove(api::DeleteWallet request);
    QCoro::Task<base::Result<void>> changePassword(api::WalletId wallet,
                                                   base::SecretBytes oldPassword,
                                                   base::SecretBytes newPassword);
    QCoro::Task<base::Result<api::Words>> revealWords(api::WalletId wallet,
                                                      base::SecretBytes password);
    /// For the command line: the words as text into a FIFO that the client named.
    QCoro::Task<base::Result<void>> writeWords(api::WalletId wallet, base::SecretBytes password,
                                               std::string path);
    base::Result<void> markBackedUp(api::WalletId wallet);
    QCoro::Task<base::Result<api::BackupReport>> backup(api::WalletId wallet, QString path,
                                                        base::SecretBytes password,
                                                        base::SecretBytes backupPassword);
    QCoro::Task<base::Result<api::BackupReport>> verifyBackup(QString path,
                                                              base::SecretBytes backupPassword);
    base::Result<void> rescan(const api::WalletId& wallet, std::int64_t fromMs);

    // The network log.
    /// Rows appeared or changed: open wallets seal them soon, many at once.
    void networkLogMoved();
    /// What these wallets (those that are open) keep, and what this process knows; oldest first.
    std::vector<api::NetworkLogRow> networkLog(const std::set<api::WalletId>& wallets) const;
    /// Wallets that the window opened.
    std::set<api::WalletId> windowWallets() const;

    // Connections.
    Holder addHolder();
    void release(Holder holder);
    /// Whether this holder has opened the wallet, and it was not locked since.
    bool isHeldBy(const api::WalletId& wallet, Holder holder) const;
    void transferUnlock(const api::WalletId& wallet, Holder holder);
    /// Opens the wallet for a holder, or checks its password when it is open. WrongPassword.
    QCoro::Task<base::Result<void>> authenticate(api::WalletId wallet, base::SecretBytes password,
                                                 Holder holder);

    // For the other services.
    /// Locked, NotFound.
    base::Result<WalletSession*> session(const api::WalletId& wallet) const;
    /// The key that the password leads to, checked against the wallet. Runs Argon2id in the pool.
    QCoro::Task<base::Result<base::SecretBytes>> keyOf(api::WalletId wallet,
                                                       base::SecretBytes password);
    /// Watches scripts of an account from its birthday on.
    void watchScripts(const api::WalletId& wallet,
                      const std::vector<bitcoin::OwnedScript>& scripts);
    void watchAccount(const api::WalletId& wallet, const base::Uuid& account);
    AccountFactory factory() const;
    /// After a session changed: coins to watch, snapshots to send.
    void afterChange(const api::WalletId& wallet);
    // ChainListener.
    lightnode::BlockUse blockMatched(const lightnode::BlockMatched& block) override;
    void reorganised(const lightnode::Reorganised& fact) override;
    void watchTested(const lightnode::WatchTested& fact) override;
    void scanCompleted(const lightnode::ScanCompleted& fact) override;
    void unconfirmedSeen(const lightnode::UnconfirmedSeen& fact) override;
    void broadcastProgress(const lightnode::BroadcastProgress& fact) override;
    void filtersReplaced(const lightnode::FiltersReplaced& fact) override;
    void olderPayments(const lightnode::OlderPayments& fact) override;

private:
    struct Watched
    {
        base::Uuid account;
        std::int64_t testedTo = -1;
    };
    struct File
    {
        api::Realm realm = api::Realm::Main;
        bool watchOnly = false;
        std::optional<base::Uuid> walletId; ///< Absent while its header cannot be read.
        std::unique_ptr<vault::Vault> vault;
        std::unique_ptr<WalletSession> session;
        std::set<Holder> holders;
        std::map<lightnode::WatchId, Watched> watches;
        bool aligned = false; ///< The newest block it knows was compared with the node's chain.
        bool chainReplaced = false; ///< Deeper than is usual, while the wallet was closed.
        std::uint64_t logFrom = 1;  ///< Older requests were sealed by wallets that were open then.
        QString warning;
    };

    std::string anchorFolder() const;
    vault::Environment environment();
    WalletSession::Environment sessionEnvironment();
    std::string pathOf(const api::WalletId& wallet) const;
    base::Result<void> checkName(const api::WalletId& wallet) const;
    QCoro::Task<base::Result<vault::WrappingKey>> wrappingKey(base::SecretBytes password);
    /// What a new file begins with.
    struct Contents
    {
        std::optional<vault::RootSecret> root;
        std::vector<AccountRecord> accounts;
        std::vector<AccountRecord> candidates; ///< To be looked for.
        base::ByteArray<4> fingerprint{};
        AccountAge age = AccountAge::Restored;
    };
    QCoro::Task<base::Result<api::CreatedWallet>>
    createFile(api::WalletId name, base::SecretBytes password, std::shared_ptr<Contents> contents);
    base::Result<Contents> restoredContents(api::RestoreWallet& request) const;
    /// Reads the file's header, unless it is open already. NotFound; WrongNetwork: of another
    /// realm.
    base::Result<void> openVault(const api::WalletId& wallet);
    QCoro::Task<base::Result<void>> openFor(api::WalletId wallet, base::SecretBytes password,
                                            Holder holder);
    base::Result<void> startSession(const api::WalletId& wallet, File& file,
                                    std::unique_ptr<WalletSession> session);
    /// Whether the wallet's blocks are on the node's chain.
    enum class ChainFit
    {
        Kept, ///< As far as both are known.
        Moved ///< The wallet went back to where both part.
    };
    base::Result<ChainFit> alignWithChain(File& file);
    bool realign(const api::WalletId& wallet, File& file);
    base::Result<void> saveProgress(File& file);
    /// Every account, and every one that is looked for.
    void watchAll(const api::WalletId& wallet);
    void watchAccounts(File& file, const std::vector<base::Uuid>& accounts);
    static bool isWatchedWhole(const File& file);
    void unwatchAccount(File& file, const base::Uuid& account);
    void resumeBroadcasts(const WalletSession& session);
    /// The same without telling anybody yet.
    void endSession(File& file);
    void closeSession(const api::WalletId& wallet, File& file);
    // Files that come, change their names and go (wallet_files.cpp).
    void dropUnfinishedImports() const;
    base::Result<void> adopt(const api::WalletId& name, const vault::CopiedFile& copied);
    base::Result<void> openAdopted(const api::WalletId& name, const base::SecretBytes& key);
    /// keyOf() also for a closed wallet, and for one whose contents are damaged.
    QCoro::Task<base::Result<base::SecretBytes>> headerKey(api::WalletId wallet,
                                                           base::SecretBytes password);
    base::Result<void> moveFile(const api::WalletId& wallet, const api::WalletId& name,
                                const base::SecretBytes& key);
    bool isBackedUp(File& file, const base::SecretBytes& key);
    base::Result<void> removeFiles(const api::WalletId& wallet);
    std::optional<api::WalletId> nameOf(const base::Uuid& walletId) const;
    void followLastWallet(const api::WalletId& wallet, const api::WalletId& next);
    /// A session that could not commit must not go on: its memory may be ahead of its file.
    void fail(const api::WalletId& wallet, const base::Error& error);
    void sealNetworkLog();

    Core& m_core;
    std::unique_ptr<vault::AnchorStore> m_anchors;
    std::map<api::WalletId, File> m_files;
    std::set<api::WalletId> m_importing;
    Holder m_nextHolder = 1;
    std::set<Holder> m_holders{kWindow}; ///< Those that are there.
    std::uint64_t m_loggedTo = 0;        ///< Requests up to this id are sealed in some wallet.
    std::int64_t m_loggedMs = 0;         ///< When that was last done, monotonic.
    QTimer m_logTimer;
};

} // namespace coffer::engine
