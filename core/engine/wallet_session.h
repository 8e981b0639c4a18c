// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bitcoin/wallet/transaction_builder.h"
#include "core/bitcoin/wallet/tx_graph_scan.h"
#include "core/engine/account_record.h"
#include "core/ledger/audit.h"
#include "core/ledger/chain_bookkeeping.h"
#include "core/ledger/history.h"
#include "core/ledger/intent_book.h"
#include "core/ledger/intent_rules.h"
#include "core/ledger/labels.h"
#include "core/signing/policy_gate.h"
#include "core/transport/network_log_record.h"
#include "core/vault/vault.h"

#include <memory>
#include <set>
#include <utility>

namespace coffer::engine {

/// One unlocked wallet: what its sealed records add up to.
///
/// Everything in memory is the fold of the vault's records: a change is written first, as one
/// commit, and folded in afterwards by the same code that replays it at unlock. So a crash between
/// the two loses nothing, and the truth is never only in memory. Engine thread only; destroyed at
/// lock.
class WalletSession
{
public:
    /// So far below the newest block a scan goes on where nothing says that this block is still
    /// there: a day.
    static constexpr std::int64_t kReorganisationMargin = 144;

    /// Where the keys come from; the first record of a wallet that made its own words.
    static vault::Record createdHereRecord();
    /// Accounts that a restore looks for; those of number 0 at once, the others in their turn.
    static std::vector<vault::Record>
    candidateRecords(const std::vector<AccountRecord>& candidates);

    struct Environment
    {
        const bitcoin::NetworkParams& network;
        const base::Clock& clock;
        base::Random& random;
    };

    /// Unlocks the vault and reads every record. WrongPassword; Damaged names what does not fit.
    static base::Result<std::unique_ptr<WalletSession>>
    unlock(vault::Vault& vault, const base::SecretBytes& key, Environment environment);
    /// The same for a vault that is unlocked already (just created).
    static base::Result<std::unique_ptr<WalletSession>> attach(vault::Vault& vault,
                                                               Environment environment);

    // What is known.
    vault::Vault& vault() { return m_vault; }
    const bitcoin::NetworkParams& network() const { return m_environment.network; }
    vault::OpenedAs openedAs() const { return m_vault.openedAs(); }
    const std::vector<AccountRecord>& accounts() const { return m_accounts; }
    base::Result<AccountRecord> account(const base::Uuid& id) const;
    /// Accounts whose scripts are watched although nobody has seen them yet.
    std::vector<AccountRecord> searchedCandidates() const;
    bool isSearching() const { return !m_candidates.empty(); }
    /// The same account among those that a restore looks for or keeps ready; null if none.
    const AccountRecord* candidate(api::AccountType type, std::uint32_t number) const;
    /// What is watched, account or candidate.
    base::Result<AccountRecord> watched(const base::Uuid& id) const;
    const ScanRecord* scan(const base::Uuid& account) const;
    const bitcoin::WalletView& view() const { return m_view; }
    const bitcoin::TxGraph& graph() const { return m_graph; }
    const bitcoin::ScriptIndex& scripts() const { return m_scripts; }
    bitcoin::WalletState state() const { return {m_graph, m_view, m_scripts}; }
    const ledger::Ledger& books() const { return m_books; }
    const ledger::History& history() const { return m_history; }
    const ledger::IntentBook& intents() const { return m_intents; }
    const ledger::LabelBook& labels() const { return m_labels; }
    /// Height up to which every account is tested; nullopt while one never was.
    std::optional<std::int64_t> completedTo() const;

    // Accounts and addresses.
    /// A candidate of the same id becomes this account.
    base::Result<void> addAccount(const AccountRecord& account);
    /// Ends the search: what is left without history is forgotten. Returns what was watched.
    base::Result<std::vector<base::Uuid>> dropCandidates();
    base::Result<void> renameAccount(const base::Uuid& account, const std::string& name);
    /// Hands out the next receive script.
    base::Result<bitcoin::ScriptIndex::Revealed> revealAddress(const base::Uuid& account);
    base::Result<void> setLabel(const ledger::LabelTarget& target, const std::string& text);
    base::Result<void> setLabels(std::vector<ledger::Label> labels);
    base::Result<void> setSpendable(const bitcoin::OutPoint& coin, api::CoinState state);
    bool isFrozen(const bitcoin::OutPoint& coin) const;

    // What the node tells.
    struct BlockOutcome
    {
        bool relevant = false;
        std::vector<bitcoin::OwnedScript> added; ///< To be tested from their account's birthday on.
    };
    base::Result<BlockOutcome> applyBlock(std::uint32_t height, const bitcoin::Block& block);
    base::Result<void> reorganised(std::uint32_t forkHeight);
    /// Filters from here on were wrong: what they said must be tested again.
    base::Result<void> filtersReplaced(std::uint32_t fromHeight);
    /// One of our keys spends a coin from before the scanned range; until a rescan.
    base::Result<void> markOlderPayments();
    bool hasOlderPayments() const { return m_olderPayments; }
    /// Every script of every account is tested up to here.
    base::Result<void> scanCompleted(std::uint32_t height, const bitcoin::BlockHash& hash,
                                     api::Source source);
    void scanProgressed(const base::Uuid& account, std::int64_t testedTo);
    /// The account must be looked through again from this height.
    base::Result<void> rescanFrom(std::uint32_t height);
    /// An unconfirmed transaction; returns scripts that its appearance added.
    base::Result<BlockOutcome> seenUnconfirmed(const bitcoin::TransactionPointer& transaction);
    /// At a completed scan: drops incoming payments that no block holds and nobody has relayed for
    /// two weeks. The time is the chain's, so that a wrong clock drops nothing.
    base::Result<void> expireUnconfirmed(std::int64_t chainTimeMs);
    /// Other peers know a transaction of ours.
    base::Result<void> echoed(const bitcoin::Txid& txid);
    /// Writes down how far was scanned; called now and then and before locking. `below`: a block of
    /// the chain some way below the tip, from where to go on should the tip be reorganised away.
    base::Result<void>
    saveProgress(const std::optional<std::pair<std::uint32_t, bitcoin::BlockHash>>& below = {});

    // Payments.
    /// A new intent, with the change script it uses handed out.
    base::Result<void> addIntent(const ledger::Intent& intent);
    base::Result<void> updateIntent(const ledger::Intent& intent);
    /// Scripts that the last commits brought into the window, to be watched from now on.
    std::vector<bitcoin::OwnedScript> takeGrown() { return std::exchange(m_grown, {}); }
    /// Commits the signed bytes and the counters before anything leaves, and books the payment.
    base::Result<void> commitSigned(const ledger::Intent& intent,
                                    const bitcoin::TransactionPointer& transaction,
                                    const signing::SpendCounters& counters);
    /// Commits our signatures and the counters before the PSBT leaves.
    base::Result<void> commitReleased(const ledger::Intent& intent,
                                      const signing::SpendCounters& counters);
    base::Result<void> setSpendPolicy(const signing::SpendPolicy& policy);
    /// Coins that a new payment must leave alone: frozen, or held at least that hard by an intent.
    std::set<bitcoin::OutPoint> unavailableCoins(ledger::Reservation atLeast) const;
    const signing::SpendCounters& spendCounters() const { return m_counters; }
    const signing::SpendPolicy& spendPolicy() const { return m_policy; }
    base::Result<std::vector<signing::OwnDescriptors>> ownDescriptors() const;

    /// What left this machine, as far as this wallet was open to write it down.
    const transport::StoredNetworkLog& networkLog() const { return m_networkLog; }
    /// Seals what is new of the process's log, from this id on.
    base::Result<void> logRequests(const std::deque<transport::OutboundRequest>& live,
                                   std::uint64_t from);

    /// Recomputes everything from the file and reconciles with the chain.
    ledger::AuditResult audit() const;

    /// The words were made by this wallet file: nothing can be older than it.
    /// A scan was completed since unlock.
    bool isSynced() const { return m_synced; }
    bool createdHere() const { return m_createdHere; }
    bool backedUp() const { return m_backedUp; }
    base::Result<void> markBackedUp();
    std::int64_t rehearsedAtMs() const { return m_rehearsedAtMs; }
    /// A restore from the words was rehearsed with success: who did that has them, too.
    base::Result<void> markRehearsed(std::int64_t atMs);

    /// What rotation keeps: everything that is not superseded; what a backup keeps beside it.
    vault::Selection rotationSelection() const;
    static vault::Selection backupSelection();

private:
    WalletSession(vault::Vault& vault, Environment environment);

    vault::Visitor folder();
    base::Result<void> finishOpening();
    base::Result<void> bookSignedPayments();
    base::Result<void> fold(vault::RecordKind kind, base::ByteView payload);
    base::Result<void> foldAccount(base::ByteView payload);
    base::Result<void> foldSetting(base::ByteView payload);
    base::Result<void> checkFolds(const vault::Record& record) const;
    base::Result<void> checkDescriptors(const AccountRecord& account) const;
    base::Result<void> addDescriptors(const AccountRecord& account,
                                      bitcoin::ScriptIndex& scripts) const;
    bool isCredible(const bitcoin::Transaction& transaction) const;
    std::size_t strangersWaiting() const;
    /// Everything above is to be scanned again.
    void lowerScans(std::int64_t height, std::vector<vault::Record>& records);
    void rememberGrowth(const std::vector<bitcoin::OwnedScript>& added,
                        std::vector<vault::Record>& records);
    base::Result<void> foldCandidate(base::ByteView payload);
    base::Result<void> watchDescriptors(const AccountRecord& account);
    /// Used scripts of candidates make them accounts, and it is the next one's turn: appends the
    /// records, and returns those whose scripts are new.
    std::vector<base::Uuid> promote(const std::vector<bitcoin::DescriptorState>& states,
                                    std::vector<vault::Record>& records) const;
    void addScripts(const std::vector<base::Uuid>& accounts, BlockOutcome& outcome) const;
    /// One commit, then the fold of each record.
    base::Result<void> commit(std::vector<vault::Record> records);
    /// Records of a graph change, of the entries and intents that follow from it; then one commit.
    base::Result<void> commitChain(const bitcoin::ChangeSet& changes,
                                   std::vector<vault::Record> records);
    base::Result<std::vector<ledger::TxEffect>> effects(const bitcoin::WalletView& view) const;
    bool isInChain(const bitcoin::Txid& txid) const;
    ledger::TxEffect effectOf(const bitcoin::TransactionView& transaction,
                              const bitcoin::WalletView& view) const;
    std::string counterpartyOf(const bitcoin::TransactionView& transaction) const;
    std::vector<ledger::Intent> observeIntents(const bitcoin::WalletView& view) const;
    ledger::IntentObservation observe(const ledger::Intent& intent,
                                      const bitcoin::WalletView& view) const;
    vault::Record scanRecord(const ScanRecord& scan) const;

    vault::Vault& m_vault;
    Environment m_environment;
    std::vector<AccountRecord> m_accounts;
    std::vector<CandidateRecord> m_candidates; ///< Waiting or searched.
    std::map<base::Uuid, ScanRecord> m_scans;
    bitcoin::TxGraph m_graph;
    bitcoin::ScriptIndex m_scripts;
    bitcoin::WalletView m_view;
    ledger::Ledger m_books;
    ledger::History m_history;
    ledger::IntentBook m_intents;
    ledger::LabelBook m_labels;
    signing::SpendCounters m_counters;
    signing::SpendPolicy m_policy;
    transport::StoredNetworkLog m_networkLog;
    std::set<bitcoin::Txid> m_echoed;
    std::vector<bitcoin::OwnedScript> m_grown; ///< By commits, and not yet watched.
    bool m_backedUp = false;
    bool m_createdHere = false;
    bool m_olderPayments = false;
    std::int64_t m_rehearsedAtMs = 0;
    bool m_synced = false; ///< A scan was completed since unlock.
    bool m_scanDirty = false;
};

} // namespace coffer::engine
